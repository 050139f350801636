"""Ways to forecast the rest of a year from the months known: NOK per line, each by one plain rule."""

import numpy as np
import pandas as pd

from rorikt_lib.ledger.forecast.history import MONTHS, last_year, this_year

# How much of a line's own phasing counts beside an even one: three years of it are half noise.
PHASING_WEIGHT = 0.5
YEARS_OF_PHASING = 3
# How much of last year's growth is expected to go on, and the most it can be.
GROWTH_WEIGHT = 0.5
MOST_GROWTH = 0.3


def run_rate(history: pd.DataFrame, ahead: int) -> pd.Series:
    """The rest goes on as this year's months so far."""
    return this_year(history, ahead) * ahead / (MONTHS - ahead)


def last_year_remainder(history: pd.DataFrame, ahead: int) -> pd.Series:
    """The rest is what the same months came to last year."""
    return _total(history, last_year(history)[:, :ahead])


def three_year_remainder(history: pd.DataFrame, ahead: int) -> pd.Series:
    """The rest is what the same months came to on average, in up to three years."""
    return _total(history, _years(history).mean(axis=1)[:, :ahead])


def last_year_phasing(history: pd.DataFrame, ahead: int) -> pd.Series:
    """This year so far is the share of the year that the same months were last year."""
    return _by_phasing(history, ahead, years=1)


def three_year_phasing(history: pd.DataFrame, ahead: int) -> pd.Series:
    """This year so far is the share of the year that the same months were in up to three years together."""
    return _by_phasing(history, ahead, years=YEARS_OF_PHASING)


def last_year_grown(history: pd.DataFrame, ahead: int) -> pd.Series:
    """Last year's remainder, with half the growth of the last twelve months over the twelve before (at most 30 %)."""
    return last_year_remainder(history, ahead) * (1 + GROWTH_WEIGHT * _growth(history))


def level_of_year(history: pd.DataFrame, ahead: int) -> pd.Series:
    """The last twelve months' level, phased half as in earlier years and half evenly."""
    coming = damped_phasing(history)[:, :ahead].sum(axis=1)
    return _total(history, last_year(history)) * coming / MONTHS


def level_so_far(history: pd.DataFrame, ahead: int) -> pd.Series:
    """This year's level, phased half as in earlier years and half evenly."""
    phasing = damped_phasing(history)
    return this_year(history, ahead) / phasing[:, ahead:].sum(axis=1) * phasing[:, :ahead].sum(axis=1)


def average_month(history: pd.DataFrame, ahead: int) -> pd.Series:
    """The average of the last twelve months."""
    return _total(history, last_year(history)) * ahead / MONTHS


def damped_phasing(history: pd.DataFrame) -> np.ndarray:
    """Lines × 12: each month's weight (mean 1), the next month to come first; half the earlier years', half even.

    From up to three years back from the last month known. Even where a line's months do not share one sign.
    """
    months = _years(history).sum(axis=1)
    total = months.sum(axis=1, keepdims=True)
    own = np.divide(months * MONTHS, total, out=np.ones_like(months), where=total != 0)
    own = np.where((own >= 0).all(axis=1, keepdims=True), own, 1.0)
    return PHASING_WEIGHT * own + (1 - PHASING_WEIGHT)


def _years(history: pd.DataFrame, most: int = YEARS_OF_PHASING) -> np.ndarray:
    """Lines × years × 12: whole years back from the last month known, the next month to come first."""
    count = min(history.shape[1] // MONTHS, most)
    return history.iloc[:, -count * MONTHS :].to_numpy(float).reshape(len(history), count, MONTHS)


def _by_phasing(history: pd.DataFrame, ahead: int, years: int) -> pd.Series:
    """Last year's remainder instead where the same months then were nothing, or of the other sign."""
    so_far = this_year(history, ahead)
    before = _years(history.iloc[:, : -(MONTHS - ahead)], years).sum(axis=1)
    then, rest = before[:, : MONTHS - ahead].sum(axis=1), before[:, MONTHS - ahead :].sum(axis=1)
    is_usable = (then * so_far > 0) & (then * rest > 0)
    return (so_far / np.where(is_usable, then, 1) * rest).where(is_usable, last_year_remainder(history, ahead))


def _growth(history: pd.DataFrame) -> pd.Series:
    """Of the last twelve months over the same months a year before, or as many of them as are known."""
    known = min(MONTHS, history.shape[1] - MONTHS)
    now = history.iloc[:, history.shape[1] - known :].sum(axis=1)
    then = history.iloc[:, -MONTHS - known : -MONTHS].sum(axis=1)
    is_usable = then * now > 0
    return (now / then.where(is_usable) - 1).fillna(0.0).clip(-MOST_GROWTH, MOST_GROWTH)


def _total(history: pd.DataFrame, months: np.ndarray) -> pd.Series:
    return pd.Series(months.sum(axis=1), index=history.index)
