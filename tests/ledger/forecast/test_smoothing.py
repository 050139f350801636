"""Exponential smoothing: what statsmodels says when called by hand, and what is answered without it."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from ledgers import history_until, noisy
from statsmodels.tsa.exponential_smoothing import ets

from rorikt_lib.ledger.forecast.smoothing import damped_trend, damped_trend_and_season


def _by_hand(months: list[float], ahead: int, **season) -> float:
    size = np.mean(np.abs(months))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ets.ETSModel(np.array(months) / size, error="add", trend="add", damped_trend=True, **season)
        return model.fit(disp=False).forecast(ahead).sum() * size


def test_damped_trend_is_statsmodels_ets_of_level_and_damped_trend():
    table = noisy("2024-08", 20, lines=2)
    expected = [_by_hand(row, 4) for row in table.to_numpy()]
    assert damped_trend(table, 4).to_dict() == pytest.approx(dict(zip(table.index, expected, strict=True)))


def test_damped_trend_and_season_is_statsmodels_ets_with_an_additive_season_of_twelve_months():
    table = noisy("2024-08", 32, lines=2)
    expected = [_by_hand(row, 4, seasonal="add", seasonal_periods=12) for row in table.to_numpy()]
    assert damped_trend_and_season(table, 4).to_dict() == pytest.approx(dict(zip(table.index, expected, strict=True)))


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
def test_no_warning_of_the_fitting_reaches_the_user(method):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        method(history_until("2024-09", A=[7.0] * 33), 3)


@pytest.mark.parametrize("error", [ValueError, np.linalg.LinAlgError])
def test_a_line_that_no_parameters_are_found_for_is_missing(error, monkeypatch):
    def fail(*_, **__):
        raise error("no parameters")

    monkeypatch.setattr(ets.ETSModel, "fit", fail)
    assert damped_trend(noisy("2024-09", 33, lines=1), 3).isna().all()


def test_a_forecast_without_bounds_is_missing(monkeypatch):
    monkeypatch.setattr(ets.ETSModel, "fit", lambda model, **__: np.full(len(model.param_names), np.inf))
    assert damped_trend(noisy("2024-09", 33, lines=1), 3).isna().all()
