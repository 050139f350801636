"""What a printed table's totals, shares and weights say of each other.

Each check gives tuples: its name, category, item, municipality, printed, computed, and the units that rounding may
explain.
"""

from fractions import Fraction

import pandas as pd

from rorikt_lib.terms.fields import SUM


def check_weights(costs: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
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


def check_categories(costs: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A category's printed cost against those of its items."""
    found = []
    for category, cost in _category_costs(totals).items():
        own = costs[costs.category == category].cost_nok.dropna()
        found.append(("category", category, "", SUM, cost, sum(own, Fraction(0)), Fraction(len(own) + 1, 2)))
    return found if len(costs) else []


def _category_costs(totals: pd.DataFrame) -> dict[str, Fraction]:
    own = totals[totals.category != SUM].dropna(subset="cost_nok").drop_duplicates("category")
    return dict(zip(own.category, own.cost_nok, strict=True))


def check_shares(totals: pd.DataFrame) -> list[tuple]:
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


def check_columns(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A municipality's printed total against its printed subtotals, or its computed amounts where none are printed."""
    shown = totals.dropna(subset=["municipality", "printed_nok"])
    found = []
    for total in shown[shown.category == SUM].itertuples():
        own = shown[(shown.category != SUM) & (shown.municipality == total.municipality)].printed_nok
        rows = own if len(own) else cells[cells.municipality == total.municipality].computed_nok
        below = sum(rows, Fraction(0))
        found.append(("column", SUM, "", total.municipality, total.printed_nok, below, Fraction(len(rows) + 1, 2)))
    return found


def check_totals(cells: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
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


def check_parts(parts: pd.DataFrame, totals: pd.DataFrame) -> list[tuple]:
    """A municipality's printed total against its printed share of all; shares above 1.5 in all are percents."""
    shown = parts.dropna(subset=["municipality", "printed_nok"])
    of_all = totals[(totals.category == SUM) & totals.municipality.notna()].dropna(subset="printed_nok")
    amounts = dict(zip(of_all.municipality, of_all.printed_nok, strict=True))
    whole = sum(amounts.values(), Fraction(0))
    per = 100 if sum(shown.printed_nok, Fraction(0)) > Fraction(3, 2) else 1
    return [
        ("part", SUM, "", place, amounts[place], share / per * whole, _last_digit(share / per) * whole / 2)
        for place, share in zip(shown.municipality, shown.printed_nok, strict=True)
        if place in amounts
    ]


def _last_digit(share: Fraction) -> Fraction:
    """The size of the last printed decimal of a share, of which two at least are taken to be printed."""
    digits = next((n for n in range(2, 10) if (share * 10**n).denominator == 1), 10)
    return Fraction(1, 10**digits)
