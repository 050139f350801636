"""Hours that differ: by weekday, season, half day and holiday, up to midnight, and on days on which the clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from builders import oslo

from rorikt_lib.config.tickets import ServiceHours
from rorikt_lib.tickets.clock import calendar_minutes, minutes_per_service_day, service_minutes

OSLO = ZoneInfo("Europe/Oslo")
DAY = {"opens": "08:00", "closes": "15:30"}
SHORT = {"opens": "08:00", "closes": "12:00"}
SUMMER = {"first_day": "05-15", "last_day": "09-14", "opens": "08:00", "closes": "15:00"}
ALL_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def opened(day: str, closed: tuple[str, ...] = (), **hours: object) -> float:
    """Hours that the desk is open on a day."""
    start = pd.Series([oslo(day)])
    settings = ServiceHours.model_validate(DAY | hours)
    return service_minutes(start, start + pd.DateOffset(days=1), settings, closed)[0] / 60


@pytest.mark.parametrize(
    ("day", "hours", "expected"),
    [
        ("2024-09-06", {"weekdays": {"friday": SHORT}}, 4),
        ("2024-09-05", {"weekdays": {"friday": SHORT}}, 7.5),
        ("2024-09-07", {}, 0),
        ("2024-09-07", {"working_days": ["saturday"]}, 7.5),
        ("2024-09-06", {"working_days": ["saturday"]}, 0),
        ("2024-09-07", {"working_days": ALL_DAYS, "weekdays": {"saturday": SHORT}}, 4),
        ("2024-09-06", {"opens": "00:00", "closes": "24:00"}, 24),
        ("2024-09-06", {"weekdays": {"friday": {"opens": "16:00", "closes": "24:00"}}}, 8),
    ],
)
def test_each_weekday_has_its_hours(day, hours, expected):
    assert opened(day, **hours) == expected


@pytest.mark.parametrize(
    ("day", "half", "expected"),
    [
        ("2024-03-27", "easter-4", 4),
        ("2025-04-16", "easter-4", 4),
        ("2024-03-26", "easter-4", 7.5),
        ("2024-12-24", "12-24", 4),
        ("2023-12-24", "12-24", 0),
        ("2024-12-25", "12-25", 0),
        ("2024-12-25", "2024-12-25", 4),
        ("2024-09-07", "2024-09-07", 4),
        ("2025-09-08", "2024-09-08", 7.5),
        ("2024-05-10", "easter+40", 4),
    ],
)
def test_a_half_day_has_its_own_hours_where_the_desk_is_open_or_where_it_is_written_for_once(day, half, expected):
    assert opened(day, half_days={half: SHORT}) == expected


def test_a_day_written_for_once_goes_before_a_rule_of_every_year():
    assert opened("2024-12-24", ("12-24",), half_days={"2024-12-24": SHORT}) == 4
    assert opened("2024-12-24", ("2024-12-24",), half_days={"12-24": SHORT}) == 0
    assert opened("2024-03-27", ("easter-4",)) == 0


@pytest.mark.parametrize(
    ("day", "season", "expected"),
    [
        ("2024-05-14", {}, 7.5),
        ("2024-05-15", {}, 7),
        ("2024-09-13", {}, 7),
        ("2024-09-16", {}, 7.5),
        ("2024-08-02", {"weekdays": {"friday": SHORT}}, 4),
        ("2024-08-03", {"working_days": ["saturday"]}, 7),
        ("2024-08-02", {"working_days": ["saturday"]}, 0),
        ("2024-12-30", {"first_day": "12-27", "last_day": "01-05"}, 7),
        ("2024-01-03", {"first_day": "12-27", "last_day": "01-05"}, 7),
        ("2024-01-08", {"first_day": "12-27", "last_day": "01-05"}, 7.5),
        ("2024-03-26", {"first_day": "easter-7", "last_day": "easter+1"}, 7),
        ("2024-08-02", {"first_day": "2024-07-01", "last_day": "2024-08-15"}, 7),
        ("2025-08-01", {"first_day": "2024-07-01", "last_day": "2024-08-15"}, 7.5),
    ],
)
def test_summer_hours_hold_from_their_first_day_to_their_last(day, season, expected):
    assert opened(day, seasons=[SUMMER | season]) == expected


def test_of_two_seasons_that_have_a_day_the_last_counts_and_a_half_day_before_both():
    july = SUMMER | {"first_day": "07-01", "last_day": "07-31", "closes": "14:00"}
    assert opened("2024-07-15", seasons=[SUMMER, july]) == 6
    assert opened("2024-07-15", seasons=[SUMMER, july], half_days={"07-15": SHORT}) == 4
    assert opened("2024-05-17", seasons=[SUMMER]) == 0


def test_a_desk_may_be_open_on_holidays():
    assert opened("2024-05-17", open_on_holidays=True) == 7.5


def test_a_desk_that_never_closes_has_the_minutes_of_the_calendar_also_when_the_clocks_change():
    always = ServiceHours(opens="00:00", closes="24:00", working_days=ALL_DAYS, open_on_holidays=True)
    rng = np.random.default_rng(5)
    start, end = (
        pd.Series(oslo("2023-01-01 00:00") + pd.to_timedelta(rng.integers(0, 3 * 366 * 86400, 2000), unit="s"))
        for _ in range(2)
    )
    np.testing.assert_array_equal(service_minutes(start, end, always), calendar_minutes(start, end))
    assert minutes_per_service_day(always) == 1440


def _is_open(at: dt.datetime) -> bool:
    """Whether a desk with every kind of difference is open, by asking the settings' sentences one by one."""
    day, time = at.date(), at.time()
    if day in {dt.date(2024, 3, 28), dt.date(2024, 3, 29), dt.date(2024, 4, 1), dt.date(2024, 5, 1)}:
        return False
    if day == dt.date(2024, 3, 27):
        return dt.time(9) <= time < dt.time(11)
    if day.weekday() == 6:
        return False
    if day >= dt.date(2024, 4, 15):
        return day.weekday() < 5 and dt.time(9) <= time < dt.time(14)
    if day.weekday() == 5:
        return time >= dt.time(22)
    return dt.time(8) <= time < dt.time(15, 30)


