"""Service and calendar clock: minutes between instants, for whole columns at once."""

import datetime as dt
from collections.abc import Iterable

import holidays
import numpy as np
import pandas as pd
from dateutil.easter import easter

from rorikt_lib.config.tickets import Hours, SeasonHours, ServiceHours, is_once
from rorikt_lib.terms.enums import Weekday
from rorikt_lib.terms.schemas import TIME_ZONE

MINUTES_PER_CALENDAR_DAY = 24 * 60.0
_ONE_DAY = dt.timedelta(days=1)


def minutes_per_service_day(hours: ServiceHours) -> float:
    """Length of an ordinary service day in minutes: 450 for 08:00–15:30. A target's day is one, whatever the season."""
    return minute_of_day(hours.closes) - minute_of_day(hours.opens)


def calendar_minutes(start: pd.Series, end: pd.Series) -> pd.Series:
    """Minutes that passed from `start` to `end` (timezone-aware, so daylight saving counts); missing if either is."""
    return (end - start).dt.total_seconds() / 60


def service_minutes(
    start: pd.Series, end: pd.Series, hours: ServiceHours, closed_days: Iterable[str] = ()
) -> pd.Series:
    """Minutes the service desk was open between `start` and `end`; negative if `end` comes first, missing if either is.

    Open: see opening_hours. A day on which the clocks change is as long as it is.
    """
    known = start.notna() & end.notna()
    minutes = pd.Series(np.nan, index=start.index)
    if known.any():
        instants = [_utc(t[known]) for t in (start, end)]
        years = [int(pick(t).astype("datetime64[Y]").astype(int)) + 1970 for t in instants for pick in (np.min, np.max)]
        opened = opening_hours(range(min(years) - 1, max(years) + 2), hours, closed_days)
        before, after = (_microseconds_opened(t, *opened) for t in instants)
        minutes[known] = (after - before) / 60e6
    return minutes


def opening_hours(
    years: Iterable[int], hours: ServiceHours, closed_days: Iterable[str] = ()
) -> tuple[np.ndarray, np.ndarray]:
    """When the desk opens and when it then closes, each time in `years`: instants in UTC (datetime64[us]), in order.

    A working day has the hours of its weekday, in the last of the seasons that it is in where there is one; none on a
    Norwegian public holiday or closed day; on a half day those of the half day. What is written of one day of one year
    goes before what holds every year, and before weekends and holidays.
    """
    years, closed_days = list(years), list(closed_days)
    days = np.arange(f"{min(years)}-01-01", f"{max(years) + 1}-01-01", dtype="datetime64[D]")
    week = _week(hours, hours)[_weekday(days)]
    for season in hours.seasons:
        within = np.isin(days, _dates_within(season, years))
        week[within] = _week(season, hours)[_weekday(days[within])]
    if not hours.open_on_holidays:
        week[np.isin(days, closed_dates(years, []))] = 0
    for once in (False, True):
        for day, other in hours.half_days.items():
            if is_once(day) == once:
                is_half = np.isin(days, _dates(day, years)) & (once | (week[:, 0] < week[:, 1]))
                week[is_half] = _minutes(other)
        week[np.isin(days, [d for day in closed_days if is_once(day) == once for d in _dates(day, years)])] = 0
    is_open = week[:, 0] < week[:, 1]
    return tuple(_instants(days[is_open], week[is_open, n]) for n in (0, 1))


def closed_dates(years: Iterable[int], closed_days: Iterable[str]) -> np.ndarray:
    """Sorted dates (datetime64[D]) in `years` that are Norwegian public holidays or closed by rule."""
    years = list(years)
    public = set(holidays.country_holidays("NO", years=years))
    rules = {date for day in closed_days for date in _dates(day, years)}
    return np.array(sorted(public | rules), dtype="datetime64[D]")


def minute_of_day(time: dt.time) -> float:
    """Minutes after midnight; the last time of a day stands for 24:00."""
    if time == dt.time.max:
        return MINUTES_PER_CALENDAR_DAY
    return time.hour * 60 + time.minute + time.second / 60


def _minutes(hours: Hours) -> tuple[float, float]:
    return minute_of_day(hours.opens), minute_of_day(hours.closes)


def _week(week: ServiceHours | SeasonHours, usual: ServiceHours) -> np.ndarray:
    """Minutes of the day at which each weekday opens and closes, Monday first; both 0 where it is closed."""
    working = week.working_days or usual.working_days
    return np.array([_minutes(week.weekdays.get(day, week)) if day in working else (0.0, 0.0) for day in Weekday])


def _weekday(days: np.ndarray) -> np.ndarray:
    """0 for Monday; 1 January 1970 was a Thursday."""
    return (days.astype("int64") + 3) % 7


def _dates(day: str, years: Iterable[int]) -> list[dt.date]:
    """The dates of a day as the settings write it: one a year, or one."""
    if is_once(day):
        return [dt.date.fromisoformat(day)]
    if day.startswith("easter"):
        return [easter(year) + int(day.removeprefix("easter") or 0) * _ONE_DAY for year in years]
    return [dt.date.fromisoformat(f"{year}-{day}") for year in years]


def _dates_within(season: SeasonHours, years: list[int]) -> np.ndarray:
    """All dates of a season that begins in one of `years`, or in the year before them."""
    years = [min(years) - 1, *years]
    firsts, lasts = _dates(season.first_day, years), _dates(season.last_day, [*years, years[-1] + 1])
    spans = [(first, next(last for last in lasts if last >= first)) for first in firsts]
    return np.concatenate([np.arange(first, last + _ONE_DAY, dtype="datetime64[D]") for first, last in spans])


def _instants(days: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """Local minutes of days as instants in UTC. A time that the clocks skip is when they have skipped it."""
    local = pd.DatetimeIndex(days.astype("datetime64[us]") + (minutes * 60e6).astype("timedelta64[us]"))
    zoned = local.tz_localize(TIME_ZONE, ambiguous=np.ones(len(local), bool), nonexistent="shift_forward")
    return zoned.tz_convert(None).to_numpy("datetime64[us]")


def _utc(instants: pd.Series) -> np.ndarray:
    return instants.dt.tz_convert(None).to_numpy("datetime64[us]")


def _microseconds_opened(instants: np.ndarray, opens: np.ndarray, closes: np.ndarray) -> np.ndarray:
    """Open time from the first opening to each instant: all that began by then, less what of the last is to come."""
    begun = np.searchsorted(opens, instants, side="right")
    whole = np.concatenate([[0], (closes - opens).astype("int64").cumsum()])[begun]
    to_come = np.concatenate([[instants.min()], closes])[begun] - instants
    return whole - np.clip(to_come.astype("int64"), 0, None)
