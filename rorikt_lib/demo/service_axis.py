"""Service time as whole numbers: minute k of all minutes the service desk was ever open.

On this axis adding service minutes is plain addition, so a case can be made to take exactly n minutes.
"""

import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.tickets.clock import closed_dates, minutes_per_service_day

FIRST_DAY, LAST_DAY = "2021-06-01", "2025-01-31"


class ServiceAxis:
    """Minute numbers ↔ local times, from June 2021 to January 2025."""

    def __init__(self, settings: TicketSettings) -> None:
        closed = closed_dates(range(2021, 2026), settings.closed_days)
        days = np.arange(FIRST_DAY, LAST_DAY, dtype="datetime64[D]")
        self.days = days[np.is_busday(days, holidays=closed)]
        self.per_day = int(minutes_per_service_day(settings.service_hours))
        opens = settings.service_hours.opens
        self.opens = opens.hour * 60 + opens.minute

    def times(self, minutes: np.ndarray) -> pd.Series:
        """Local times (no zone) of minute numbers."""
        minutes = np.asarray(minutes, dtype="int64")
        day = self.days[minutes // self.per_day].astype("datetime64[m]")
        return pd.Series((day + self.opens + minutes % self.per_day).astype("datetime64[s]"))

    def minute(self, instant: str) -> int:
        """The first minute number at or after a local time written YYYY-MM-DD HH:MM (midnight without a time)."""
        time = pd.Timestamp(instant)
        day = int(np.searchsorted(self.days, np.datetime64(time.date())))
        if day == len(self.days) or self.days[day] != np.datetime64(time.date()):
            return day * self.per_day
        return day * self.per_day + int(np.clip(time.hour * 60 + time.minute - self.opens, 0, self.per_day))
