"""What each way of reading a ledger says of the rest of the year.

steady: the median of five methods that see trend and season; only months far out of the ordinary are brought in. The
median of unlike methods is more often near than any one of them.
quiet: the median of three that see a level only, all one-off months brought in: with few months left, none is likely.
calendar: the same months last year. For what keeps to the calendar: yearly settlements, and a ledger's sum.
commitments: the invoices that suppliers' rhythms make expected, and last year's remainder of all that has no rhythm:
the line from its suppliers up. For a line of few large invoices: licences.
"""

import pandas as pd

from rorikt_lib.ledger.commitments import SERIES, by_line, expected_invoices
from rorikt_lib.ledger.forecast import methods
from rorikt_lib.ledger.forecast.history import MONTHS, by_month, known_at
from rorikt_lib.ledger.forecast.one_offs import without_one_offs
from rorikt_lib.ledger.forecast.smoothing import damped_trend, damped_trend_and_season
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.period import shift

SMOOTHED = (damped_trend, damped_trend_and_season)
STEADY = (*SMOOTHED, methods.level_of_year, methods.level_so_far, methods.last_year_grown)
QUIET = (methods.level_of_year, methods.level_so_far, methods.average_month)
# Far out of the ordinary: so many ordinary deviations, and as many median months.
FAR = {"limit": 6.0, "times": 2.0}


def readings(history: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """One row per line: the readings that need no suppliers, NOK of the months left; and the two smoothed forecasts."""
    trended, ordinary = without_one_offs(history, **FAR), without_one_offs(history)
    steady = pd.DataFrame({method.__name__: method(trended, ahead) for method in STEADY})
    quiet = pd.DataFrame({method.__name__: method(ordinary, ahead) for method in QUIET})
    return steady[[method.__name__ for method in SMOOTHED]].assign(
        steady=steady.median(axis=1), quiet=quiet.median(axis=1), calendar=methods.last_year_remainder(history, ahead)
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
