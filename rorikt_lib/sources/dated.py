"""When each row of a file counts from, and how far a file reaches: a report lists no file that it could not know."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rorikt_lib.sources.reading.cases import TIMES
from rorikt_lib.sources.reading.format import Cleaned
from rorikt_lib.sources.reading.large import each_once
from rorikt_lib.terms.instants import in_zone, newest_of, possible, taken_at, without_zone
from rorikt_lib.terms.period import months_of
from rorikt_lib.terms.schemas import TIME_ZONE, empty

# A voucher's date is at most so long after the end of the month that it is booked in.
_BOOKED_LATER = pd.Timedelta(days=31)


def _of_period(rows: pd.DataFrame) -> pd.Series:
    return each_once(rows["period"], lambda periods: pd.to_datetime(months_of(periods) + "-01"))


def _of_year(rows: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(rows["year"].astype(int).astype("str") + "-01-01")


def _the_year_before(rows: pd.DataFrame) -> pd.Series:
    return _of_year(rows) - pd.DateOffset(years=1)


def _of_extract(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(_extracted(rows), index=rows.index)


def _extracted(rows: pd.DataFrame) -> pd.Timestamp:
    return taken_at(rows[["last_seen_on"]], ["last_seen_on"])


def _of(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: possible(rows[column])


# Clean table → when a row of it counts from. Costs are shared for next year, too.
_COUNTS_FROM: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "postings": _of_period,
    "budget_lines": _of_year,
    "adopted_forecasts": _of_period,
    "tickets": _of("created_at"),
    "devices": _of_extract,
    "device_register": _of("purchased_on"),
    "device_stock": _of("date"),
    "usage": _of("date"),
    "allocation_keys": _the_year_before,
    "allocation_costs": _the_year_before,
}
# Of the purchases that a register has, one alone that came so long after all others was typed wrong.
_ALONE = pd.Timedelta(days=31)
_SECOND, _LARGEST = 1_000_000, np.iinfo("int64").max


def dated(parts: list[Cleaned], source_file: str) -> tuple[pd.Timestamp, pd.DataFrame]:
    """The day that a file says it was made, else the newest date in it that can be; missing where it has none.

    A file without a clock was taken on that day at the earliest. And how many of its clean rows count from when, with
    the newest day in them: rows of source_rows.
    """
    days = [(part, _days(part)) for part in parts if len(part.frame)]
    told = [part.taken_on for part in parts if pd.notna(part.taken_on)]
    reached = (_reaches(part, newest) for part, newest in days)
    taken_on = max(told or [at for at in reached if pd.notna(at)], default=pd.NaT)
    rows = pd.concat([empty("source_rows"), *(_dated(part, newest) for part, newest in days)])
    return taken_on, rows.assign(source_file=source_file)


def _dated(part: Cleaned, days: pd.Series) -> pd.DataFrame:
    at = _COUNTS_FROM[part.table](part.frame)
    if at.dt.tz is None:
        at = at.dt.tz_localize(TIME_ZONE, ambiguous=True, nonexistent="shift_forward")
    return _counted(at.dt.as_unit("us"), days.dt.as_unit("us")).assign(table=part.table)


def _counted(at: pd.Series, dated_on: pd.Series) -> pd.DataFrame:
    """Each pair of an instant and a day with the number of its rows, in order; what is missing comes last.

    A pair that fits into one number is sorted as that, which takes a tenth of the time.
    """
    instants, days = (_Seconds.of(without_zone(times)) for times in (at, dated_on))
    if instants is None or days is None or instants.count * days.count > _LARGEST:
        rows = pd.DataFrame({"at": at, "dated_on": dated_on})
        return rows.groupby(["at", "dated_on"], dropna=False).size().reset_index(name="rows")
    pairs, rows = np.unique(instants.numbers * days.count + days.numbers, return_counts=True)
    places = pairs // days.count, pairs % days.count
    starts, on = (
        in_zone(of.times(own), zone) for of, own, zone in zip((instants, days), places, (at.dt.tz, None), strict=True)
    )
    return pd.DataFrame({"at": starts, "dated_on": on, "rows": rows})


@dataclass(frozen=True)
class _Seconds:
    """Times as whole seconds after the first of them (microseconds after 1970); numbers: all below count, of which the
    last is a missing one's."""

    first: int
    numbers: np.ndarray
    count: int

    @classmethod
    def of(cls, times: np.ndarray) -> "_Seconds | None":
        """None where a time has a fraction of a second, or none is known."""
        known = ~np.isnat(times)
        if not known.any():
            return None
        times = times.view("int64")
        first = int(times.min(where=known, initial=np.iinfo("int64").max))
        after = times - first if known.all() else np.where(known, times - first, 0)
        seconds = after // _SECOND
        if (seconds * _SECOND != after).any():
            return None
        count = int(seconds.max()) + 2
        return cls(first, seconds if known.all() else np.where(known, seconds, count - 1), count)

    def times(self, numbers: np.ndarray) -> np.ndarray:
        times = (numbers * _SECOND + self.first).view("datetime64[us]")
        times[numbers == self.count - 1] = np.datetime64("NaT")
        return times


def _reaches(part: Cleaned, days: pd.Series) -> pd.Timestamp:
    """The newest day of a part that can be. days: of its rows."""
    if part.table == "devices":
        return _extracted(part.frame)
    return _with_company(days.dropna()) if part.table == "device_register" else days.max()


def _with_company(days: pd.Series) -> pd.Timestamp:
    """The newest day but for those of one row that come long after all others."""
    counts = days.value_counts().sort_index()
    alone = (counts == 1) & (counts.index.to_series().diff() > _ALONE)
    return counts.index[~alone].max() if len(counts) else pd.NaT


def _days(part: Cleaned) -> pd.Series:
    """The newest day of each row that can be; missing where it has none."""
    frame = part.frame
    stamps = pd.DataFrame({name: possible(frame[name]) for name in frame.select_dtypes(["datetime", "datetimetz"])})
    if part.table == "tickets":
        # What lies after the file was taken, nobody can have known.
        taken = taken_at(frame[TIMES], ["created_at"])
        stamps = stamps if newest_of(stamps).max() <= taken else stamps.where(stamps <= taken)
    if stamps.empty:
        return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    days = _local_day(newest_of(stamps))
    if part.table == "postings":
        return days.where(days <= _of_period(frame) + pd.offsets.MonthEnd(1) + _BOOKED_LATER)
    return days


def _local_day(instants: pd.Series) -> pd.Series:
    return instants.dt.tz_localize(None).dt.normalize()
