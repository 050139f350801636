"""Which cases each number of the service desk counts: what its counts are made of, case by case."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import UNKNOWN
from rorikt_lib.tickets.cases import month_of, people, resolved_incidents
from rorikt_lib.tickets.volume import TOTAL, month_end

# What names a number: its figure, what it is divided by, its month and its member, as figures.csv writes it.
KEY = ["figure", "by", "month", "member"]
# (column, value) → the value as figures.csv writes it.
MemberText = Callable[[str, object], str]


def membership(
    cases: pd.DataFrame,
    months: list[str],
    settings: TicketSettings,
    written: MemberText,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per figure, by, month, member and ticket_id that counts there. cases: see cases.as_of. written: how
    a value is written in `member`.

    Its counts are those of volume.created_by_month, created_by and flow and of sla.sla_compliance. by: column that
    the figure is divided by, or total. Months outside `months` are left out. earlier: see reopened.earlier_solutions.
    """
    again = cases.head(0).assign(reopened_at=cases.created_at.head(0)) if earlier is None else earlier
    again = again[again.ticket_id.isin(cases.ticket_id)]
    solved = pd.concat([cases, again[cases.columns]]) if len(again) else cases
    rows, resolved = people(cases), resolved_incidents(solved, months, settings)
    parts = [
        *_counted(written, "tickets.created", _by_month(rows, "created_at"), TOTAL, "type", "category", "municipality"),
        *_counted(written, "tickets.resolved", _by_month(people(solved), "resolved_at"), TOTAL, "type"),
        *_counted(written, "tickets.alerts", _by_month(cases[cases.is_alert], "created_at"), TOTAL),
        *_counted(written, "backlog.open", _open_at_ends(rows, months, again), TOTAL, "type"),
        *_counted(written, "sla.within", resolved[resolved.within], TOTAL, "priority"),
        *_counted(written, "sla.breached", resolved[~resolved.within], TOTAL, "priority"),
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.loc[table.month.isin(months), [*KEY, "ticket_id"]].reset_index(drop=True)


def _by_month(cases: pd.DataFrame, instant: str) -> pd.DataFrame:
    return cases.assign(month=month_of(cases[instant]))


def _open_at_ends(cases: pd.DataFrame, months: list[str], again: pd.DataFrame) -> pd.DataFrame:
    """The open cases of each month's end: a case as often as it is open.

    As of a cut-off nothing is known after it, so that what is open then is what is open at its month's end.
    """
    parts = []
    for month in months:
        end = month_end(month)
        lay_solved = again.ticket_id[(again.resolved_at <= end) & (again.reopened_at > end)]
        is_open = (cases.created_at <= end) & ~(cases.resolved_at <= end) & ~cases.ticket_id.isin(lay_solved)
        parts.append(cases[is_open].assign(month=month))
    return pd.concat(parts) if parts else cases.head(0).assign(month="")


def _counted(written: MemberText, figure: str, cases: pd.DataFrame, *columns: str) -> list[pd.DataFrame]:
    rows = cases[["month", "ticket_id"]]
    members = {c: TOTAL if c == TOTAL else _as_written(cases[c].fillna(UNKNOWN), written) for c in columns}
    return [rows.assign(figure=figure, by=column, member=member) for column, member in members.items()]


def _as_written(known: pd.Series, written: MemberText) -> pd.Series:
    return known.map({value: written(known.name, value) for value in known.unique()}).astype("str")
