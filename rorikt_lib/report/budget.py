"""Budsjett: the walk from last year's, what moves each municipality's amount, and years ahead."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.present.charts import sharing as charts
from rorikt_lib.present.language import text
from rorikt_lib.present.sentences import budget as words
from rorikt_lib.report.charges import budget_of, budget_year, charges, in_budget_file, shares
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.sharing import budget, plan
from rorikt_lib.sharing.allocate import as_one
from rorikt_lib.workbook import Workbook


def budget_walk(book: Workbook) -> pd.DataFrame:
    """From last year's budget to this one's; see sharing.budget.walk. No rows without steps."""
    year = budget_year(book)
    given = budget_of(book, year).steps_nok
    start = book.settings.ledger.adopted_budget_nok.get(year - 1) if year else None
    if start is None or not given:
        return budget.walk(0, {}, "", "").head(0).assign(year=year)
    return budget.walk(start, given, words.budget_name(year - 1), words.budget_name(year)).assign(year=year)


WALK = Table(
    "budsjettvandring",
    budget_walk,
    ["year", "step"],
    named("budget", amount_nok="step", to_nok="level"),
    columns=["step", "amount_nok"],
    total=True,
    amounts="kroner",
)
WALK_CHART = Chart("budsjettvandring", [WALK], charts.budget_walk, words.walk_alt)
LISTED = ["amount_nok", "printed_nok", "difference_nok"]


def step_parts(book: Workbook) -> pd.DataFrame:
    """What the steps are made up of: step, adjustment (and SUM), amount_nok, printed_nok, difference_nok.

    The SUM row's printed_nok is the step's amount; see sharing.budget.listed.
    """
    own = budget_of(book, budget_year(book))
    parts = [
        budget.listed(amounts, "adjustment", own.steps_nok[step]).assign(step=step)
        for step, amounts in own.parts_nok.items()
    ]
    columns = ["step", "adjustment", *LISTED]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def by_step(parts: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The rows of each step, by its number among those that are made up of something."""
    return {f"{n}": rows for n, (_, rows) in enumerate(parts.groupby("step", sort=False), start=1)}


STEPS = Table(
    "trinn",
    step_parts,
    ["step", "adjustment"],
    named("budget", amount_nok="adjustment", printed_nok="adjustment_printed", difference_nok="adjustment_difference"),
    columns=["adjustment", "amount_nok"],
    total=True,
    amounts="kroner",
    caption=lambda _, parts: words.parts_caption(parts),
    apart=by_step,
)


def against_last_year(book: Workbook) -> pd.DataFrame:
    """Each municipality's amount against the year before, and SUM; see sharing.budget.against_last_year."""
    year = budget_year(book)
    now, before = (charges(book, y) for y in (year, year - 1)) if year else ([], [])
    table = budget.against_last_year(before, now) if now and before else pd.DataFrame(columns=budget.CHANGES)
    return table.assign(year=year)


CHANGES = Table(
    "endring",
    against_last_year,
    ["year", "municipality"],
    named("sharing", **{column: column.removesuffix("_nok") for column in budget.CHANGES[1:]}),
    columns=budget.CHANGES,
    total=True,
    amounts="kroner",
)
CHANGES_CHART = Chart("endring", [CHANGES], charts.change_effects, words.changes_alt)


def years_ahead(book: Workbook) -> pd.DataFrame:
    """The budget's year and those ahead, at constant shares; see sharing.plan.years_ahead. growth: of the year."""
    year = budget_year(book)
    growth, by_share = budget_of(book, year).growth_percent, shares(book, year)
    if not growth or not by_share:
        return pd.DataFrame(columns=["year", "municipality", "amount_nok", "growth"])
    with in_budget_file(book, year):
        table = plan.years_ahead(by_share, year, as_one(charges(book, year)).amount, growth)
    return table.assign(growth=table.year.map({y: percent / 100 for y, percent in growth.items()}))


PLAN = Table(
    "okonomiplan",
    years_ahead,
    ["year", "municipality"],
    named("financial_plan", "growth", amount_nok="amount"),
    columns=["year", "municipality", "amount_nok"],
    across="municipality",
)

walk_summary = from_book(words.walk_summary, WALK)
step_summary = words.step_summary
changes_summary = from_book(words.changes_summary, CHANGES, budget_year)
effects = from_book(lambda changes: text("effects") if len(changes) else None, CHANGES)
plan_summary = from_book(words.plan_summary, PLAN)
