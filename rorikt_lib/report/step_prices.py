"""Budsjett: a service whose price goes in steps, and what more units of it cost."""

import pandas as pd

from rorikt_lib.config.budget_file import StepPrices
from rorikt_lib.present.sentences import step_prices as words
from rorikt_lib.report.charges import budget_of, budget_year, in_budget_file
from rorikt_lib.report.declare import Table, named
from rorikt_lib.sharing import steps
from rorikt_lib.workbook import Workbook


def service(book: Workbook) -> StepPrices | None:
    """The service that the budget's file describes; None where it describes none."""
    return budget_of(book, budget_year(book)).step_prices


def prices(book: Workbook) -> pd.DataFrame:
    """What each step costs; see sharing.steps.price_table."""
    own = service(book)
    return steps.price_table(own.up_to if own else {})


PRICES = Table(
    "trinnpriser",
    prices,
    ["up_to"],
    named("step_price", "up_to", "month_nok", "year_nok", "step_nok", "unit_nok"),
    amounts="kroner",
)


def growth(book: Workbook) -> pd.DataFrame:
    """What growth costs; see sharing.steps.growth_cost."""
    own = service(book)
    with in_budget_file(book, budget_year(book)):
        return steps.growth_cost(own.up_to, own.count, own.growth) if own else steps.growth_cost({0: 0}, 0, [])


GROWTH = Table(
    "vekst",
    growth,
    ["more_units"],
    named("step_price", "more_units", "units", "month_nok", "year_nok", more_nok="growth"),
    amounts="kroner",
)


def units_now(book: Workbook) -> pd.DataFrame:
    """How many units there are; no row where no service is priced in steps."""
    return pd.DataFrame({"units": [own.count for own in [service(book)] if own]})


NOW = Table(
    "trinnpris-enheter",
    units_now,
    [],
    named("step_price", "units"),
)


def summary(book: Workbook) -> str | None:
    """What the largest growth that is priced costs; None where no service is priced in steps."""
    own = service(book)
    now = NOW.frame(book).units
    return words.summary(GROWTH.frame(book), own.name, own.unit, now[0]) if own else None
