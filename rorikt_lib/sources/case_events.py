"""The events of a mapped export with one row an event: what state each case was in, and since when."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from rorikt_lib.mapping import Mapping
from rorikt_lib.settings import Settings
from rorikt_lib.sources.cases import MERGED
from rorikt_lib.sources.formats import RawTable
from rorikt_lib.sources.names import look_up
from rorikt_lib.sources.parse import parse_amount, parse_time
from rorikt_lib.tables import empty

_COLUMNS = ["case", "written", "state"]


def places(raw: RawTable, mapping: Mapping) -> pd.Series:
    """Each event's place among its case's: the numbers, or the times, in last_event_by; missing if unreadable."""
    written = raw.frame[mapping.last_event_by]
    place = parse_amount(written, mapping.decimal_sign)
    return place if place.notna().any() else parse_time(written, mapping.date_format)


def read(raw: RawTable, settings: Settings, mapping: Mapping) -> pd.DataFrame:
    """One row per event in its case's order: case (their number), written (its time) and state.

    state: a status of the settings, or for whom the case waits; missing where the status is in neither list. Without
    event_at there are no rows.
    """
    if mapping.event_at is None:
        return pd.DataFrame(columns=_COLUMNS, dtype="str")
    status = raw.frame[mapping.columns["status"]]
    named = settings.tickets.values.status | mapping.values.get("status", {})
    terms = {name: "closed" if term == MERGED else term for name, term in named.items()} | mapping.waiting
    events = pd.DataFrame(
        {
            "case": raw.frame[mapping.columns["ticket_id"]],
            "written": raw.frame[mapping.event_at],
            "state": look_up(status, terms),
            "place": places(raw, mapping),
        }
    )
    return events.dropna(subset=["case", "place"]).sort_values("place", kind="stable")[_COLUMNS]


def with_times(cases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """`cases` (raw cells) created at the first event, and resolved at the first of the closing ones, where not told.

    An event that closes a case is one after which it is not open again.
    """
    if events.empty:
        return cases
    told = events.dropna(subset="state")
    is_over = (told["state"] == "closed")[::-1].astype(int).groupby(told["case"][::-1]).cummin()[::-1] == 1
    created, resolved = (rows.drop_duplicates("case").set_index("case")["written"] for rows in (events, told[is_over]))
    number = cases["ticket_id"]
    is_told = cases["resolved_at"].notna().any() or cases["closed_at"].notna().any()
    return cases.assign(
        created_at=cases["created_at"].fillna(number.map(created)),
        resolved_at=cases["resolved_at"] if is_told else number.map(resolved).astype("str"),
    )


def clean(events: pd.DataFrame, name: str, read_time: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """The events as ticket_events has them; those whose state or time is not known are left out."""
    if events.empty:
        return empty("ticket_events")
    at = read_time(events["written"])
    table = pd.DataFrame({"ticket_id": name + ":" + events["case"], "at": at, "state": events["state"]})
    return table.dropna().reset_index(drop=True)