def test_every_kind_of_hours_together_agrees_with_every_minute_asked():
    hours = ServiceHours.model_validate({
        **DAY,
        "working_days": ALL_DAYS[:6],
        "weekdays": {"saturday": {"opens": "22:00", "closes": "24:00"}},
        "seasons": [SUMMER | {"first_day": "04-15", "opens": "09:00", "closes": "14:00", "working_days": ALL_DAYS[:5]}],
        "half_days": {"easter-4": {"opens": "09:00", "closes": "11:00"}},
    })  # fmt: skip
    first = dt.datetime(2024, 3, 20, tzinfo=dt.UTC)
    minutes = 50 * 1440
    so_far = [0, *np.cumsum([_is_open((first + dt.timedelta(minutes=n)).astimezone(OSLO)) for n in range(minutes)])]
    rng = np.random.default_rng(8)
    start, end = rng.integers(0, minutes, (2, 1000))
    instants = [
        pd.Series(pd.Timestamp(first) + pd.to_timedelta(n, unit="min")).dt.tz_convert(OSLO) for n in (start, end)
    ]
    expected = np.array(so_far)[end] - np.array(so_far)[start]
    np.testing.assert_array_equal(service_minutes(*instants, hours), expected)


@pytest.mark.parametrize(
    ("hours", "problem"),
    [
        ({"weekdays": {"saturday": SHORT}}, "saturday is no working day; add it to working_days"),
        ({"seasons": [SUMMER | {"weekdays": {"sunday": SHORT}}]}, "sunday is no working day"),
        ({"seasons": [SUMMER | {"last_day": "2024-09-14"}]}, "both of every year, or both of one year"),
        ({"half_days": {"påske-4": SHORT}}, "påske-4 is no day"),
        ({"half_days": {"12-24": {"opens": "12:00", "closes": "08:00"}}}, "opens at 12:00:00 and closes at 08:00:00"),
        ({"working_days": ["monday", "monday"]}, "given twice: monday"),
        ({"working_days": []}, "at least 1 item"),
        ({"opens": "24:00"}, "valid"),
    ],
)
def test_hours_that_contradict_each_other_are_refused(hours, problem):
    with pytest.raises(ValueError, match=problem):
        ServiceHours.model_validate(DAY | hours)
