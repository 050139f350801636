"""A printed list's sums recomputed from its rows."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from rorikt_lib.sharing.audit import COLUMNS, as_findings
from rorikt_lib.terms.fields import SUM

_PERCENT = r"(?i)percent|prosent|%"


def audit_list(rows: pd.DataFrame) -> pd.DataFrame:
    """As sharing.audit.audit, of a list of amounts: each sum against the rows since the one before it, by column.

    rows: see sources.printed_list.read_list. A list that begins with its sum has its rows below it, up to one of
    percents. The sum's column stands as item, its name as category.
    """
    parts = []
    for column, of in rows.groupby("column", sort=False):
        before, found = 0, []
        for total in of[of.is_total.astype(bool)].itertuples():
            own = _added(of, total.line, before)
            before = total.line
            if len(own):
                slack = Fraction(len(own) + 1, 2)
                found.append(("total", total.name, column, SUM, total.printed_nok, sum(own.printed_nok), slack))
        parts.append(as_findings(found, [*of[~of.name.str.contains(_PERCENT)].printed_nok]))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _added(of: pd.DataFrame, line: int, before: int) -> pd.DataFrame:
    """The rows that a sum on `line` adds up; `before`: the line of the sum before it."""
    if line != of.line.min():
        return of[(of.line > before) & (of.line < line)]
    below = of[of.line > line]
    ends = below.line[below.name.str.contains(_PERCENT) | below.is_total.astype(bool)]
    return below[below.line < ends.min()] if len(ends) else below
