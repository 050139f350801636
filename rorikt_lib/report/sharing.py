"""Kostnadsfordeling: what each municipality pays of the budget, item by item, and of the month's variance."""

import numpy as np
import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.costs import is_result
from rorikt_lib.present.language import text
from rorikt_lib.present.numbers import Portion
from rorikt_lib.present.sentences import sharing as words
from rorikt_lib.report.charges import budget_year, charges, shares
from rorikt_lib.report.declare import MONTH, Figure, Table, from_book, named
from rorikt_lib.report.economy import COSTS
from rorikt_lib.sharing import allocate, settlement
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, year_of
from rorikt_lib.workbook import Workbook

YEARLY = ["year", "municipality", "cost_share", "amount_nok"]
MODEL = ["year", "sharing_model", "municipality", "amount_nok"]
ALLOCATED = ["category", "item", "municipality", "key", "amount_nok"]
ITEM = {"year": "year", "category": "category", "item": "item", "municipality": "municipality"}


def yearly_shares(book: Workbook) -> pd.DataFrame:
    """One row per year with keys, up to the budget's, and municipality: year, municipality, cost_share, amount_nok."""
    last = budget_year(book)
    years = sorted(int(y) for y in book.table("allocation_keys").year.unique() if last and y <= last)
    parts = []
    for year in years:
        if found := charges(book, year):
            table = allocate.by_municipality(allocate.allocate(found))
            share = table.municipality.map({p: float(s) for p, s in allocate.exact_shares(found).items()})
            parts.append(table.assign(year=year, cost_share=share))
    return pd.concat(parts, ignore_index=True)[YEARLY] if parts else pd.DataFrame(columns=YEARLY)


YEARLY_SHARES = Table(
    "andeler", yearly_shares, ["year", "municipality"], named("sharing", cost_share="share"), across="municipality"
)
YEARLY_AMOUNTS = Table(
    "belop-ar",
    from_book(allocate.with_all, YEARLY_SHARES, ["year"]),
    ["year", "municipality"],
    named("sharing", amount_nok="amount", cost_share="share"),
    columns=["year", "municipality", "amount_nok"],
    across="municipality",
    amounts="kroner",
)


def allocation(book: Workbook) -> pd.DataFrame:
    """One row per item and municipality of the budget's year; see sharing.allocate.allocate, and `_as_shown`."""
    found = charges(book, budget_year(book))
    return _as_shown(_keys_as_given(allocate.allocate(found)) if found else pd.DataFrame(columns=ALLOCATED), book)


def _keys_as_given(table: pd.DataFrame) -> pd.DataFrame:
    """key: a Portion where an item's keys are shares of one, which nobody reads as numbers of anything."""
    whole = table.groupby(["category", "item"], dropna=False).key.transform(lambda keys: float(sum(keys)))
    is_share = np.isclose(whole.astype(float), 1) & (table.key.astype(float) % 1 != 0)
    keys = [Portion(key) if part else key for key, part in zip(table.key, is_share, strict=True)]
    return table.assign(key=pd.Series(keys, table.index, dtype=object))


def _as_shown(table: pd.DataFrame, book: Workbook) -> pd.DataFrame:
    """row: an item's name, with its category where two categories have one so called, or the name of a sum."""
    is_twice = table.groupby("item").category.transform("nunique") > 1
    items = table["item"].mask(is_twice, table["item"] + " (" + table.category + ")")
    sums = table.category.map(words.sum_name, na_action="ignore").fillna(SUM)
    return table.assign(year=budget_year(book), row=items.fillna(sums))


KEYS = Table(
    "nokler",
    allocation,
    ITEM,
    named("sharing", "key", amount_nok="item_amount"),
    columns=["row", "municipality", "key"],
    across="municipality",
)


def amounts(book: Workbook) -> pd.DataFrame:
    """`allocation` with the sums of each category, and of all; see sharing.allocate.with_sums."""
    return _as_shown(allocate.with_sums(KEYS.frame(book)[ALLOCATED]), book)


