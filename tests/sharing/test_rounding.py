"""Amounts in whole units that add up: exact for any keys and unit, whatever the order and scale of the keys."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.rounding import exact, largest_remainder, shares, split, to_unit

KEYS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 10**7), min_size=1, max_size=8
).filter(lambda keys: any(keys.values()))
UNITS = st.sampled_from([1, 1000, "0.01", 100, Decimal("0.05"), Fraction(1, 4)])
AMOUNTS = st.integers(-(10**12), 10**12).map(lambda ore: Decimal(ore) / 100)


@given(AMOUNTS, KEYS, UNITS)
def test_the_parts_add_up_to_the_amount_at_the_unit_exactly(amount, keys, unit):
    parts = split(amount, keys, unit)
    assert sum(parts.values()) == to_unit(amount, unit)
    assert all((Fraction(part) / Fraction(unit)).denominator == 1 for part in parts.values())


@given(AMOUNTS, KEYS, UNITS)
def test_each_part_is_less_than_a_unit_from_its_exact_amount(amount, keys, unit):
    whole = sum(keys.values())
    for place, part in split(amount, keys, unit).items():
        assert abs(Fraction(part) - Fraction(amount) * keys[place] / whole) < Fraction(unit)


@given(AMOUNTS, KEYS, UNITS, st.randoms())
def test_the_order_of_the_keys_does_not_matter(amount, keys, unit, random):
    shuffled = [*keys.items()]
    random.shuffle(shuffled)
    assert split(amount, dict(shuffled), unit) == split(amount, keys, unit)


@given(AMOUNTS, KEYS, UNITS, st.fractions(min_value="1/1000", max_value=1000))
def test_the_scale_of_the_keys_does_not_matter(amount, keys, unit, scale):
    assert split(amount, {place: key * scale for place, key in keys.items()}, unit) == split(amount, keys, unit)


@given(AMOUNTS, KEYS, UNITS)
def test_an_overspend_is_split_as_an_underspend_of_the_same_size(amount, keys, unit):
    assert split(-amount, keys, unit) == {place: -part for place, part in split(amount, keys, unit).items()}


@given(AMOUNTS, KEYS)
def test_who_has_no_key_pays_nothing(amount, keys):
    assert all(not part for place, part in split(amount, keys).items() if not keys[place])


def test_the_units_left_over_go_to_the_largest_remainders():
    assert split(10, {"a": 1, "b": 2, "c": 4}) == {"a": 1, "b": 3, "c": 6}  # 1.43, 2.86 and 5.71


def test_of_equal_remainders_the_larger_part_comes_first_and_then_the_name():
    assert split(2, {"b": 1, "a": 1, "c": 1}) == {"b": 1, "a": 1, "c": 0}
    assert largest_remainder({"a": Fraction(1, 2), "b": Fraction(3, 2)}) == {"a": 0, "b": 2}


def test_an_amount_that_is_no_multiple_of_the_unit_is_rounded_half_away_from_zero():
    assert to_unit(1500, 1000) == 2000
    assert to_unit(-1500, 1000) == -2000
    assert sum(split("1499.99", {"a": 1, "b": 1}, 1000).values()) == 1000


def test_a_float_counts_as_it_is_written():
    assert exact(0.1) == Fraction(1, 10)
    assert split("0.03", {"a": 0.1, "b": 0.2}, "0.01") == {"a": Decimal("0.01"), "b": Decimal("0.02")}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"Molde": 1, "Rauma": None}, "IKT: no key for Rauma"),
        ({"Molde": 1, "Rauma": float("nan")}, "IKT: no key for Rauma"),
        ({"Molde": 1, "Rauma": ""}, "IKT: no key for Rauma"),
        ({"Molde": 0, "Rauma": 0.0}, "IKT: the keys are all zero"),
        ({}, "IKT: the keys are all zero"),
        ({"Molde": 3, "Rauma": -1}, r"IKT: the key of Rauma is negative \(-1\)"),
    ],
)
def test_missing_negative_and_zero_keys_are_refused_and_named(keys, expected):
    with pytest.raises(InputError, match=expected):
        shares(keys, "IKT")


@pytest.mark.parametrize("unit", [0, -1, "x"])
def test_a_rounding_unit_that_is_no_size_is_refused(unit):
    with pytest.raises(InputError, match="Remedy"):
        split(1, {"a": 1}, unit)
