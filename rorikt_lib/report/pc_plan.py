"""Rullering av PC-er: the replacement plan, in PCs and kroner, and how a peak could be spread."""

from dataclasses import replace
from operator import attrgetter

import pandas as pd

from rorikt_lib.devices import plan
from rorikt_lib.present.charts import pcs as charts
from rorikt_lib.present.sentences import pc_plan as words
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.report.pcs import OWNER, pc_rollover, pcs_in_use
from rorikt_lib.workbook import Workbook, once

FIGURES = named(
    "devices", "replace", "replace_again", "to_buy", "suggested", cost_nok="cost", suggested_nok="suggested_cost"
)


@once
def replacement_plan(book: Workbook) -> pd.DataFrame:
    """See devices.plan.replacement_plan."""
    return plan.replacement_plan(pcs_in_use(book), pc_rollover(book), book.month, book.settings.devices)


LEVELLING = attrgetter("settings.devices.levelling")
# The year whose purchases the plan suggests spread.
peak_year = from_book(plan.peak_year, replacement_plan, LEVELLING)
PLAN = Table(
    "pc-plan",
    from_book(plan.with_sums, replacement_plan),
    [*OWNER, "year"],
    FIGURES,
    columns=[*OWNER, "year", "to_buy"],
    across="year",
    total=True,
)
COST = replace(PLAN, key="pc-plan-kroner", columns=[*OWNER, "year", "cost_nok"])
SUGGESTED = replace(
    PLAN, key="pc-plan-forslag", columns=[*OWNER, "year", "suggested"], when=lambda book: peak_year(book) is not None
)
YEARS = Table(
    "pc-plan-sum",
    from_book(plan.by_year, replacement_plan),
    ["year"],
    FIGURES | named("devices", above_mean_share="to_buy_above_mean"),
)
# The suggestion is shown only where it differs from the plan.
YEARS_SHOWN = Table(
    "pc-plan-ar",
    from_book(plan.where_spread, YEARS),
    ["year"],
    FIGURES,
    columns=["year", *plan.MEASURES],
    if_known=["suggested", "suggested_nok"],
    amounts="costs",
)
GROUPS = Table(
    "pc-plan-gruppe", from_book(plan.by_group, replacement_plan), ["user_group", "year"], named("devices", "to_buy")
)
PURCHASES = Chart(
    "pc-plan", [GROUPS, YEARS], charts.pcs_per_year, words.plan_alt, caption=lambda _, years: words.chart_caption(years)
)

plan_summary = from_book(words.plan_summary, YEARS)
basis = from_book(words.basis, attrgetter("settings.devices"), YEARS)
levelling_summary = from_book(words.levelling_summary, YEARS, peak_year, LEVELLING)
