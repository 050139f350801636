"""The cases of all ticket exports as one table."""

import pandas as pd

from rorikt_lib.sources.combine.overlap import keep_latest
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.cases import TIMES
from rorikt_lib.terms.enums import TicketStatus
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty


def combine_tickets(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per case, in its latest state, and what was found. parts: frames of cases.clean_cases.

    What the latest export does not have (the API pages no waiting time, the lists no reopenings) is taken from the
    latest that has it.
    """
    parts = [part if "modified_at" in part else part.assign(modified_at=part["created_at"]) for part in parts]
    kept, older = keep_latest(parts, ["ticket_id"], [*TIMES, "modified_at"])
    if kept.empty:
        return empty("tickets"), empty("findings")
    waited, reopened = (_last_known(kept, older, name) for name in ("paused_minutes", "reopened"))
    cases = kept.assign(paused_minutes=waited.fillna(0.0), reopened=reopened)
    return cases, _findings(cases, older)


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
