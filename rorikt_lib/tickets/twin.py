"""The source system's own SLA verdict beside ours (2.1.4.6): how often they agree, and why they do not."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Tickets
from rorikt_lib.terms.schemas import PRIORITIES
from rorikt_lib.tickets.cases import resolved_incidents
from rorikt_lib.tickets.elapsed import on_clock
from rorikt_lib.tickets.rules import first_that_holds

PAIRS = ["both_within", "both_breached", "only_we_breached", "only_source_breached", "no_flag"]
NEAR_TARGET = 0.05


def verdict_pairs(cases: pd.DataFrame, months: list[str], tickets: Tickets) -> pd.DataFrame:
    """One row per month and priority: resolved incidents by verdicts (PAIRS), and share_agreed of those with a flag.

    The month is that of the resolution. share_agreed is missing where the source gives no verdict.
    """
    resolved = resolved_incidents(cases, months, tickets)
    index = pd.MultiIndex.from_product([months, PRIORITIES], names=["month", "priority"])
    count = resolved.groupby(["month", "priority", _pair(resolved)]).size().unstack()
    table = count.reindex(index=index, columns=PAIRS).fillna(0).astype(int).rename_axis(columns=None)
    return _with_share(table).reset_index()


def all_priorities(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row per month of `verdict_pairs` over all priorities; none where no case has a verdict of its system."""
    table = _with_share(pairs.groupby("month")[PAIRS].sum()).reset_index()
    return table.head(len(table) if table.share_agreed.notna().any() else 0)


def _with_share(pairs: pd.DataFrame) -> pd.DataFrame:
    flagged = pairs[PAIRS].drop(columns="no_flag").sum(axis=1)
    agreed = pairs.both_within + pairs.both_breached
    return pairs.assign(share_agreed=(agreed / flagged).where(flagged > 0))


def differing(cases: pd.DataFrame, months: list[str], tickets: Tickets) -> pd.DataFrame:
    """One row per resolved incident whose verdicts differ, oldest resolution first.

    ticket_id, request_no, month, municipality, category, priority, hours used and target_hours, pair (see PAIRS) and
    why: the first of these under which we had said what the source says, or would be near it:
    `pauses`: had paused_minutes not been taken off; `clock`: on the other clock, with its days for a target in days;
    `clock_and_pauses`: both; `imputed`: the resolved time is only the closing time; `near_target`: within 5 % of the
    target; else `unknown`.
    """
    resolved = resolved_incidents(cases, months, tickets).sort_values("resolved_at", kind="stable")
    rows = resolved.assign(pair=_pair(resolved))
    rows = rows[rows.pair.isin(["only_we_breached", "only_source_breached"])]
    rows = rows.assign(
        hours=rows.resolution_minutes / 60, target_hours=rows.target_minutes / 60, why=_why(rows, months, tickets)
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
    names = {"ww": PAIRS[0], "bb": PAIRS[1], "bw": PAIRS[2], "wb": PAIRS[3]}
    return (ours + theirs).map(names).fillna("no_flag").rename("pair")


def _why(rows: pd.DataFrame, months: list[str], tickets: Tickets) -> pd.Series:
    other, unpaused = on_clock(tickets, "other"), rows.assign(paused_minutes=0.0)

    def explained(changed: pd.DataFrame, used: Tickets) -> pd.Series:
        return resolved_incidents(changed, months, used).within == rows.sla_met_source.astype(bool)

    rules = {
        "pauses": explained(unpaused, tickets),
        "clock": explained(rows, other),
        "clock_and_pauses": explained(unpaused, other),
        "imputed": rows.resolved_at_imputed,
        "near_target": (rows.resolution_minutes - rows.target_minutes).abs() <= NEAR_TARGET * rows.target_minutes,
    }
    return first_that_holds(rules, "unknown")
