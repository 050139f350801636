"""Months that stand out once: what to learn from them."""

import numpy as np
import pandas as pd

# A month stands out when it lies this many ordinary deviations (1.4826 × the median one) from the months around it.
LIMIT = 4.0
AROUND = 6


def without_one_offs(history: pd.DataFrame) -> pd.DataFrame:
    """The history with each one-off month brought in to the limit of what is ordinary for its line.

    What comes back about a year later or earlier (11 to 13 months), in the same direction, is no one-off: a yearly
    licence is kept whole.
    """
    ordinary, limit = _ordinary(history)
    above = history.to_numpy(float) - ordinary
    once = (np.abs(above) > limit) & (limit > 0)
    once &= ~_comes_back(np.sign(above) * once)
    return history.mask(once, ordinary + np.sign(above) * limit)


def with_one_offs_spread(history: pd.DataFrame) -> pd.DataFrame:
    """The history with what is out of the ordinary in a one-off month spread evenly over the twelve around it.

    Most such months make up for what was booked late or early, so the year's level is kept.
    """
    rest = without_one_offs(history)
    excess = (history - rest).to_numpy(float)
    spread, months = rest.to_numpy(float, copy=True), history.shape[1]
    for month in np.flatnonzero((excess != 0).any(axis=0)):
        start = max(min(month - AROUND, months - 2 * AROUND), 0)
        window = slice(start, min(start + 2 * AROUND, months))
        spread[:, window] += excess[:, [month]] / (window.stop - window.start)
    return pd.DataFrame(spread, index=history.index, columns=history.columns)


def _ordinary(history: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The median of the months around each month, and how far from it is ordinary for the line."""
    width = 2 * AROUND + 1
    ordinary = history.T.rolling(width, center=True, min_periods=1).median().T.to_numpy(float)
    deviation = np.median(np.abs(history.to_numpy(float) - ordinary), axis=1, keepdims=True)
    return ordinary, LIMIT * 1.4826 * deviation


def _comes_back(direction: np.ndarray) -> np.ndarray:
    back = np.zeros(direction.shape, dtype=bool)
    for by in (11, 12, 13):
        same = direction[:, by:] * direction[:, :-by] > 0
        back[:, by:] |= same
        back[:, :-by] |= same
    return back
