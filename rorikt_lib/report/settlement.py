"""Budsjett: what a year that is over came to, settled with each municipality."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from rorikt_lib.config.budget_file import InvestmentAccount
from rorikt_lib.present.sentences import settlement as words
from rorikt_lib.report.charges import budget_of, budget_year, in_budget_file, shares
from rorikt_lib.report.declare import MONTH, Table, from_book, named
from rorikt_lib.report.economy import cost_table
from rorikt_lib.report.sharing import DEVIATION
from rorikt_lib.sharing import settlement
from rorikt_lib.sharing.plan import without_vat
from rorikt_lib.sharing.rounding import exact
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, year_of
from rorikt_lib.workbook import Workbook


def settled_year(book: Workbook) -> int:
    """The last year that is over at the end of the report's month."""
    return year_of(book.month) - (not is_year_end(book.month))


def operating(book: Workbook) -> pd.DataFrame:
    """The settled year's budget − actual, by its shares; see sharing.settlement.settle_operating.

    From the ledger, closing entries included. No rows where the year has no shares, no budget or no postings.
    """
    year = settled_year(book)
    by_share = shares(book, year)
    total = cost_table(book.at(f"{year}-12"), Kind.OPERATING).set_index("line").loc[SUM]
    variance = total.budget_nok - total.actual_nok
    if not by_share or pd.isna(variance) or not total.actual_nok:
        return pd.DataFrame(columns=["year", "municipality", "cost_share", "amount_nok", "rounding_nok"])
    return settlement.settle_operating(round(float(variance), 2), by_share).assign(year=year)


OPERATING = Table(
    "avregning-drift",
    operating,
    ["year", "municipality"],
    named("settlement", cost_share="share", amount_nok="operating", rounding_nok="rounding"),
    columns=["municipality", "cost_share", "amount_nok"],
    total=True,
    amounts="ore",
)
INVESTED = ["cost_share", "paid_nok", "spent_nok", "amount_nok"]


def investment(book: Workbook) -> pd.DataFrame:
    """Paid on account − share of spent, where the budget's file has the account of a year that is over; and that year.

    What ends a year tells of its account alone, which the next year's file has, whether there are keys of that or not.
    Without VAT; spent: what the file says, else what the ledger has. No rows where neither does, or without shares.
    """
    settled, is_end = settled_year(book), ends_the_year(book)
    year = settled + 1 if is_end else budget_year(book)
    own = budget_of(book, year).investment_account
    is_its = own is not None and (own.year == settled if is_end else own.year <= settled)
    by_share = shares(book, own.year) if is_its else {}
    spent = _spent(book, own) if by_share else None
    if spent is None:
        return pd.DataFrame(columns=["municipality", *INVESTED, "year"])
    with in_budget_file(book, year):
        return settlement.settle_investment(own.paid_nok, spent, by_share).assign(year=own.year)


def _spent(book: Workbook, account: InvestmentAccount) -> Fraction | None:
    """What the year's investments cost without VAT; None where nothing says so."""
    if account.spent_nok is not None:
        return exact(account.spent_nok)
    table = cost_table(book.at(f"{account.year}-12"), Kind.INVESTMENT).set_index("line")
    gross = round(float(table.actual_nok[SUM]), 2)
    return without_vat(gross, book.settings.sharing.vat_rate) if gross else None


_OF_INVESTMENT = {"cost_share": "investment_share", "paid_nok": "investment_paid", "spent_nok": "investment_spent"}
INVESTMENT = Table(
    "avregning-investering",
    investment,
    ["municipality"],
    named("settlement", **_OF_INVESTMENT, amount_nok="investment"),
    total=True,
    amounts="ore",
)


def ends_the_year(book: Workbook) -> bool:
    """Whether the month is the last of its year, whose report has the year's result and what is settled of it."""
    return is_year_end(book.month)


OF_THE_YEAR = replace(OPERATING, key="arsavregning-drift", when=ends_the_year)
INVESTED_IN_THE_YEAR = replace(
    INVESTMENT, key="arsavregning-investering", columns=["municipality", *INVESTED], when=ends_the_year
)

summary = from_book(words.summary, OPERATING, settled_year, DEVIATION, MONTH)
invested_summary = from_book(words.invested_summary, INVESTMENT)


def of_the_year(book: Workbook) -> str | None:
    """In the report that ends the year, what the year came to."""
    return summary(book) if ends_the_year(book) else None


def invested_in_the_year(book: Workbook) -> str | None:
    """In the report that ends the year, what its investments came to."""
    return invested_summary(book) if ends_the_year(book) else None
