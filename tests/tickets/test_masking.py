"""Small counts are hidden, and nobody who knows the totals can work them out; without a limit nothing changes."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.tickets.masking import hidden_counts, hidden_rows

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=5)


def hidden(counts: list[int], below: int | None) -> list[int]:
    return [*hidden_rows(pd.DataFrame({"created": counts}), below)]


@pytest.mark.parametrize(
    ("counts", "below", "expected"),
    [
        ([50, 2, 30, 9, 0], 4, [0, 1, 0, 1, 0]),  # one alone would be the total less the others
        ([50, 1, 1, 30], 4, [0, 1, 1, 1]),  # two that sum to two are one each
        ([50, 2, 3, 30], 4, [0, 1, 1, 0]),  # 2 and 3 may as well be 4 and 1
        ([50, 30, 4], 4, [0, 0, 0]), ([50, 0, 0], 4, [0, 0, 0]), ([50, 2, 3], None, [0, 0, 0]),
        ([2, 0, 0], 4, [1, 1, 1]), ([3], 4, [1]), ([], 4, []), ([50, 3, 3], 2, [0, 0, 0]),
    ],
)  # fmt: skip
def test_small_counts_are_hidden_and_the_smallest_of_the_others_with_them(counts, below, expected):
    assert hidden(counts, below) == [bool(each) for each in expected]


@given(COUNTS, st.integers(2, 5))
def test_every_small_count_may_as_well_be_one_that_is_not_small(counts, below):
    """Tried out: all ways to fill what is hidden so that the total is right; those shown as none are known."""
    is_hidden = hidden(counts, below)
    small = [n for n, count in enumerate(counts) if 0 < count < below]
    assert all(is_hidden[n] for n in small)
    if not small or all(is_hidden):
        return
    places = [n for n, each in enumerate(is_hidden) if each]
    least = 0 if any(counts[n] == 0 for n in places) else 1
    rest = sum(counts[n] for n in places)
    ways = [way for way in product(range(least, rest + 1), repeat=len(places)) if sum(way) == rest] if rest < 16 else []
    for place, n in enumerate(places):
        if n in small and ways:
            assert max(way[place] for way in ways) >= below


@given(COUNTS, st.integers(2, 5))
def test_no_more_is_hidden_than_it_takes(counts, below):
    """Without the largest count that is hidden but not small, some small one would be known."""
    is_hidden = hidden(counts, below)
    more = [count for count, each in zip(counts, is_hidden, strict=True) if each and count >= below]
    if more:
        left = [count for count, each in zip(counts, is_hidden, strict=True) if each and count]
        left.remove(max(more))
        assert len(left) < 2 or sum(left) - len(left) < below - 1


def test_a_row_is_hidden_whole_and_each_of_its_columns_has_a_total():
    counts = pd.DataFrame({"incidents": [40, 1, 30, 20], "requests": [30, 25, 1, 9]})
    assert hidden_rows(counts, 4).tolist() == [False, True, True, False]
    assert hidden_rows(counts.assign(requests=[30, 25, 8, 9]), 4).tolist() == [False, True, False, True]


def test_each_month_has_a_total_of_its_own_and_what_is_not_known_is_nothing():
    counts = pd.DataFrame({"2024-08": [5, 2, 7], "2024-09": [None, 9, 9]})
    assert hidden_counts(counts, 4).to_numpy().T.tolist() == [[True, True, False], [False, False, False]]
