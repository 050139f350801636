"""From a model, items and a budget to what each item costs and who is charged for it."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.sharing import SharingRule
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sharing.allocate import allocate, by_category, by_municipality, exact_shares
from rorikt_lib.sharing.blame import CostsError
from rorikt_lib.sharing.items import items, of_year
from rorikt_lib.sharing.model import Charge, Item, charges, model_charges
from rorikt_lib.sharing.rounding import to_unit

KEYS = {"Molde": 3, "Rauma": 1}


def amounts(found: list[Charge]) -> dict[str, Fraction]:
    return {charge.item: charge.amount for charge in found}


def test_a_weight_shares_what_the_costs_leave_of_the_category():
    own = [Item("IKT", "avtale", KEYS, cost=100), Item("IKT", "a", KEYS, weight=1), Item("IKT", "b", KEYS, weight=2)]
    rules = [SharingRule(category="IKT", share=1)]
    assert amounts(model_charges(rules, own, 1000)) == {"avtale": 100, "a": 300, "b": 600}


def test_a_category_gets_its_share_of_the_budget():
    own = [Item("A", "a", KEYS, weight=5), Item("B", "b", KEYS, weight=1)]
    rules = [SharingRule(category="A", share=0.75), SharingRule(category="B", share=0.25)]
    assert amounts(model_charges(rules, own, 1000)) == {"a": 750, "b": 250}


def test_the_models_weight_counts_instead_of_the_items_cost():
    own = [Item("A", "a", KEYS, cost=9), Item("A", "b", KEYS, cost=1)]
    rules = [SharingRule(category="A", share=1, weights={"a": 1, "b": 1})]
    assert amounts(model_charges(rules, own, 10)) == {"a": 5, "b": 5}


def test_the_rest_is_charged_to_those_it_is_reported_to_be_and_nobody_else():
    rules = [SharingRule(category="A", share=1, rest="resten", only=["Rauma"])]
    found = model_charges(rules, [Item("A", "a", KEYS, cost=900)], 1000)
    assert found[-1].parts == {"Molde": 0, "Rauma": 100}


def test_the_older_model_is_thirty_percent_equally_and_seventy_by_population():
    people = {"Aukra": 3685, "Hustadvika": 13423, "Molde": 32920, "Rauma": 7169, "Vestnes": 7128}
    rules = demo_settings().sharing.models["Likt og folketall"]
    found = model_charges(rules, [Item("", "folketall", people)], 1_000_000)
    expected = {place: 60_000 + Fraction(700_000 * count, sum(people.values())) for place, count in people.items()}
    assert {place: share * 1_000_000 for place, share in exact_shares(found).items()} == expected


def test_keys_of_another_kind_do_not_stand_in_for_those_that_a_model_names():
    rules = demo_settings().sharing.models["Likt og folketall"]
    with pytest.raises(InputError, match=r"no item is called Innbyggerportal. Remedy: use one of: Vedtatt andel"):
        model_charges(rules, [Item("Alle kostnader", "Vedtatt andel", KEYS)], 100)


def test_costs_that_are_not_the_categorys_amount_are_refused_with_the_difference():
    with pytest.raises(InputError, match=r"category 'A': the items cost 900, but it has 1000: they differ by 100"):
        model_charges([SharingRule(category="A", share=1)], [Item("A", "a", KEYS, cost=900)], 1000)


def test_costs_above_the_categorys_amount_do_not_become_an_income_for_the_weights():
    own = [Item("A", "a", KEYS, cost=1100), Item("A", "b", KEYS, weight=1)]
    with pytest.raises(InputError, match="they differ by 100"):
        model_charges([SharingRule(category="A", share=1)], own, 1000)


def test_half_a_krone_an_item_is_the_rounding_of_printed_costs():
    own = [Item("A", "a", KEYS, cost=501), Item("A", "b", KEYS, cost=500)]
    assert amounts(charges(own, 1000)) == {"a": Fraction(501_000, 1001), "b": Fraction(500_000, 1001)}
    with pytest.raises(InputError, match="differ by 2"):
        charges([Item("A", "a", KEYS, cost=502), Item("A", "b", KEYS, cost=500)], 1000)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (SharingRule(category="B", share=1), "the model has no category A"),
        (SharingRule(category="A", share=1, weights={"x": 1}), "A: no item is called x. Remedy: its items are: a"),
        (SharingRule(category="A", share=1, rest="r", only=["Oslo"]), "A: no keys for Oslo"),
    ],
)
def test_a_model_that_does_not_fit_the_items_is_refused(rule, told):
    with pytest.raises(InputError, match=told):
        model_charges([rule], [Item("A", "a", KEYS, cost=10)], 10)


def test_an_item_with_neither_cost_nor_weight_is_refused_unless_it_is_alone():
    with pytest.raises(InputError, match="neither cost nor weight: b"):
        charges([Item("", "a", KEYS, cost=1), Item("", "b", KEYS)])
    assert amounts(charges([Item("", "a", KEYS)], 10)) == {"a": 10}


def frame(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "category", "item", "municipality", "key"])


NO_COSTS = pd.DataFrame(columns=["year", "category", "item", "cost_nok", "weight"])


def test_an_item_that_lacks_a_municipality_the_others_have_cannot_be_shared():
    keys = frame((2025, "A", "a", "Molde", 1.0), (2025, "A", "a", "Rauma", 1.0), (2025, "A", "b", "Molde", 1.0))
    costs = pd.DataFrame([(2025, "A", n, 10.0, None) for n in "ab"], columns=NO_COSTS.columns)
    with pytest.raises(InputError, match="item 'b': no key for Rauma"):
        allocate(charges(items(keys, costs)))


def test_two_keys_for_one_municipality_and_a_cost_without_keys_are_refused():
    twice = frame((2025, "A", "a", "Molde", 1.0), (2025, "A", "a", "Molde", 2.0))
    with pytest.raises(InputError, match="item 'a' has two keys for Molde"):
        items(twice, NO_COSTS)
    lost = pd.DataFrame([(2025, "A", "b", 10.0, None)], columns=NO_COSTS.columns)
    with pytest.raises(InputError, match="a cost without keys: b"):
        items(twice.head(1), lost)


def test_an_item_with_both_a_cost_and_a_weight_is_refused_with_both():
    costs = pd.DataFrame([(2025, "A", "a", 100.0, 0.3)], columns=NO_COSTS.columns)
    with pytest.raises(
        CostsError, match=r"item 'a' has both a cost \(100\) and a weight \(0.3\). Remedy: keep the cost"
    ):
        items(frame((2025, "A", "a", "Molde", 1.0)), costs)


@pytest.mark.parametrize(
    ("shares", "total"),
    [
        ((0.5, 0.3, 0.1), "0.9"), ((0.4, 0.4, 0.21), "1.01"), ((0.5, 0.5, 0.0), None), ((1.0, 0.0, 0.0), None),
        ((0.3333, 0.3333, 0.3333), None), ((0.33, 0.33, 0.33), "0.99"), ((12.345, 8.5, 0.0), None), ((1.0, 1.0, 1.0), None),
    ],
)  # fmt: skip
def test_keys_or_weights_that_are_shares_make_1_or_are_refused_with_their_sum(shares, total):
    keys = frame(*((2025, "A", "a", place, share) for place, share in zip("MRA", shares, strict=True)))
    weighed = frame(*((2025, "A", item, "Molde", 1.0) for item in "xyz"))
    weights = pd.DataFrame(
        [(2025, "A", i, None, w) for i, w in zip("xyz", shares, strict=True) if w], columns=NO_COSTS.columns
    )
    for tables, told in (((keys, NO_COSTS), "item 'a': the shares"), ((weighed, weights), "category 'A': the weights")):
        if total is None:
            assert items(*tables)
        else:
            with pytest.raises(InputError, match=rf"{told} add up to {total}, not 1. Remedy: correct"):
                items(*tables)


def test_a_year_without_keys_is_refused_and_the_years_named():
    with pytest.raises(InputError, match=r"no keys for 2030. Remedy: use a year that has keys: 2024, 2025"):
        of_year(frame((2025, "A", "a", "Molde", 1.0), (2024, "A", "a", "Molde", 1.0)), NO_COSTS, 2030)


def test_a_municipality_that_an_item_does_not_charge_pays_nothing_of_it():
    table = allocate([Charge("A", "a", Fraction(10), {"Molde": 1, "Rauma": 0}), Charge("A", "b", Fraction(3), KEYS)])
    rauma = table[table.municipality == "Rauma"].set_index("item").amount_nok
    assert rauma.to_dict() == {"a": 0, "b": 1}


def test_sums_and_shares_are_those_of_the_amounts():
    table = allocate([Charge("A", "a", Fraction(8), KEYS), Charge("B", "b", Fraction(2), {"Molde": 0, "Rauma": 1})])
    places = by_municipality(table).set_index("municipality")
    assert places.amount_nok.to_dict() == {"Molde": 6, "Rauma": 4}
    assert places.cost_share.to_dict() == {"Molde": 0.6, "Rauma": 0.4}
    categories = by_category(table).set_index(["category", "municipality"])
    assert categories.cost_share.to_dict() == {
        ("A", "Molde"): 0.75, ("A", "Rauma"): 0.25, ("B", "Molde"): 0.0, ("B", "Rauma"): 1.0,
    }  # fmt: skip


def test_an_item_that_stands_twice_is_refused():
    with pytest.raises(InputError, match="A: a"):
        allocate([Charge("A", "a", Fraction(1), KEYS), Charge("A", "a", Fraction(2), KEYS)])


TABLES = st.lists(
    st.tuples(st.integers(-(10**6), 10**9), st.lists(st.integers(0, 5000), min_size=4, max_size=4).filter(any)),
    min_size=1,
    max_size=6,
)


def made(rows, order=range(4), scale=1) -> dict:
    """amount of each item and municipality, with the municipalities in another order and the keys in another scale."""
    found = [
        Charge("AB"[n % 2], f"item {n}", Fraction(ore, 100), {"MRAV"[i]: keys[i] * scale for i in order})
        for n, (ore, keys) in enumerate(rows)
    ]
    return {(r.item, r.municipality): r.amount_nok for r in allocate(found).itertuples()}


@given(TABLES, st.permutations(range(4)), st.fractions(min_value="1/100", max_value=100))
def test_neither_the_order_of_municipalities_nor_the_scale_of_keys_changes_a_table(rows, order, scale):
    assert made(rows, order, scale) == made(rows)


@given(TABLES, st.sampled_from(["0.01", 1, 1000]))
def test_a_table_adds_up_to_its_costs_at_any_rounding_unit(rows, unit):
    found = [
        Charge("A", f"item {n}", Fraction(ore, 100), dict(zip("MRAV", keys, strict=True)))
        for n, (ore, keys) in enumerate(rows)
    ]
    table = allocate(found, unit)
    assert table.amount_nok.sum() == to_unit(Fraction(sum(ore for ore, _ in rows), 100), unit)
