"""Which times can be, and when an extract was taken, as it carries no clock: wrong times never decide anything."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce

import numpy as np
import pandas as pd

EARLIEST = pd.Timestamp("2000-01-01")
_to_come: ContextVar[list[pd.Timestamp] | None] = ContextVar("_to_come", default=None)
# Clocks differ, and zones too.
_LATER = pd.Timedelta(days=1)
# The longest that a service desk hears nothing, and that an extract has no row of, unless its rows are rare: so many
# times their usual distance.
_SILENCE, _GAP, _RARE = pd.Timedelta(days=5), pd.Timedelta(days=31), 10
# So few rows of an extract may have a time that is later than it.
_FEW = 0.05


def possible(times: pd.Series) -> pd.Series:
    """The times (instants or days) without those before 2000 or later than now, which nobody can know of."""
    zone = times.dt.tz
    first = EARLIEST.tz_localize(zone) if zone else EARLIEST
    now = _latest(zone)
    oldest, newest = times.min(), times.max()
    if (noted := _to_come.get()) is not None and newest > now:
        noted.append(times[times > now].min())
    # A copy of a million times takes its time: only where one of them cannot be.
    return times.where((times >= first) & (times <= now)) if oldest < first or newest > now else times


def is_possible(time: pd.Timestamp) -> bool:
    """Whether a time is not later than now."""
    return bool(time <= _latest(time.tz))


def possible_from(time: pd.Timestamp) -> dt.datetime:
    """When an instant that is still to come is taken for possible."""
    return (time - _LATER).to_pydatetime(warn=False)


def _latest(zone: dt.tzinfo | None) -> pd.Timestamp:
    now = pd.Timestamp(dt.datetime.now(dt.UTC)) + _LATER
    return now.tz_convert(zone) if zone else now.tz_localize(None)


@contextmanager
def noting_what_is_to_come() -> Iterator[list[pd.Timestamp]]:
    """Notes the first time that was later than now, each time that `possible` is asked: then its answer changes.

    As instants, so that they can be compared.
    """
    noted: list[pd.Timestamp] = []
    token = _to_come.set(noted)
    try:
        yield noted
    finally:
        _to_come.reset(token)
        noted[:] = [time if time.tz else time.tz_localize(dt.UTC) for time in noted]


def newest_of(stamps: pd.DataFrame) -> pd.Series:
    """The newest instant (or day) of each row. The columns are all in one zone, or all in none."""
    first, *others = (stamps[name] for name in stamps)
    if not others:
        return first
    # As a number a missing time is the least of all. Numbers are compared many times as fast as times are.
    numbers = (without_zone(times).view("int64") for times in [first, *others])
    newest = reduce(np.maximum, numbers).view("datetime64[us]")
    return in_zone(newest, first.dt.tz, first.index).rename(first.name)


def without_zone(times: pd.Series) -> np.ndarray:
    """Instants in UTC, or days, as numpy has them (datetime64[us])."""
    return (times.dt.tz_convert(None) if times.dt.tz else times).to_numpy().astype("datetime64[us]", copy=False)


def in_zone(utc: np.ndarray, zone: dt.tzinfo | str | None, index: pd.Index | None = None) -> pd.Series:
    """What without_zone gives as it was; without a zone it is days."""
    times = pd.Series(utc, index=index)
    return times.dt.tz_localize(dt.UTC).dt.tz_convert(zone) if zone else times


def taken_at(stamps: pd.DataFrame, certain: list[str]) -> pd.Timestamp:
    """The newest instant that one extract can have known, missing without any: when it was taken, at least.

    stamps: its rows' times. certain: those that the system itself sets, as when a case was created. What comes long
    after all others of these, or after the desk's next silence, in few of the rows, was typed wrong.
    """
    sure = newest_of(stamps[certain])
    known = sure.dropna()
    if len(known) < 3:
        return newest_of(stamps).max()
    few = min(max(1, int(_FEW * len(stamps))), len(known) - 1)
    # Sorting a million instants takes longer than all else here; none but the last few matter.
    # As numbers they are sorted many times as fast as times are.
    numbers = np.sort(without_zone(known).view("int64"))[-few - 1 :]
    latest = in_zone(numbers.view("datetime64[us]"), known.dt.tz)
    usual = (latest.iloc[-1 - few] - known.min()) / max(len(known) - few - 1, 1)
    gaps = latest.diff()
    after = gaps.iloc[-few:][gaps.iloc[-few:] > max(_GAP, _RARE * usual)]
    last = latest[after.index[0] - 1] if len(after) else latest.iloc[-1]
    limit = last + max(_SILENCE, _RARE * usual)
    newest = newest_of(stamps)
    is_late = newest > limit
    if not is_late.any() or is_late.sum() > few:
        return newest.max()
    return newest_of(stamps.where(stamps <= limit)).max()
