"""Small ledgers for the forecast's tests: histories by line and month, and the postings that make them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from builders import make_postings

from rorikt_lib.terms.period import shift


def months_until(end: str, count: int) -> list[str]:
    """The `count` months that end with `end`, oldest first."""
    return [shift(end, by) for by in range(1 - count, 1)]


def history_until(end: str, **lines: Sequence[float]) -> pd.DataFrame:
    """NOK per line and month, the last of them `end`; missing where the amount is nan."""
    count = len(next(iter(lines.values())))
    rows = np.array(list(lines.values()), dtype=float)
    columns = pd.Index(months_until(end, count), name="month")
    return pd.DataFrame(rows, index=pd.Index(lines, name="line"), columns=columns)


def noisy(end: str, count: int, lines: int = 3, seed: int = 1, spread: float = 0.2) -> pd.DataFrame:
    """A history of independent noise about a level of its own for each line."""
    draw = np.random.default_rng(seed)
    return history_until(
        end, **{f"line {n}": (100.0 * (n + 1) * (1 + spread * draw.normal(size=count))).round(2) for n in range(lines)}
    )


def postings_of(history: pd.DataFrame, supplier: str | None = None) -> pd.DataFrame:
    """Clean postings that add up to the history: one per line and month that is not missing, zeros too."""
    cells = history.stack().dropna()
    return make_postings(
        *({"line": line, "period": month, "amount_nok": amount, "supplier_id": supplier}
          for (line, month), amount in cells.items())
    )  # fmt: skip


def to_try(history: pd.DataFrame) -> pd.DataFrame:
    """The same as a ledger to try the forecast on: `line` instead of line."""
    return postings_of(history)
