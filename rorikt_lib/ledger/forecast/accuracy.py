"""How near forecasts came: each measure takes forecasts and actuals (NOK, of the whole year) and gives one number."""

import pandas as pd


def wape(forecast: pd.Series, actual: pd.Series) -> float:
    """Weighted absolute percentage error: Σ|forecast − actual| ÷ Σ|actual|. Missing where nothing was spent."""
    return _share((forecast - actual).abs().sum(skipna=False), actual)


def bias(forecast: pd.Series, actual: pd.Series) -> float:
    """Σ(forecast − actual) ÷ Σ|actual|: positive when too much was forecast."""
    return _share((forecast - actual).sum(skipna=False), actual)


def coverage(low: pd.Series, high: pd.Series, actual: pd.Series) -> float:
    """Share of the actuals within their interval, of those that have one."""
    known = low.notna() & high.notna()
    return float(actual[known].between(low[known], high[known]).mean())


def _share(amount: float, actual: pd.Series) -> float:
    total = actual.abs().sum()
    return float(amount / total) if total else float("nan")
