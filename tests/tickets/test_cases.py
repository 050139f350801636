"""Which cases count, and how long they took: by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.cases import (
    as_of,
    month_of,
    number_alike,
    people,
    resolution_minutes,
    resolved_incidents,
    target_minutes,
)

TICKETS = demo_settings().tickets
# created on a Monday morning: the instant at which each priority's target is reached
ON_TARGET = {
    "low": ("2024-09-02 08:00", "2024-09-06 15:30"),
    "medium": ("2024-09-02 08:00", "2024-09-04 15:30"),
    "high": ("2024-09-02 13:00", "2024-09-03 09:30"),
    "critical": ("2024-09-01 23:00", "2024-09-02 01:00"),
}


def _minutes(**case) -> float:
    return resolution_minutes(make_tickets(case), TICKETS)[0]


def _resolved(*cases: dict, months=("2024-09",)) -> pd.DataFrame:
    return resolved_incidents(make_tickets(*cases), list(months), TICKETS)


def test_what_happened_after_the_cut_off_is_taken_away_and_what_happened_at_it_stays():
    at, after = "2024-09-27 12:00", "2024-09-27 12:00:01"
    tickets = make_tickets(
        {"ticket_id": "a", "responded_at": at, "resolved_at": after, "closed_at": after},
        {"ticket_id": "b", "resolved_at": at, "closed_at": after},
        {"ticket_id": "c", "created_at": after},
        {"ticket_id": "d", "created_at": at},
    )
    known = as_of(tickets, oslo(at)).set_index("ticket_id")
    assert known.index.tolist() == ["a", "b", "d"]
    assert known.responded_at["a"] == oslo(at)
    assert known[["resolved_at", "closed_at"]].loc["a"].isna().all()
    assert known.resolved_at["b"] == oslo(at)
    assert pd.isna(known.closed_at["b"])


def test_deleted_cases_never_count_and_alerts_are_not_peoples():
    tickets = make_tickets({"is_deleted": True}, {"is_alert": True}, {"ticket_id": "mine"})
    known = as_of(tickets, oslo("2024-09-30"))
    assert len(known) == 2
    assert people(known).ticket_id.tolist() == ["mine"]


def test_the_cut_off_leaves_its_argument_as_it_was():
    tickets = make_tickets({"resolved_at": "2024-09-20 10:00"}, {"is_deleted": True})
    before = tickets.copy(deep=True)
    as_of(tickets, oslo("2024-09-10"))
    resolved_incidents(tickets, ["2024-09"], TICKETS)
    assert_frame_equal(tickets, before)


def test_the_month_of_an_instant_is_the_local_one_and_missing_stays_missing():
    texts = ["2024-08-31 21:59:59", "2024-08-31 22:00:00", "2023-12-31 23:00:00", None]
    utc = pd.to_datetime(pd.Series(texts), utc=True)
    months = month_of(utc.dt.tz_convert("Europe/Oslo"))
    assert months[:3].tolist() == ["2024-08", "2024-09", "2024-01"]
    assert pd.isna(months[3])


def test_only_peoples_incidents_resolved_in_the_months_count():
    september = "2024-09-03 10:00"
    rows = _resolved(
        {"ticket_id": "counts", "resolved_at": september},
        {"ticket_id": "request", "resolved_at": september, "type": "request"},
        {"ticket_id": "alert", "resolved_at": september, "is_alert": True},
        {"ticket_id": "open"},
        {"ticket_id": "august", "created_at": "2024-08-01 08:00", "resolved_at": "2024-08-31 23:59:59"},
        {"ticket_id": "october", "resolved_at": "2024-10-01 00:00"},
    )
    assert rows.ticket_id.tolist() == ["counts"]


def test_a_case_belongs_to_the_month_it_was_resolved_in_not_created():
    rows = _resolved(
        {"created_at": "2024-08-30 08:00", "resolved_at": "2024-09-02 09:00"}, months=("2024-08", "2024-09")
    )
    assert rows.month.tolist() == ["2024-09"]


@pytest.mark.parametrize(("priority", "hours"), [("low", 37.5), ("medium", 22.5), ("high", 4), ("critical", 2)])
def test_targets_are_five_and_three_service_days_and_four_and_two_hours(priority, hours):
    assert target_minutes(priority, TICKETS) == hours * 60


@pytest.mark.parametrize("priority", ON_TARGET)
def test_a_case_solved_exactly_on_target_is_within_and_a_second_later_it_is_not(priority):
    created, resolved = ON_TARGET[priority]
    case = {"priority": priority, "created_at": created}
    late = oslo(resolved) + pd.Timedelta(seconds=1)
    if priority in {"low", "medium"}:  # 15:30 is closing time: the next second that counts is the next morning's
        late = oslo(resolved).normalize() + pd.Timedelta(days=1 if priority == "medium" else 3, hours=8, seconds=1)
    rows = _resolved(case | {"resolved_at": resolved}, case | {"resolved_at": late})
    assert rows.within.tolist() == [True, False]


@given(st.integers(0, 7.5 * 3600 - 1), st.integers(0, 5000), st.integers(1, 28))
def test_exactly_three_service_days_are_within_at_any_second_and_with_any_pause(second, paused, day):
    """From the second of one working day to the same second three working days on, and the paused minutes after."""
    working = pd.bdate_range(f"2024-09-{day:02d}", periods=4)
    created, due = (oslo(f"{d:%Y-%m-%d} 08:00") + pd.Timedelta(seconds=second) for d in working[[0, 3]])
    rows = _resolved({"created_at": created, "resolved_at": due, "paused_minutes": 0.0}, months=("2024-09", "2024-10"))
    assert rows.within.tolist() == [True]
    alarm = {"priority": "critical", "created_at": created}
    end = created + pd.Timedelta(hours=2, minutes=paused)
    late = end + pd.Timedelta(seconds=1)
    rows = _resolved(
        alarm | {"resolved_at": end, "paused_minutes": float(paused)},
        alarm | {"resolved_at": late, "paused_minutes": float(paused)},
        months=("2024-09", "2024-10"),
    )
    assert rows.within.tolist() == [True, False]


def test_only_numbers_that_do_not_tell_a_case_from_others_are_numbered():
    numbers = pd.Series(["a", "b", "a", None, None, "c"], dtype="str")
    assert number_alike(numbers).fillna(0).tolist() == [1, 0, 2, 1, 2, 0]
    assert number_alike(pd.Series([None], dtype="str")).tolist() == [1]


def test_paused_minutes_are_taken_off_and_never_below_nothing():
    assert _minutes(resolved_at="2024-09-02 10:00") == 120
    assert _minutes(resolved_at="2024-09-02 10:00", paused_minutes=30.0) == 90
    assert _minutes(resolved_at="2024-09-02 10:00", paused_minutes=500.0) == 0


def test_a_critical_case_runs_at_night_and_the_others_do_not():
    night = {"created_at": "2024-09-02 20:00", "resolved_at": "2024-09-03 09:00"}
    assert _minutes(priority="critical", **night) == 13 * 60
    assert {_minutes(priority=p, **night) for p in ("low", "medium", "high")} == {60}


@pytest.mark.parametrize(
    ("created", "resolved"),
    [("2024-03-31 01:30", "2024-03-31 04:30"), ("2024-10-26 23:30", "2024-10-27 01:30")],
)
def test_a_critical_case_over_the_change_to_summer_time_took_the_hours_that_passed(created, resolved):
    assert _minutes(priority="critical", created_at=created, resolved_at=resolved) == 120


def test_the_hour_that_autumn_repeats_counts_twice():
    assert _minutes(priority="critical", created_at="2024-10-27 01:30", resolved_at="2024-10-27 03:30") == 180


def test_an_open_case_has_no_resolution_time():
    assert pd.isna(_minutes())
