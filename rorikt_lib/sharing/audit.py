"""A printed table recomputed from what it prints itself: what does not follow, by how much, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.fields import SUM
from rorikt_lib.sharing.items import items
from rorikt_lib.sharing.model import charges
from rorikt_lib.sharing.rounding import exact, to_unit

COLUMNS = ["check", "category", "item", "municipality", "printed_nok", "computed_nok", "difference_nok", "is_rounding"]
_NAME = ["category", "item"]


def audit(keys: pd.DataFrame, costs: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """One row per printed number that is not what the table's other numbers give, in the order of the checks.

    keys, costs, totals: see sources.key_table.KeyTable. check: cell (cost × key ÷ sum of keys), item (its cells
    against its cost), weight (its cost against its part of the category), subtotal (a municipality's in a category),
    category (its cost against its items'), share (its cost against its part of the total), column and total (all
    categories), part (a municipality's share of the total), each against what is printed below it.
    computed_nok: rounded to the unit, a krone, or an øre where øre are printed; difference_nok: printed − computed.
    is_rounding: no more than rounding explains: one unit for a cell, half a unit for each printed number in a sum.
    InputError where nothing is printed.
    """
    printed = keys.dropna(subset="printed_nok")
    if printed.empty and totals.printed_nok.isna().all():
        remedy = "give a table with printed amounts (Beløp NAME, published_NAME)"
        raise InputError("no amounts are printed, so there is nothing to audit", remedy=remedy)
    cells = _computed(keys, _with_costs(printed, costs, totals))
    found = [
        *_cells(cells),
        *_items(cells, costs),
        *_weights(costs, totals),
        *_subtotals(cells, totals),
        *_categories(costs, totals),
        *_category_shares(totals),
        *_columns(cells, totals),
        *_whole(cells, totals),
    ]
    return as_findings(found, [*printed.printed_nok, *totals.printed_nok.dropna()])


def as_findings(found: Sequence[tuple], amounts: Sequence[Fraction]) -> pd.DataFrame:
    """What was printed and is not what was computed, as rows of COLUMNS.

    found: check, category, item, municipality, printed, computed, and the units that rounding may explain. amounts:
    printed ones, which the unit is told by: an øre where one of them has øre.
    """
    unit = Fraction(1, 100) if any(amount.denominator > 1 for amount in amounts) else Fraction(1)
    rows = []
    for *names, printed, computed, slack in found:
        shown = exact(to_unit(computed, unit))
        if printed != shown:
            rows.append((*names, printed, shown, printed - shown, abs(printed - computed) <= slack * unit))
    return pd.DataFrame(rows, columns=COLUMNS)


def missing_rows(findings: pd.DataFrame) -> pd.DataFrame:
    """What a category's items lack, where more than rounding: one row per category and municipality.

    Columns: category, municipality, difference_nok. It is as if a row with these amounts had not been printed.
    """
    rows = findings[(findings.check == "subtotal") & ~findings.is_rounding.astype(bool)]
    return rows[["category", "municipality", "difference_nok"]].reset_index(drop=True)


def _with_costs(printed: pd.DataFrame, costs: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The costs; a table that is one item without a cost prints it as its total, or else as the sum of its cells."""
    is_one = costs.empty and len(printed[_NAME].drop_duplicates()) == 1
    if not is_one:
        return costs.dropna(subset="cost_nok").assign(weight=None)
    whole = totals[(totals.category == SUM) & totals.municipality.isna()].printed_nok.dropna()
    cost = whole.iloc[0] if len(whole) else sum(printed.printed_nok, Fraction(0))
    return printed[_NAME].head(1).assign(cost_nok=cost, weight=None)


def _computed(keys: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """One row per item with a cost and municipality: printed_nok (or None) and exact computed_nok."""
    charged = [item for item in items(keys, costs) if item.is_charged]
    told = dict(zip(zip(keys.category, keys["item"], keys.municipality, strict=True), keys.printed_nok, strict=True))
    rows = [
        (charge.category, charge.item, place, told.get((charge.category, charge.item, place)), amount)
        for charge in charges(charged)
        for place, amount in charge.parts.items()
    ]
    return pd.DataFrame(rows, columns=[*_NAME, "municipality", "printed_nok", "computed_nok"], dtype=object)


def _cells(cells: pd.DataFrame) -> list[tuple]:
    shown = cells.dropna(subset="printed_nok")
    return [("cell", *row, 1) for row in shown.itertuples(index=False)]


def _items(cells: pd.DataFrame, costs: pd.DataFrame) -> list[tuple]:
    """Each item's printed cells against the cost that is printed for it."""
    shown = cells.groupby(_NAME, sort=False).filter(lambda rows: rows.printed_nok.notna().all())
    cost = {(c.category, c.item): c.cost_nok for c in costs.itertuples() if c.cost_nok is not None}
    return [
        ("item", *name, SUM, sum(rows.printed_nok), cost[name], Fraction(len(rows), 2))
        for name, rows in shown.groupby(_NAME, sort=False)
        if name in cost
    ]


def _weights(costs: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """Each item's printed cost against its printed part of its category's."""
    found = []
    for category, cost in _category_costs(totals).items():
        own = costs[costs.category == category].dropna(subset=["cost_nok", "weight"])
        whole = sum(own.weight, Fraction(0))
        # Parts such as 3 and 12 positions are of their sum; 0.09 is of 1, and 9 of 100.
        of = next((n for n in (1, 100) if abs(whole - n) <= Fraction(n * len(own), 100)), whole)
        for row in own.itertuples():
            slack = cost * _last_digit(row.weight / of) / 2 if of in (1, 100) else Fraction(len(own) + 1, 2)
            found.append(("weight", category, row.item, SUM, row.cost_nok, cost * row.weight / of, slack))
    return found


def _subtotals(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A municipality's printed subtotal against its computed amounts in the category."""
    own = totals[(totals.category != SUM) & totals.municipality.notna()].dropna(subset="printed_nok")
    found = []
    for total in own.itertuples():
        rows = cells[(cells.category == total.category) & (cells.municipality == total.municipality)]
        computed = sum(rows.computed_nok, Fraction(0))
        slack = Fraction(len(rows) + 1, 2)
        found.append(("subtotal", total.category, "", total.municipality, total.printed_nok, computed, slack))
    return found


def _categories(costs: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A category's printed cost against those of its items."""
    found = []
    for category, cost in _category_costs(totals).items():
        own = costs[costs.category == category].cost_nok.dropna()
        found.append(("category", category, "", SUM, cost, sum(own, Fraction(0)), Fraction(len(own) + 1, 2)))
    return found if len(costs) else []


def _category_costs(totals: pd.DataFrame) -> dict[str, Fraction]:
    own = totals[totals.category != SUM].dropna(subset="cost_nok").drop_duplicates("category")
    return dict(zip(own.category, own.cost_nok, strict=True))


def _category_shares(totals: pd.DataFrame) -> list[tuple]:
    """A category's printed cost against its printed part of the whole: as many kroner as the part's last digit is."""
    whole = _whole_cost(totals)
    shown = totals[totals.category != SUM].dropna(subset=["cost_nok", "weight"]).drop_duplicates("category")
    if not whole:
        return []
    return [
        ("share", row.category, "", SUM, row.cost_nok, row.weight * whole, _last_digit(row.weight) * whole / 2)
        for row in shown.itertuples()
    ]


def _whole_cost(totals: pd.DataFrame) -> Fraction | None:
    costs = totals[totals.category == SUM].cost_nok.dropna()
    return costs.iloc[0] if len(costs) else None


def _columns(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A municipality's printed total against its printed subtotals, or its computed amounts where none are printed."""
    shown = totals.dropna(subset=["municipality", "printed_nok"])
    found = []
    for total in shown[shown.category == SUM].itertuples():
        own = shown[(shown.category != SUM) & (shown.municipality == total.municipality)].printed_nok
        rows = own if len(own) else cells[cells.municipality == total.municipality].computed_nok
        below = sum(rows, Fraction(0))
        found.append(("column", SUM, "", total.municipality, total.printed_nok, below, Fraction(len(rows) + 1, 2)))
    return found


def _whole(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """The printed total against the municipalities' printed totals, and the whole cost against the categories'."""
    found = []
    of_all = totals[totals.category == SUM].dropna(subset="printed_nok")
    alone, places = of_all[of_all.municipality.isna()], of_all[of_all.municipality.notna()]
    rows = places if len(places) else cells.dropna(subset="printed_nok")
    for printed in alone.printed_nok:
        found.append(("total", SUM, "", SUM, printed, sum(rows.printed_nok), Fraction(len(rows) + 1, 2)))
    whole, categories = _whole_cost(totals), _category_costs(totals)
    if whole is not None and categories:
        slack = Fraction(len(categories) + 1, 2)
        found.append(("total", SUM, "", SUM, whole, sum(categories.values()), slack))
        if len(places):
            found.append(("total", SUM, "", SUM, whole, sum(places.printed_nok), Fraction(len(places) + 1, 2)))
    return found


def _last_digit(share: Fraction) -> Fraction:
    """The size of the last printed decimal of a share, of which two at least are taken to be printed."""
    digits = next((n for n in range(2, 10) if (share * 10**n).denominator == 1), 10)
    return Fraction(1, 10**digits)
