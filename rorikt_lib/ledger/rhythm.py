"""The rhythm of invoices: monthly, quarterly, or none; how often they come and whether they still do.

Every function takes invoices by month: a row per series (one supplier on one line), a column per month without
gaps, the last of them the report's. Amounts are positive, 0 where there is no invoice; every row has one.
"""

import numpy as np
import pandas as pd

# Two invoices are alike when neither is more than this many times the other.
ALIKE = 1.5
# The part of its months, or of its invoices, that must fit for a series to be regular.
MOSTLY = 0.75


def first(invoices: np.ndarray) -> np.ndarray:
    """The column of each row's first invoice, 0 where a row has none."""
    return (invoices > 0).argmax(axis=1)


def last(invoices: np.ndarray) -> np.ndarray:
    """The column of each row's last invoice."""
    return invoices.shape[1] - 1 - first(invoices[:, ::-1])


def usual(invoices: np.ndarray) -> np.ndarray:
    """The median invoice of each row, missing where it has none."""
    in_order = np.sort(np.where(invoices > 0, invoices, np.inf), axis=1)
    count, row = (invoices > 0).sum(axis=1), np.arange(len(invoices))
    middle = (
        in_order[row, (count - 1).clip(min=0) // 2] + in_order[row, (count // 2).clip(max=invoices.shape[1] - 1)]
    ) / 2
    return np.where(count > 0, middle, np.nan)


def usual_lately(invoices: np.ndarray) -> np.ndarray:
    """The median of each row's last three invoices."""
    order = (invoices[:, ::-1] > 0).cumsum(axis=1)[:, ::-1]
    return usual(np.where(order <= 3, invoices, 0.0))


def alike(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether two amounts are of one size, element by element; no invoice is like none."""
    return (one > 0) & (one <= other * ALIKE) & (other <= one * ALIKE)


def months_between(invoices: np.ndarray) -> np.ndarray:
    """Months per invoice in the last two years; for a younger series since its first, but a year at least."""
    recent = invoices[:, -24:]
    return (recent.shape[1] - first(recent)).clip(min=12) / (recent > 0).sum(axis=1).clip(min=1)


def is_sparse(invoices: np.ndarray) -> np.ndarray:
    """Whether there are two invoices a year or fewer."""
    return months_between(invoices) >= 6


def is_alive(invoices: np.ndarray) -> np.ndarray:
    """Whether the series has been silent for less than three months, or less than two of its longest intervals.

    Intervals of the last two years count; a single invoice is taken for a yearly one.
    """
    silent = invoices.shape[1] - 1 - last(invoices)
    row, gaps = _gaps(invoices[:, -24:])
    longest = gaps.groupby(row).max().reindex(range(len(invoices))).fillna(12)
    return silent < (2 * longest).clip(lower=3).to_numpy()


def is_stable(invoices: np.ndarray) -> np.ndarray:
    """Whether most invoices are alike the median one, which hours of work seldom are."""
    return alike(invoices, usual(invoices)[:, None]).sum(axis=1) >= MOSTLY * (invoices > 0).sum(axis=1)


def is_monthly(invoices: np.ndarray) -> np.ndarray:
    """Whether most of the last twelve months, and one of the last three, have an invoice, and most are alike.

    A younger series needs one in every month since its first, and three months.
    """
    recent = invoices[:, -12:]
    months = (invoices.shape[1] - first(invoices)).clip(max=12)
    enough = np.where(months < 12, months.clip(min=3), MOSTLY * 12)
    is_lately = (recent[:, -3:] > 0).any(axis=1)
    return is_lately & ((recent > 0).sum(axis=1) >= enough) & is_stable(recent)


def is_quarterly(invoices: np.ndarray) -> np.ndarray:
    """Whether the last twelve months have three invoices or more, two to four months apart, most of them alike."""
    recent = invoices[:, -12:]
    row, gaps = _gaps(recent)
    uneven = np.bincount(row, weights=gaps.notna() & ~gaps.between(2, 4), minlength=len(recent))
    return ((recent > 0).sum(axis=1) >= 3) & (uneven == 0) & is_stable(recent)


def _gaps(invoices: np.ndarray) -> tuple[np.ndarray, pd.Series]:
    """The row of each invoice, and the months since the one before it in that row."""
    row, column = np.nonzero(invoices)
    return row, pd.Series(column).groupby(row).diff()


def extras(invoices: np.ndarray) -> np.ndarray:
    """What each month has above the usual invoice of a monthly series, where that is an invoice of its own.

    Usual is the median of the twelve months, counted from the first column, that it is among. What the months before
    and after fall short is taken off first: an invoice booked late, or twice and reversed, is nothing extra.
    """
    years = (invoices[:, start : start + 12] for start in range(0, invoices.shape[1], 12))
    levels = [np.repeat(usual(year)[:, None], year.shape[1], axis=1) for year in years]
    level = np.nan_to_num(np.hstack(levels))
    short = np.pad((invoices - level).clip(max=0), ((0, 0), (1, 1)))
    extra = invoices - level + short[:, :-2] + short[:, 2:]
    return np.where(extra > (ALIKE - 1) * level, extra, 0.0)
