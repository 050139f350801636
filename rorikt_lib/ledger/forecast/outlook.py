"""One month's outlook: every reading of the rest of the year, and, once the year is over, what it came to."""

import numpy as np
import pandas as pd

from rorikt_lib.ledger.forecast.combine import commitments, readings
from rorikt_lib.ledger.forecast.history import MONTHS, complete_years, known_at, this_year
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import year_of

# Changes from the same month a year before are looked at for as many months.
MONTHS_OF_CHANGES = 24


def outlook(booked: pd.DataFrame, postings: pd.DataFrame, month: str) -> pd.DataFrame | None:
    """One row per line, and SUM: the lines' sum as a series of its own; None without a complete earlier year.

    From what was booked up to `month` and nothing after. booked: see history.by_month. postings: with supplier_id, for
    the commitments. Columns: year, what `readings` gives, commitments, so_far_nok, rest_nok (what the months after came
    to, in full only for a year that is over), and scale_nok (see `scale`). All NOK.
    """
    if not has_history(booked, month):
        return None
    lines, ahead = known_at(booked, month), MONTHS - int(month[5:])
    invoices = commitments(postings, month).reindex(lines.index, fill_value=0.0)
    later = booked.loc[:, (booked.columns > month) & booked.columns.str.startswith(month[:4])].sum(axis=1)
    history = with_sum(lines)
    known = {"commitments": with_sum(invoices), "so_far_nok": this_year(history, ahead), "rest_nok": with_sum(later)}
    return readings(history, ahead).assign(year=year_of(month), **known, scale_nok=scale(history, ahead))


def with_sum(lines: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """The lines, and after them SUM, what they add up to."""
    total = lines.sum(axis=0)
    summed = total.rename(SUM).to_frame().T if isinstance(lines, pd.DataFrame) else pd.Series({SUM: total})
    return pd.concat([lines, summed]).rename_axis(lines.index.name)


def has_history(booked: pd.DataFrame, month: str) -> bool:
    """Whether the month has postings, and there is a complete year before its own."""
    is_known = month in booked.columns and booked[month].notna().any()
    return is_known and any(year < year_of(month) for year in complete_years(booked.loc[:, :month]))


def scale(history: pd.DataFrame, ahead: int) -> pd.Series:
    """NOK per line: how uneven it is, for as many months: the mean change from the same month a year before × √months.

    Errors are compared between lines, and with earlier years', by it.
    """
    changes = history - history.shift(MONTHS, axis=1)
    return changes.iloc[:, -MONTHS_OF_CHANGES:].abs().mean(axis=1) * np.sqrt(ahead)


def past_outlooks(booked: pd.DataFrame, postings: pd.DataFrame, month: str) -> pd.DataFrame:
    """The outlooks of the same month of every earlier year that is over, one after another: what to choose by."""
    earlier = [f"{year}{month[4:]}" for year in complete_years(booked) if year < year_of(month)]
    found = [outlook(booked.loc[:, : f"{m[:4]}-12"], postings, m) for m in earlier]
    return pd.concat([table for table in found if table is not None] or [pd.DataFrame()])
