"""The cases of all ticket exports as one table."""

import pandas as pd

from rorikt_lib.sources.combine.overlap import keep_latest, newest_of
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.cases import TIMES
from rorikt_lib.terms.enums import TicketStatus
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import TIME_ZONE, empty

STAMPS = [*TIMES, "modified_at"]


def combine_tickets(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per case, in its latest state, and what was found. parts: frames of cases.clean_cases.

    What the latest export does not have (the API pages no waiting time, the lists no reopenings) is taken from the
    latest that has it.
    """
    cases, _, found = combine_cases(parts, [])
    return cases, found


def combine_cases(
    parts: list[pd.DataFrame], events: list[pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The cases of combine_tickets; their events, with what older exports tell of them; and what was found."""
    parts = [part if "modified_at" in part else part.assign(modified_at=part["created_at"]) for part in parts]
    kept, older = keep_latest(parts, ["ticket_id"], STAMPS)
    if kept.empty:
        return empty("tickets"), empty("ticket_events"), empty("findings")
    told = combine_events(events)
    again = _solved_before(kept, older, told, parts)
    waited, reopened = (_last_known(kept, older, name) for name in ("paused_minutes", "reopened"))
    cases = kept.assign(paused_minutes=waited.fillna(0.0), reopened=reopened)
    return cases, combine_events([told, again]), _findings(cases, older)


def _solved_before(
    kept: pd.DataFrame, older: pd.DataFrame, told: pd.DataFrame, parts: list[pd.DataFrame]
) -> pd.DataFrame:
    """The states of cases that an older export has as solved, and a later one as open, or solved after that export.

    Where no event tells when such a case was opened again it counts as open from the month after that export, or, where
    it was solved again before, for no time. Rows of ticket_events. told: what the exports' own events say.
    """
    solved = older[older["resolved_at"].notna() & ~older["is_deleted"]]
    if solved.empty:
        return empty("ticket_events")
    taken = pd.concat([newest_of(part[STAMPS]).groupby(part["source_file"]).max() for part in parts])
    taken = taken.groupby(level=0).max()
    now = kept.set_index("ticket_id")[["resolved_at", "created_at"]].add_suffix("_now")
    rows = solved.assign(taken=solved["source_file"].map(taken)).join(now, on="ticket_id")
    rows = rows[rows["resolved_at_now"].isna() | (rows["resolved_at_now"] > rows["taken"])]
    rows = rows.drop_duplicates(["ticket_id", "resolved_at"], keep="last", ignore_index=True)
    of_event = _opened_after(rows, told)
    rows = rows[of_event.notna() | ~rows["ticket_id"].isin(told["ticket_id"])]
    next_month = rows["taken"].dt.tz_localize(None).dt.to_period("M").dt.end_time.dt.ceil("D").astype("datetime64[us]")
    opened = next_month.dt.tz_localize(TIME_ZONE)
    opened = opened.where(rows["resolved_at_now"].isna() | (opened <= rows["resolved_at_now"]), rows["resolved_at_now"])
    opened = of_event.reindex(rows.index).fillna(opened)
    again = rows["resolved_at_now"].where(rows["resolved_at_now"] > opened)
    changes = [
        (TicketStatus.OPEN, rows["created_at_now"]), (TicketStatus.CLOSED, rows["resolved_at"]),
        (TicketStatus.OPEN, opened), (TicketStatus.CLOSED, again),
    ]  # fmt: skip
    states = [pd.DataFrame({"ticket_id": rows["ticket_id"], "at": at, "state": state}) for state, at in changes]
    return pd.concat([empty("ticket_events"), *states]).dropna().drop_duplicates(ignore_index=True)


def _opened_after(rows: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    """When each row's case was first opened after its resolved_at, by the events; missing where none is."""
    opened = told[told["state"] == TicketStatus.OPEN]
    pairs = rows[["ticket_id", "resolved_at"]].reset_index().merge(opened, on="ticket_id")
    return pairs[pairs["at"] > pairs["resolved_at"]].groupby("index")["at"].min().reindex(rows.index)


def _last_known(kept: pd.DataFrame, older: pd.DataFrame, name: str) -> pd.Series:
    known = older.dropna(subset=name).drop_duplicates("ticket_id", keep="last").set_index("ticket_id")[name]
    if known.empty:
        return kept[name]
    return kept[name].fillna(kept["ticket_id"].map(known))


def combine_events(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The events of all exports; one that several have stands only where it is last: that is the state it left."""
    rows = pd.concat([empty("ticket_events"), *parts], ignore_index=True)
    return rows.drop_duplicates(keep="last", ignore_index=True)


def _findings(cases: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    deleted = int(cases["is_deleted"].sum())
    cases = cases[~cases["is_deleted"]]
    unresolved = cases["resolved_at"].isna()
    is_open = cases["status"] == TicketStatus.OPEN
    resolved_early, answered_early = (cases[at] < cases["created_at"] for at in ("resolved_at", "responded_at"))
    found = [
        finding("tickets", None, Finding.OVERLAPPING_ROWS, len(older)),
        finding("tickets", None, Finding.RESOLVED_AT_IMPUTED, int(cases["resolved_at_imputed"].sum())),
        finding("tickets", None, Finding.CLOSED_WITHOUT_TIME, int((~is_open & unresolved).sum())),
        finding("tickets", None, Finding.RESOLVED_BEFORE_CREATED, int(resolved_early.sum())),
        finding("tickets", None, Finding.RESPONDED_BEFORE_CREATED, int(answered_early.sum())),
        finding("tickets", None, Finding.DELETED_CASES, deleted),
    ]
    return pd.concat(found)
