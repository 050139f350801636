"""A rounded table adds up both ways, and each of its numbers is its exact one rounded down or up."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.sharing.even_table import even_counts
from rorikt_lib.sharing.rounding import whole_counts, whole_units

CELLS = st.dictionaries(
    st.tuples(st.sampled_from("xy"), st.sampled_from("123"), st.sampled_from("ABCD")),
    st.fractions(min_value=-20, max_value=2000, max_denominator=60),
    min_size=1,
    max_size=20,
)
SIDES = {
    "cell": lambda c: c,
    "item": lambda c: c[:2],
    "category": lambda c: c[0],
    "subtotal": lambda c: (c[0], c[2]),
    "municipality": lambda c: c[2],
}


def summed(cells, side):
    sums = defaultdict(Fraction)
    for cell, amount in cells.items():
        sums[side(cell)] += amount
    return sums


@given(CELLS)
def test_every_cell_item_subtotal_and_total_is_its_exact_sum_rounded_down_or_up(cells):
    counts = even_counts(cells)
    for name, side in SIDES.items():
        rounded = summed(counts, side)
        for member, amount in summed(cells, side).items():
            assert floor(amount) <= rounded[member] <= ceil(amount), (name, member)


@given(CELLS)
def test_the_sum_of_all_is_the_exact_one_rounded(cells):
    assert sum(even_counts(cells).values()) == whole_units(sum(cells.values()))


@given(CELLS, st.randoms())
def test_the_order_of_the_cells_does_not_matter(cells, random):
    shuffled = [*cells.items()]
    random.shuffle(shuffled)
    assert even_counts(dict(shuffled)) == even_counts(cells)


@given(st.dictionaries(st.sampled_from("ABCDE"), st.fractions(min_value=0, max_value=500), min_size=1))
def test_one_item_alone_is_rounded_by_largest_remainder(parts):
    counts = even_counts({("x", "1", place): part for place, part in parts.items()})
    assert {place: counts["x", "1", place] for place in parts} == whole_counts(parts)


def test_totals_are_those_of_largest_remainder_where_rows_by_themselves_would_drift():
    third = Fraction(1, 3)
    cells = {("x", str(n), place): third for n in range(6) for place in "ABC"}
    counts = even_counts(cells)
    assert summed(counts, SIDES["municipality"]) == {"A": 2, "B": 2, "C": 2}
    assert set(summed(counts, SIDES["item"]).values()) == {1}


def test_where_no_table_has_the_totals_of_largest_remainder_it_still_adds_up():
    half = Fraction(1, 2)
    # By name A and B would get the two units, but x alone pays A and B, and y alone C and D.
    cells = {("x", "1", "A"): half, ("x", "1", "B"): half, ("y", "1", "C"): half, ("y", "1", "D"): half}
    counts = even_counts(cells)
    assert summed(counts, SIDES["category"]) == {"x": 1, "y": 1}
