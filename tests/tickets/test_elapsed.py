"""The clock of each priority, minute by minute, and rules in order."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from builders import make_tickets
from pandas.testing import assert_series_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.terms.enums import Clock
from rorikt_lib.tickets.cases import resolution_minutes, target_minutes
from rorikt_lib.tickets.elapsed import elapsed_minutes, on_clock
from rorikt_lib.tickets.rules import first_that_holds

TICKETS = demo_settings().tickets
PRIORITIES = ["low", "medium", "high", "critical"]
OSLO = ZoneInfo("Europe/Oslo")
FIRST = dt.datetime(2021, 12, 1, tzinfo=dt.UTC)
MINUTES = 4 * 366 * 1440


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    step = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + step - 7 * ((a + 11 * h + 22 * step) // 451) + 114, 31)
    return dt.date(year, month, day + 1)


def _closed(year: int) -> set[dt.date]:
    """Norway's public holidays by the almanac's rules, and the eves that the settings close."""
    fixed = {dt.date(year, m, d) for m, d in [(1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26), (12, 31)]}
    return fixed | {_easter(year) + dt.timedelta(days=n) for n in (-3, -2, 0, 1, 39, 49, 50)}


def _is_open(minute: int, closed: set[dt.date]) -> bool:
    local = (FIRST + dt.timedelta(minutes=minute)).astimezone(OSLO)
    hours = dt.time(8) <= local.time() < dt.time(15, 30)
    return hours and local.weekday() < 5 and local.date() not in closed


@pytest.fixture(scope="module")
def open_before() -> np.ndarray:
    """Open minutes from FIRST up to each minute: every minute asked by itself, each quarter of an hour standing for 15."""
    closed = set().union(*(_closed(year) for year in range(2021, 2027)))
    quarters = [_is_open(minute, closed) for minute in range(0, MINUTES, 15)]
    return np.concatenate([[0], np.repeat(quarters, 15).cumsum()])


def _pairs(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Minutes after FIRST; a third of the pairs lie within a fortnight of each other."""
    rng = np.random.default_rng(20241027)
    start, end = rng.integers(0, MINUTES, (2, count))
    near = slice(0, count // 3)
    end[near] = np.clip(start[near] + rng.integers(-20_000, 20_000, count // 3), 0, MINUTES - 1)
    return start, end


def _instants(minutes: np.ndarray) -> pd.Series:
    utc = pd.Series(pd.Timestamp(FIRST) + pd.to_timedelta(minutes, unit="min"))
    return utc.astype("datetime64[us, UTC]").dt.tz_convert("Europe/Oslo")


def test_ten_thousand_pairs_on_the_clock_of_their_priority_agree_with_every_minute_asked(open_before):
    start, end = _pairs(10_000)
    priority = pd.Series(np.random.default_rng(7).choice(PRIORITIES, len(start)))
    expected = np.where(priority == "critical", end - start, open_before[end] - open_before[start])
    result = elapsed_minutes(priority, _instants(start), _instants(end), TICKETS)
    np.testing.assert_array_equal(result.to_numpy(), expected)


def test_a_missing_instant_leaves_the_minutes_missing_and_the_index_stays():
    known = pd.Timestamp("2024-09-02 08:00", tz="Europe/Oslo")
    start = pd.Series([known, known, pd.NaT], index=[9, 4, 1])
    priority = pd.Series(["critical", "low", "low"], index=[9, 4, 1])
    result = elapsed_minutes(priority, start, start + pd.Timedelta(hours=1), TICKETS)
    assert_series_equal(result, pd.Series([60.0, 60.0, np.nan], index=[9, 4, 1]))


def test_the_resolution_time_is_what_passed_on_the_clock_less_the_pauses():
    cases = make_tickets(*(
        {"priority": p, "resolved_at": f"2024-09-{day:02d} 09:30", "paused_minutes": 20.0}
        for p in PRIORITIES for day in (2, 3, 9)
    ))  # fmt: skip
    passed = elapsed_minutes(cases.priority, cases.created_at, cases.resolved_at, TICKETS)
    assert_series_equal(resolution_minutes(cases, TICKETS), passed - 20, check_names=False)


def test_on_the_other_clock_a_target_in_days_has_that_clocks_days():
    other = on_clock(TICKETS)
    assert {p: t.clock for p, t in other.sla.items()} == dict.fromkeys(PRIORITIES[:3], "calendar") | {
        "critical": "service"
    }
    assert [target_minutes(p, other) for p in PRIORITIES] == [5 * 1440, 3 * 1440, 240, 120]
    assert on_clock(other) == TICKETS
    assert {t.clock for t in on_clock(TICKETS, Clock.SERVICE).sla.values()} == {"service"}


def test_the_first_rule_that_holds_names_the_row_and_missing_does_not_hold():
    rules = {
        "a": pd.Series([True, False, None, False], index=[3, 1, 2, 0], dtype="boolean"),
        "b": pd.Series([True, True, True, False], index=[3, 1, 2, 0]),
    }
    expected = pd.Series(["a", "b", "b", "none"], index=[3, 1, 2, 0], dtype="str")
    assert_series_equal(first_that_holds(rules, "none"), expected)
