"""Exponential smoothing by statsmodels: a level, a trend that dies away, and with a season or without."""

import warnings

import numpy as np
import pandas as pd

from rorikt_lib.ledger.forecast.history import MONTHS

# A season cannot be seen in less than two whole ones.
LEAST_MONTHS = {None: MONTHS, "add": 2 * MONTHS}


def damped_trend(history: pd.DataFrame, ahead: int) -> pd.Series:
    """ETS(A,Ad,N): level and damped trend."""
    return _smoothed(history, ahead, seasonal=None)


def damped_trend_and_season(history: pd.DataFrame, ahead: int) -> pd.Series:
    """ETS(A,Ad,A): level, damped trend and additive season; missing with less than two years of history."""
    return _smoothed(history, ahead, seasonal="add")


def _smoothed(history: pd.DataFrame, ahead: int, seasonal: str | None) -> pd.Series:
    if history.shape[1] < LEAST_MONTHS[seasonal]:
        return pd.Series(np.nan, index=history.index)
    return history.apply(lambda line: _rest(line.to_numpy(float), ahead, seasonal), axis=1).astype(float)


def _rest(months: np.ndarray, ahead: int, seasonal: str | None) -> float:
    """Missing where no parameters can be found."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    size = np.abs(months).mean()
    if size == 0 or ahead == 0:
        return 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = ETSModel(
                months / size, trend="add", damped_trend=True, seasonal=seasonal,
                seasonal_periods=MONTHS if seasonal else None,
            )  # fmt: skip
            # No more than the parameters: all results come with how uncertain they are, a quarter of the time.
            found = model.fit(disp=False, return_params=True)
            _, states = model.smooth(found, return_raw=True)
            coming = _coming(states, found[model.param_names.index("damping_trend")], ahead)
        except (ValueError, np.linalg.LinAlgError):
            return np.nan
    rest = float(np.sum(coming)) * size
    return rest if np.isfinite(rest) else np.nan


def _coming(states: np.ndarray, damping: float, ahead: int) -> np.ndarray:
    """The months to come. states: level, trend and, where there is one, season that each month known ended in."""
    level, trend = states[-1, :2]
    season = states[-MONTHS:, 2] if states.shape[1] > 2 else np.zeros(MONTHS)
    months = np.empty(ahead)
    for month in range(ahead):
        trend = trend * damping
        level = level + trend
        months[month] = level + season[month]
    return months
