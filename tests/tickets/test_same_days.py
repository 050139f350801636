"""A part of a month is compared with the same working days: against a calendar that is walked day by day."""

from __future__ import annotations

import datetime as dt

import holidays
import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.same_days import alike, days_begun, is_part, points, same_point, without_unlike, working_days

TICKETS = demo_settings().tickets
CUT_OFF = oslo("2024-09-27 12:00")


def _walked(month: str) -> list[dt.date]:
    """The working days of a month: neither weekend nor holiday nor closed by the demo's settings."""
    year, number = map(int, month.split("-"))
    day, days = dt.date(year, number, 1), []
    public = holidays.country_holidays("NO", years=year)
    closed = {text for text in TICKETS.closed_days if len(text) == 5 and text[2] == "-"}
    while day.month == number:
        if day.weekday() < 5 and day not in public and f"{day:%m-%d}" not in closed:
            days.append(day)
        day += dt.timedelta(days=1)
    return days


@pytest.mark.parametrize("month", ["2024-02", "2024-05", "2024-08", "2024-09", "2023-12"])
def test_working_days_are_those_of_a_calendar(month):
    assert working_days(month, TICKETS).date.tolist() == _walked(month)


def test_the_twentieth_working_day_of_september_is_the_twentieth_of_the_others_at_the_same_time():
    assert days_begun("2024-09", CUT_OFF, TICKETS) == 20
    assert same_point("2024-08", CUT_OFF, TICKETS) == oslo("2024-08-28 12:00")
    assert same_point("2023-09", CUT_OFF, TICKETS) == oslo("2023-09-28 12:00")


def test_after_a_weekend_the_last_working_day_counts_to_its_end():
    assert same_point("2024-08", oslo("2024-09-28 15:00"), TICKETS) == oslo("2024-08-28 23:59:59.999999")


@pytest.mark.parametrize(
    ("until", "month"),
    [("2024-10-31 12:00", "2024-09"), ("2024-09-01 12:00", "2024-08"), ("2024-01-31 10:00", "2024-02")],
)
def test_a_month_without_the_same_days_has_no_point(until, month):
    assert same_point(month, oslo(until), TICKETS) is None


@given(st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31)), st.times(), st.integers(1, 12))
def test_the_point_has_as_many_working_days_behind_it_as_the_cut_off(day, time, back):
    until = pd.Timestamp(dt.datetime.combine(day, time.replace(microsecond=0))).tz_localize(
        "Europe/Oslo", ambiguous=True, nonexistent="shift_forward"
    )
    month = f"{pd.Timestamp(day) - pd.DateOffset(months=back):%Y-%m}"
    begun = sum(d <= day for d in _walked(f"{day:%Y-%m}"))
    point = same_point(month, until, TICKETS)
    if not 0 < begun <= len(_walked(month)):
        assert point is None
    else:
        assert sum(d <= point.date() for d in _walked(month)) == begun
        assert point.date() in _walked(month)


def test_a_whole_month_is_compared_with_whole_months():
    whole = oslo("2024-09-30 23:59:59.999999")
    assert not is_part("2024-09", whole)
    assert is_part("2024-09", CUT_OFF)
    assert points(["2024-08", "2024-09"], whole, TICKETS).empty
    assert points([], CUT_OFF, TICKETS).empty
    cases = make_tickets({"created_at": "2024-08-31 10:00"})
    assert len(alike(cases, "created_at", points(["2024-08", "2024-09"], whole, TICKETS))) == 1


def test_only_what_comes_after_a_months_point_is_left_out():
    times = ["2024-08-28 12:00", "2024-08-28 12:01", "2024-09-27 11:00", "2024-07-31 10:00", None]
    cases = make_tickets(*({"created_at": "2024-07-01 08:00", "resolved_at": time} for time in times))
    kept = alike(cases, "resolved_at", points(["2024-08", "2024-09"], CUT_OFF, TICKETS))
    assert kept.ticket_id.tolist() == [f"ticket_id-{n}" for n in (1, 3, 4, 5)]


def test_a_change_from_a_month_without_the_same_days_is_missing():
    table = pd.DataFrame({"change_month": [3.0], "change_year": [4.0]})
    of = points(["2023-10", "2024-09", "2024-10"], oslo("2024-10-31 12:00"), TICKETS)
    found = without_unlike(table, of, "2024-10")
    assert found.change_month.isna().all()
    assert found.change_year.isna().all() == (len(_walked("2023-10")) < 23)
