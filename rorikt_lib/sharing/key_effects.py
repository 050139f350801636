"""What each key moves between the municipalities from one year to the next, in whole kroner that add up both ways."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd

from rorikt_lib.sharing.allocate import exact_shares
from rorikt_lib.sharing.budget import against_last_year, in_common
from rorikt_lib.sharing.even_table import even_counts
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import Number, exact, in_kroner, shares, unit_size
from rorikt_lib.terms.fields import SUM

COLUMNS = ["driver", "item_count", "municipality", "effect_nok"]
# Municipality → its exact part.
Parts = Mapping[str, Fraction]


def key_effects(before: Sequence[Charge], now: Sequence[Charge], unit: Number = 1) -> pd.DataFrame:
    """One row per driver and municipality, and SUM (COLUMNS); the driver that moves most stands first.

    before, now: the charges of two years. driver: this year's items that have one and the same key, named by the first
    of them; item_count: how many they are. effect_nok (Decimal, multiples of unit): of its items, cost × (share now −
    share before). The share before is by the item's key last year, and its own where the item is new; where the years
    have no item in common (last year was shared in another way), it is the share of all that was charged. Over the
    municipalities a driver comes to nothing, and the drivers come to key_effect_nok of budget.against_last_year.
    No rows where either year has no charges.
    """
    if not before or not now:
        return pd.DataFrame(columns=COLUMNS)
    size = unit_size(unit)
    table = against_last_year(before, now, unit).query("municipality != @SUM")
    wanted = {place: exact(nok) / size for place, nok in zip(table.municipality, table.key_effect_nok, strict=True)}
    drivers = _drivers(now)
    was = _shares_before(before, now)
    parts = {name: _effect(items, was, wanted, size) for name, items in drivers.items()}
    # Amounts are rounded for each municipality as a whole: the driver that moves most takes what that is apart.
    ranked = sorted(parts, key=lambda name: sum(map(abs, parts[name].values())), reverse=True)
    apart = {place: whole - sum(of[place] for of in parts.values()) for place, whole in wanted.items()}
    parts[ranked[0]] = {place: part + apart[place] for place, part in parts[ranked[0]].items()}
    counts = even_counts({("", name, place): part for name, of in parts.items() for place, part in of.items()})
    rows = [(n, len(drivers[n]), place, in_kroner(counts["", n, place], unit)) for n in ranked for place in wanted]
    sums = [(SUM, len(now), place, in_kroner(int(whole), unit)) for place, whole in wanted.items()]
    return pd.DataFrame([*rows, *sums], columns=COLUMNS)


def _drivers(now: Sequence[Charge]) -> dict[str, list[Charge]]:
    """The items of each key, by the name of the first: its category stands behind it where that name is another's."""
    by_key: dict[frozenset, list[Charge]] = {}
    for charge in now:
        by_key.setdefault(frozenset((p, s) for p, s in _shares(charge).items() if s), []).append(charge)
    firsts = [items[0].item for items in by_key.values()]
    return {
        items[0].item if firsts.count(items[0].item) == 1 else f"{items[0].item} ({items[0].category})": items
        for items in by_key.values()
    }


def _shares_before(before: Sequence[Charge], now: Sequence[Charge]) -> Mapping[tuple[str, str], Parts]:
    """Category and item of this year → the shares that its cost would have been split by last year."""
    if not in_common(before, now):
        return dict.fromkeys(((charge.category, charge.item) for charge in now), exact_shares(before))
    return {(charge.category, charge.item): _shares(charge) for charge in [*now, *before]}


def _effect(
    items: Sequence[Charge], before: Mapping[tuple[str, str], Parts], places: Mapping[str, Fraction], size: Fraction
) -> dict[str, Fraction]:
    """What the items' key moves for each municipality, in units, exactly."""
    of_place = dict.fromkeys(places, Fraction(0))
    for charge in items:
        now, was = _shares(charge), before[charge.category, charge.item]
        for place in places:
            of_place[place] += charge.amount * (now.get(place, 0) - was.get(place, 0)) / size
    return of_place


def _shares(charge: Charge) -> dict[str, Fraction]:
    return shares(charge.keys, f"item '{charge.item}'")
