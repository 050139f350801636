"""What each key moves from one year to the next: it adds up both ways, and is nothing where no key changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rorikt_lib.sharing.allocate import exact_shares
from rorikt_lib.sharing.budget import against_last_year, revised
from rorikt_lib.sharing.key_effects import key_effects
from rorikt_lib.sharing.model import Charge
from rorikt_lib.terms.fields import SUM

PLACES = ["Molde", "Rauma", "Aukra"]
KEYS = st.lists(st.integers(0, 9999), min_size=3, max_size=3).filter(any)
ITEMS = st.lists(st.tuples(KEYS, st.integers(1, 10**8)), min_size=1, max_size=4)


def charged(given_items, prefix: str = "post") -> list[Charge]:
    return [
        Charge("A", f"{prefix} {n}", Fraction(cost), dict(zip(PLACES, keys, strict=True)))
        for n, (keys, cost) in enumerate(given_items)
    ]


def effects(before, now) -> dict[tuple[str, str], Decimal]:
    table = key_effects(before, now)
    return dict(zip(zip(table.driver, table.municipality, strict=True), table.effect_nok, strict=True))


@settings(deadline=None, max_examples=60)
@given(ITEMS, ITEMS, st.booleans())
def test_effects_of_keys_add_up_for_each_key_and_for_each_municipality(old, new, is_another_way):
    before, now = charged(old, "annen" if is_another_way else "post"), charged(new)
    found, table = effects(before, now), against_last_year(before, now).set_index("municipality")
    drivers = list(dict.fromkeys(driver for driver, _ in found if driver != SUM))
    for driver in [*drivers, SUM]:
        assert sum(found[driver, place] for place in PLACES) == 0
    for place in PLACES:
        assert sum(found[driver, place] for driver in drivers) == found[SUM, place] == table.key_effect_nok[place]


@settings(deadline=None, max_examples=60)
@given(ITEMS, ITEMS)
def test_an_effect_is_the_cost_times_the_change_of_share_within_two_kroner(old, new):
    """Worked out anew, item by item, in fractions: a cell is rounded, and the largest takes what the total is apart."""
    before, now = charged(old, "annen"), charged(new)
    was = exact_shares(before)
    for (driver, place), effect in effects(before, now).items():
        if driver == SUM:
            continue
        first = next(charge for charge in now if charge.item == driver)
        alike = [c for c in now if all(
            c.keys[a] * first.keys[b] == c.keys[b] * first.keys[a] for a in PLACES for b in PLACES
        ) and [bool(c.keys[p]) for p in PLACES] == [bool(first.keys[p]) for p in PLACES]]  # fmt: skip
        share = Fraction(first.keys[place], sum(first.keys.values()))
        exact = sum((c.amount for c in alike), Fraction(0)) * (share - was[place])
        assert abs(exact - Fraction(effect)) < 3


@settings(deadline=None, max_examples=30)
@given(ITEMS, st.integers(1, 9))
def test_the_same_keys_move_nothing_but_a_krone_of_rounding_whatever_the_costs_are(items, times):
    """What the years' amounts are rounded by is not the same, as budget.against_last_year has it."""
    before = charged(items)
    dearer = charged([([key * times for key in keys], cost * times) for keys, cost in items])
    assert all(abs(effect) <= 1 for effect in effects(before, dearer).values())


def test_items_with_proportional_keys_are_one_driver_named_by_the_first():
    before = [Charge("", "Vedtatt", Fraction(100), {"Molde": 1, "Rauma": 1})]
    now = [
        Charge("A", "PC-er", Fraction(60), {"Molde": 3, "Rauma": 1}),
        Charge("B", "Kart", Fraction(20), {"Molde": 0, "Rauma": 5}),
        Charge("B", "Patch", Fraction(20), {"Molde": 6, "Rauma": 2}),
    ]
    table = key_effects(before, now).set_index(["driver", "municipality"])
    assert table.effect_nok["PC-er", "Molde"] == 20
    assert table.effect_nok["Kart", "Molde"] == -10
    assert table.item_count.groupby("driver", sort=False).first().to_dict() == {"PC-er": 2, "Kart": 1, SUM: 3}


def test_drivers_whose_first_items_have_one_name_have_their_category_behind_it():
    before = [Charge("", "Vedtatt", Fraction(100), {"Molde": 1, "Rauma": 1})]
    now = [Charge(c, "PC", Fraction(50), {"Molde": 3, "Rauma": n}) for n, c in enumerate(["Lønn", "Lisens"])]
    assert {driver for driver, _ in effects(before, now)} == {"PC (Lønn)", "PC (Lisens)", SUM}


def test_a_municipality_that_has_left_or_joined_is_counted_with_no_share_in_the_other_year():
    before = [Charge("A", "a", Fraction(100), {"Molde": 1, "Rauma": 1})]
    now = [Charge("A", "a", Fraction(100), {"Molde": 1, "Aukra": 1})]
    assert effects(before, now) == {
        ("a", "Molde"): 0, ("a", "Aukra"): 50, ("a", "Rauma"): -50,
        (SUM, "Molde"): 0, (SUM, "Aukra"): 50, (SUM, "Rauma"): -50,
    }  # fmt: skip


def test_years_without_items_have_no_effects():
    assert key_effects([], []).empty


@given(KEYS, st.integers(0, 10**9), st.integers(0, 10**9))
def test_revised_contributions_are_the_new_total_and_differ_by_what_was_cut(keys, total, before):
    shares = exact_shares([Charge("A", "a", Fraction(1), dict(zip(PLACES, keys, strict=True)))])
    amounts = {place: int(before * share) for place, share in shares.items()}
    table = revised(shares, total, amounts).set_index("municipality")
    assert table.revised_nok[SUM] == total == sum(table.revised_nok[place] for place in PLACES)
    assert (table.revised_nok - table.amount_nok).tolist() == table.change_nok.tolist()
    for place in PLACES:
        assert abs(Fraction(table.revised_nok[place]) - total * shares[place]) < 1


def test_a_revised_budget_is_shared_as_the_budget_was():
    table = revised({"Molde": Fraction(3, 4), "Rauma": Fraction(1, 4)}, 800, {"Molde": 750, "Rauma": 250})
    assert table.change_nok.tolist() == [-150, -50, -200]


@pytest.mark.parametrize("unit", [1, 1000, "0.01"])
def test_effects_are_multiples_of_the_unit(unit):
    before = charged([([1, 2, 3], 1000)], "annen")
    table = key_effects(before, charged([([1, 1, 1], 7777), ([4, 0, 1], 2223)]), unit)
    assert all(Fraction(effect) % Fraction(unit) == 0 for effect in table.effect_nok)
