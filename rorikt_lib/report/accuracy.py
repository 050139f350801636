"""Prognoser: how near the forecasts came, how the model is made, and how it would have done in earlier years."""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.ledger import costs, course, forecast_log
from rorikt_lib.ledger.forecast import backtest
from rorikt_lib.ledger.forecast.history import by_month, complete_years
from rorikt_lib.present.sentences import accuracy as words
from rorikt_lib.report.declare import MONTH, Figure, Table, from_book, named
from rorikt_lib.report.economy import adopted_by_then, published_forecasts
from rorikt_lib.report.forecast import LATEST, forecasts_by_month, tried_years
from rorikt_lib.terms.enums import Kind, Method
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook, once

# What is simplest to try, beside the chosen forecast.
SIMPLEST = [Method.RUN_RATE, Method.LAST_YEAR_REMAINDER]


def forecast_accuracy(book: Workbook) -> pd.DataFrame:
    """How near the operating forecasts of years that are over came; see ledger.forecast_log.accuracy."""
    log = forecast_log.with_adopted(published_forecasts(book), adopted_by_then(book))
    booked = course.booked_by_month(book.table("postings"), Kind.OPERATING)
    years = [y for y in complete_years(booked) if f"{y}-12" <= book.month]
    actual = [booked[course.months_in(y)].sum(axis=1).rename("actual_nok").reset_index().assign(year=y) for y in years]
    known = pd.concat(actual) if actual else pd.DataFrame()
    if known.empty:
        return forecast_log.accuracy(log.head(0), pd.DataFrame(columns=["year", "line", "actual_nok"]))
    return forecast_log.accuracy(log[log.kind == Kind.OPERATING], known)


LOGGED = Table(
    "treffsikkerhet-kilde",
    forecast_accuracy,
    {"source": "source", "line": "expense_type", "months_left": "months_left"},
    named("forecast_accuracy", "years", "wape", "bias"),
)
_BY_SOURCE = ["adopted_wape", "adopted_bias", "model_wape", "model_bias"]
ACCURACY = Table(
    "treffsikkerhet",
    from_book(forecast_log.by_source, LOGGED),
    {"line": "expense_type", "months_left": "months_left", "years": "years"},
    named("forecast_accuracy", *_BY_SOURCE),
    if_known=_BY_SOURCE,
)


@once
def tried_forecast(book: Workbook) -> pd.DataFrame:
    """How the model would have done in earlier years, at 3, 6 and 9 known months; see ledger.forecast.backtest.

    No rows where there are not two complete years before the report's: nothing can be tried.
    """
    rows = costs.counted(book.table("postings"), Kind.OPERATING)
    earlier = rows[rows.period < book.month[:4]]
    if len(complete_years(by_month(earlier, "line"))) < 2:
        return pd.DataFrame()
    return backtest.backtest(earlier)


def _tried(book: Workbook, summary: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    trials = tried_forecast(book)
    if trials.empty:
        return pd.DataFrame(columns=["known_months", "method", "wape", "bias", "coverage"])
    return summary(trials[trials.method.isin([*Method])])


def tried_methods(book: Workbook) -> pd.DataFrame:
    """One row per known_months and method (those of terms.enums.Method): wape, bias and coverage of the lines tried."""
    return _tried(book, backtest.summary)


def tried_lines(book: Workbook) -> pd.DataFrame:
    """As `tried_methods`, one row per line too; SUM: the chosen forecast of the lines together."""
    lines = _tried(book, lambda trials: backtest.summary(trials, "line"))
    table = pd.concat([lines, _tried(book, backtest.summary_of_sum).assign(line=SUM)], ignore_index=True)
    order = [*costs.lines_of(Kind.OPERATING, book.settings.ledger), SUM]
    return table.sort_values("line", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)


def beside_the_simplest(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per line and known_months: wape and bias of the chosen forecast (method), and each other method's wape.

    lines: see `summary`, by line. The other methods' columns are called as they are.
    """
    keys, is_chosen = ["line", "known_months"], lines.method == Method.CHOSEN
    others = lines[~is_chosen].pivot(index=keys, columns="method", values="wape")
    return lines[is_chosen].set_index(keys)[["method", "wape", "bias"]].join(others).reset_index()


TRIAL = named("forecast_trial", "wape", "bias", "coverage")
METHODS = Table("metoder", tried_methods, ["method", "known_months"], TRIAL, if_known=["coverage"])
_BY = {"method": "method", "known_months": "known_months", "line": "expense_type"}
TRIED = Table("metoder-linje-alle", tried_lines, _BY, TRIAL)
LINES = Table(
    "metoder-linje",
    from_book(beside_the_simplest, TRIED),
    {"line": "expense_type", "known_months": "known_months"},
    {column: Figure(TRIAL[column], TRIED.by) for column in ("wape", "bias")}
    | named("forecast_trial", **{method: f"{method}_wape" for method in SIMPLEST}),
    if_known=SIMPLEST,
)

summary = from_book(words.summary, LOGGED)
tried_summary = from_book(words.tried_summary, METHODS, TRIED, tried_years)
left_out = from_book(words.left_out, forecasts_by_month, TRIED)
method = from_book(words.method, beside=LATEST.frame)
readings = from_book(words.readings, LATEST, MONTH)
