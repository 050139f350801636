"""How far each reading is trusted, for the lines and for their sum: by how they did in the same month of earlier years.

Every forecast, also of the earlier years that the interval is measured by, is made from the years before it alone.
"""

import numpy as np
import pandas as pd

from rorikt_lib.terms.enums import Reading
from rorikt_lib.terms.fields import SUM

# What lines are read by, and what a whole ledger is read by instead where that has less than CLEARLY of their error.
LEVELS, OF_LEDGER, CLEARLY = [Reading.STEADY, Reading.QUIET], [Reading.CALENDAR, Reading.COMMITMENTS], 0.5
OF_LINES = [*LEVELS, Reading.COMMITMENTS]
# Commitments see other things than levels do, and count so much before anything is tried; both levels share the rest.
# That weighs as much as so many forecasts tried; and so does what the ledger's lines together show, for each line.
OF_COMMITMENTS, HELD = 1 / 6, 15
# An error counts up to so many times the line's unevenness.
MOST = 3.0
# The sum's own forecast counts for half, when it has been tried on so many years.
LEAST_YEARS, OWN = 3, 0.5
TAIL = 0.1
INTERVAL = 1 - 2 * TAIL
# Student's t, 90th percentile, of 1, 2 … years; the last is the normal distribution's.
STUDENT = (3.08, 1.89, 1.64, 1.53, 1.48, 1.44, 1.41, 1.40, 1.38, 1.37, 1.28)
# The median absolute error of a normal distribution, in standard deviations.
NORMAL_MEDIAN = 0.6745
# The sum's interval leans half of the way when it has been tried on so many years.
LEAN = 5


def weights(past: pd.DataFrame, lines: pd.Index) -> pd.DataFrame:
    """How much each reading (columns) counts for each line (rows), together 1. past: see outlook.past_outlooks.

    Least squares of the errors, each by its line's unevenness: for all lines and years together how much quiet counts
    beside commitments, and then for each line, drawn towards it; see HELD. Or one reading for all; see OF_LEDGER.
    Without an earlier year, past is empty, and a year is taken to go as the one before.
    """
    tried = past[(past.index != SUM) & (past.scale_nok > 0)] if len(past) else past
    total = tried[[*Reading]].sub(tried.rest_nok, axis=0).abs().sum() if len(tried) else pd.Series(0.0, [*Reading])
    if tried.empty or total[OF_LEDGER].min() < CLEARLY * total[LEVELS].min():
        return pd.DataFrame({name: float(name == total[OF_LEDGER].idxmin()) for name in Reading}, index=lines)
    by_scale = tried[[*OF_LINES, "rest_nok"]].div(tried.scale_nok, axis=0)
    apart = by_scale.sub(by_scale[Reading.STEADY], axis=0).clip(-MOST, MOST)
    moved, missed = apart[OF_LINES[1:]].to_numpy(), apart.rest_nok.to_numpy()
    size = HELD * np.maximum((moved**2).mean(axis=0), np.finfo(float).eps)
    left = 1 - OF_COMMITMENTS
    missed_by_levels = missed - OF_COMMITMENTS * moved[:, 1]
    quiet = (moved[:, 0] @ missed_by_levels + size[0] * left / 2) / (moved[:, 0] @ moved[:, 0] + size[0])
    # A line that is gone counts for the ledger only: its place is after the last.
    place = lines.get_indexer(tried.index)
    squares, products = np.zeros((len(lines) + 1, 2, 2)), np.zeros((len(lines) + 1, 2))
    np.add.at(squares, place, moved[:, :, None] * moved[:, None, :])
    np.add.at(products, place, moved * missed[:, None])
    held = size * [np.clip(quiet, 0, left), OF_COMMITMENTS]
    others = np.linalg.solve(squares + np.diag(size), (products + held)[:, :, None])[:-1, :, 0].clip(0, 1)
    others = others / np.maximum(others.sum(axis=1, keepdims=True), 1)
    found = pd.DataFrame(np.column_stack([1 - others.sum(axis=1), others]), index=lines, columns=OF_LINES)
    return found.reindex(columns=[*Reading], fill_value=0.0)


def rest(now: pd.DataFrame, past: pd.DataFrame) -> pd.Series:
    """NOK of the months left per line, and SUM, which is what they add up to. now: one outlook. past: see `weights`.

    The sum by itself is midway between its trend with season and its last year's remainder. What that is above or below
    the lines is divided among them by their unevenness; see OWN.
    """
    lines = now.drop(index=SUM)
    found = (lines[[*Reading]] * weights(past, lines.index)).sum(axis=1, skipna=False)
    if len(past) and past.year.nunique() >= LEAST_YEARS and lines.scale_nok.sum() > 0:
        own = now.loc[SUM, ["damped_trend_and_season", Reading.CALENDAR]].mean()
        found += OWN * (own - found.sum()) * lines.scale_nok.fillna(0.0) / lines.scale_nok.sum()
    return pd.concat([found, pd.Series({SUM: found.sum(skipna=False)})])


def errors(past: pd.DataFrame) -> pd.Series:
    """(actual − forecast) ÷ scale per line and SUM of the past outlooks, had each been forecast by those before it.

    The first year, forecast untried, says less of how forecasts do now, and counts only where there is no other.
    """
    first, *later = sorted(past.year.unique())
    then = [past[past.year == year] for year in later or [first]]
    found = [(of.rest_nok - rest(of, past[past.year < of.year.iloc[0]])) / of.scale_nok for of in then]
    return pd.concat(found).replace([np.inf, -np.inf], np.nan).dropna()


def forecast(now: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """One row per line, and SUM: NOK of the whole year (model_nok), an 80 % interval (low_nok, high_nok), and the
    reading that counts for most.

    now, past: see `rest`. The intervals hold the forecast itself, and are missing without an earlier year to try on:
    nobody knows how good the forecast is.
    """
    model = now.so_far_nok + rest(now, past)
    reading = weights(past, now.index.drop(SUM)).idxmax(axis=1).reindex(now.index)
    tails = pd.DataFrame(np.nan, index=now.index, columns=["below", "above"])
    if len(past):
        known = errors(past)
        own, each = known[known.index == SUM], known[known.index != SUM]
        tails[:] = np.outer(now.scale_nok, line_tails(each))
        tails.loc[SUM] = sum_tails(own * now.scale_nok[SUM], tails.drop(index=SUM))
    limits = {"low_nok": model + tails.below, "high_nok": model + tails.above}
    return pd.DataFrame({"model_nok": model, **limits, "reading": reading})


def line_tails(each: pd.Series) -> tuple[float, float]:
    """The 10th and 90th percentile of the errors of all lines and years together, below and above no error."""
    return min(each.quantile(TAIL), 0.0), max(each.quantile(1 - TAIL), 0.0)


def sum_tails(own: pd.Series, lines: pd.DataFrame) -> tuple[float, float]:
    """NOK below and above the sum. own: the past sums' errors, one a year; lines: below and above of each line.

    From the past sums' median absolute error, as one bad year is not to widen all to come, and as wide as so few years
    allow (Student's t); the lines together, each erring by itself, count as one year more. Leans as the past sums'
    errors do; see LEAN.
    """
    years = len(own)
    lean = own.sum() / (years + LEAN)
    spread = (own - lean).abs().median() / NORMAL_MEDIAN if years else 0.0
    independent = np.sqrt((((lines.above - lines.below) / 2 / STUDENT[-1]) ** 2).sum())
    half = STUDENT[min(years, len(STUDENT) - 1)] * np.sqrt((years * spread**2 + independent**2) / (years + 1))
    return min(lean - half, 0.0), max(lean + half, 0.0)
