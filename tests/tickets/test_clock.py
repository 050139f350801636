"""The clocks, against a grid of every minute of three years that is open or not."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pandas as pd
import pytest

from rorikt_lib.config.tickets import ServiceHours
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.clock import calendar_minutes, closed_dates, minutes_per_service_day, service_minutes

OSLO, UTC = ZoneInfo("Europe/Oslo"), dt.UTC
FIRST, LAST = dt.datetime(2023, 1, 1, tzinfo=UTC), dt.datetime(2026, 1, 1, tzinfo=UTC)
CLOSED = ["12-24", "12-31"]
HOURS = ServiceHours(opens=dt.time(8), closes=dt.time(15, 30))
# Easter, 1 and 17 May, Whitsun, both changes of the clock, Christmas: where a wrong rule would show.
CRITICAL = [
    "2024-03-27",
    "2024-03-31",
    "2024-04-30",
    "2024-05-16",
    "2024-05-19",
    "2024-10-26",
    "2024-12-23",
    "2024-12-31",
]


def _open_so_far() -> np.ndarray:
    """Open minutes from FIRST to each minute (UTC), by plain walking from day to day."""
    public = holidays.country_holidays("NO", years=range(2023, 2026))
    is_open = np.zeros(int((LAST - FIRST).total_seconds() // 60), dtype=int)
    day = dt.date(2023, 1, 1)
    while day < dt.date(2026, 1, 1):
        if day.weekday() < 5 and day not in public and (day.month, day.day) not in {(12, 24), (12, 31)}:
            opens, closes = (dt.datetime.combine(day, at, OSLO) for at in (dt.time(8), dt.time(15, 30)))
            first, last = (int((at.astimezone(UTC) - FIRST).total_seconds() // 60) for at in (opens, closes))
            is_open[first:last] = 1
        day += dt.timedelta(days=1)
    return np.concatenate([[0], is_open.cumsum()])


def _random_seconds(count: int) -> np.ndarray:
    """Seconds after FIRST: half of them anywhere, half within four days of a critical date."""
    rng = np.random.default_rng(20240927)
    anywhere = rng.integers(0, int((LAST - FIRST).total_seconds()) - 1, count // 2)
    starts = [int((dt.datetime.fromisoformat(f"{d}T00:00+00:00") - FIRST).total_seconds()) for d in CRITICAL]
    near = rng.choice(starts, count - count // 2) + rng.integers(0, 4 * 86400, count - count // 2)
    return rng.permutation(np.concatenate([anywhere, near]))


def _instants(seconds: np.ndarray) -> pd.Series:
    return pd.Series(pd.Timestamp(FIRST) + pd.to_timedelta(seconds, unit="s")).dt.tz_convert("Europe/Oslo")


def _service(start: str, end: str) -> float:
    ends = (pd.Series([pd.Timestamp(t, tz="Europe/Oslo")]) for t in (start, end))
    return service_minutes(*ends, HOURS, CLOSED)[0]


def test_ten_thousand_pairs_agree_with_the_grid_of_minutes_also_reversed():
    grid, start, end = _open_so_far(), _random_seconds(10_000), _random_seconds(10_000)[::-1]

    def opened(seconds: np.ndarray) -> np.ndarray:
        minute, rest = np.divmod(seconds, 60)
        return grid[minute] + rest / 60 * (grid[minute + 1] - grid[minute])

    expected = opened(end) - opened(start)
    assert (expected < 0).sum() > 1000
    assert (expected > 0).sum() > 1000
    result = service_minutes(_instants(start), _instants(end), HOURS, CLOSED)
    np.testing.assert_allclose(result.to_numpy(), expected, atol=1e-6)


def test_calendar_minutes_are_the_seconds_that_passed_for_ten_thousand_pairs():
    start, end = _random_seconds(10_000), _random_seconds(10_000)[::-1]
    result = calendar_minutes(_instants(start), _instants(end))
    np.testing.assert_allclose(result.to_numpy(), (end - start) / 60, atol=1e-9)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2024-09-02 08:00", "2024-09-02 15:30", 450),
        ("2024-09-02 00:00", "2024-09-03 00:00", 450),
        ("2024-09-02 15:30", "2024-09-03 08:00", 0),
        ("2024-09-06 15:00", "2024-09-09 08:30", 60),
        ("2024-09-07 10:00", "2024-09-08 10:00", 0),
        ("2024-09-02 09:00:20", "2024-09-02 09:00:50", 0.5),
        ("2024-03-27 15:00", "2024-04-02 08:30", 60),  # Easter 2024: 28 March to 1 April
        ("2024-05-16 15:00", "2024-05-21 08:30", 60),  # 17 May is a Friday, 20 May Whit Monday
        ("2024-12-23 15:00", "2024-12-27 08:30", 60),
        ("2024-12-30 15:00", "2025-01-02 08:30", 60),
        ("2024-03-29 00:00", "2024-04-03 00:00", 450),  # summer time begins on 31 March
        ("2024-10-25 08:00", "2024-10-28 15:30", 900),  # winter time begins on 27 October
        ("2024-09-03 10:00", "2024-09-02 10:00", -450),
    ],
)
def test_service_minutes_by_hand(start, end, minutes):
    assert _service(start, end) == pytest.approx(minutes, abs=1e-9)


def test_the_closed_days_of_2024_are_the_almanacs():
    almanac = [
        "2024-01-01", "2024-03-28", "2024-03-29", "2024-03-31", "2024-04-01", "2024-05-01", "2024-05-09", "2024-05-17",
        "2024-05-19", "2024-05-20", "2024-12-24", "2024-12-25", "2024-12-26", "2024-12-31",
    ]  # fmt: skip
    assert closed_dates([2024], CLOSED).astype(str).tolist() == almanac


def test_a_day_closed_once_is_closed_that_year_only():
    dates = closed_dates([2024, 2025], ["2024-09-02"]).astype(str)
    assert "2024-09-02" in dates
    assert "2025-09-02" not in dates


def test_a_missing_end_leaves_the_time_missing_and_the_others_right():
    known = pd.Timestamp("2024-09-02 08:00", tz="Europe/Oslo")
    start = pd.Series([known, pd.NaT, known], index=[7, 3, 5])
    end = pd.Series([known + pd.Timedelta(hours=1), known, pd.NaT], index=[7, 3, 5])
    for minutes in (service_minutes(start, end, HOURS, CLOSED), calendar_minutes(start, end)):
        assert minutes.index.tolist() == [7, 3, 5]
        assert minutes[7] == 60
        assert minutes[[3, 5]].isna().all()


def test_a_column_of_missing_instants_gives_missing_minutes():
    nothing = pd.Series(pd.NaT, index=range(2)).dt.tz_localize("Europe/Oslo")
    assert service_minutes(nothing, nothing, HOURS, CLOSED).isna().all()


def test_an_interval_cut_in_two_keeps_its_minutes():
    instants = _instants(np.sort(_random_seconds(200)))
    parts = [service_minutes(pd.Series([a]), pd.Series([b]), HOURS, CLOSED)[0] for a, b in pairwise(instants)]
    whole = service_minutes(instants[:1], instants[-1:].set_axis([0]), HOURS, CLOSED)[0]
    assert sum(parts) == pytest.approx(whole, abs=1e-6)


def test_the_service_day_is_seven_and_a_half_hours():
    assert minutes_per_service_day(HOURS) == 450
    assert minutes_per_service_day(demo_settings().tickets.service_hours) == 450
