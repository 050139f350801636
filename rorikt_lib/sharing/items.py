"""Key and cost tables → the items of a year, as a sharing model takes them."""

from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.model import Item
from rorikt_lib.sharing.rounding import exact


def of_year(keys: pd.DataFrame, costs: pd.DataFrame, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one year. InputError, which names the years there are, where it has no keys."""
    if not (keys.year == year).any():
        known = ", ".join(str(y) for y in sorted(keys.year.dropna().unique())) or "none"
        raise InputError(f"there are no keys for {year}", remedy=f"use a year that has keys: {known}")
    return keys[keys.year == year], costs[costs.year == year]


def items(keys: pd.DataFrame, costs: pd.DataFrame) -> list[Item]:
    """One Item per category and item of `keys` (category, item, municipality, key), in their order.

    costs: category, item, cost_nok, weight. A municipality that an item has no key for gets a missing key, which
    nothing can be shared by. InputError where a key stands twice, or a cost has no keys.
    """
    name = ["category", "item"]
    twice = keys[keys.duplicated([*name, "municipality"])]
    if len(twice):
        problem = f"item '{twice.iloc[0]['item']}' has two keys for {twice.iloc[0].municipality}"
        raise InputError(problem, remedy="keep one of them")
    places = list(dict.fromkeys(keys.municipality))
    found = {key: dict(zip(rows.municipality, rows.key, strict=True)) for key, rows in keys.groupby(name, sort=False)}
    charged = {(c.category, c.item): c for c in costs.itertuples()}
    if lost := [item for key, item in zip(charged, costs["item"], strict=True) if key not in found]:
        raise InputError(f"a cost without keys: {', '.join(lost)}", remedy="give the item keys in the same category")
    whole = {key: {place: own.get(place) for place in places} for key, own in found.items()}
    return [Item(*key, own, *_charge(charged.get(key))) for key, own in whole.items()]


def _charge(cost) -> tuple[Fraction | None, Fraction | None]:
    """Cost and weight of a row; a weight counts before a cost."""
    if cost is None:
        return None, None
    given = [None if pd.isna(value) else exact(value) for value in (cost.cost_nok, cost.weight)]
    return (None, given[1]) if given[1] is not None else (given[0], None)
