"""SLA compliance and resolution time of incidents, by the month, or the quarter of a year, they were resolved in."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.period import quarter_of
from rorikt_lib.tickets.cases import minutes_per_unit, resolved_incidents
from rorikt_lib.tickets.clock import MINUTES_PER_CALENDAR_DAY, calendar_minutes

OLD_CASE_DAYS = 30


def sla_compliance(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """One row per month and priority: incidents within and breached, and the share within (missing without cases)."""
    resolved = resolved_incidents(cases, months, settings)
    table = pd.DataFrame(index=_each("month", months, settings))
    by = resolved.groupby(["month", "priority"]).within
    table["within"] = by.sum().reindex(table.index, fill_value=0).astype(int)
    table["breached"] = by.count().reindex(table.index, fill_value=0).astype(int) - table.within
    total = table.within + table.breached
    table["share_within"] = (table.within / total).where(total > 0)
    return table.reset_index()


def by_quarter(compliance: pd.DataFrame) -> pd.DataFrame:
    """`sla_compliance` of months of one year, by quarter and priority instead."""
    return _added_up(compliance.assign(quarter=compliance.month.map(quarter_of)), ["quarter", "priority"])


def all_priorities(compliance: pd.DataFrame, by: str = "month") -> pd.DataFrame:
    """One row per month (or what `by` is) of `sla_compliance`: within, breached, share_within over all priorities."""
    return _added_up(compliance, [by])


def _added_up(compliance: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    table = compliance.groupby(by, sort=False, as_index=False)[["within", "breached"]].sum()
    total = table.within + table.breached
    return table.assign(share_within=(table.within / total).where(total > 0))


def resolution_time(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """One row per month and priority: cases, unit, target, mean, median, p90 (in that unit) and old_case_share.

    Missing, never 0, where there are no cases. old_case_share: part of the mean that comes from cases older than
    30 calendar days when they were resolved.
    """
    return _times(resolved_incidents(cases, months, settings), _each("month", months, settings), settings)


def resolution_time_by_quarter(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """`resolution_time` by quarter instead of month, of months of one year: a median is not made of other medians."""
    resolved = resolved_incidents(cases, months, settings)
    quarters = list(dict.fromkeys(map(quarter_of, months)))
    return _times(
        resolved.assign(quarter=resolved.month.map(quarter_of)), _each("quarter", quarters, settings), settings
    )


def _times(resolved: pd.DataFrame, index: pd.MultiIndex, settings: TicketSettings) -> pd.DataFrame:
    """See resolution_time. index: the periods, named as their column of `resolved`, and the priorities."""
    unit = resolved.priority.map({p: minutes_per_unit(p, settings) for p in settings.sla}).astype(float)
    age_minutes = calendar_minutes(resolved.created_at, resolved.resolved_at)
    is_old = age_minutes > OLD_CASE_DAYS * MINUTES_PER_CALENDAR_DAY
    time = resolved.assign(time=resolved.resolution_minutes / unit)
    time["old_time"] = time.time.where(is_old, 0.0)
    by = time.groupby(index.names)
    table = pd.DataFrame(index=index)
    table["cases"] = by.size().reindex(table.index, fill_value=0)
    table["mean"] = by.time.mean()
    table["median"] = by.time.median()
    table["p90"] = by.time.quantile(0.9)
    table["old_case_share"] = by.old_time.sum() / by.time.sum()
    table = table.reset_index()
    table.insert(2, "target", table.priority.map({p: t.resolution for p, t in settings.sla.items()}).astype(float))
    table.insert(3, "unit", table.priority.map({p: t.unit for p, t in settings.sla.items()}))
    return table


def _each(name: str, periods: list[str], settings: TicketSettings) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([periods, settings.priorities], names=[name, "priority"])
