"""The forecast tried on the years of a ledger: what each method would have given, beside what the year came to."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast import accuracy, methods
from rorikt_lib.ledger.forecast.choose import forecast
from rorikt_lib.ledger.forecast.combine import SMOOTHED
from rorikt_lib.ledger.forecast.history import MONTHS, by_month, complete_years, known_at
from rorikt_lib.ledger.forecast.outlook import outlook, with_sum
from rorikt_lib.terms.enums import Kind, Method, Reading
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import last_period

KNOWN_MONTHS = (3, 6, 9)
# What anyone would try first: shown beside the chosen forecast.
CLASSICAL = (
    methods.run_rate, methods.last_year_remainder, methods.three_year_remainder, methods.last_year_phasing,
    methods.three_year_phasing,
)  # fmt: skip
# One year to forecast from, and one to choose and measure by.
YEARS_BEFORE = 2


def lines_to_try(booked: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """The lines with postings in every complete year, of one sign; and why each other line is left out.

    A line that changes between cost and income has no percentage error to speak of.
    """
    years = complete_years(booked)
    months = booked.loc[:, booked.columns.str[:4].astype(int).isin(years)]
    per_year = months.T.groupby(months.columns.str[:4]).sum().T.round(2)
    gap = (per_year == 0).any(axis=1)
    mixed = ~gap & (per_year.gt(0).any(axis=1) & per_year.lt(0).any(axis=1))
    reasons = dict.fromkeys(booked.index[gap], "a year without postings")
    reasons |= dict.fromkeys(booked.index[mixed], "cost in some years, income in others")
    return booked[~gap & ~mixed], reasons


def booked_until(postings: pd.DataFrame, years: list[int] | None) -> pd.DataFrame:
    """The postings up to the last of the years: a line that ended later was still there to be forecast."""
    return postings if not years else postings[postings.period <= last_period(f"{max(years)}-12")]


def years_to_try(booked: pd.DataFrame) -> list[int]:
    """The complete years that have two complete years before them; where none has, those that have one."""
    years = complete_years(booked)
    return years[YEARS_BEFORE:] or years[1:]


def backtest(
    postings: pd.DataFrame, years: list[int] | None = None, progress: Callable[[int, int], None] = lambda done, of: None
) -> pd.DataFrame:
    """One row per line (and SUM), year, known_months and method: forecast_nok and actual_nok of the whole year.

    And low_nok and high_nok of the chosen forecast. SUM: of the chosen forecast what its lines add up to, of other
    methods what they say of the sum as a series of its own.
    postings: as clean postings; see `lines_to_try` for what is left out. Every
    forecast, the choice of method and the interval come from the months before it alone. years: default
    years_to_try; what was booked after the last of them plays no part. InputError where there are too few years.
    progress: called with outlooks done, and how many.
    """
    booked, _ = lines_to_try(by_month(booked_until(postings, years), "line"))
    tried = years if years is not None else years_to_try(booked)
    if not tried or booked.empty or not set(tried).issubset(complete_years(booked)[1:]):
        raise InputError("too few complete years to try a forecast on", remedy="give a ledger of three years or more")
    made, by_supplier = {}, _by_supplier(postings[postings.line.isin(booked.index)])
    asked = [(year, known) for year in complete_years(booked)[1:] for known in KNOWN_MONTHS]
    for year, known in asked:
        made[year, known] = outlook(booked.loc[:, : f"{year}-12"], by_supplier, f"{year}-{known:02d}")
        progress(len(made), len(asked))
    parts = [_trial(booked, made, year, known) for year in tried for known in KNOWN_MONTHS]
    return pd.concat(parts, ignore_index=True)


def _by_supplier(postings: pd.DataFrame) -> pd.DataFrame:
    """As postings that count, one per line, supplier and period: all that outlooks need, and little to hand around."""
    sums = postings.groupby(["line", "supplier_id", "period"], dropna=False, as_index=False).amount_nok.sum()
    return sums.assign(kind=Kind.OPERATING, is_duplicate=False, supplier_name=sums.supplier_id)


def _trial(booked: pd.DataFrame, made: dict[tuple[int, int], pd.DataFrame], year: int, known: int) -> pd.DataFrame:
    """The rows of one year and number of known months."""
    now = made[year, known]
    past = [table for (earlier, at), table in made.items() if at == known and earlier < year]
    chosen = forecast(now, pd.concat(past or [pd.DataFrame()]))
    actual = now.so_far_nok + now.rest_nok
    history = with_sum(known_at(booked, f"{year}-{known:02d}"))
    others = {method.__name__: method(history, MONTHS - known) for method in CLASSICAL}
    others |= {name: now[name] for name in [*Reading, *(method.__name__ for method in SMOOTHED)]}
    tables = [chosen.drop(columns="reading").rename(columns={"model_nok": "forecast_nok"}).assign(method=Method.CHOSEN)]
    for name, rest in others.items():
        tables.append(pd.DataFrame({"forecast_nok": now.so_far_nok + rest, "method": name}))
    table = pd.concat(tables).rename_axis("line").reset_index()
    return table.assign(actual_nok=table.line.map(actual), year=year, known_months=known)


def summary(trials: pd.DataFrame, *by: str) -> pd.DataFrame:
    """One row per method and number of known months (and each of `by`: line, year): wape, bias, and coverage of the
    80 % interval, of the lines.

    Shares. A method that is missing for a line or a year is measured on the rest of them.
    """
    return _measured(trials[trials.line != SUM], by)


def summary_of_sum(trials: pd.DataFrame, method: str = Method.CHOSEN) -> pd.DataFrame:
    """As `summary`, of the lines' sum by one method."""
    return _measured(trials[(trials.line == SUM) & (trials.method == method)], ())


def _measured(trials: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    keys = ["known_months", "method", *by]
    rows = []
    for key, of in trials.dropna(subset="forecast_nok").groupby(keys, sort=False):
        found, came = of.forecast_nok, of.actual_nok
        coverage = accuracy.coverage(of.low_nok, of.high_nok, came)
        rows.append((*key, accuracy.wape(found, came), accuracy.bias(found, came), coverage))
    return pd.DataFrame(rows, columns=[*keys, "wape", "bias", "coverage"])
