"""What a history of states says of each case: how long it waited and for whom, and how often it was opened again."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Clock, TicketStatus, Waiting
from rorikt_lib.tickets.elapsed import elapsed_minutes, on_clock, runs_on_service

STATES = [*TicketStatus, *Waiting]


def case_history(
    events: pd.DataFrame, cases: pd.DataFrame, settings: TicketSettings, until: pd.Timestamp
) -> pd.DataFrame:
    """One row per case that has events by `until`, as it then stood.

    ticket_id; waiting_user and waiting_supplier in minutes of the priority's clock; has_waited: whether it waited at
    all, be it while that clock stood; reopened: how often it was opened
    after it had been closed; first_resolved_at, and last_resolved_at (missing while the case is open). events: see
    state_spans. cases: as_of(until).
    """
    spans = state_spans(events[events["at"] <= until])
    waited = waiting_spans(spans, cases, until)
    minutes = elapsed_minutes(waited.priority, waited.start, waited.end, settings)
    table = minutes.groupby([waited.ticket_id, waited.state]).sum().unstack().reindex(columns=[*Waiting])
    closed = spans[spans.state == TicketStatus.CLOSED].groupby("ticket_id")
    known = pd.Index(cases.ticket_id[cases.ticket_id.isin(spans.ticket_id)], name="ticket_id")
    table = table.reindex(known).fillna(0.0).astype(float).rename_axis(columns=None)
    return table.assign(
        has_waited=known.isin(waited.ticket_id),
        reopened=closed.end.count().reindex(known, fill_value=0),
        first_resolved_at=closed.start.first(),
        last_resolved_at=spans[spans.end.isna() & (spans.state == TicketStatus.CLOSED)].set_index("ticket_id").start,
    ).reset_index()


def state_spans(events: pd.DataFrame) -> pd.DataFrame:
    """One row per case and stretch of one state: ticket_id, state, start, end (missing: still so), by case and start.

    events: ticket_id, at, state (one of STATES; missing where the source's status is unknown: the case stays in the
    state it was in). In any order; of several at one instant the last row says what the case then was.
    """
    known = events.loc[events.state.notna(), ["ticket_id", "state", "at"]]
    known = known.sort_values(["ticket_id", "at"], kind="stable").drop_duplicates(["ticket_id", "at"], keep="last")
    changes = known[known.state != known.groupby("ticket_id").state.shift()]
    ends = changes.groupby("ticket_id")["at"].shift(-1)
    return changes.rename(columns={"at": "start"}).assign(end=ends).reset_index(drop=True)


def waiting_spans(spans: pd.DataFrame, cases: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """One row per stretch of waiting between a case's creation and its resolution, or `until` while it is open.

    ticket_id, priority, state, start, end. Waiting before the first or after the last is nobody's time.
    """
    lives = cases[["ticket_id", "priority", "created_at", "resolved_at"]]
    rows = spans[spans.state.isin([*Waiting])].merge(lives, on="ticket_id", validate="many_to_one")
    start = rows.start.where(rows.start >= rows.created_at, rows.created_at)
    end = rows[["end", "resolved_at"]].min(axis=1).fillna(until)
    rows = rows.assign(start=start, end=end)
    return rows.loc[rows.start < rows.end, ["ticket_id", "priority", "state", "start", "end"]]


def are_spread(cases: pd.DataFrame, history: pd.DataFrame, settings: TicketSettings) -> pd.Series:
    """Which cases waited by the calendar, on the service clock, and nobody knows when: see spread_pauses."""
    if settings.paused_clock == Clock.SERVICE:
        return pd.Series(False, index=cases.index)
    on_service = runs_on_service(cases.priority, settings)
    return on_service & (cases.paused_minutes > 0) & ~cases.ticket_id.isin(history.ticket_id[history.has_waited])


def spread_pauses(
    cases: pd.DataFrame,
    history: pd.DataFrame,
    settings: TicketSettings,
    until: pd.Timestamp,
    idle: pd.DataFrame | None = None,
    known_end: pd.Series | None = None,
) -> pd.DataFrame:
    """`cases` with paused_minutes on the clock of each priority, up to its resolution, or `until` while it is open.

    Calendar minutes of which only the total is known are taken to be spread evenly over the time the case was open: the
    same share of the service minutes. So these are left of it: service minutes × (1 − pause ÷ elapsed calendar
    minutes). Service minutes are minutes of the calendar too, and stay. idle: stretches that cases lay solved
    (ticket_id, solved_at, reopened_at), which nobody waited in. known_end: when each case's total had come together
    (index as of cases), by default the same instant; of a case that went on after it only its part is of these minutes.
    history: see case_history; a case that waited there is not touched. cases: as_of(until).
    """
    end = cases.resolved_at.fillna(until)
    whole = end if known_end is None else known_end
    waited = (cases.paused_minutes > 0) & ~cases.ticket_id.isin(history.ticket_id[history.has_waited])
    touched = waited & (are_spread(cases, history, settings) | (whole > end))
    rows = cases[touched]
    if rows.empty:
        return cases
    paused = on_clock(settings, settings.paused_clock)
    used = settings if settings.paused_clock == Clock.CALENDAR else paused
    total = _open_minutes(rows, whole[touched], idle, paused)
    spread = rows.paused_minutes / total.where(total > 0) * _open_minutes(rows, end[touched], idle, used)
    return cases.assign(paused_minutes=spread.reindex(cases.index).fillna(cases.paused_minutes))


def _open_minutes(
    cases: pd.DataFrame, end: pd.Series, idle: pd.DataFrame | None, settings: TicketSettings
) -> pd.Series:
    """Minutes on each priority's clock from its creation to `end` less those it lay solved and was opened again."""
    passed = elapsed_minutes(cases.priority, cases.created_at, end, settings)
    if idle is None or idle.empty:
        return passed
    rows = cases[["ticket_id", "priority"]].assign(end=end).merge(idle, on="ticket_id")
    rows = rows[rows.reopened_at <= rows.end]
    solved = elapsed_minutes(rows.priority, rows.solved_at, rows.reopened_at, settings).groupby(rows.ticket_id).sum()
    return passed - cases.ticket_id.map(solved).fillna(0.0)


def with_pauses(cases: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """`cases` with paused_minutes from `history` (see case_history); one that never waited there keeps its export's."""
    waited = history[history.has_waited].set_index("ticket_id")[[*Waiting]].sum(axis=1)
    return cases.assign(paused_minutes=cases.ticket_id.map(waited).fillna(cases.paused_minutes).astype(float))
