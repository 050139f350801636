"""Cases that were opened again: open only while their history says so.

The rule: a case counts as solved in a month where it was solved at the month's end, also when it is opened again later;
then it counts as opened again in the month that happened, and is open from there. It counts as solved at most once a
month, and as created once. Each solution's time is all the time the case was open until then: while it lay solved its
clock stood still.
"""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import TicketStatus
from rorikt_lib.tickets.cases import as_of, month_of, newest_event
from rorikt_lib.tickets.elapsed import elapsed_minutes
from rorikt_lib.tickets.history import case_history, spread_pauses, state_spans, with_pauses
from rorikt_lib.tickets.volume import month_end


def solved_stretches(events: pd.DataFrame) -> pd.DataFrame:
    """One row per time a case lay solved before it was opened again: ticket_id, solved_at, reopened_at."""
    spans = state_spans(events)
    ended = spans[(spans.state == TicketStatus.CLOSED) & spans.end.notna()]
    names = {"start": "solved_at", "end": "reopened_at"}
    return ended.rename(columns=names)[["ticket_id", "solved_at", "reopened_at"]].reset_index(drop=True)


def as_it_stood(tickets: pd.DataFrame, events: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """See cases.as_of; of cases that were ever opened again, solved as their history says of the cut-off."""
    cases = as_of(tickets, cut_off)
    again = solved_stretches(events).ticket_id.unique()
    if not len(again):
        return cases
    spans = state_spans(events[events.ticket_id.isin(again) & (events["at"] <= cut_off)])
    last = spans.drop_duplicates("ticket_id", keep="last").set_index("ticket_id")
    since = cases.ticket_id.map(last.start.where(last.state == TicketStatus.CLOSED))
    told = cases.ticket_id.isin(last.index)
    # A resolved time of the system's own holds where it is not from before the case was opened again.
    solved = cases.resolved_at.where((cases.resolved_at >= since) & since.notna(), since)
    return cases.assign(
        resolved_at=cases.resolved_at.mask(told, solved),
        closed_at=cases.closed_at.mask(told & since.isna()),
        resolved_at_imputed=cases.resolved_at_imputed & ~(told & (solved != cases.resolved_at)),
    )


def standing(
    tickets: pd.DataFrame, events: pd.DataFrame, settings: TicketSettings, cut_off: pd.Timestamp
) -> pd.DataFrame:
    """The cases as they stood at a cut-off, with the time that does not count of each (paused_minutes)."""
    cases = as_it_stood(tickets, events, cut_off)
    history = case_history(events, cases, settings, cut_off)
    known = tickets.set_index("ticket_id").resolved_at.reindex(cases.ticket_id).set_axis(cases.index)
    known_end = known.fillna(max(filter(pd.notna, [newest_event(tickets), cut_off])))
    end = cases.resolved_at.fillna(cut_off)
    spread = spread_pauses(
        cases, history, settings, cut_off, solved_stretches(events), known_end.where(known_end > end, end)
    )
    return _less_solved(with_pauses(spread, history), events, settings)


def _less_solved(cases: pd.DataFrame, events: pd.DataFrame, settings: TicketSettings) -> pd.DataFrame:
    """The minutes that a case lay solved before its last solution are none of its time."""
    lives = cases[["ticket_id", "priority", "resolved_at"]]
    rows = solved_stretches(events).merge(lives, on="ticket_id", validate="many_to_one")
    rows = rows[rows.reopened_at <= rows.resolved_at]
    if rows.empty:
        return cases
    minutes = elapsed_minutes(rows.priority, rows.solved_at, rows.reopened_at, settings).groupby(rows.ticket_id).sum()
    return cases.assign(paused_minutes=cases.paused_minutes + cases.ticket_id.map(minutes).fillna(0.0))


def earlier_solutions(
    tickets: pd.DataFrame, events: pd.DataFrame, settings: TicketSettings, cut_off: pd.Timestamp
) -> pd.DataFrame:
    """One row per month in which a case was solved at the month's end, and that was opened again by the cut-off.

    The cases' columns as they stood at that month's end, and reopened_at.
    """
    stretches = solved_stretches(events)
    month = month_of(stretches.solved_at)
    ends = month.map({name: month_end(name) for name in month.unique()})
    ends = ends.astype(stretches.reopened_at.dtype)
    kept = stretches[(stretches.reopened_at > ends) & (stretches.reopened_at <= cut_off)]
    parts = [tickets.head(0).assign(reopened_at=stretches.reopened_at.head(0))]
    for name, rows in kept.groupby(month):
        then = standing(
            tickets[tickets.ticket_id.isin(rows.ticket_id)],
            events[events.ticket_id.isin(rows.ticket_id)],
            settings,
            month_end(name),
        )
        parts.append(then.assign(reopened_at=then.ticket_id.map(rows.set_index("ticket_id").reopened_at)))
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else parts[0]
