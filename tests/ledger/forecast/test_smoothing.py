"""Exponential smoothing of many lines at once: a loop over one line's months by hand, and what is answered without it."""

from __future__ import annotations

import warnings
from itertools import product

import numpy as np
import pytest
from ledgers import history_until, noisy

from rorikt_lib.ledger.forecast.smoothing import damped_trend, damped_trend_and_season


def _by_hand(months: list[float], ahead: int, seasonal: bool) -> float:
    """Each combination of weights goes through the months; the one of least squared errors goes on."""
    tried = product((0.05, 0.1, 0.2, 0.4, 0.7), (0, 0.1, 0.3), (0, 0.1, 0.3) if seasonal else (0,))
    found = []
    for alpha, beta, gamma in tried:
        years = [months[:12], months[12:24]] if len(months) >= 24 else [months[:12]]
        means = [np.mean(year) for year in years]
        trend = (means[-1] - means[0]) / 12
        level = means[0] - 6 * trend
        begin = [np.mean([year[n] - mean for year, mean in zip(years, means, strict=True)]) for n in range(12)]
        season = [deviation - trend * (n - 5.5) if seasonal else 0.0 for n, deviation in enumerate(begin)]
        errors = 0.0
        for n, nok in enumerate(months):
            error = nok - (level + 0.98 * trend + season[n % 12])
            errors += error**2
            level, trend = level + 0.98 * trend + alpha * error, 0.98 * trend + alpha * beta * error
            season[n % 12] += gamma * (1 - alpha) * error
        rest = 0.0
        for n in range(len(months), len(months) + ahead):
            trend *= 0.98
            level += trend
            rest += level + season[n % 12]
        found.append((errors, rest))
    return min(found)[1]


@pytest.mark.parametrize(("method", "seasonal"), [(damped_trend, False), (damped_trend_and_season, True)])
@pytest.mark.parametrize(("count", "ahead"), [(24, 12), (29, 7), (45, 3)])
def test_each_line_is_smoothed_as_if_it_were_alone(method, seasonal, count, ahead):
    table = noisy("2024-08", count, lines=3)
    expected = [_by_hand(row.tolist(), ahead, seasonal) for row in table.to_numpy()]
    assert method(table, ahead).tolist() == pytest.approx(expected)


def test_a_single_year_begins_the_level_and_no_trend():
    table = noisy("2024-08", 20, lines=2)
    assert damped_trend(table, 4).tolist() == pytest.approx(
        [_by_hand(row.tolist(), 4, False) for row in table.to_numpy()]
    )


def test_the_unit_of_the_amounts_does_not_matter():
    table = noisy("2024-08", 32, lines=2)
    assert damped_trend(table * 1e6, 4).tolist() == pytest.approx((damped_trend(table, 4) * 1e6).tolist())


def test_a_line_that_rises_evenly_goes_on_rising():
    table = history_until("2024-09", A=[100.0 + n for n in range(33)])
    assert damped_trend(table, 3)["A"] == pytest.approx(133 + 134 + 135, rel=0.01)


def test_only_the_season_sees_a_settlement_every_december():
    draw = np.random.default_rng(4)
    months = [100 + draw.normal() + 500 * (n % 12 == 11) for n in range(47)]
    table = history_until("2024-11", A=months)
    assert damped_trend_and_season(table, 1)["A"] == pytest.approx(600, rel=0.05)
    assert damped_trend(table, 1)["A"] < 300


def test_a_season_is_missing_with_less_than_two_years_of_history():
    assert damped_trend_and_season(noisy("2024-11", 23, lines=2), 1).isna().tolist() == [True, True]
    assert damped_trend_and_season(noisy("2024-12", 24, lines=1), 1).notna().all()


def test_a_trend_is_missing_with_less_than_a_year_of_history():
    assert damped_trend(noisy("2024-11", 11, lines=2), 1).isna().tolist() == [True, True]
    assert damped_trend(noisy("2024-12", 12, lines=1), 1).notna().all()


@pytest.mark.parametrize("method", [damped_trend, damped_trend_and_season])
def test_a_line_of_zeros_is_forecast_as_zero(method):
    assert method(history_until("2024-09", A=[0.0] * 33), 3).to_dict() == {"A": 0.0}


@pytest.mark.parametrize("method", [damped_trend, damped_trend_and_season])
def test_a_year_that_is_over_has_nothing_left(method):
    assert method(noisy("2024-12", 36, lines=1), 0).tolist() == [0.0]


@pytest.mark.parametrize("method", [damped_trend, damped_trend_and_season])
def test_no_warning_of_the_numbers_reaches_the_user(method):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        method(history_until("2024-09", A=[7.0] * 33, B=[0.0] * 33), 3)
