"""Chapter 1.1 and the forecast's page: what was foretold, month by month, and how near it came."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pandas as pd

from rorikt_lib.ledger import bridge, costs, course, forecast_log, year_end
from rorikt_lib.ledger.forecast import backtest
from rorikt_lib.ledger.forecast.choose import total
from rorikt_lib.ledger.forecast.history import by_month, complete_years
from rorikt_lib.measures.economy import cost_table, model_forecast
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import shift, year_of
from rorikt_lib.workbook import Workbook

# The chosen forecast, and beside it what is simplest to try.
METHODS_SHOWN = [backtest.CHOSEN, "run_rate", "last_year_remainder"]


def model_bridge(book: Workbook) -> pd.DataFrame:
    """1.1: from last month's model forecast to this one, per line and SUM; see ledger.bridge.model_bridge.

    Last month's as the forecast log has it. No rows in January: December's forecast is of another year.
    """
    months = forecasts_by_month(book)
    before, now = (months[months.period == p] for p in (shift(book.month, -1), book.month))
    table = bridge.model_bridge(before, now)
    return table if table.empty else pd.concat([table, table.sum(numeric_only=True).to_frame().T.assign(line=SUM)])


def forecasts_by_month(book: Workbook) -> pd.DataFrame:
    """One row per operating line and month of the year so far: the forecasts made then; see forecast_rows.

    As the forecast log has them; those that it lacks (see unrecorded_months), and the report's own, from the ledger
    as it is now. in_hindsight: not what was said at the time.
    """
    return book.once("forecasts_by_month", lambda: _forecasts_by_month(book))


def _forecasts_by_month(book: Workbook) -> pd.DataFrame:
    kept = forecast_log.counting(book.forecast_log)
    kept = kept[kept.period.str.startswith(book.month[:4]) & (kept.period < book.month)]
    parts = [kept] if len(kept) else []
    parts += [forecast_rows(book.at(m)).assign(in_hindsight=True) for m in unrecorded_months(book)]
    parts.append(forecast_rows(book).assign(in_hindsight=False))
    table = pd.concat([part[part.kind == "operating"] for part in parts], ignore_index=True)
    return table.sort_values("period", kind="stable", ignore_index=True)


def forecast_totals(book: Workbook) -> pd.DataFrame:
    """One row per month of `forecasts_by_month`: NOK of all operating lines together, and the year's budget.

    booked_nok (so far), adopted_nok, model_nok and its 80 % interval (see ledger.forecast.choose.total); missing where
    a line's is.
    """
    budget = cost_table(book, "operating").set_index(costs.LINE["operating"]).budget_nok[SUM]
    rows = []
    for month, lines in forecasts_by_month(book).groupby("period"):
        sums = lines[["booked_nok", "adopted_nok"]].sum(skipna=False)
        told = {"month": month, "budget_nok": budget, "in_hindsight": bool(lines.in_hindsight.any())}
        rows.append(told | dict(sums) | dict(total(lines)))
    return pd.DataFrame(rows)


def adopted_changes(book: Workbook) -> pd.DataFrame:
    """One row per month of the year and operating line whose adopted forecast changed; see ledger.bridge.

    Since the last month before it that managers adopted forecasts in.
    """
    adopted, lines = book.table("adopted_forecasts"), costs.lines_of("operating", book.settings.ledger)
    is_known = (adopted.kind == "operating") & adopted.period.between(f"{book.month[:4]}-01", book.month)
    months = sorted(adopted.period[is_known].unique())
    parts = [
        bridge.adopted_bridge(adopted, "operating", now, before, lines).assign(month=now)
        for before, now in pairwise([shift(book.month, -1), book.month] if len(months) < 2 else months)
    ]
    return pd.concat(parts, ignore_index=True)


def unrecorded_months(book: Workbook) -> list[str]:
    """Earlier months of the year that the report looks back at, but the forecast log lacks.

    Those are the month before, and the months of which managers adopted a forecast.
    """
    adopted = book.table("adopted_forecasts")
    looked_at = {shift(book.month, -1), *adopted.period[adopted.kind == "operating"]}
    of_year = [m for m in course.months_in(year_of(book.month)) if m < book.month and m in looked_at]
    return [m for m in of_year if m not in set(book.forecast_log.period)]


def forecast_rows(book: Workbook) -> pd.DataFrame:
    """One row per line of both kinds: the month's forecasts as the log keeps them; see year_end.forecast_rows."""
    return book.once("forecast_rows", lambda: _forecast_rows(book))


def _forecast_rows(book: Workbook) -> pd.DataFrame:
    parts = []
    for kind in costs.LINE:
        table = cost_table(book, kind)
        if kind == "operating":
            rows = year_end.forecast_rows(book.table("postings"), table, model_forecast(book), book.month)
        else:
            rows = year_end.without_model(table)
        reasons = costs.reasons_of(book.table("adopted_forecasts"), kind, book.month)
        parts.append(rows.assign(kind=kind, period=book.month, reason=rows.line.map(reasons)))
    return pd.concat(parts, ignore_index=True)


def forecast_accuracy(book: Workbook) -> pd.DataFrame:
    """How near the logged operating forecasts of years that are over came; see ledger.forecast_log.accuracy."""
    log = forecast_log.counting(book.forecast_log)
    booked = course.booked_by_month(book.table("postings"), "operating")
    years = [y for y in complete_years(booked) if f"{y}-12" <= book.month]
    actual = [booked[course.months_in(y)].sum(axis=1).rename("actual_nok").reset_index().assign(year=y) for y in years]
    known = pd.concat(actual).rename(columns={"expense_type": "line"}) if actual else pd.DataFrame()
    if known.empty:
        return forecast_log.accuracy(log.head(0), pd.DataFrame(columns=["year", "line", "actual_nok"]))
    return forecast_log.accuracy(log[log.kind == "operating"], known)


def tried_forecast(book: Workbook) -> pd.DataFrame:
    """How the model would have done in earlier years, at 3, 6 and 9 known months; see ledger.forecast.backtest.

    No rows where there are not two complete years before the report's: nothing can be tried.
    """
    return book.once("tried_forecast", lambda: _tried_forecast(book))


def _tried_forecast(book: Workbook) -> pd.DataFrame:
    rows = costs.counted(book.table("postings"), "operating")
    earlier = rows[rows.period < book.month[:4]].rename(columns={"expense_type": "line"})
    if len(complete_years(by_month(earlier, "line"))) < 2:
        return pd.DataFrame()
    return backtest.backtest(earlier)


def tried_methods(book: Workbook) -> pd.DataFrame:
    """One row per known_months and method (METHODS_SHOWN): wape, bias and coverage of the lines tried."""
    return _tried(book, backtest.summary)


def tried_lines(book: Workbook) -> pd.DataFrame:
    """As `tried_methods`, one row per expense_type too; SUM: the chosen forecast of the lines together."""
    lines = _tried(book, lambda trials: backtest.summary(trials, "line"))
    table = pd.concat([lines, _tried(book, backtest.summary_of_sum).assign(line=SUM)], ignore_index=True)
    order = [*costs.lines_of("operating", book.settings.ledger), SUM]
    table = table.sort_values("line", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)
    return table.rename(columns={"line": costs.LINE["operating"]})


def _tried(book: Workbook, summary: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    trials = tried_forecast(book)
    if trials.empty:
        return pd.DataFrame(columns=["known_months", "method", "wape", "bias", "coverage"])
    return summary(trials[trials.method.isin(METHODS_SHOWN)])
