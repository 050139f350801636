"""Postings → NOK per line and month: the one form that every forecasting method reads."""

import numpy as np
import pandas as pd

from rorikt_lib.terms.period import months_of, shift, year_of

MONTHS = 12
MOST = 0.5


def by_month(postings: pd.DataFrame, line: str) -> pd.DataFrame:
    """NOK per line (rows; the values of column `line`) and month YYYY-MM (columns), without gaps.

    Closing entries (13) count in month 12. A month in which no line has postings is missing, not zero; a line without
    postings in a month that others have is zero. Postings without a line are left out.
    """
    month = months_of(postings.period)
    booked = postings.pivot_table(index=line, columns=month, values="amount_nok", aggfunc="sum", fill_value=0.0)
    return booked.reindex(columns=_all_months(booked.columns)).rename_axis(columns="month")


def _all_months(months: pd.Index) -> list[str]:
    if months.empty:
        return []
    first, last = min(months), max(months)
    count = (year_of(last) - year_of(first)) * MONTHS + int(last[5:]) - int(first[5:])
    return [shift(first, by) for by in range(count + 1)]


def for_lines(booked: pd.DataFrame, lines: list[str]) -> pd.DataFrame:
    """The history of just these lines, in their order; a line without postings is zero, a missing month missing."""
    is_missing = booked.isna().all()
    return booked.reindex(lines).fillna(0.0).mask(is_missing, axis=1)


def fiscal_periods(periods: pd.Series, start: int) -> pd.Series:
    """Calendar periods YYYY-MM as those of the fiscal year that begins in calendar month `start`, 01 being that month.

    A fiscal year has the number of the calendar year it starts in. Closing entries (13) stay so in a calendar year; in
    any other they go with the December that they close.
    """
    if start == 1:
        return periods
    months = months_of(periods)
    return months.map({month: shift(month, 1 - start) for month in months.unique()})


def count_from(periods: pd.Series, posted_on: pd.Series, start: int) -> bool:
    """Whether the periods count from calendar month `start` already, whatever year they number it by.

    So they do where most of the dated postings carry the month that is `start` − 1 after their period's.
    """
    dated = posted_on.notna()
    after = posted_on[dated].dt.month - periods[dated].str[5:].astype(int).clip(upper=MONTHS)
    return start != 1 and bool((after % MONTHS == start - 1).mean() > MOST)


def complete_years(booked: pd.DataFrame) -> list[int]:
    """The years of which every month has postings, oldest first."""
    known = booked.columns[booked.notna().any()]
    months = pd.Series(known.str[:4].astype(int)).value_counts()
    return sorted(months.index[months == MONTHS])


def known_at(booked: pd.DataFrame, month: str) -> pd.DataFrame:
    """The history as it stood when `month` was closed: from the first month with postings up to it.

    A month that is missing in between is put halfway between its neighbours, so that it does not count as zero.
    """
    until = booked.loc[:, :month]
    filled = until.T.interpolate(limit_area="inside", axis=0).T
    return filled.dropna(axis=1)


def this_year(history: pd.DataFrame, ahead: int) -> pd.Series:
    """NOK per line booked so far in the year that has `ahead` months left."""
    return history.iloc[:, -(MONTHS - ahead) :].sum(axis=1)


def last_year(history: pd.DataFrame) -> np.ndarray:
    """NOK of the last twelve months, lines × months: the coming months' predecessors come first."""
    return history.iloc[:, -MONTHS:].to_numpy(float)
