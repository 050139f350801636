"""The source system's own SLA verdict beside ours: how often they agree, and why they do not."""

import pandas as pd

from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.terms.enums import VerdictPair
from rorikt_lib.terms.reasons import VerdictReason
from rorikt_lib.tickets.cases import resolved_incidents
from rorikt_lib.tickets.elapsed import on_clock
from rorikt_lib.tickets.rules import first_that_holds

# Pairs of verdicts that differ.
DIFFERING = [VerdictPair.ONLY_WE_BREACHED, VerdictPair.ONLY_SOURCE_BREACHED]
NEAR_TARGET = 0.05


def verdict_pairs(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """One row per month and priority: resolved incidents by VerdictPair, and share_agreed of those with a flag.

    The month is that of the resolution. share_agreed is missing where the source gives no verdict.
    """
    resolved = resolved_incidents(cases, months, settings)
    index = pd.MultiIndex.from_product([months, settings.priorities], names=["month", "priority"])
    count = resolved.groupby(["month", "priority", _pair(resolved)]).size().unstack()
    table = count.reindex(index=index, columns=[*VerdictPair]).fillna(0).astype(int).rename_axis(columns=None)
    return _with_share(table).reset_index()


def all_priorities(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row per month of `verdict_pairs` over all priorities; none where no case has a verdict of its system."""
    table = _with_share(pairs.groupby("month")[[*VerdictPair]].sum()).reset_index()
    return table.head(len(table) if table.share_agreed.notna().any() else 0)


def _with_share(pairs: pd.DataFrame) -> pd.DataFrame:
    flagged = pairs[[*VerdictPair]].drop(columns=VerdictPair.NO_FLAG).sum(axis=1)
    agreed = pairs.both_within + pairs.both_breached
    return pairs.assign(share_agreed=(agreed / flagged).where(flagged > 0))


def differing(cases: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.DataFrame:
    """One row per resolved incident whose verdicts differ, oldest resolution first.

    ticket_id, request_no, month, municipality, category, priority, hours used and target_hours, pair (of DIFFERING) and
    why: the first of these under which our verdict would be the source's, or would be near it:
    `pauses`: had paused_minutes not been taken off; `clock`: on the other clock, with its days for a target in days;
    `clock_and_pauses`: both; `imputed`: the resolved time is only the closing time; `near_target`: within 5 % of the
    target; else `unknown`.
    """
    resolved = resolved_incidents(cases, months, settings).sort_values("resolved_at", kind="stable")
    rows = resolved.assign(pair=_pair(resolved))
    rows = rows[rows.pair.isin(DIFFERING)]
    rows = rows.assign(
        hours=rows.resolution_minutes / 60, target_hours=rows.target_minutes / 60, why=_why(rows, months, settings)
    )
    columns = ["ticket_id", "request_no", "month", "municipality", "category", "priority"]
    return rows[[*columns, "hours", "target_hours", "pair", "why"]].reset_index(drop=True)


def count_reasons(differing: pd.DataFrame) -> pd.DataFrame:
    """One row per reason (why) and pair of `differing`: how many cases, most first."""
    count = differing.value_counts(["why", "pair"], sort=False).rename("differing").reset_index()
    return count.sort_values(["differing", "why", "pair"], ascending=[False, True, True], ignore_index=True)


def _pair(resolved: pd.DataFrame) -> pd.Series:
    ours = resolved.within.map({True: "w", False: "b"})
    theirs = resolved.sla_met_source.map({True: "w", False: "b"}).astype("str").fillna("-")
    names = {
        "ww": VerdictPair.BOTH_WITHIN,
        "bb": VerdictPair.BOTH_BREACHED,
        "bw": VerdictPair.ONLY_WE_BREACHED,
        "wb": VerdictPair.ONLY_SOURCE_BREACHED,
    }
    return (ours + theirs).map(names).fillna(VerdictPair.NO_FLAG).rename("pair")


def _why(rows: pd.DataFrame, months: list[str], settings: TicketSettings) -> pd.Series:
    other, unpaused = on_clock(settings), rows.assign(paused_minutes=0.0)
    beside = rows.resolution_minutes - rows.target_minutes

    def explained(changed: pd.DataFrame, used: TicketSettings) -> pd.Series:
        return resolved_incidents(changed, months, used).within == rows.sla_met_source.astype(bool)

    rules = {
        VerdictReason.PAUSES: explained(unpaused, settings),
        VerdictReason.CLOCK: explained(rows, other),
        VerdictReason.CLOCK_AND_PAUSES: explained(unpaused, other),
        VerdictReason.IMPUTED: rows.resolved_at_imputed,
        VerdictReason.NEAR_TARGET: beside.abs() <= NEAR_TARGET * rows.target_minutes,
    }
    return first_that_holds(rules, VerdictReason.UNKNOWN)
