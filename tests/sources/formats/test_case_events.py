"""Exports with one row an event: their history, and the times that no column tells."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from pydantic import ValidationError

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.combine.tickets import combine_events
from rorikt_lib.sources.formats.mapped_tickets import clean_tickets
from rorikt_lib.sources.reading.format import RawTable

LOG = """
table: tickets
columns: {ticket_id: nr, status: state}
constants: {type: incident, priority: low}
values: {status: {In work: open, Done: closed}}
date_format: "%d/%m/%Y %H:%M"
last_event_by: n
event_at: at
waiting: {Wait: waiting_user, Vendor: waiting_supplier}
"""


def _read(*events: tuple[str, str, str], text: str = LOG):
    """Events: number, status, time of day; all of one case and day."""
    frame = pd.DataFrame(events, columns=["n", "state", "at"]).assign(nr="7")
    frame["at"] = "2/9/2024 " + frame["at"]
    raw = RawTable("log.csv", frame.astype("str").set_axis(range(2, len(frame) + 2)))
    settings = demo_settings().model_copy(update={"mappings": {}})
    names = settings.tickets.values.model_copy(update={"status": {"In work": "open", "Done": "closed", "Wait": "open"}})
    settings = settings.model_copy(update={"tickets": settings.tickets.model_copy(update={"values": names})})
    return clean_tickets(raw, settings, "desk", Mapping.model_validate(yaml.safe_load(text)))


def _times(cleaned) -> list[str]:
    row = cleaned.frame.iloc[0]
    return [f"{row[name]:%H:%M}" for name in ("created_at", "resolved_at") if pd.notna(row[name])]


def test_each_event_tells_the_state_in_the_order_of_the_log():
    events = _read(
        ("2", "Wait", "9:00"), ("1", "In work", "8:00"), ("10", "Done", "11:00"), ("3", "Vendor", "9:00")
    ).events
    assert events.state.tolist() == ["open", "waiting_user", "waiting_supplier", "closed"]
    assert events.ticket_id.unique().tolist() == ["desk:7"]


def test_the_first_event_creates_the_case_and_the_first_closing_one_resolves_it():
    cleaned = _read(
        ("1", "In work", "8:00"), ("2", "Done", "9:00"), ("3", "In work", "10:00"), ("4", "Done", "11:00"), ("5", "Done", "12:00")
    )  # fmt: skip
    assert _times(cleaned) == ["08:00", "11:00"]


def test_a_case_opened_again_is_not_resolved():
    assert _times(_read(("1", "In work", "8:00"), ("2", "Done", "9:00"), ("3", "In work", "10:00"))) == ["08:00"]


def test_an_unknown_state_is_counted_and_changes_nothing():
    cleaned = _read(("1", "In work", "8:00"), ("2", "-100", "8:30"), ("3", "Done", "9:00"))
    assert cleaned.events.state.tolist() == ["open", "closed"]
    assert ["unknown_state", 1] in cleaned.findings[["finding", "count"]].to_numpy().tolist()


def test_events_that_two_exports_tell_count_once_and_the_last_of_an_instant_stays_the_last():
    at = pd.Timestamp("2024-09-02 08:00", tz="Europe/Oslo")
    states = ["open", "waiting_user", "open"]
    part = pd.DataFrame({"ticket_id": "a", "at": [at] * 3, "state": states})
    assert combine_events([part, part]).state.tolist() == ["waiting_user", "open"]


@pytest.mark.parametrize("missing", ["last_event_by: n\n", "event_at: at\n", ", status: state"])
def test_a_history_needs_order_time_and_status(missing):
    with pytest.raises(ValidationError):
        Mapping.model_validate(yaml.safe_load(LOG.replace(missing, "")))


@pytest.mark.parametrize("wrong", ["01/01/1970 00:00", "02/09/2042 08:00"])
def test_an_event_of_a_time_that_cannot_be_is_flagged_and_decides_no_time(wrong):
    text = LOG.replace("event_at: at", "event_at: when")
    rows = [("1", "In work", wrong), ("2", "In work", "02/09/2024 08:00"), ("3", "Done", "02/09/2024 09:00")]
    frame = pd.DataFrame(rows, columns=["n", "state", "when"], dtype="str").assign(nr="7")
    raw = RawTable("log.csv", frame.set_axis(range(2, 5)))
    settings = demo_settings()
    cleaned = clean_tickets(raw, settings, "desk", Mapping.model_validate(yaml.safe_load(text)))
    assert (_times(cleaned), len(cleaned.quarantine)) == (["08:00", "09:00"], 0)
    flagged = cleaned.findings[cleaned.findings.finding == "impossible_time"]
    assert flagged[["count", "detail"]].values.tolist() == [[1, f"7: {wrong}"]]
