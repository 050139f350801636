"""How near forecasts came: against loops, and the signs by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.ledger.forecast.accuracy import bias, coverage, wape

NAN = float("nan")


def _series(*values: float) -> pd.Series:
    return pd.Series(values, dtype=float)


def test_wape_is_the_errors_together_over_the_amounts_together():
    assert wape(_series(110, 80), _series(100, 100)) == pytest.approx(30 / 200)


def test_bias_is_positive_when_too_much_was_forecast_and_errors_cancel_out():
    assert bias(_series(110), _series(100)) == pytest.approx(0.1)
    assert bias(_series(90), _series(100)) == pytest.approx(-0.1)
    assert bias(_series(110, 80), _series(100, 100)) == pytest.approx(-10 / 200)


def test_income_counts_by_its_size_and_too_little_income_forecast_is_too_much_in_all():
    assert wape(_series(-90, 110), _series(-100, 100)) == pytest.approx(20 / 200)
    assert bias(_series(-90), _series(-100)) == pytest.approx(0.1)


@pytest.mark.parametrize("measure", [wape, bias])
def test_measures_are_missing_where_nothing_was_spent(measure):
    assert math.isnan(measure(_series(5, 0), _series(0, 0)))
    assert math.isnan(measure(_series(), _series()))


@pytest.mark.parametrize("measure", [wape, bias])
def test_measures_are_missing_where_a_forecast_is(measure):
    assert math.isnan(measure(_series(5, NAN), _series(6, 7)))


def test_coverage_is_the_share_within_the_interval_and_its_ends_are_within():
    low, high = _series(1, 1, 1, 1), _series(3, 3, 3, 3)
    assert coverage(low, high, _series(1, 3, 0.99, 3.01)) == 0.5


def test_coverage_counts_those_that_have_an_interval():
    assert coverage(_series(1, NAN, 1), _series(3, 3, NAN), _series(2, 9, 9)) == 1
    assert math.isnan(coverage(_series(NAN), _series(NAN), _series(2)))


numbers = st.floats(-1e9, 1e9)


@given(st.lists(st.tuples(numbers, st.floats(1, 1e9), numbers, numbers), min_size=1, max_size=20))
def test_measures_agree_with_loops(rows):
    forecast, actual, one, other = np.array(rows).T
    low, high = np.minimum(one, other), np.maximum(one, other)
    spent = sum(abs(nok) for nok in actual)
    errors = [f - a for f, a in zip(forecast, actual, strict=True)]
    series = [
        pd.Series(values, index=[f"line {n}" for n in range(len(rows))]) for values in (forecast, actual, low, high)
    ]
    assert wape(*series[:2]) == pytest.approx(sum(map(abs, errors)) / spent)
    assert bias(*series[:2]) == pytest.approx(sum(errors) / spent, abs=1e-9 * sum(map(abs, errors)) / spent)
    within = [below <= a <= above for below, a, above in zip(low, actual, high, strict=True)]
    assert coverage(*series[2:], series[1]) == pytest.approx(sum(within) / len(within))
