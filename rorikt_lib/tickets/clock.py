"""Service and calendar clock: minutes between instants, for whole columns at once."""

import datetime as dt
from collections.abc import Iterable

import holidays
import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import ServiceHours

MINUTES_PER_CALENDAR_DAY = 24 * 60.0


def minutes_per_service_day(hours: ServiceHours) -> float:
    """Length of a service day in minutes: 450 for 08:00–15:30."""
    return _minute_of_day(hours.closes) - _minute_of_day(hours.opens)


def calendar_minutes(start: pd.Series, end: pd.Series) -> pd.Series:
    """Minutes that passed from `start` to `end` (timezone-aware, so daylight saving counts); missing if either is."""
    return (end - start).dt.total_seconds() / 60


def service_minutes(
    start: pd.Series, end: pd.Series, hours: ServiceHours, closed_days: Iterable[str] = ()
) -> pd.Series:
    """Minutes the service desk was open between `start` and `end`; negative if `end` comes first, missing if either is.

    Open: `hours` local time, Monday to Friday, but not on Norwegian public holidays or `closed_days`
    (MM-DD every year, or YYYY-MM-DD once). Daylight saving changes at night and so moves nothing.
    """
    known = start.notna() & end.notna()
    minutes = pd.Series(np.nan, index=start.index)
    if known.any():
        first = start[known].min().year
        last = end[known].max().year
        holiday = closed_dates(range(min(first, last) - 1, max(first, last) + 2), closed_days)
        opened = [_minutes_opened(t[known], hours, holiday) for t in (start, end)]
        minutes[known] = opened[1] - opened[0]
    return minutes


def closed_dates(years: Iterable[int], closed_days: Iterable[str]) -> np.ndarray:
    """Sorted dates (datetime64[D]) in `years` that are Norwegian public holidays or closed by rule."""
    years = list(years)
    public = set(holidays.country_holidays("NO", years=years))
    rules = {dt.date.fromisoformat(day if len(day) == 10 else f"{year}-{day}") for day in closed_days for year in years}
    return np.array(sorted(public | rules), dtype="datetime64[D]")


def _minutes_opened(instants: pd.Series, hours: ServiceHours, closed: np.ndarray) -> np.ndarray:
    """Open minutes from a fixed origin to each instant: whole working days before its day, and its own day's part."""
    local = instants.dt.tz_localize(None).to_numpy("datetime64[us]")
    day = local.astype("datetime64[D]")
    minute = (local - day).astype("int64") / 60e6
    opens, closes = _minute_of_day(hours.opens), _minute_of_day(hours.closes)
    today = np.clip(minute, opens, closes) - opens
    whole_days = np.busday_count(np.datetime64("1970-01-01"), day, holidays=closed)
    return whole_days * (closes - opens) + np.where(np.is_busday(day, holidays=closed), today, 0.0)


def _minute_of_day(time: dt.time) -> float:
    return time.hour * 60 + time.minute + time.second / 60
