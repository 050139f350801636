"""Small counts that could tell of one person are hidden, and with them what they could be worked out from.

Cell suppression as statistics offices do it: first the counts above none and below the limit, then the smallest of the
others, until the total less what is shown no longer tells any of them.
"""

import pandas as pd


def hidden_rows(counts: pd.DataFrame, below: int | None) -> pd.Series:
    """Which rows are hidden, whole: none where `below` is missing.

    counts: one row per member, whose total over the members a reader knows; what is missing is not known to anybody.
    """
    hidden = pd.Series(False, index=counts.index)
    if below is None:
        return hidden
    counts = counts.fillna(0)
    hidden |= _small(counts, below).any(axis=1)
    size = counts.sum(axis=1)
    # The smallest first; those of none last, as they hide the least.
    others = size[~hidden].replace(0, float("inf")).sort_values(kind="stable").index
    for member in others if hidden.any() else []:
        if _is_safe(counts[hidden], below):
            break
        hidden[member] = True
    return hidden


def hidden_counts(counts: pd.DataFrame, below: int | None) -> pd.DataFrame:
    """Which cells are hidden of a table whose columns each have a total of their own, as months have."""
    return pd.DataFrame({name: hidden_rows(counts[[name]], below) for name in counts}, index=counts.index)


def _small(counts: pd.DataFrame, below: int) -> pd.DataFrame:
    return (counts > 0) & (counts < below)


def _is_safe(hidden: pd.DataFrame, below: int) -> bool:
    """Whether each small count among the hidden ones may as well be one that is not small.

    A reader knows their sum, and that those of two or more have one each at least.
    """
    several = (hidden > 0).sum()
    room = hidden.sum() - several >= below - 1
    return bool((~_small(hidden, below).any() | ((several > 1) & room)).all())
