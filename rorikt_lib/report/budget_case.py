"""Budsjettsak: the budget as the board is asked to adopt it, where a report's yearly pages show it otherwise."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.sentences import budget_case as words
from rorikt_lib.report.budget import CHANGES, STEPS
from rorikt_lib.report.charges import budget_of, budget_year, charges
from rorikt_lib.report.declare import Figure, Table, from_book, named
from rorikt_lib.report.investments import DISTRIBUTION
from rorikt_lib.report.sharing import AMOUNTS, YEARLY_AMOUNTS
from rorikt_lib.sharing.key_effects import key_effects
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook


def category_budgets(book: Workbook) -> pd.DataFrame:
    """One row per category and municipality, and SUM of both: category_share of the budget, amount_nok."""
    rows = AMOUNTS.frame(book)
    sums = rows[rows["item"].isna()].assign(category=lambda of: of.category.fillna(SUM))
    of_all = sums[sums.municipality == SUM].set_index("category").amount_nok.astype(float)
    return sums.assign(category_share=sums.category.map(of_all / of_all.get(SUM, float("nan"))))


CATEGORY_BUDGETS = Table(
    "kategoribudsjett",
    category_budgets,
    ["year", "category", "municipality"],
    {
        "category_share": Figure("sharing.budget_share", by=["year", "category"]),
        "amount_nok": "sharing.category_amount",
    },
    columns=["category", "category_share", "municipality", "amount_nok"],
    across="municipality",
    total=True,
    amounts="kroner",
    when=lambda book: AMOUNTS.frame(book).category.nunique() > 1,
)


def moved_by_keys(book: Workbook) -> pd.DataFrame:
    """What each key moves from the year before; see sharing.key_effects. No rows where no key moves anything."""
    year = budget_year(book)
    now, before = (charges(book, y) for y in (year, year - 1)) if year else ([], [])
    table = key_effects(before, now)
    return table.head(len(table) if table.effect_nok.any() else 0).assign(year=year)


KEY_EFFECTS = Table(
    "nokkelvirkning",
    moved_by_keys,
    ["year", "driver", "municipality"],
    {
        "item_count": Figure("sharing.driver_items", by=["year", "driver"]),
        "effect_nok": "sharing.driver_effect",
    },
    columns=["driver", "item_count", "municipality", "effect_nok"],
    across="municipality",
    total=True,
    amounts="kroner",
)


def steps_noted(book: Workbook) -> pd.DataFrame:
    """The steps from last year's budget, by heading: group, step (and SUM), amount_nok and note, why it is taken."""
    year = budget_year(book)
    own = budget_of(book, year)
    groups = own.step_groups or {None: [*own.steps_nok]}
    listed = [(group, step) for group, steps in groups.items() for step in steps]
    rows = [(group, step, own.steps_nok[step], own.notes.get(step)) for group, step in listed]
    table = pd.DataFrame(rows, columns=["group", "step", "amount_nok", "note"])
    return with_sum(table, "step", ["amount_nok"]).assign(year=year)


STEPS_NOTED = Table(
    "budsjettendringer",
    steps_noted,
    ["year", "step"],
    named("budget", amount_nok="change"),
    columns=["group", "step", "amount_nok", "note"],
    if_known=["group", "note"],
    total=True,
    amounts="kroner",
)


def parts_noted(book: Workbook) -> pd.DataFrame:
    """What the steps are made up of; note: why. See report.budget.step_parts."""
    parts = STEPS.frame(book)
    return parts.assign(note=parts.adjustment.map(budget_of(book, budget_year(book)).notes).astype(object))


PARTS_NOTED = replace(
    STEPS, key="justeringer", compute=parts_noted, columns=["adjustment", "amount_nok", "note"], if_known=["note"]
)


def contributions(book: Workbook) -> pd.DataFrame:
    """What each municipality pays, and SUM, in the budget's year and the one before: year, municipality, amount_nok."""
    year, table = budget_year(book), YEARLY_AMOUNTS.frame(book)
    return table[table.year.isin([year - 1, year] if year else [])]


CONTRIBUTIONS = replace(
    YEARLY_AMOUNTS,
    key="kommunenes-bidrag",
    compute=contributions,
    columns=["municipality", "year", "amount_nok"],
    across="year",
    total=True,
    amounts="thousands",
)

proposal = from_book(words.proposal, YEARLY_AMOUNTS, DISTRIBUTION, budget_year)
keys_summary = from_book(words.keys_summary, KEY_EFFECTS)
drivers_summary = from_book(words.drivers_summary, CHANGES, KEY_EFFECTS, budget_year)
