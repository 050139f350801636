"""A printed table recomputed from what it prints itself: what does not follow, by how much, and for whom."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing import audit_totals
from rorikt_lib.sharing.items import items
from rorikt_lib.sharing.model import charges
from rorikt_lib.sharing.rounding import exact, to_unit
from rorikt_lib.terms.fields import SUM

COLUMNS = ["check", "category", "item", "municipality", "printed_nok", "computed_nok", "difference_nok", "is_rounding"]
_NAME = ["category", "item"]
_PERCENT = r"(?i)percent|prosent|%"
# A row of totals that prints the municipalities' shares.
_SHARES = r"(?i)^(?:andel|share|prosent|percent|%)"


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
    is_part = totals.category.str.contains(_SHARES)
    totals, parts = totals[~is_part], totals[is_part]
    cells = _computed(keys, _with_costs(printed, costs, totals))
    found = [
        *(("cell", *row, 1) for row in cells.dropna(subset="printed_nok").itertuples(index=False)),
        *_items(cells, costs),
        *audit_totals.check_weights(costs, totals),
        *_subtotals(cells, totals),
        *audit_totals.check_categories(costs, totals),
        *audit_totals.check_shares(totals),
        *audit_totals.check_columns(cells, totals),
        *audit_totals.check_totals(cells, totals),
        *audit_totals.check_parts(parts, totals),
    ]
    return as_findings(found, [*printed.printed_nok, *totals.printed_nok.dropna()])


def as_findings(found: Sequence[tuple], amounts: Sequence[Fraction]) -> pd.DataFrame:
    """What was printed and is not what was computed, as rows of COLUMNS.

    found: check, category, item, municipality, printed, computed, and the units that rounding may explain. amounts:
    the printed ones, which give the unit: an øre where one of them has øre.
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
    """One row per item with a cost and municipality: printed_nok and exact computed_nok.

    An empty cell of an item whose other cells are printed says 0; of one without any, printed_nok is None.
    """
    charged = [item for item in items(keys, costs) if item.is_charged]
    is_printed = keys.groupby(_NAME, dropna=False).printed_nok.transform("count") > 0
    printed = keys.printed_nok.where(keys.printed_nok.notna() | ~is_printed, Fraction(0))
    printed_nok = dict(zip(zip(keys.category, keys["item"], keys.municipality, strict=True), printed, strict=True))
    rows = [
        (charge.category, charge.item, place, printed_nok.get((charge.category, charge.item, place)), amount)
        for charge in charges(charged)
        for place, amount in charge.parts.items()
    ]
    return pd.DataFrame(rows, columns=[*_NAME, "municipality", "printed_nok", "computed_nok"], dtype=object)


def _items(cells: pd.DataFrame, costs: pd.DataFrame) -> list[tuple]:
    """Each item's printed cells against the cost that is printed for it."""
    shown = cells.groupby(_NAME, sort=False).filter(lambda rows: rows.printed_nok.notna().all())
    cost = {(c.category, c.item): c.cost_nok for c in costs.itertuples() if c.cost_nok is not None}
    return [
        ("item", *name, SUM, sum(rows.printed_nok), cost[name], Fraction(len(rows), 2))
        for name, rows in shown.groupby(_NAME, sort=False)
        if name in cost
    ]


def _subtotals(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A municipality's printed subtotal against its computed amounts in the category."""
    own = totals[(totals.category != SUM) & totals.municipality.notna()].dropna(subset="printed_nok")
    found = []
    for total in own.itertuples():
        rows = cells[(cells.category == total.category) & (cells.municipality == total.municipality)]
        names = "subtotal", total.category, "", total.municipality
        found.append((*names, total.printed_nok, sum(rows.computed_nok, Fraction(0)), Fraction(len(rows) + 1, 2)))
    return found


def audit_list(rows: pd.DataFrame) -> pd.DataFrame:
    """As `audit`, of a list of amounts: each sum against the rows since the one before it, by column.

    rows: see sources.printed_list.read_list. A list that begins with its sum has its rows below it, up to one of
    percents. The sum's column stands as item, its name as category.
    """
    parts = []
    for column, of in rows.groupby("column", sort=False):
        before, found = 0, []
        for total in of[of.is_total.astype(bool)].itertuples():
            own = _added(of, total.line, before)
            before = total.line
            if len(own):
                slack = Fraction(len(own) + 1, 2)
                found.append(("total", total.name, column, SUM, total.printed_nok, sum(own.printed_nok), slack))
        parts.append(as_findings(found, [*of[~of.name.str.contains(_PERCENT)].printed_nok]))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _added(of: pd.DataFrame, line: int, before: int) -> pd.DataFrame:
    """The rows that a sum on `line` adds up; `before`: the line of the sum before it."""
    if line != of.line.min():
        return of[(of.line > before) & (of.line < line)]
    below = of[of.line > line]
    ends = below.line[below.name.str.contains(_PERCENT) | below.is_total.astype(bool)]
    return below[below.line < ends.min()] if len(ends) else below
