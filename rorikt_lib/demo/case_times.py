"""When cases are created and resolved, on the service axis, so that the published counts and means come out.

A frame of cases here: type, priority, created, resolved (minute numbers; resolved after the exports' end: open),
fixed (part of a published table, not to be moved), municipality and category (where published, else missing).
"""

import numpy as np
import pandas as pd
from numpy.random import Generator

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.demo.data import CREATED, INCIDENTS_RESOLVED, OPEN_CASES, PUBLISHED, SEPTEMBER_EXTRACT
from rorikt_lib.demo.exact import land
from rorikt_lib.demo.service_axis import ServiceAxis
from rorikt_lib.terms.enums import Priority, TicketType
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets.cases import minutes_per_unit, target_minutes

FIRST, LAST = "2022-01", "2024-11"
MONTHS = [shift(FIRST, n) for n in range(35)]
END = f"{shift(LAST, 1)}-01"
# Relative to an ordinary month: January to December.
SEASON = [1.1, 1.0, 1.05, 0.9, 0.9, 0.95, 0.72, 1.15, 1.1, 1.05, 1.05, 0.8]
RESOLVED_A_MONTH = {TicketType.INCIDENT: 500, TicketType.REQUEST: 660}
OPEN_AT_END = {TicketType.INCIDENT: 84, TicketType.REQUEST: 262}
PRIORITY_SHARE = {Priority.LOW: 0.006, Priority.MEDIUM: 0.984, Priority.HIGH: 0.009, Priority.CRITICAL: 0.001}
# The winter of 2023–2024 had fewer hands, so cases took longer.
SLOW_MONTHS, SLOWER = ("2023-09", "2024-05"), 1.55
URGENT = [Priority.HIGH, Priority.CRITICAL]
MAJOR_MONTH, UNPUBLISHED_MAJOR_MINUTES = "2024-09", 50
SAFE_MINUTES = 15  # between a target and a case that just keeps or just breaks it


def make_times(axis: ServiceAxis, settings: TicketSettings, random: Generator) -> pd.DataFrame:
    """All people's cases January 2022 – November 2024."""
    parts = [published_incidents(axis, settings, random), *_ordinary(axis, random), _never_resolved(axis, random)]
    cases = pd.concat(parts, ignore_index=True)
    cases = cases[cases.created >= axis.minute(f"{FIRST}-01")].reset_index(drop=True)
    instants = list(OPEN_CASES)
    for instant, following in zip(instants[::-1], [END, *instants[:0:-1]], strict=True):
        cases = _pin_open(cases, axis, instant, following, random)
    for (start, end), counts in CREATED.items():
        cases = _pin_created(cases, axis.minute(start), axis.minute(end), counts["cases"], random)
    return cases


def published_incidents(axis: ServiceAxis, settings: TicketSettings, random: Generator) -> pd.DataFrame:
    """The incidents of the SLA and resolution tables: counts within and breached, and means, month by month."""
    parts = []
    for (month, priority), (within, breached, mean) in INCIDENTS_RESOLVED.items():
        unit, target = minutes_per_unit(priority, settings), int(target_minutes(priority, settings))
        total = round(mean * unit * (within + breached))
        minutes = durations(within, breached, target, total, random)
        if month == MAJOR_MONTH and priority in URGENT:
            parts.append(_major_cases(axis, priority, minutes))
            continue
        end = SEPTEMBER_EXTRACT if SEPTEMBER_EXTRACT.startswith(month) else f"{shift(month, 1)}-01"
        resolved = random.integers(axis.minute(f"{month}-01"), axis.minute(end), minutes.size)
        parts.append(frame_of(TicketType.INCIDENT, priority, resolved - minutes, resolved, fixed=True))
    return pd.concat(parts)


def _major_cases(axis: ServiceAxis, priority: str, minutes: np.ndarray) -> pd.DataFrame:
    """The critical or high cases that were published one by one, on their days; the extract did not have them all."""
    listed = [row for row in PUBLISHED["major_incidents"] if row[2] == priority]
    taken = [*minutes, *[UNPUBLISHED_MAJOR_MINUTES] * (len(listed) - minutes.size)]
    hours = ["12:40" if SEPTEMBER_EXTRACT.startswith(day) else "09:10" for day, *_ in listed]
    created = np.array([axis.minute(f"{day} {hour}") for (day, *_), hour in zip(listed, hours, strict=True)])
    cases = frame_of(TicketType.INCIDENT, priority, created, created + np.array(taken), fixed=True)
    return cases.assign(municipality=[row[1] for row in listed], category=[row[3] for row in listed])


def durations(within: int, breached: int, target: int, total: int, random: Generator) -> np.ndarray:
    """Minutes of each case: so many within the target and so many not, adding up to `total`.

    Where cases breached, they carry what the others leave; a mean of 0 is a case solved within two minutes.
    """
    if not breached:
        return land(random.uniform(0.7, 1.3, within), max(total, within * 2))
    kept = random.lognormal(5.3, 1.0, within).clip(5, target - SAFE_MINUTES).round().astype("int64")
    least = target + SAFE_MINUTES
    over = land(random.gamma(1.6, 1.0, breached), total - int(kept.sum()) - breached * least)
    return np.concatenate([kept, least + over])


