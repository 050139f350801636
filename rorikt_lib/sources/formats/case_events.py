"""The events of a mapped export with one row an event: what state each case was in, and since when.

A log's cells are those of mapped_cells.read_cells with one row an event, in the order of the events.
"""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.formats.mapped_cells import read_instant, without_missing
from rorikt_lib.sources.reading.cases import term_names
from rorikt_lib.sources.reading.names import look_up
from rorikt_lib.sources.reading.parse import parse_amount
from rorikt_lib.terms.enums import SetAside, TicketStatus
from rorikt_lib.terms.instants import possible
from rorikt_lib.terms.schemas import empty

_COLUMNS = ["case", "written", "impossible", "named", "status", "state"]
# A blank in one of these says that the case is not done, so an older value is no value of the case any more.
_ENDINGS = ["resolved_at", "closed_at"]


def places(written: pd.Series, mapping: Mapping) -> pd.Series:
    """Each event's place among its case's: the numbers, or the times, in last_event_by; missing if unreadable."""
    place = parse_amount(written, mapping.decimal_sign)
    return place if place.notna().any() else possible(read_instant(written, mapping))


def read(log: pd.DataFrame, raw: pd.DataFrame, settings: Settings, mapping: Mapping) -> pd.DataFrame:
    """One row per event of a case: case (their number), written (its time), impossible, named (their status).

    status: our term for it, open where the case waits. state: open, closed, or for whom it waits. Both are missing
    where the status is in no list: the event then leaves the case as it was. An event of a time that cannot be (see
    instants.possible) has none, and is impossible: what the case then was is known, not when. raw: the log's cells
    under their headers, same index. Without event_at there are no rows.
    """
    if mapping.event_at is None:
        return pd.DataFrame(columns=_COLUMNS, dtype="str")
    named = without_missing(raw[mapping.columns["status"]], mapping)
    terms = term_names(settings)["status"] | mapping.values.get("status", {})
    states = {name: TicketStatus.CLOSED if term == SetAside.MERGED else term for name, term in terms.items()}
    written = without_missing(raw[mapping.event_at], mapping)
    times = read_instant(written, mapping)
    impossible = times.notna() & possible(times).isna()
    events = pd.DataFrame(
        {
            "case": log["ticket_id"],
            "written": written.mask(impossible),
            "impossible": impossible,
            "named": named,
            "status": look_up(named, dict.fromkeys(mapping.waiting, TicketStatus.OPEN) | terms),
            "state": look_up(named, states | mapping.waiting),
        }
    )
    return events.dropna(subset="case")


def last_known(log: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The last event of each case with what it leaves blank as the case's latest event that has it says.

    Of when it was resolved or closed only those events count after which the case is not open again.
    """
    last = log[log["ticket_id"].isna() | ~log["ticket_id"].duplicated(keep="last")]
    is_settled = _is_settled(events).reindex(log.index, fill_value=False)
    filled = {}
    for field in log.columns.difference(["ticket_id", "status"]):
        cells = log[field].where(is_settled) if field in _ENDINGS else log[field]
        if last[field].isna().any() and cells.notna().any():
            filled[field] = last[field].fillna(last["ticket_id"].map(_of_case(log["ticket_id"], cells, "last")))
    return last.assign(**filled)


def with_history(cases: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """`cases` (raw cells) in the last state that is known, created at the first event, resolved at the first closing.

    A column's created or resolved time goes before these. A closing event is one after which the case is not open
    again.
    """
    if events.empty:
        return cases
    number = cases["ticket_id"]
    closing = events["written"].where(_is_settled(events) & (events["state"] == TicketStatus.CLOSED))
    resolved = number.map(_of_case(events["case"], closing, "first")).astype("str")
    return cases.assign(
        status=number.map(_of_case(events["case"], events["status"], "last")).astype("str").fillna(cases["status"]),
        created_at=cases["created_at"].fillna(number.map(_of_case(events["case"], events["written"], "first"))),
        resolved_at=cases["resolved_at"] if cases["resolved_at"].notna().any() else resolved,
    )


def _is_settled(events: pd.DataFrame) -> pd.Series:
    """Whether a case is not open at or after the event."""
    is_open = (events["state"].notna() & (events["state"] != TicketStatus.CLOSED))[::-1].astype("int8")
    return is_open.groupby(events["case"][::-1], sort=False).cummax()[::-1] == 0


def _of_case(case: pd.Series, cells: pd.Series, which: str) -> pd.Series:
    """The first or last cell of each case that is not missing, by the case's number."""
    rows = pd.DataFrame({"case": case, "cell": cells}).dropna()
    return rows.drop_duplicates("case", keep=which).set_index("case")["cell"]


def clean(events: pd.DataFrame, prefix: str, read_time: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """The events as ticket_events has them; those whose state or time is not known are left out."""
    if events.empty:
        return empty("ticket_events")
    at = possible(read_time(events["written"]))
    table = pd.DataFrame({"ticket_id": prefix + events["case"], "at": at, "state": events["state"]})
    return table.dropna().reset_index(drop=True)
