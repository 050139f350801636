from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.tickets.clock import service_minutes

TICKETS = demo_settings().tickets
AXIS = ServiceAxis(TICKETS)


@given(st.integers(0, 300_000), st.integers(0, 80_000))
def test_cases_made_to_take_n_service_minutes_take_n_on_the_clock_of_the_measures(start, minutes):
    times = AXIS.times([start, start + minutes]).dt.tz_localize("Europe/Oslo")
    passed = service_minutes(times[:1], times[1:].reset_index(drop=True), TICKETS.service_hours, TICKETS.closed_days)
    assert passed.item() == minutes


@pytest.mark.parametrize(
    ("instant", "first_open_minute"),
    [
        ("2024-09-27 12:00", "2024-09-27 12:00"),
        ("2024-09-27 15:30", "2024-09-30 08:00"),
        ("2024-09-28", "2024-09-30 08:00"),
        ("2024-03-28", "2024-04-02 08:00"),  # Maundy Thursday to Easter Monday
        ("2024-12-24 10:00", "2024-12-27 08:00"),
    ],
)
def test_the_minute_of_an_instant_is_the_first_open_one_from_then_on(instant, first_open_minute):
    assert AXIS.times([AXIS.minute(instant)]).item() == pd.Timestamp(first_open_minute)
