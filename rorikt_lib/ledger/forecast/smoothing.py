"""Exponential smoothing of all lines at once: a level, a trend that dies away slowly, and with a season or without."""

from itertools import product

import numpy as np
import pandas as pd

from rorikt_lib.ledger.forecast.history import MONTHS

# How much of a forecast's error the level, the trend (as a share of the level's) and the season take up.
LEVELS, TRENDS, SEASONS = (0.05, 0.1, 0.2, 0.4, 0.7), (0.0, 0.1, 0.3), (0.0, 0.1, 0.3)
# What is left of a trend after a month.
DAMPING = 0.98


def damped_trend(history: pd.DataFrame, ahead: int) -> pd.Series:
    """ETS(A,Ad,N): level and damped trend; missing with less than a year of history."""
    return _smoothed(history, ahead, MONTHS, product(LEVELS, TRENDS, (0.0,)))


def damped_trend_and_season(history: pd.DataFrame, ahead: int) -> pd.Series:
    """ETS(A,Ad,A): level, damped trend and additive season; missing with less than two years of history."""
    return _smoothed(history, ahead, 2 * MONTHS, product(LEVELS, TRENDS, SEASONS))


def _smoothed(history: pd.DataFrame, ahead: int, least: int, weights: product) -> pd.Series:
    """NOK of the months ahead, by the weights that would have forecast each month by those before it best."""
    if history.shape[1] < least:
        return pd.Series(np.nan, index=history.index)
    months = history.to_numpy(float)
    size = np.abs(months).mean(axis=1)
    found, errors = _run(months / np.where(size == 0, 1, size)[:, None], ahead, least, list(weights))
    return pd.Series(found[errors.argmin(axis=0), np.arange(len(history))] * size, index=history.index)


def _run(months: np.ndarray, ahead: int, least: int, weights: list[tuple[float, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """The rest and the sum of squared errors, weights × lines. The first year begins the level, two years the rest."""
    alpha, beta, gamma = (column[:, None] for column in np.array(weights).T)
    years = months[:, : months.shape[1] // MONTHS * MONTHS].reshape(len(months), -1, MONTHS)[:, :2]
    means = years.mean(axis=2)
    step = (means[:, -1] - means[:, 0]) / MONTHS
    level = np.tile(means[:, 0] - step * MONTHS / 2, (len(weights), 1))
    trend = np.tile(step, (len(weights), 1))
    middle = np.arange(MONTHS) - (MONTHS - 1) / 2
    begin = (years - means[:, :, None]).mean(axis=1) - step[:, None] * middle
    season = np.tile(begin if least > MONTHS else np.zeros_like(begin), (len(weights), 1, 1))
    errors = np.zeros_like(level)
    for number, month in enumerate(months.T):
        now = number % MONTHS
        error = month - level - DAMPING * trend - season[:, :, now]
        errors += error * error
        level = level + DAMPING * trend + alpha * error
        trend = DAMPING * trend + alpha * beta * error
        season[:, :, now] += gamma * (1 - alpha) * error
    coming = (months.shape[1] + np.arange(ahead)) % MONTHS
    growth = np.cumsum(DAMPING ** np.arange(1, ahead + 1)).sum()
    return level * ahead + trend * growth + season[:, :, coming].sum(axis=2), errors
