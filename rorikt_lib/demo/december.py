"""The cases of December 2024: drawn apart, so that the exports of the months before stay what they are."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.case_times import END, PRIORITY_SHARE, frame_of, ordinary_minutes
from rorikt_lib.demo.delays import delayed
from rorikt_lib.demo.exact import generator
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.demo.tickets import CATEGORIES, alerts_in, draw_categories, placed, timed
from rorikt_lib.terms.enums import Priority, TicketType

# The list of December is of the first morning after New Year.
YEAR_END, EXTRACT = "2025-01-01", "2025-01-03"
CREATED = {TicketType.INCIDENT: 410, TicketType.REQUEST: 560}
LOW_REQUESTS = 0.15
ALERTS = 121
# Of the cases that November left open: minutes until they are solved, in the mean, and the share that waits meanwhile.
MEAN_MINUTES, WAIT = 11_000, 0.25


def with_december(tickets: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The cases of tickets.make_tickets with what became of them up to the extract, and those created in December.

    No time before December is changed: as the cases stood then, they still are.
    """
    random = generator("tickets december")
    axis = ServiceAxis(settings.tickets)
    went_on = _went_on(tickets, axis, random)
    cases = pd.concat(_created(axis, random), ignore_index=True).pipe(placed, settings, random)
    cases = cases.assign(category=draw_categories(cases.type, list(CATEGORIES), random))
    cases = cases.pipe(delayed, axis, settings.tickets, EXTRACT, random).pipe(timed, axis, EXTRACT, random)
    alerts = alerts_in([(END, YEAR_END, ALERTS)], settings, random)
    new = pd.concat([cases, alerts]).sort_values("created", kind="stable", ignore_index=True)
    new = new.assign(number=np.arange(len(new)) + tickets.number.max() + 1)
    return pd.concat([went_on, new], ignore_index=True)


def _created(axis: ServiceAxis, random: Generator) -> list[pd.DataFrame]:
    """The cases created in December, as case_times has them."""
    parts = []
    for kind, count in CREATED.items():
        priority = random.choice(list(PRIORITY_SHARE), count, p=list(PRIORITY_SHARE.values()))
        if kind == TicketType.REQUEST:
            priority = np.where(random.random(count) < LOW_REQUESTS, Priority.LOW, Priority.MEDIUM)
        created = random.integers(axis.minute(END), axis.minute(YEAR_END), count)
        resolved = created + ordinary_minutes(kind, priority, 1.0, random)
        parts.append(frame_of(kind, priority, created, resolved, fixed=False))
    return [part.assign(municipality=None, category=None) for part in parts]


def _went_on(tickets: pd.DataFrame, axis: ServiceAxis, random: Generator) -> pd.DataFrame:
    """The cases, with what happened after November to those that it left open; some are open still."""
    is_open = tickets.resolved.isna() & tickets.closed.isna() & ~tickets.is_merged
    n, start, end = int(is_open.sum()), axis.minute(END), axis.minute(EXTRACT)
    answered = start + random.integers(5, 60, n)
    resolved = answered + random.exponential(MEAN_MINUTES, n).astype("int64")
    closed = resolved + random.integers(0, 5 * axis.per_day, n)
    waited = (random.random(n) < WAIT) & (resolved < end)
    minutes = {"responded": answered, "resolved": resolved, "closed": closed}
    # The first minute after the extract stands for not yet.
    times = pd.DataFrame({name: axis.times(np.minimum(m, end)) for name, m in minutes.items()})
    times = times.mask(times >= pd.Timestamp(EXTRACT)).set_axis(tickets.index[is_open])
    paused = np.where(waited, ((resolved - start) * random.uniform(0.1, 0.7, n)).astype("int64"), 0)
    # Those that nobody had answered are answered first thing in December.
    after = times.assign(responded=tickets.responded[is_open].fillna(times.responded), paused_minutes=paused)
    went_on = tickets.copy()
    went_on.loc[is_open, [*after]] = after
    return went_on
