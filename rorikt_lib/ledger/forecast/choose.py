"""Which reading to trust for each line, and how far: by how they did in the same month of earlier years.

The rules look at nothing after the month they forecast from.
"""

import numpy as np
import pandas as pd

from rorikt_lib.terms.enums import Reading

# These may serve a whole ledger; calendar and commitments, a line that they are proven on.
GENERAL = [Reading.STEADY, Reading.QUIET]
# A line leaves the ledger's choice for a reading that had less than this share of its error.
CLEARLY_BETTER = 0.5
# Without an earlier year to try the readings on, a year is taken to go as the one before.
UNTRIED = Reading.CALENDAR
TAIL = 0.1
INTERVAL = 1 - 2 * TAIL


def chosen_readings(past: pd.DataFrame, lines: pd.Index) -> pd.Series:
    """The reading per line. past: see `past_outlooks`; empty where there are none.

    For all lines the one of GENERAL with the least absolute error in total; for a line another, where its own errors
    were under half of that one's.
    """
    if past.empty:
        return pd.Series(UNTRIED, index=lines)
    errors = past[[*Reading]].sub(past.rest_nok, axis=0).abs().groupby(past.index).sum()
    general = errors[GENERAL].sum().idxmin()
    own = errors.idxmin(axis=1).where(errors.min(axis=1) < CLEARLY_BETTER * errors[general], general)
    return own.reindex(lines, fill_value=general)


def picked(table: pd.DataFrame, reading: pd.Series) -> pd.Series:
    """Each line's value in the column that `reading` names for it."""
    column = table.columns.get_indexer(reading.reindex(table.index))
    return pd.Series(table.to_numpy()[np.arange(len(table)), column], index=table.index, dtype=float)


def forecast(now: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """One row per line: NOK of the whole year (model_nok), an 80 % interval (low_nok, high_nok), and the reading.

    now: one outlook. past: see `past_outlooks`. The interval is the middle 80 % of the errors that the forecasts of
    earlier years would have made, each measured by its line's unevenness (scale), lines and years together; it holds
    the forecast itself. Without an earlier year to try on it is missing: nobody knows how good the forecast is.
    """
    reading = chosen_readings(past, now.index)
    rest = picked(now[[*Reading]], reading)
    below, above = error_tails(past)
    model = now.so_far_nok + rest
    low, high = np.minimum(below, 0.0) * now.scale_nok, np.maximum(above, 0.0) * now.scale_nok
    return pd.DataFrame({"model_nok": model, "low_nok": model + low, "high_nok": model + high, "reading": reading})


def error_tails(past: pd.DataFrame) -> tuple[float, float]:
    """The 10th and 90th percentile of (actual − forecast) ÷ scale, each year's forecast chosen by the years before.

    The first year, chosen untried, says less of how forecasts do now, and counts only where there is no other. One
    year's errors all tend the same way, so by it alone the tails are equal: the error that 80 % of a new line's would
    not exceed. Missing without an earlier year.
    """
    if past.empty:
        return np.nan, np.nan
    first, *later = sorted(past.year.unique())
    known = pd.concat([_errors(past, year) for year in later or [first]])
    usable = known.replace([np.inf, -np.inf], np.nan).dropna()
    if later or usable.empty:
        return usable.quantile(TAIL), usable.quantile(1 - TAIL)
    rank = min(np.ceil(INTERVAL * (len(usable) + 1)), len(usable))
    most = usable.abs().sort_values().iloc[int(rank) - 1]
    return -most, most


def _errors(past: pd.DataFrame, year: int) -> pd.Series:
    then = past[past.year == year]
    reading = chosen_readings(past[past.year < year], then.index)
    return (then.rest_nok - picked(then[[*Reading]], reading)) / then.scale_nok


def total(forecasts: pd.DataFrame) -> pd.Series:
    """The lines' forecasts together: NOK of the sum and its interval, the lines' errors taken as independent."""
    middle = forecasts.model_nok.sum(skipna=False)
    below = np.sqrt(((forecasts.model_nok - forecasts.low_nok) ** 2).sum(skipna=False))
    above = np.sqrt(((forecasts.high_nok - forecasts.model_nok) ** 2).sum(skipna=False))
    return pd.Series({"model_nok": middle, "low_nok": middle - below, "high_nok": middle + above})
