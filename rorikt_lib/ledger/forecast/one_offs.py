"""Months that stand out once: what to learn from them."""

import numpy as np
import pandas as pd

# A month stands out when it lies so many ordinary deviations (1.4826 × the median one) from the months around it.
LIMIT = 4.0
AROUND = 6


def without_one_offs(history: pd.DataFrame, limit: float = LIMIT, times: float = 0.0) -> pd.DataFrame:
    """The history with each one-off month brought in to the limit of what is ordinary for its line.

    limit: in ordinary deviations. times: and at least so many times the line's median month from those around it.
    What comes back about a year later or earlier (11 to 13 months), in the same direction, is no one-off: a yearly
    licence is kept whole.
    """
    months = history.to_numpy(float)
    ordinary = _around(history)
    deviation = 1.4826 * np.median(np.abs(months - ordinary), axis=1, keepdims=True)
    most = np.maximum(limit * deviation, times * np.abs(np.median(months, axis=1, keepdims=True)))
    above = months - ordinary
    once = (np.abs(above) > most) & (deviation > 0)
    once &= ~_comes_back(np.sign(above) * once)
    return history.mask(once, ordinary + np.sign(above) * most)


def _around(history: pd.DataFrame) -> np.ndarray:
    """The median of the months around each month."""
    width = 2 * AROUND + 1
    return history.T.rolling(width, center=True, min_periods=1).median().T.to_numpy(float)


def _comes_back(direction: np.ndarray) -> np.ndarray:
    back = np.zeros(direction.shape, dtype=bool)
    for by in (11, 12, 13):
        same = direction[:, by:] * direction[:, :-by] > 0
        back[:, by:] |= same
        back[:, :-by] |= same
    return back
