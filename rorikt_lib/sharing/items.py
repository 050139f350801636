"""Key and cost tables → the items of a year, as a sharing model takes them."""

from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.blame import CostsError
from rorikt_lib.sharing.model import Item
from rorikt_lib.sharing.rounding import exact
from rorikt_lib.terms.parts import sum_of_parts, written


def of_year(keys: pd.DataFrame, costs: pd.DataFrame, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of one year. InputError, which names the years there are, where it has no keys."""
    if not (keys.year == year).any():
        known = ", ".join(str(y) for y in sorted(keys.year.dropna().unique())) or "none"
        raise InputError(f"there are no keys for {year}", remedy=f"use a year that has keys: {known}")
    return keys[keys.year == year], costs[costs.year == year]


def items(keys: pd.DataFrame, costs: pd.DataFrame) -> list[Item]:
    """One Item per category and item of `keys` (category, item, municipality, key), in their order.

    costs: category, item, cost_nok, weight. A municipality that an item has no key for gets a missing key, which
    nothing can be shared by. InputError where a key stands twice, a cost has no keys, an item has both a cost and a
    weight, and where keys or a category's weights say to be parts but do not make 1.
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
    made = [Item(*key, own, *_charge(charged.get(key))) for key, own in whole.items()]
    _refuse_lost_parts(made)
    return made


def _charge(cost) -> tuple[Fraction | None, Fraction | None]:
    """Cost and weight of a row, of which it has only one."""
    if cost is None:
        return None, None
    given = [None if pd.isna(value) else exact(value) for value in (cost.cost_nok, cost.weight)]
    if None not in given:
        both = f"both a cost ({float(given[0]):g}) and a weight ({float(given[1]):g})"
        remedy = "keep the cost, or the weight where it shares what the costs leave"
        raise CostsError(f"item '{cost.item}' has {both}", remedy=remedy)
    return given[0], given[1]


def _refuse_lost_parts(made: list[Item]) -> None:
    """InputError where what says to be parts of a whole does not make it: somebody's part is lacking, or mistyped."""
    for item in made:
        keys = [exact(key) for key in item.keys.values() if key is not None and not pd.isna(key)]
        if (total := sum_of_parts(keys)) is not None:
            name = f"item '{item.name}'" if item.name else "the keys"
            problem = f"{name}: the shares add up to {written(total)}, not 1"
            raise InputError(problem, remedy="correct a share; where they are no shares, write them in whole numbers")
    for category in dict.fromkeys(item.category for item in made):
        weights = [item.weight for item in made if item.category == category and item.weight is not None]
        if (total := sum_of_parts(weights)) is not None:
            problem = f"category '{category}': the weights add up to {written(total)}, not 1"
            raise CostsError(problem, remedy="correct a weight; where they are no shares, write them in whole numbers")
