"""Pauses have a clock: what waiting takes off a deadline that runs on another one, at known times and spread evenly."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.cases import as_of, resolved_incidents
from rorikt_lib.tickets.elapsed import elapsed_minutes
from rorikt_lib.tickets.history import case_history, spread_pauses, with_pauses

OF_THE_DESK = demo_settings().tickets
BY_CALENDAR = OF_THE_DESK.model_copy(update={"paused_clock": "calendar"})
NO_EVENTS = pd.DataFrame({
    "ticket_id": pd.Series(dtype="str"), "at": pd.Series(dtype="datetime64[us, Europe/Oslo]"),
    "state": pd.Series(dtype="str"),
})  # fmt: skip
NO_HISTORY = pd.DataFrame({"ticket_id": [], "has_waited": pd.Series(dtype=bool)})
UNTIL = oslo("2024-09-30 23:59")
# Monday 08:00 to Wednesday 10:00; 17 hours of the service desk's, 50 of the calendar's.
LIFE = {
    "ticket_id": "a", "priority": "high", "created_at": "2024-09-02 08:00", "resolved_at": "2024-09-04 10:00",
    "paused_minutes": 960.0,
}  # fmt: skip
OVERNIGHT = pd.DataFrame({
    "ticket_id": "a",
    "at": [oslo("2024-09-02 08:00"), oslo("2024-09-02 15:30"), oslo("2024-09-03 07:30")],
    "state": ["open", "waiting_user", "open"],
})  # fmt: skip


def _judged(settings: TicketSettings, events: pd.DataFrame = NO_EVENTS, **case: object) -> pd.Series:
    cases = as_of(make_tickets(LIFE | case), UNTIL)
    history = case_history(events, cases, settings, UNTIL)
    known = with_pauses(spread_pauses(cases, history, settings, UNTIL), history)
    return resolved_incidents(known, ["2024-09"], settings).iloc[0]


def test_without_pauses_seventeen_hours_are_on_the_clock():
    row = _judged(BY_CALENDAR, paused_minutes=0.0)
    assert (row.resolution_minutes / 60, row.within) == (17.0, False)


def test_a_pause_of_known_times_outside_service_hours_takes_nothing_off():
    for settings in (BY_CALENDAR, OF_THE_DESK):
        row = _judged(settings, OVERNIGHT)
        assert (row.resolution_minutes / 60, row.within) == (17.0, False)


def test_a_calendar_pause_of_which_only_the_total_is_known_is_spread_evenly():
    row = _judged(BY_CALENDAR)
    assert row.resolution_minutes / 60 == pytest.approx(11.56, abs=1e-9)
    assert not row.within


def test_a_pause_on_the_service_clock_comes_off_as_it_stands():
    row = _judged(OF_THE_DESK)
    assert (row.resolution_minutes / 60, row.within) == (1.0, True)


@pytest.mark.parametrize("settings", [BY_CALENDAR, OF_THE_DESK])
def test_on_the_calendar_clock_a_pause_comes_off_as_it_stands(settings):
    assert _judged(settings, priority="critical").resolution_minutes == 50 * 60 - 960


def test_a_pause_longer_than_the_case_leaves_nothing():
    assert _judged(BY_CALENDAR, paused_minutes=3001.0).resolution_minutes == 0


def test_the_pause_of_an_open_case_is_spread_over_its_life_so_far():
    cases = as_of(make_tickets(LIFE | {"resolved_at": None}), oslo("2024-09-03 08:00"))
    spread = spread_pauses(cases, NO_HISTORY, BY_CALENDAR, oslo("2024-09-03 08:00"))
    assert spread.paused_minutes.tolist() == [450 * 960 / 1440]


def test_where_nothing_is_said_pauses_are_by_the_calendar():
    given = demo_settings().model_dump(mode="json", by_alias=True)["tickets"]
    given.pop("paused_clock")
    assert TicketSettings.model_validate(given).paused_clock == "calendar"


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000), st.integers(0, 9000)), min_size=1, max_size=20))
def test_what_is_left_is_the_service_minutes_times_the_share_not_paused(drawn):
    base = oslo("2024-09-02 06:00")
    rows = [
        {
            "ticket_id": str(n), "priority": "high", "created_at": base + pd.Timedelta(minutes=start),
            "resolved_at": base + pd.Timedelta(minutes=start + length), "paused_minutes": float(paused),
        }
        for n, (start, length, paused) in enumerate(drawn)
    ]  # fmt: skip
    cases = make_tickets(*rows)
    served = elapsed_minutes(cases.priority, cases.created_at, cases.resolved_at, BY_CALENDAR)
    spread = spread_pauses(cases, NO_HISTORY, BY_CALENDAR, UNTIL)
    for (_, length, paused), total, off in zip(drawn, served, spread.paused_minutes, strict=True):
        if length:
            assert total - off == pytest.approx(total * (1 - paused / length), abs=1e-6)