def _ordinary(axis: ServiceAxis, random: Generator) -> list[pd.DataFrame]:
    """The cases of no published table, by the month they were resolved in."""
    parts = []
    for kind, base in RESOLVED_A_MONTH.items():
        for month in MONTHS:
            start, end = axis.minute(f"{month}-01"), axis.minute(f"{shift(month, 1)}-01")
            if kind == TicketType.INCIDENT and any(month == m for m, _ in INCIDENTS_RESOLVED):
                start = axis.minute(SEPTEMBER_EXTRACT) + 1 if SEPTEMBER_EXTRACT.startswith(month) else end
            share = (end - start) / max(end - axis.minute(f"{month}-01"), 1)
            growth = 1 + 0.04 * (int(month[:4]) - 2023)
            count = int(base * SEASON[int(month[5:]) - 1] * growth * share * random.uniform(0.96, 1.04))
            resolved = random.integers(start, max(end, start + 1), count)
            priority = random.choice(list(PRIORITY_SHARE), count, p=list(PRIORITY_SHARE.values()))
            if month == MAJOR_MONTH or kind == TicketType.REQUEST:
                is_low = random.random(count) < (0.15 if kind == TicketType.REQUEST else 0)
                priority = np.where(is_low, Priority.LOW, Priority.MEDIUM)
            slower = SLOWER if SLOW_MONTHS[0] <= month <= SLOW_MONTHS[1] else 1.0
            minutes = ordinary_minutes(kind, priority, slower, random)
            parts.append(frame_of(kind, priority, resolved - minutes, resolved, fixed=False))
    return parts


def ordinary_minutes(kind: str, priority: np.ndarray, slower: float, random: Generator) -> np.ndarray:
    """Most cases take hours, some weeks (times `slower`); urgent ones an hour or two."""
    count = priority.size
    quick, slow, part_slow = (200, 11_000, 0.12) if kind == TicketType.INCIDENT else (700, 13_500, 0.27)
    is_slow, weeks = random.random(count) < part_slow, slower * random.gamma(1.2, slow / 1.2, count)
    minutes = np.where(is_slow, weeks, random.lognormal(np.log(quick), 1.0, count))
    urgent = np.isin(priority, URGENT)
    return np.where(urgent, random.lognormal(np.log(60), 0.7, count), minutes).clip(3).astype("int64")


def _never_resolved(axis: ServiceAxis, random: Generator) -> pd.DataFrame:
    """Cases still open when the exports end."""
    end = axis.minute(END)
    return pd.concat(
        frame_of(
            kind, Priority.MEDIUM, end - 1 - random.gamma(0.6, 22_000, n).astype("int64"), end + 10**6, fixed=False
        )
        for kind, n in OPEN_AT_END.items()
    )


def frame_of(kind: str, priority, created, resolved, fixed: bool) -> pd.DataFrame:
    return pd.DataFrame({"type": kind, "priority": priority, "created": created, "resolved": resolved, "fixed": fixed})


def _pin_open(cases: pd.DataFrame, axis: ServiceAxis, instant: str, following: str, random: Generator) -> pd.DataFrame:
    """As many cases of each type open at the instant as published.

    Where there are too many, some that were resolved before the `following` instant are made younger than this
    one; where too few, some of these are made older. So no later instant is touched.
    """
    at, until = axis.minute(instant), axis.minute(following)
    # Nothing happens in the very minute of the instant, so there is no question which side it falls on.
    cases = cases.assign(**{t: cases[t].mask((cases[t] == at) & ~cases.fixed, at + 1) for t in ("created", "resolved")})
    created = cases.created.copy()
    for kind, count in OPEN_CASES[instant].items():
        is_open = (created < at) & (cases.resolved > at)
        movable = (cases.type == kind) & ~cases.fixed & ~cases.priority.isin(URGENT)
        movable &= cases.resolved.between(at + 60, until - 1)
        excess = int((is_open & (cases.type == kind)).sum()) - count
        if excess > 0:
            chosen = random.choice(cases.index[movable & is_open], excess, replace=False)
            share = random.uniform(0.05, 0.8, excess)
            created[chosen] = cases.resolved[chosen] - (share * (cases.resolved[chosen] - at)).astype("int64").clip(3)
        elif excess < 0:
            chosen = cases.resolved[movable & ~is_open].nsmallest(-excess, keep="first").index
            created[chosen] = at - 1 - random.exponential(1_500, -excess).astype("int64")
    return cases.assign(created=created)


def _pin_created(cases: pd.DataFrame, start: int, end: int, count: int, random: Generator) -> pd.DataFrame:
    """As many cases created from start to end as published.

    Requests that came and went in that time are added or left out, so that nothing open at an instant is touched.
    """
    missing = count - int(cases.created.between(start, end - 1).sum())
    if missing <= 0:
        within = (cases.created >= start) & (cases.resolved < end) & (cases.created < end)
        passing = within & (cases.type == TicketType.REQUEST)
        return cases.drop(random.choice(cases.index[passing], -missing, replace=False)).reset_index(drop=True)
    created = random.integers(start, end - 300, missing)
    minutes = random.lognormal(np.log(150), 0.8, missing).clip(3, 2_000).astype("int64")
    added = frame_of(TicketType.REQUEST, Priority.MEDIUM, created, np.minimum(created + minutes, end - 1), fixed=False)
    return pd.concat([cases, added], ignore_index=True)
