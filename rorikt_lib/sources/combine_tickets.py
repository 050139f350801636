"""The cases of all ticket exports as one table."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.sources.accept import finding
from rorikt_lib.sources.cases import TIMES
from rorikt_lib.sources.overlap import keep_latest
from rorikt_lib.tables import empty


def combine_tickets(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per case, in its latest state, and what was found. parts: frames of cases.clean_cases.

    Waiting time that the latest export does not tell (the API pages have none) is taken from the latest that does.
    """
    parts = [part if "modified_at" in part else part.assign(modified_at=part["created_at"]) for part in parts]
    kept, older = keep_latest(parts, ["ticket_id"], [*TIMES, "modified_at"])
    if kept.empty:
        return empty("tickets"), empty("findings")
    told = older.dropna(subset="paused_minutes").drop_duplicates("ticket_id", keep="last")
    told = told.set_index("ticket_id")["paused_minutes"]
    waited = kept["paused_minutes"].fillna(kept["ticket_id"].map(told)).fillna(0.0)
    cases = kept.assign(paused_minutes=waited)
    return cases, _findings(cases, older)


def combine_events(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The events of all exports; one told more than once only where it stands last: that is the state it left."""
    rows = pd.concat([empty("ticket_events"), *parts], ignore_index=True)
    return rows.drop_duplicates(keep="last", ignore_index=True)


def _findings(cases: pd.DataFrame, older: pd.DataFrame) -> pd.DataFrame:
    unresolved = cases["resolved_at"].isna()
    is_open = cases["status"] == "open"
    early = cases["resolved_at"] < cases["created_at"]
    paused, lasted = cases["paused_minutes"], (cases["resolved_at"] - cases["created_at"]).dt.total_seconds() / 60
    found = [
        finding("tickets", None, "overlapping_rows", len(older)),
        finding("tickets", None, "resolved_at_imputed", int(cases["resolved_at_imputed"].sum())),
        finding("tickets", None, "closed_without_time", int((~is_open & unresolved).sum())),
        finding("tickets", None, "resolved_before_created", int(early.sum())),
        finding("tickets", None, "responded_before_created", int((cases["responded_at"] < cases["created_at"]).sum())),
        finding("tickets", None, "paused_longer_than_open", int(((paused > lasted) & ~early).sum())),
        finding("tickets", None, "deleted_cases", int(cases["is_deleted"].sum())),
    ]
    return pd.concat(found)
