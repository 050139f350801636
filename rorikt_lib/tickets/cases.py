"""Which cases count, and as they stood at a cut-off."""

import numpy as np
import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import Clock, TicketType, TimeUnit
from rorikt_lib.terms.instants import taken_at
from rorikt_lib.tickets.clock import MINUTES_PER_CALENDAR_DAY, minutes_per_service_day
from rorikt_lib.tickets.elapsed import elapsed_minutes


def as_of(tickets: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The cases created by `cut_off` and not deleted; what happened to them later is taken away."""
    known = tickets[(tickets.created_at <= cut_off) & ~tickets.is_deleted]
    later = {name: known[name].where(known[name] <= cut_off) for name in ("responded_at", "resolved_at", "closed_at")}
    return known.assign(**later)


def newest_event(tickets: pd.DataFrame) -> pd.Timestamp:
    """When something last happened to a case, but for times that the exports cannot know; missing without cases."""
    return taken_at(tickets[["created_at", "responded_at", "resolved_at", "closed_at"]], ["created_at"])


def number_alike(numbers: pd.Series) -> pd.Series:
    """Which one a row is among those of the same number, from 1; missing where no other has it."""
    alike = numbers.groupby(numbers, dropna=False).cumcount() + 1
    return alike.where(numbers.isna() | numbers.duplicated(keep=False))


def people(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases that people raised: all but the alerts from security monitoring."""
    return cases[~cases.is_alert]


def months_with_cases(cases: pd.DataFrame, months: list[str]) -> list[str]:
    """Those of `months` from the first case's on: before it nothing is known, which is not 0."""
    return [month for month in months if month >= f"{cases.created_at.min():%Y-%m}"] if len(cases) else months


def month_of(instants: pd.Series) -> pd.Series:
    """Local month YYYY-MM of each instant; missing stays missing."""
    codes, months = pd.factorize(instants.dt.tz_localize(None).dt.to_period("M"))
    names = pd.Index([str(m) for m in months], dtype="str").append(pd.Index([np.nan], dtype="str"))
    return pd.Series(names.take(codes), index=instants.index)


def resolved_incidents(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """One row per incident resolved in one of `months`, with month, resolution_minutes, target_minutes, within.

    resolution_minutes runs on the priority's clock, less paused_minutes, never below 0. A case resolved before it was
    created took no time that anybody knows: it is not here.
    """
    month = month_of(cases.resolved_at)
    in_order = ~(cases.resolved_at < cases.created_at)
    counted = month.isin(months) & (cases.type == TicketType.INCIDENT) & ~cases.is_alert & in_order
    incidents = cases[counted].assign(month=month[counted])
    minutes = resolution_minutes(incidents, settings)
    target = incidents.priority.map({p: target_minutes(p, settings) for p in settings.sla}).astype(float)
    return incidents.assign(resolution_minutes=minutes, target_minutes=target, within=minutes <= target)


def resolution_minutes(cases: pd.DataFrame, settings: TicketSettings) -> pd.Series:
    """Minutes from created to resolved on each case's priority clock, less paused_minutes, never below 0."""
    passed = elapsed_minutes(cases.priority, cases.created_at, cases.resolved_at, settings)
    return (passed - cases.paused_minutes).clip(lower=0)


def minutes_per_unit(priority: str, settings: TicketSettings) -> float:
    """Minutes in the unit that the priority's target is written in."""
    target = settings.sla[priority]
    if target.unit == TimeUnit.HOURS:
        return 60.0
    in_service = target.clock == Clock.SERVICE
    return minutes_per_service_day(settings.service_hours) if in_service else MINUTES_PER_CALENDAR_DAY


def target_minutes(priority: str, settings: TicketSettings) -> float:
    """The priority's resolution target in minutes of its clock."""
    return settings.sla[priority].resolution * minutes_per_unit(priority, settings)
