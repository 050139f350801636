"""The most even path: against every path there is."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.devices.levelling import evenest


@st.composite
def bounds(draw):
    """Rising bounds that meet at both ends."""
    count = draw(st.integers(1, 5))
    middle = np.cumsum(draw(st.lists(st.integers(0, 5), min_size=count, max_size=count)))
    below, above = (draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)) for _ in range(2))
    lower, upper = np.maximum.accumulate(middle - below), np.maximum.accumulate(middle + above)
    lower, upper = np.clip(lower, 0, middle[-1]), np.clip(upper, 0, middle[-1])
    lower[-1] = upper[-1] = middle[-1]
    return np.array([0, *lower]), np.array([0, *upper])


@given(bounds())
def test_no_whole_path_between_the_bounds_has_smaller_steps_or_squares(drawn):
    lower, upper = drawn
    path = evenest(lower, upper)
    assert (lower - 1e-9 <= path).all()
    assert (path <= upper + 1e-9).all()
    others = [np.diff(p) for p in product(*(range(a, b + 1) for a, b in zip(lower, upper, strict=True)))]
    rising = [steps for steps in others if (steps >= 0).all()]
    steps = np.diff(path)
    assert (steps**2).sum() <= min((other**2).sum() for other in rising) + 1e-6
    assert steps.max() <= min(other.max() for other in rising) + 1e-9


def test_a_way_without_hindrance_is_straight():
    assert evenest(np.array([0, 0, 0, 9]), np.array([0, 9, 9, 9])).tolist() == [0, 3, 6, 9]


def test_it_bends_only_where_a_bound_stands_in_its_way():
    assert evenest(np.array([0, 6, 6, 9]), np.array([0, 9, 9, 9])).tolist() == [0, 6, 7.5, 9]
    assert evenest(np.array([0, 0, 0, 9]), np.array([0, 1, 9, 9])).tolist() == [0, 1, 5, 9]


def test_a_single_point_stays():
    assert evenest(np.array([4]), np.array([4])).tolist() == [4]
