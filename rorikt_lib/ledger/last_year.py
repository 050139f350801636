"""Invoices that come in the same month every year: which of last year's are still to come, and at what price.

Invoices by month as in `rhythm`, with the first column a January.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from rorikt_lib.ledger.rhythm import ALIKE, MOSTLY, alike, first, is_sparse, months_between

# One odd invoice may not move a series' price further than this in a year.
GROWTH_LIMIT = 0.2


class Pairs(NamedTuple):
    """Invoices of one year paired with those of the next; arrays shaped as the invoices.

    later: the amount that followed an invoice a year on, 0 where none has. earlier: the amount it followed itself.
    late: months since it ought to have been followed at the latest; 0 or less where there is still time.
    """

    later: np.ndarray
    earlier: np.ndarray
    late: np.ndarray


def paired(invoices: np.ndarray) -> Pairs:
    """Each invoice and the one a year on: in the same month, else a little early or late; those alike first.

    A little is less than half the interval of the series, and two months at most.
    """
    tolerance = ((months_between(invoices) - 1) // 2).clip(0, 2)[:, None]
    later, earlier, free = np.zeros_like(invoices), np.zeros_like(invoices), invoices.copy()
    for of_any_size in (False, True):
        for shifted in (0, -1, 1, -2, 2):
            now = free[:, 12 + shifted :]
            width = now.shape[1]
            then = invoices[:, :width]
            match = (then > 0) & (now > 0) & (later[:, :width] == 0) & (tolerance >= abs(shifted))
            match &= of_any_size | alike(now, then)
            later[:, :width][match] = now[match]
            earlier[:, 12 + shifted :][match] = then[match]
            now[match] = 0.0
    return Pairs(later, earlier, invoices.shape[1] - 13 - np.arange(invoices.shape[1]) - tolerance)


def still_to_come(invoices: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """The amount at which each invoice is expected a year on; 0 where it is not, or has been followed.

    Expected again is an invoice that followed one, at no more than 1.5 times that one's amount, and on lines where
    first invoices return (`_first_ones_return`) one from before its series was a year old. Other invoices that
    followed none are extra deliveries. `lines`: the line of each row.
    """
    pairs = paired(invoices)
    is_new = np.arange(invoices.shape[1]) - 12 < first(invoices)[:, None]
    returns = is_new & _first_ones_return(invoices, is_new, pairs, lines)[:, None]
    expected = np.where(pairs.earlier > 0, np.minimum(invoices, ALIKE * pairs.earlier), invoices * returns)
    is_open = (pairs.later == 0) & (pairs.late <= 0)
    return np.where(is_open, expected, 0.0) * (1 + _growth(invoices, pairs, lines)[:, None])


def keeps_calendar(invoices: np.ndarray) -> np.ndarray:
    """Whether most invoices of two years that ought to have been followed a year on, were, by one alike.

    Three at least, in a series of more than two a year. With two or fewer, having none to judge by is enough.
    """
    pairs = paired(invoices)
    is_due = (invoices > 0) & (pairs.late > 0) & (pairs.late <= 24)
    came = is_due & alike(pairs.later, invoices)
    enough = np.where(is_sparse(invoices), 0, 3)
    return (is_due.sum(axis=1) >= enough) & (came.sum(axis=1) >= MOSTLY * is_due.sum(axis=1))


def _first_ones_return(invoices: np.ndarray, is_new: np.ndarray, pairs: Pairs, lines: np.ndarray) -> np.ndarray:
    """Per row: whether at least half of its line's first invoices have been followed a year on.

    Judged by a year of those that ought to have been, in series of two a year or fewer: a purchase and a yearly
    licence look the same until then. Where there are none to judge by, and in series of more, they return.
    """
    sparse = is_sparse(invoices)
    is_judged = is_new & (invoices > 0) & (pairs.late > 0) & (pairs.late <= 12) & sparse[:, None]
    counts = pd.DataFrame({"judged": is_judged.sum(axis=1), "came": (is_judged & (pairs.later > 0)).sum(axis=1)})
    of_line = counts.groupby(lines).transform("sum")
    return (of_line.came >= of_line.judged / 2).to_numpy() | ~sparse


def _growth(invoices: np.ndarray, pairs: Pairs, lines: np.ndarray) -> np.ndarray:
    """Price growth per row: this year's invoices on last year's; else last year's; else the line's median now."""
    then = np.where(alike(pairs.later, invoices), invoices, 0.0)
    now = np.where(then > 0, pairs.later, 0.0)
    january = (invoices.shape[1] - 1) // 12 * 12
    this, before = (
        pd.Series(now[:, start : start + 12].sum(axis=1)) / then[:, start : start + 12].sum(axis=1)
        for start in (january - 12, january - 24)
    )
    of_line = this.groupby(lines).transform("median")
    return this.fillna(before).fillna(of_line).fillna(1).sub(1).clip(-GROWTH_LIMIT, GROWTH_LIMIT).to_numpy()
