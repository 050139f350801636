"""What each way of reading a ledger says of the rest of the year.

steady: the median of five methods that see trend and season, one-off months spread over their year. The median of
unlike methods is more often near than any one of them.
quiet: the median of three that see a level only, one-off months left out: with few months left, none is likely.
calendar: the same months last year, grown. For a line whose months are fixed: pay, yearly settlements.
commitments: the invoices that suppliers' rhythms make expected, and last year's remainder of all that has no rhythm.
For a line of few large invoices: licences.
"""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.ledger.commitments import SERIES, by_line, expected_invoices
from rorikt_lib.ledger.forecast import methods
from rorikt_lib.ledger.forecast.history import MONTHS, by_month, known_at
from rorikt_lib.ledger.forecast.one_offs import with_one_offs_spread, without_one_offs
from rorikt_lib.ledger.forecast.smoothing import damped_trend, damped_trend_and_season
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.period import shift

Method = Callable[[pd.DataFrame, int], pd.Series]
SMOOTHED = (damped_trend, damped_trend_and_season)
STEADY = (*SMOOTHED, methods.level_of_year, methods.level_so_far, methods.last_year_grown)
QUIET = (methods.level_of_year, methods.level_so_far, methods.average_month)


def readings(history: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """One row per line: the readings that need no suppliers, NOK of the months left.

    Also the two smoothed forecasts by themselves (column = name of the method), as they are what costs time.
    """
    steady = _each(STEADY, with_one_offs_spread(history), ahead)
    quiet = _each(QUIET, without_one_offs(history), ahead)
    return steady[[method.__name__ for method in SMOOTHED]].assign(
        steady=steady.median(axis=1), quiet=quiet.median(axis=1), calendar=methods.last_year_grown(history, ahead)
    )


def commitments(postings: pd.DataFrame, month: str) -> pd.Series:
    """NOK per line of the months left: expected invoices, and last year's remainder of all that has no rhythm.

    A supplier with a rhythm now is forecast by it alone. So is one that had a rhythm at the same time last year: what
    is not expected of it again has come already, or has ended. postings: those that count.
    """
    expected = expected_invoices(postings, Kind.OPERATING, month)
    once_expected = expected_invoices(postings, Kind.OPERATING, shift(month, -MONTHS))
    rhythmic = pd.MultiIndex.from_frame(pd.concat([expected[SERIES], once_expected[SERIES]]))
    has_rhythm = pd.MultiIndex.from_frame(postings[SERIES]).isin(rhythmic)
    others = postings[["line", "period"]].assign(amount_nok=postings.amount_nok.where(~has_rhythm, 0.0))
    booked = by_month(others, "line")
    others = methods.last_year_remainder(known_at(booked, month), MONTHS - int(month[5:]))
    return others.add(by_line(expected), fill_value=0.0)


def _each(tried: tuple[Method, ...], history: pd.DataFrame, ahead: int) -> pd.DataFrame:
    return pd.DataFrame({method.__name__: method(history, ahead) for method in tried}, index=history.index)
