"""Reopened cases: open only while their history says so, and the same in an old month whatever came later."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.present.language import member
from rorikt_lib.tickets.cases import resolved_incidents
from rorikt_lib.tickets.membership import membership
from rorikt_lib.tickets.reopened import earlier_solutions, standing
from rorikt_lib.tickets.volume import flow, month_end

TICKETS = demo_settings().tickets
STATES = [("2024-09-02 08:00", "open"), ("2024-09-02 10:00", "closed"), ("2024-10-03 08:00", "open"),
          ("2024-10-03 09:00", "closed")]  # fmt: skip
FINAL = {"ticket_id": "a", "priority": "high", "created_at": "2024-09-02 08:00", "status": "closed"}


def events(*states: tuple[str, str]) -> pd.DataFrame:
    at = pd.Series([oslo(time) for time, _ in states], dtype="datetime64[us, Europe/Oslo]")
    return pd.DataFrame({"ticket_id": "a", "at": at, "state": [state for _, state in states]})


def months_of(states: list[tuple[str, str]], cut_off: pd.Timestamp, **last) -> dict[str, tuple]:
    """Month → resolved, open, opened again, minutes of the solution (of the incident's clock)."""
    tickets, history, months = make_tickets(FINAL | last), events(*states), ["2024-09", "2024-10", "2024-11"]
    months = [month for month in months if month <= f"{cut_off:%Y-%m}"]
    known = standing(tickets, history, TICKETS, cut_off)
    earlier = earlier_solutions(tickets, history, TICKETS, cut_off)
    table = flow(known, months, cut_off, earlier).query("type == 'incident'").set_index("month")
    solved = resolved_incidents(pd.concat([known, earlier]), months, TICKETS).set_index("month").resolution_minutes
    counted = (
        membership(known, months, TICKETS, member, earlier).query("by == 'total'").groupby(["figure", "month"]).size()
    )
    for figure, column in (("tickets.resolved", "resolved"), ("backlog.open", "open")):
        assert {m: counted.get((figure, m), 0) for m in months} == table[column].to_dict()
    opened = table.reopened.fillna(0).astype(int)
    assert (table.open == (table.created - table.resolved + opened).cumsum()).all()
    return {m: (table.resolved[m], table.open[m], opened[m], solved.get(m)) for m in months}


@pytest.mark.parametrize("state", [2, 4])
@pytest.mark.parametrize("later", ["2024-09", "2024-10", "2024-11"])
def test_a_case_that_is_opened_again_is_open_only_while_its_history_says_so(later, state):
    found = months_of(STATES[:state], month_end(later), resolved_at=STATES[state - 1][0])
    assert found["2024-09"] == (1, 0, 0, 120)
    if later > "2024-09" and state == 4:
        assert found["2024-10"] == (1, 0, 1, 120 + 60)


def test_a_case_that_is_open_again_is_open_from_then():
    found = months_of(STATES[:3], month_end("2024-11"), status="open")
    assert found == {"2024-09": (1, 0, 0, 120), "2024-10": (0, 1, 1, None), "2024-11": (0, 1, 0, None)}


def test_a_case_solved_twice_in_a_month_counts_once_and_the_time_it_lay_solved_is_not_its_time():
    states = [STATES[0], STATES[1], ("2024-09-03 08:00", "open"), ("2024-09-03 08:30", "closed")]
    assert months_of(states, month_end("2024-10"), resolved_at="2024-09-03 08:30")["2024-09"] == (1, 0, 0, 120 + 30)


def test_at_a_cut_off_between_the_case_is_as_it_then_was():
    assert months_of(STATES, oslo("2024-10-03 08:30"), resolved_at="2024-10-03 09:00")["2024-10"] == (0, 1, 1, None)


BY_CALENDAR = TICKETS.model_copy(update={"paused_clock": "calendar"})
AGAIN = [*STATES[:3], ("2024-10-03 12:00", "closed")]


@pytest.mark.parametrize(
    ("settings", "priority"), [(BY_CALENDAR, "high"), (BY_CALENDAR, "critical"), (TICKETS, "high")]
)
def test_a_pause_of_unknown_times_is_spread_over_the_time_the_case_was_open_and_each_solution_has_its_part(
    settings, priority
):
    # Open 2 + 4 hours, all of them service hours; 60 minutes of the 6 hours are 20 of the first two.
    tickets = make_tickets(FINAL | {"priority": priority, "resolved_at": "2024-10-03 12:00", "paused_minutes": 60.0})
    cut_off = month_end("2024-10")
    last = standing(tickets, events(*AGAIN), settings, cut_off)
    first = earlier_solutions(tickets, events(*AGAIN), settings, cut_off)
    found = resolved_incidents(pd.concat([last, first]), ["2024-09", "2024-10"], settings).resolution_minutes
    assert found.tolist() == pytest.approx([300, 100])


def test_an_old_month_takes_only_its_part_of_a_pause_that_a_later_export_has_whole():
    tickets = make_tickets(
        {"ticket_id": "a", "priority": "high", "created_at": "2024-09-30 08:00", "resolved_at": "2024-10-01 08:00"}
        | {"status": "closed", "paused_minutes": 720.0}
    )
    known = standing(tickets, events()[:0], BY_CALENDAR, oslo("2024-09-30 20:00"))
    assert known.paused_minutes.tolist() == pytest.approx([450 / 2])
