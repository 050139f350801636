"""Which cases each number of the service desk counts: what its counts are made of, case by case."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Tickets
from rorikt_lib.terms.fields import member
from rorikt_lib.tickets.cases import month_of, people, resolved_incidents
from rorikt_lib.tickets.volume import UNKNOWN, month_end

# What names a number: its figure, what it is divided by, its month and its member, as figures.csv writes it.
KEY = ["figure", "by", "month", "member"]
TOTAL = "total"


def membership(cases: pd.DataFrame, months: list[str], tickets: Tickets) -> pd.DataFrame:
    """One row per figure, by, month, member and ticket_id that counts there. cases: see cases.as_of.

    Its counts are those of volume.created_by_month, created_by and flow and of sla.sla_compliance. by: column that
    the figure is divided by, or total. Months outside `months` are left out.
    """
    rows, resolved = people(cases), resolved_incidents(cases, months, tickets)
    parts = [
        *_counted("tickets.created", _by_month(rows, "created_at"), TOTAL, "type", "category", "municipality"),
        *_counted("tickets.resolved", _by_month(rows, "resolved_at"), TOTAL, "type"),
        *_counted("tickets.alerts", _by_month(cases[cases.is_alert], "created_at"), TOTAL),
        *_counted("backlog.open", _open_at_ends(rows, months), TOTAL, "type"),
        *_counted("sla.within", resolved[resolved.within], TOTAL, "priority"),
        *_counted("sla.breached", resolved[~resolved.within], TOTAL, "priority"),
    ]
    table = pd.concat(parts, ignore_index=True)
    return table[table.month.isin(months)].reset_index(drop=True)


def _by_month(cases: pd.DataFrame, instant: str) -> pd.DataFrame:
    return cases.assign(month=month_of(cases[instant]))


def _open_at_ends(cases: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    """The open cases of each month's end: a case as often as it is open.

    As of a cut-off nothing is known after it, so that what is open then is what is open at its month's end.
    """
    parts = []
    for month in months:
        end = month_end(month)
        is_open = (cases.created_at <= end) & ~(cases.resolved_at <= end)
        parts.append(cases[is_open].assign(month=month))
    return pd.concat(parts) if parts else cases.head(0).assign(month="")


def _counted(figure: str, cases: pd.DataFrame, *columns: str) -> list[pd.DataFrame]:
    return [
        pd.DataFrame(
            {
                "figure": figure,
                "by": column,
                "month": cases.month,
                "member": TOTAL if column == TOTAL else _as_written(cases[column]),
                "ticket_id": cases.ticket_id,
            }
        )
        for column in columns
    ]


def _as_written(values: pd.Series) -> pd.Series:
    """The values of a column as figures.csv writes them."""
    known = values.fillna(UNKNOWN)
    return known.map({value: member(values.name, value) for value in known.unique()}).astype("str")
