"""A month that was counted before it ended, and the same working days of the months that it is compared with."""

import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.period import first_day, last_day, shift, year_of
from rorikt_lib.terms.schemas import TIME_ZONE
from rorikt_lib.tickets.cases import month_of
from rorikt_lib.tickets.clock import opening_hours
from rorikt_lib.tickets.volume import month_end

_MOMENT = pd.Timedelta(microseconds=1)


def is_part(month: str, until: pd.Timestamp) -> bool:
    """Whether what was counted up to `until` is only a part of the month."""
    return until < month_end(month)


def working_days(month: str, settings: TicketSettings) -> pd.DatetimeIndex:
    """The days of a month on which the service desk opens, in order, without time zone."""
    opens, _ = opening_hours([year_of(month)], settings.service_hours, settings.closed_days)
    local = pd.DatetimeIndex(opens).tz_localize("UTC").tz_convert(TIME_ZONE).tz_localize(None).normalize()
    days = local[(local >= pd.Timestamp(first_day(month))) & (local <= pd.Timestamp(last_day(month)))]
    return pd.DatetimeIndex(np.unique(days))


def days_begun(month: str, until: pd.Timestamp, settings: TicketSettings) -> int:
    """How many of a month's working days have begun by `until` (local time): its day counts where it is one."""
    return int((working_days(month, settings) <= until.tz_localize(None).normalize()).sum())


def same_point(month: str, until: pd.Timestamp, settings: TicketSettings) -> pd.Timestamp | None:
    """The instant of `month` at which as many working days have passed as of its own month have at `until`.

    On a working day: the same time of that month's working day of the same number; else the end of that day. None where
    no working day has begun by then, or the month has fewer: then there are no same days.
    """
    own, others = working_days(f"{until:%Y-%m}", settings), working_days(month, settings)
    day = until.tz_localize(None).normalize()
    begun = int((own <= day).sum())
    if not 0 < begun <= len(others):
        return None
    time = until.tz_localize(None) - day if day in own else pd.Timedelta(days=1) - _MOMENT
    return (others[begun - 1] + time).tz_localize(TIME_ZONE, ambiguous=True, nonexistent="shift_forward")


def points(months: list[str], until: pd.Timestamp, settings: TicketSettings) -> pd.DataFrame:
    """month, until: how far each month is counted where the last is a part that ends at `until`; missing: `same_point`.

    No rows where the last month is whole, or there is none: then whole months are compared.
    """
    if not months:
        return pd.DataFrame({"month": pd.Series(dtype="str"), "until": pd.Series(dtype=f"datetime64[us, {TIME_ZONE}]")})
    *earlier, last = months
    instants = [*(same_point(month, until, settings) or pd.NaT for month in earlier), until]
    table = pd.DataFrame({"month": months, "until": pd.Series(instants, dtype=f"datetime64[us, {TIME_ZONE}]")})
    return table if is_part(last, until) else table.head(0)


def alike(cases: pd.DataFrame, instant: str, points: pd.DataFrame) -> pd.DataFrame:
    """The cases without those whose `instant` (created_at, resolved_at) is in a month of `points` after its point."""
    if points.empty:
        return cases
    limit = month_of(cases[instant]).map(points.set_index("month").until).astype(cases[instant].dtype)
    return cases[~(cases[instant] > limit)]


def without_unlike(compared: pd.DataFrame, points: pd.DataFrame, month: str) -> pd.DataFrame:
    """A table with change_month and change_year: missing where the month that it is a change from has no same days."""
    lacking = {*points.month[points.until.isna()]}
    columns = {"change_month": shift(month, -1), "change_year": shift(month, -12)}
    return compared.assign(**{name: np.nan for name, of in columns.items() if of in lacking})
