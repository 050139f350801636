"""Årsmelding: how the year was financed: what each municipality paid, and the model that it was shared by."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from rorikt_lib.present.sentences import annual_economy as words
from rorikt_lib.report.annual_year import annual_year, closed
from rorikt_lib.report.charges import charges
from rorikt_lib.report.declare import Figure, Table, from_book, named
from rorikt_lib.report.sharing import YEARLY_SHARES
from rorikt_lib.sharing import allocate
from rorikt_lib.sharing.model import Charge
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook


def financing(book: Workbook) -> pd.DataFrame:
    """One row per municipality, and SUM: year, municipality, cost_share and amount_nok of the year's budget."""
    shares, year = YEARLY_SHARES.frame(closed(book)), annual_year(book)
    table = shares[shares.year == year].reset_index(drop=True)
    total = pd.DataFrame({"municipality": [SUM], "cost_share": [1.0], "amount_nok": [sum(table.amount_nok)]})
    return pd.concat([table, total.head(len(table))], ignore_index=True).assign(year=year)


FINANCING = Table(
    "finansiering",
    financing,
    ["year", "municipality"],
    named("sharing", cost_share="share", amount_nok="amount"),
    columns=["municipality", "cost_share", "amount_nok"],
    total=True,
    amounts="kroner",
)


def financing_parts(book: Workbook) -> pd.DataFrame:
    """One row per category of the year's sharing model (and SUM) and municipality (and SUM): amount_nok.

    category_share: the category's exact part of the budget. No rows where all is shared by one key.
    """
    year = annual_year(book)
    found = charges(closed(book), year)
    part = _parts(found)
    if len(part) < 2:
        return pd.DataFrame(columns=["year", "category", "municipality", "amount_nok", "category_share"])
    rows = allocate.by_category(allocate.allocate(found))[["category", "municipality", "amount_nok"]]
    rows = allocate.with_all(rows, ["category"])
    total = rows.groupby("municipality", sort=False, as_index=False).amount_nok.sum().assign(category=SUM)
    table = pd.concat([rows, total], ignore_index=True)
    return table.assign(year=year, category_share=table.category.map(part))


def _parts(found: Sequence[Charge]) -> dict[str, float]:
    """Category → its part of all that is charged."""
    amounts: dict[str, Fraction] = {}
    for one in found:
        amounts[one.category] = amounts.get(one.category, Fraction(0)) + one.amount
    whole = sum(amounts.values())
    return {category: float(amount / whole) for category, amount in amounts.items()}


FINANCING_PARTS = Table(
    "finansiering-kategori",
    financing_parts,
    ["year", "category", "municipality"],
    {"amount_nok": "annual_financing.amount"}
    | {"category_share": Figure("annual_financing.share", by=["year", "category"])},
    columns=["category", "municipality", "amount_nok"],
    across="municipality",
    total=True,
    amounts="kroner",
)

financing_summary = from_book(words.financing_summary, FINANCING, FINANCING_PARTS, annual_year)
