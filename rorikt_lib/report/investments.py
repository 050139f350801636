"""Budsjett: investments, as each municipality is invoiced for them, this year and in the years ahead."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.sentences import investments as words
from rorikt_lib.report.charges import budget_of, budget_year, shares
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.sharing import plan
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook

DISTRIBUTED = ["frame_nok", "on_account_nok", "underspend_nok", "total_payment_nok"]
GROSS = "underspend_gross_nok"


def distribution(book: Workbook) -> pd.DataFrame:
    """The first year's frame and what is to be paid; see sharing.plan.investment_distribution.

    underspend_gross_nok: last year's underspend with VAT, of SUM.
    """
    year = budget_year(book)
    own, by_share = budget_of(book, year).investments, shares(book, year)
    if own is None or year not in own.frames_nok or not by_share:
        return pd.DataFrame(columns=["year", "municipality", *DISTRIBUTED, GROSS])
    vat_rate = book.settings.sharing.vat_rate
    given = own.frames_nok[year], vat_rate, own.underspend_nok, own.rounded_to_nok
    table = plan.investment_distribution(by_share, *given).assign(year=year)
    gross = table.underspend_nok.astype(float) * (1 + float(vat_rate))
    return table.assign(**{GROSS: gross.where(table.municipality == SUM)})


DISTRIBUTION = Table(
    "investeringsfordeling",
    distribution,
    ["year", "municipality"],
    named("investment_distribution", **{column: column.removesuffix("_nok") for column in [*DISTRIBUTED, GROSS]}),
    columns=["municipality", *DISTRIBUTED],
    total=True,
    amounts="kroner",
)


def investment_plan(book: Workbook) -> pd.DataFrame:
    """Frames, compensated VAT and payment per year; see sharing.plan.investment_plan."""
    year = budget_year(book)
    own, by_share = budget_of(book, year).investments, shares(book, year)
    frames = own.frames_nok if own and by_share else {}
    return plan.investment_plan(by_share, frames, book.settings.sharing.vat_rate, own.rounded_to_nok if own else 1)


PLAN = Table(
    "investeringsplan",
    investment_plan,
    ["year", "municipality"],
    named("investment_plan", frame_nok="frame", vat_nok="vat", on_account_nok="on_account"),
    columns=["year", "municipality", "on_account_nok"],
    across="municipality",
)
FRAMES = replace(PLAN, key="investeringsplan-ramme", columns=["year", "municipality", "frame_nok"])

summary = from_book(words.summary, DISTRIBUTION, budget_year)
