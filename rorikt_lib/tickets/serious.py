"""The month's serious cases one by one, with what people wrote about them."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Priority, TicketType
from rorikt_lib.tickets.cases import month_of, people, resolution_minutes, target_minutes

# Where the settings say nothing else.
SERIOUS = [Priority.CRITICAL, Priority.HIGH]
KEY = ["date", "municipality", "priority"]


def serious_priorities(settings: TicketSettings) -> list[str]:
    """Those that make a case serious, of the priorities that the organisation has, the most urgent first."""
    said = {priority: settings.sla[priority].serious for priority in reversed(settings.priorities)}
    return [priority for priority, serious in said.items() if (priority in SERIOUS if serious is None else serious)]


def serious_cases(
    cases: pd.DataFrame, month: str, notes: pd.DataFrame, settings: TicketSettings, cut_off: pd.Timestamp
) -> pd.DataFrame:
    """One row per incident of serious_priorities created or resolved in the month, or still open; oldest first.

    ticket_id, date, municipality, priority, category, is_open, hours used on its clock (up to the cut-off while it is
    open) and target_hours; within is missing while the case is open and its target not yet passed. summary and cause
    come from `notes` (date, municipality, priority, summary, cause): the n-th note for a day, municipality and
    priority belongs to the n-th such case.
    """
    rows = people(cases[(cases.type == TicketType.INCIDENT) & cases.priority.isin(serious_priorities(settings))])
    in_month = (month_of(rows.created_at) == month) | (month_of(rows.resolved_at) == month)
    rows = rows[in_month | rows.resolved_at.isna()]
    rows = rows.sort_values("created_at", kind="stable")
    is_open = rows.resolved_at.isna()
    hours = resolution_minutes(rows.assign(resolved_at=rows.resolved_at.fillna(cut_off)), settings) / 60
    target = rows.priority.map({p: target_minutes(p, settings) / 60 for p in serious_priorities(settings)}).astype(
        float
    )
    rows = rows.assign(
        date=rows.created_at.dt.tz_localize(None).dt.normalize(),
        is_open=is_open,
        hours=hours,
        target_hours=target,
        within=(hours <= target).astype("boolean").mask(is_open & (hours <= target)),
    )
    noted, nth = _numbered(notes.astype({"date": rows.date.dtype})), _numbered(rows)
    rows = nth.merge(noted, how="left", on=[*KEY, "n"], validate="one_to_one")
    columns = ["ticket_id", *KEY, "category", "is_open", "hours", "target_hours", "within", "summary", "cause"]
    return rows[columns].reset_index(drop=True)


def notes_without_case(serious: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """The notes that no case of `serious_cases` has: a misspelt date, or a case after the cut-off."""
    cases, noted = _numbered(serious), _numbered(notes.astype({"date": serious.date.dtype}))
    matched = noted.merge(cases[[*KEY, "n"]], how="left", on=[*KEY, "n"], validate="one_to_one", indicator=True)
    return matched.loc[matched["_merge"] == "left_only", notes.columns]


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with n: which one it is of its day, municipality and priority."""
    return rows.assign(n=rows.groupby(KEY, dropna=False).cumcount())
