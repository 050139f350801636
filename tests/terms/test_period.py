"""Months and accounting periods, against the calendar module."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.terms.period import check_month, first_day, last_day, last_months, last_period, shift, year_of

days = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31))


@given(days)
def test_first_and_last_day_are_the_calendars(day):
    month = f"{day:%Y-%m}"
    length = calendar.monthrange(day.year, day.month)[1]
    assert (first_day(month), last_day(month)) == (day.replace(day=1), day.replace(day=length))


@given(days, st.integers(0, 300))
def test_a_month_shifted_forth_and_back_is_itself_and_steps_add_up(day, steps):
    month = f"{day:%Y-%m}"
    assert shift(shift(month, -steps), steps) == month
    assert shift(shift(month, -1), -steps) == shift(month, -1 - steps)


@pytest.mark.parametrize(
    ("month", "by", "expected"),
    [("2024-12", 1, "2025-01"), ("2024-01", -1, "2023-12"), ("2024-09", -12, "2023-09"), ("2024-09", 0, "2024-09")],
)
def test_a_shift_crosses_the_turn_of_the_year(month, by, expected):
    assert shift(month, by) == expected


def test_the_last_months_end_with_the_month_and_come_oldest_first():
    assert last_months("2024-02", 4) == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert len(last_months("2024-09", 13)) == 13
    assert last_months("2024-09", 13)[0] == "2023-09"


def test_only_december_includes_the_closing_entries():
    assert last_period("2024-12") == "2024-13"
    assert [last_period(f"2024-{n:02d}") for n in range(1, 12)] == [f"2024-{n:02d}" for n in range(1, 12)]


def test_periods_sort_in_time_order_with_closing_entries_between_the_years():
    assert sorted(["2024-13", "2025-01", "2024-12", "2024-02"]) == ["2024-02", "2024-12", "2024-13", "2025-01"]


def test_the_year_of_a_period():
    assert (year_of("2024-09"), year_of("2023-13")) == (2024, 2023)


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-00", "2024-9", "202409", "september", "", "2024-09-01", " 2024-09", "2024-09\n"]
)
def test_what_is_not_a_month_is_refused_and_named(text):
    with pytest.raises(InputError) as refused:
        check_month(text)
    # An error is one line, whatever it quotes.
    assert f"'{text}' is not a month".replace("\n", " ") in str(refused.value)
    assert "2024-09" in str(refused.value)


def test_a_month_passes_unchanged():
    assert check_month("2024-09") == "2024-09"
