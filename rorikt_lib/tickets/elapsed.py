"""Minutes that passed for a case, on the clock of its priority or on another one."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from rorikt_lib.config.settings import Tickets
from rorikt_lib.tickets.clock import calendar_minutes, service_minutes

OTHER = {"service": "calendar", "calendar": "service"}


def elapsed_minutes(priority: pd.Series, start: pd.Series, end: pd.Series, tickets: Tickets) -> pd.Series:
    """Minutes from `start` to `end` on each priority's clock; negative if `end` comes first, missing if either is.

    The three series have one index. Nothing is taken off for waiting.
    """
    passed = calendar_minutes(start, end)
    on_service = priority.isin([name for name, target in tickets.sla.items() if target.clock == "service"])
    served = service_minutes(start[on_service], end[on_service], tickets.service_hours, tickets.closed_days)
    return passed.mask(on_service, served.reindex(passed.index))


def on_clock(tickets: Tickets, clock: Literal["service", "calendar", "other"]) -> Tickets:
    """The settings with every target on `clock`, or on the one it does not run on; a day is then that clock's day."""
    targets = {
        name: target.model_copy(update={"clock": OTHER[target.clock] if clock == "other" else clock})
        for name, target in tickets.sla.items()
    }
    return tickets.model_copy(update={"sla": targets})