# Sums have no item, and that of all no category: their figures are by category and municipality, or by that alone.
AMOUNTS = Table(
    "fordeling",
    amounts,
    ITEM,
    named("sharing", amount_nok="item_amount"),
    columns=["row", "municipality", "amount_nok"],
    across="municipality",
    amounts="kroner",
    strong=lambda frame: frame.row[frame["item"].isna()],
)


def by_category(book: Workbook) -> pd.DataFrame:
    """One row per category (and SUM) and municipality of the budget's year: its amount, and share of the category's."""
    rows, years = allocate.by_category(KEYS.frame(book)), YEARLY_SHARES.frame(book)
    total = years[years.year == budget_year(book)].assign(category=SUM)
    return pd.concat([rows, total], ignore_index=True).assign(year=budget_year(book))


CATEGORIES = Table(
    "andel-kategori",
    by_category,
    ["year", "category", "municipality"],
    named("sharing", amount_nok="category_amount", cost_share="category_share"),
    columns=["category", "municipality", "cost_share"],
    across="municipality",
    total=True,
    when=lambda book: KEYS.frame(book).category.nunique() > 1,
)


def by_model(book: Workbook) -> pd.DataFrame:
    """The budget under each model that its keys reach, its own first: one row per model and municipality, and SUM."""
    year, parts = budget_year(book), []
    own = book.settings.sharing.model_of_year.get(year)
    for name in dict.fromkeys([own, *book.settings.sharing.models]) if own else []:
        try:
            found = charges(book, year, name)
        except InputError:
            continue  # Its keys or items are those of other years.
        if found:
            amounts = allocate.by_municipality(allocate.allocate(found))
            parts.append(allocate.with_all(amounts.assign(year=year, sharing_model=name), ["year", "sharing_model"]))
    return pd.concat(parts, ignore_index=True)[MODEL] if parts else pd.DataFrame(columns=MODEL)


MODELS = Table(
    "modeller",
    by_model,
    ["year", "sharing_model", "municipality"],
    named("sharing", amount_nok="model_amount"),
    columns=["sharing_model", "municipality", "amount_nok"],
    across="municipality",
    amounts="kroner",
)


def deviation(book: Workbook) -> pd.DataFrame:
    """The month's operating variance by the year's shares, in whole kroner, per municipality and SUM.

    Columns: year, municipality, cost_share, variance_nok (see ledger.costs.cost_table). No rows where the year has no
    shares, or neither forecasts nor the year's end say what the variance will be.
    """
    year, table = year_of(book.month), COSTS.frame(book)
    by_share, total_nok = shares(book, year), table.set_index("line").variance_nok[SUM]
    if not by_share or pd.isna(total_nok) or not is_result(table, book.month):
        return pd.DataFrame(columns=["year", "municipality", "cost_share", "variance_nok"])
    parts = settlement.settle_operating(round(float(total_nok), 2), by_share, unit=1)
    return parts.rename(columns={"amount_nok": "variance_nok"}).assign(year=year)


DEVIATION = Table(
    "avvik-kommune",
    deviation,
    ["municipality"],
    {"cost_share": Figure("sharing.share", by=["year", "municipality"]), "variance_nok": "sharing.variance"},
    total=True,
    amounts="kroner",
    # What a year that is over came to is settled to the øre: see report.settlement.
    when=lambda book: not is_year_end(book.month),
)


summary = from_book(lambda years, year: words.summary(years[years.year == year], year), YEARLY_AMOUNTS, budget_year)
rounding = from_book(lambda keys: text("rounding") if len(keys) else None, KEYS)
some_only = from_book(words.some_only, KEYS)
categories_summary = from_book(words.categories_summary, AMOUNTS)
models_summary = from_book(words.models_summary, MODELS)
deviation_summary = from_book(words.deviation_summary, DEVIATION, MONTH)
