"""Charges → the table of amounts per item and municipality, its sums and shares."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.even_table import even_counts
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import Number, exact, in_kroner, unit_size
from rorikt_lib.terms.fields import SUM


def exact_totals(charges: Sequence[Charge]) -> dict[str, Fraction]:
    """Municipality → its exact amount, in the order in which they first appear."""
    totals: dict[str, Fraction] = {}
    for charge in charges:
        for place, part in charge.parts.items():
            totals[place] = totals.get(place, Fraction(0)) + part
    return totals


def exact_shares(charges: Sequence[Charge]) -> dict[str, Fraction]:
    """Municipality → its exact share of all that is charged. InputError where that is nothing."""
    totals = exact_totals(charges)
    whole = sum(totals.values(), Fraction(0))
    if not whole:
        raise InputError("the charges add up to nothing, so there are no shares", remedy="give costs or an amount")
    return {place: amount / whole for place, amount in totals.items()}


def as_one(charges: Sequence[Charge]) -> Charge:
    """All charges as one, shared as they together are."""
    totals = exact_totals(charges)
    return Charge("", "", sum(totals.values(), Fraction(0)), totals)


def allocate(charges: Sequence[Charge], unit: Number = 1) -> pd.DataFrame:
    """One row per charge and municipality: category, item, municipality, key, amount_nok.

    amount_nok: Decimal, a multiple of `unit`, the exact amount rounded down or up so that items, subtotals and totals
    all add up (even_table). 0 for a municipality that the item does not charge; no row where it has no key for it.
    InputError where an item stands twice in a category.
    """
    names = [(charge.category, charge.item) for charge in charges]
    if twice := sorted({f"{c}: {i}" for c, i in names if names.count((c, i)) > 1}):
        raise InputError(f"an item stands twice: {', '.join(twice)}", remedy="give the items different names")
    cells = {
        (charge.category, charge.item, place): part / unit_size(unit)
        for charge in charges
        for place, part in charge.parts.items()
        if exact(charge.keys[place])
    }
    counts = even_counts(cells)
    rows = [
        (c.category, c.item, place, exact(c.keys[place]), in_kroner(counts.get((c.category, c.item, place), 0), unit))
        for c in charges
        for place in c.keys
    ]
    return pd.DataFrame(rows, columns=["category", "item", "municipality", "key", "amount_nok"], dtype=object)


def with_sums(table: pd.DataFrame) -> pd.DataFrame:
    """`allocate`'s table with its sums, each after what it adds up: of categories (no item), and of all (no category).

    A category that is alone has no sum of its own. Each row of the table is there for SUM too, all municipalities
    together. amount_nok is missing where a municipality is not charged for an item.
    """
    categories, total = (_summed(table, by) for by in (["category", "municipality"], ["municipality"]))
    order = {category: number for number, category in enumerate(categories.category.unique())}
    items = table.assign(amount_nok=table.amount_nok.where(table.key > 0))
    rows = pd.concat([items, categories.head(len(categories) if len(order) > 1 else 0), total])
    rows = rows.sort_values("category", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return with_all(rows.drop(columns="cost_share"), ["category", "item"])


def with_all(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """`table`, and for each group `by` what all municipalities pay together, as municipality SUM."""
    sums = table.dropna(subset="amount_nok").groupby(by, sort=False, dropna=False, as_index=False).amount_nok.sum()
    return pd.concat([table, sums.assign(municipality=SUM)], ignore_index=True)


def by_municipality(table: pd.DataFrame) -> pd.DataFrame:
    """One row per municipality of `allocate`'s table: amount_nok, and cost_share, of the sum (float)."""
    return _summed(table, ["municipality"])


def by_category(table: pd.DataFrame) -> pd.DataFrame:
    """One row per category and municipality: amount_nok, and cost_share, of the category (float)."""
    sums = _summed(table, ["category", "municipality"])
    whole = sums.groupby("category").amount_nok.transform("sum")
    return sums.assign(cost_share=_part(sums.amount_nok, whole))


def _summed(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    sums = table.groupby(by, sort=False, as_index=False).amount_nok.sum()
    return sums.assign(cost_share=_part(sums.amount_nok, pd.Series(sums.amount_nok.sum(), index=sums.index)))


def _part(amounts: pd.Series, whole: pd.Series) -> pd.Series:
    parts = [float(a / w) if w else float("nan") for a, w in zip(amounts, whole, strict=True)]
    return pd.Series(parts, index=amounts.index, dtype=float)
