"""Every breached incident with its likely cause: what a person wrote, else what the data say."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Clock, Waiting
from rorikt_lib.terms.reasons import BreachCause, CauseFrom
from rorikt_lib.tickets.cases import people, resolved_incidents
from rorikt_lib.tickets.elapsed import elapsed_minutes, on_clock
from rorikt_lib.tickets.rules import first_that_holds

# So many cases resolved in one minute are a queue that somebody cleared, not work that ended just then.
CLEARED_AT_ONCE = 5


def breached_cases(
    cases: pd.DataFrame, months: list[str], settings: TicketSettings, history: pd.DataFrame, written: pd.Series
) -> pd.DataFrame:
    """One row per incident of any priority resolved too late in one of `months`, oldest resolution first.

    ticket_id, request_no, date (local day it was created), month (it was resolved in), municipality, category,
    priority, hours used on its clock, target_hours, over_hours, cause and cause_from: `written` where a person gave
    the cause, else `data` (see causes), missing where they do not say. history: see history.case_history. written:
    cause by ticket_id.
    """
    resolved = resolved_incidents(cases, months, settings)
    rows = resolved[~resolved.within].sort_values("resolved_at", kind="stable")
    given = rows.ticket_id.map(written.dropna()).astype("str")
    found = causes(rows, cases, months, settings, history)
    source = given.notna().map({True: CauseFrom.WRITTEN, False: CauseFrom.DATA}).astype("str")
    rows = rows.assign(
        date=rows.created_at.dt.tz_localize(None).dt.normalize(),
        hours=rows.resolution_minutes / 60,
        target_hours=rows.target_minutes / 60,
        over_hours=(rows.resolution_minutes - rows.target_minutes) / 60,
        cause=given.fillna(found),
        cause_from=source.mask(given.isna() & (found == BreachCause.UNKNOWN)),
    )
    columns = ["ticket_id", "request_no", "date", "month", "municipality", "category", "priority"]
    return rows[[*columns, "hours", "target_hours", "over_hours", "cause", "cause_from"]].reset_index(drop=True)


def causes(
    rows: pd.DataFrame, cases: pd.DataFrame, months: list[str], settings: TicketSettings, history: pd.DataFrame
) -> pd.Series:
    """The likely cause of each breach in `rows` (resolved_incidents): the first of these rules that holds.

    `imputed`: only the closing time is known, so when it was solved is not. `registered_late`: resolved after it was
    closed, or in one minute with CLEARED_AT_ONCE or more of `cases`. `reopened`: opened again after it had been
    closed. `waiting_supplier`, `waiting_user`: waited longer than its whole target, most for that party; `waiting`:
    so too, but the source does not say for whom. `out_of_hours`: on a calendar clock, and within the target had only
    service hours counted. `answered_late`: first answered when the target time was over. Else `unknown`.
    """
    known = history.set_index("ticket_id").reindex(rows.ticket_id).set_index(rows.index)
    long_wait = rows.paused_minutes > rows.target_minutes
    for_supplier, for_user = (known[party] for party in (Waiting.SUPPLIER, Waiting.USER))
    answered = elapsed_minutes(rows.priority, rows.created_at, rows.responded_at, settings)
    rules = {
        BreachCause.IMPUTED: rows.resolved_at_imputed,
        BreachCause.REGISTERED_LATE: (rows.closed_at < rows.resolved_at) | _cleared_at_once(rows, cases),
        BreachCause.REOPENED: (known.reopened > 0) | (rows.reopened > 0),
        BreachCause.WAITING_SUPPLIER: long_wait & (for_supplier >= for_user) & (for_supplier > 0),
        BreachCause.WAITING_USER: long_wait & (for_user > for_supplier),
        BreachCause.WAITING: long_wait,
        BreachCause.OUT_OF_HOURS: _within_in_service_hours(rows, months, settings),
        BreachCause.ANSWERED_LATE: answered > rows.target_minutes,
    }
    return first_that_holds(rules, BreachCause.UNKNOWN)


def count_causes(breached: pd.DataFrame) -> pd.DataFrame:
    """One row per cause of `breached_cases`, most first: breached, and share_breaches (of all).

    What people wrote counts as one cause, `written`; `unknown` stands last.
    """
    cause = breached.cause.mask(breached.cause_from == CauseFrom.WRITTEN, BreachCause.WRITTEN)
    table = cause.value_counts(sort=False).rename("breached").rename_axis("cause").reset_index()
    is_last = table.cause == BreachCause.UNKNOWN
    table = table.assign(share_breaches=table.breached / table.breached.sum(), is_last=is_last)
    table = table.sort_values(["is_last", "breached", "cause"], ascending=[True, False, True], ignore_index=True)
    return table.drop(columns="is_last")


def with_causes(serious: pd.DataFrame, breached: pd.DataFrame) -> pd.DataFrame:
    """`serious` (see serious.serious_cases) with cause_from; where nobody wrote a cause, the data's if they say one.

    breached: see breached_cases. A case that has not breached has no cause but a written one.
    """
    explained = breached[breached.cause != BreachCause.UNKNOWN]
    found = explained[["ticket_id", "cause"]].rename(columns={"cause": "found"})
    rows = serious.merge(found, how="left", on="ticket_id", validate="one_to_one")
    source = rows.found.notna().map({True: CauseFrom.DATA, False: None}).astype("str")
    source = source.mask(rows.cause.notna(), CauseFrom.WRITTEN)
    return rows.assign(cause=rows.cause.astype("str").fillna(rows.found), cause_from=source).drop(columns="found")


def _cleared_at_once(rows: pd.DataFrame, cases: pd.DataFrame) -> pd.Series:
    minutes = people(cases[["resolved_at", "is_alert"]]).resolved_at.dt.tz_convert("UTC").dt.floor("min")
    together = minutes.value_counts()
    return rows.resolved_at.dt.tz_convert("UTC").dt.floor("min").map(together) >= CLEARED_AT_ONCE


def _within_in_service_hours(rows: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.Series:
    on_calendar = rows.priority.isin([name for name, target in settings.sla.items() if target.clock == Clock.CALENDAR])
    return on_calendar & resolved_incidents(rows, months, on_clock(settings, Clock.SERVICE)).within
