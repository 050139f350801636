"""Why cases take long: they wait, are answered late, are opened again, or are solved long before anybody says so.

Cases here are those of case_times. What is moved crosses no instant that a published count was taken at, and no month,
and takes as many minutes net of waiting as before: every published figure stays what it was.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.demo.case_times import MONTHS, URGENT
from rorikt_lib.demo.data import CREATED, OPEN_CASES
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.terms.enums import Priority, TicketType
from rorikt_lib.tickets.cases import target_minutes

# One queue cleared in a minute per so many late cases of a month: cases in it, and how many of them were in time.
LATE_PER_QUEUE, QUEUE, IN_TIME = 40, (5, 9), (0, 3)
# Share of the late cases that waited longer than their target, and of others with time to wait that waited a little.
WAITED_LONG, WAITED = 0.32, 0.2
LEAST_TO_WAIT = 300
# Shares of the late cases and of the others.
REOPENED, UNTOLD = (0.11, 0.02), (0.03, 0.01)
ANSWERED_LATE = 0.14


def delayed(
    cases: pd.DataFrame, axis: ServiceAxis, settings: TicketSettings, until: str, random: Generator
) -> pd.DataFrame:
    """The cases with what delayed them; some are moved, so that many are resolved in one minute or waited.

    Adds paused (minutes; of the published incidents only), late_answer (minutes until an answer after the target;
    missing where it was not so late), reopened (times) and untold (a published incident whose solution has no time).
    until: when the exports end.
    """
    target = cases.priority.map({name: int(target_minutes(name, settings)) for name in settings.sla}).astype("int64")
    calm = ~cases.priority.isin(URGENT) & (cases.resolved < axis.minute(until))
    late = calm & (cases.resolved - cases.created > target)
    counted = _counted(axis)
    cases, queued = _queues_cleared(cases, axis, calm, late, counted, random)
    cases = _waited(cases, target, cases.fixed & calm & ~queued, late, counted, random)
    taken, n = cases.resolved - cases.created, len(cases)
    answer = target + ((taken - target) * random.uniform(0.02, 0.6, n)).astype("int64") + 1
    answered_late = late & (cases.paused == 0) & (random.random(n) < ANSWERED_LATE)
    again = calm & (random.random(n) < np.where(late, *REOPENED))
    return cases.assign(
        late_answer=answer.where(answered_late),
        reopened=np.where(again, 1 + (random.random(n) < 0.2), 0),
        untold=cases.fixed & calm & (random.random(n) < np.where(late, *UNTOLD)),
    )


def _counted(axis: ServiceAxis) -> np.ndarray:
    """The first minutes after the instants that cases were counted at, and of each year."""
    years = {f"{year}-01-01" for year in range(2022, 2026)}
    instants = {*OPEN_CASES, *(instant for span in CREATED for instant in span), *years}
    return np.array(sorted(axis.minute(instant) for instant in instants))


def _may_move(minutes: pd.Series, by: pd.Series, counted: np.ndarray) -> pd.Series:
    """Whether moving each minute crosses none that was counted at."""
    before, after = (np.searchsorted(counted, moved, side="right") for moved in (minutes, minutes + by))
    return pd.Series(before == after, index=minutes.index)


def _queues_cleared(
    cases: pd.DataFrame, axis: ServiceAxis, calm: pd.Series, late: pd.Series, counted: np.ndarray, random: Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """Some incidents of each month, most of them late, resolved in one and the same minute; and which they are."""
    by, queued = pd.Series(0, index=cases.index), pd.Series(False, index=cases.index)
    month = np.searchsorted([axis.minute(f"{m}-01") for m in MONTHS], cases.resolved, side="right")
    incidents = cases[calm & (cases.type == TicketType.INCIDENT) & (cases.priority == Priority.MEDIUM)]
    # Apart, so that the published incidents of a month have queues of their own.
    for _, rows in incidents.groupby([month[incidents.index], incidents.fixed]):
        for _ in range(round(late[rows.index].sum() / LATE_PER_QUEUE)):
            shift = _queue(rows[~queued[rows.index]], late, counted, random)
            by[shift.index], queued[shift.index] = shift, True
    return cases.assign(created=cases.created + by, resolved=cases.resolved + by), queued


def _queue(rows: pd.DataFrame, late: pd.Series, counted: np.ndarray, random: Generator) -> pd.Series:
    """Of some rows how many minutes later they are resolved together, by index."""
    is_late = late[rows.index]
    shift = random.choice(rows.resolved[is_late]) - rows.resolved
    free = _may_move(rows.created, shift, counted) & _may_move(rows.resolved, shift, counted)
    size, in_time = random.integers(*QUEUE), random.integers(*IN_TIME)
    members = [(rows.index[free & is_late], size - in_time), (rows.index[free & ~is_late], in_time)]
    return shift[np.concatenate([random.choice(i, min(count, len(i)), replace=False) for i, count in members])]


def _waited(
    cases: pd.DataFrame, target: pd.Series, may_wait: pd.Series, late: pd.Series, counted: np.ndarray, random: Generator
) -> pd.DataFrame:
    """Adds paused; what waited was created so much earlier."""
    taken, n = cases.resolved - cases.created, len(cases)
    drawn = random.random(n)
    is_long = late & (drawn < WAITED_LONG)
    a_little = ~is_long & (taken > LEAST_TO_WAIT) & (random.random(n) < WAITED)
    long_wait = target + 1 + random.gamma(1.3, target / 1.5).astype("int64")
    short_wait = np.minimum(taken * random.uniform(0.1, 0.5, n), target / 2).astype("int64")
    paused = pd.Series(np.select([is_long, a_little], [long_wait, short_wait], 0), index=cases.index)
    paused = paused.where(may_wait & _may_move(cases.created, -paused, counted), 0)
    return cases.assign(paused=paused, created=cases.created - paused)
