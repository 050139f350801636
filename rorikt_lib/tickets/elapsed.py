"""Minutes that passed for a case, on the clock of its priority or on another one."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Clock
from rorikt_lib.tickets.clock import calendar_minutes, service_minutes

OTHER = {Clock.SERVICE: Clock.CALENDAR, Clock.CALENDAR: Clock.SERVICE}


def elapsed_minutes(priority: pd.Series, start: pd.Series, end: pd.Series, settings: TicketSettings) -> pd.Series:
    """Minutes from `start` to `end` on each priority's clock; negative if `end` comes first, missing if either is.

    The three series have one index. Nothing is taken off for waiting.
    """
    passed = calendar_minutes(start, end)
    on_service = runs_on_service(priority, settings)
    served = service_minutes(start[on_service], end[on_service], settings.service_hours, settings.closed_days)
    return passed.mask(on_service, served.reindex(passed.index))


def runs_on_service(priority: pd.Series, settings: TicketSettings) -> pd.Series:
    """Whether the deadline of each priority runs on the service clock."""
    return priority.isin([name for name, target in settings.sla.items() if target.clock == Clock.SERVICE])


def on_clock(settings: TicketSettings, clock: Clock | None = None) -> TicketSettings:
    """The settings with every target on `clock`, by default the one it does not run on; a day is then that clock's."""
    targets = {
        name: target.model_copy(update={"clock": clock or OTHER[target.clock]}) for name, target in settings.sla.items()
    }
    return settings.model_copy(update={"sla": targets})
