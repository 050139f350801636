"""What is odd in the cases themselves: counted on the priority's clock, and by either source of reopenings."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.oddities import oddities

TICKETS = demo_settings().tickets
BY_CALENDAR = TICKETS.model_copy(update={"paused_clock": "calendar"})
NONE = pd.DataFrame({"ticket_id": pd.Series(dtype="str"), "reopened": pd.Series(dtype="int64")})
# Friday 15:00 to Monday 9:00: 90 minutes of the service desk's time, and 66 hours of the calendar's.
WEEKEND = {"created_at": "2024-09-06 15:00", "resolved_at": "2024-09-09 09:00", "ticket_id": "a"}


def found(*cases: dict, history: pd.DataFrame = NONE) -> dict[str, int]:
    return oddities(make_tickets(*cases), history, TICKETS).set_index("finding")["count"].to_dict()


@pytest.mark.parametrize(
    ("priority", "paused", "counted"),
    [("high", 90, {}), ("high", 91, {"paused_longer_than_open": 1}), ("critical", 91, {}), ("critical", 66 * 60, {})],
)
def test_waiting_is_held_against_the_time_on_the_prioritys_clock(priority, paused, counted):
    assert found(WEEKEND | {"priority": priority, "paused_minutes": paused}) == counted


def test_an_open_case_and_one_resolved_before_it_was_created_have_waited_too_long_for_nothing():
    assert found({"paused_minutes": 10**6}, {"paused_minutes": 1, "resolved_at": "2024-09-01 08:00"}) == {}


def test_a_case_was_reopened_where_the_system_counts_it_or_its_history_tells():
    history = pd.DataFrame({"ticket_id": ["b", "c"], "reopened": [1, 0]})
    cases = [
        {"ticket_id": "a", "reopened": 2},
        {"ticket_id": "b", "reopened": 0},
        {"ticket_id": "c"},
        {"ticket_id": "d"},
    ]
    assert found(*cases, history=history) == {"reopened_cases": 2}


def test_cases_whose_pauses_are_spread_are_counted():
    history = pd.DataFrame({"ticket_id": ["a"], "reopened": [0], "has_waited": [True]})
    waited = {"priority": "high", "paused_minutes": 60}
    cases = make_tickets(WEEKEND | waited, WEEKEND | waited | {"ticket_id": "b"}, waited, WEEKEND | {"ticket_id": "d"})
    counts = oddities(cases, history, BY_CALENDAR).set_index("finding")["count"]
    assert counts["pauses_spread"] == 2
    assert "pauses_spread" not in oddities(cases, history, TICKETS).finding.tolist()
