"""Prognoser: the forecasts made through the year, in total and line by line, and what managers changed."""

from collections.abc import Callable
from itertools import pairwise

import pandas as pd

from rorikt_lib.ledger import bridge, costs, forecast_log
from rorikt_lib.present.charts import forecast_page as charts
from rorikt_lib.present.sentences import forecast_page as words
from rorikt_lib.report.declare import Chart, Figure, Table, from_book, named
from rorikt_lib.report.economy import COSTS, adopted_by_then
from rorikt_lib.report.forecast import forecasts_by_month
from rorikt_lib.terms.enums import Kind, Mark
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift
from rorikt_lib.workbook import Workbook

PREFIX = "operating_costs"
BY = {"month": "month", "line": "expense_type"}
MODELLED = ["model_nok", "low_nok", "high_nok"]
_MODEL = {"model_nok": "model_by_month", "low_nok": "model_low_by_month", "high_nok": "model_high_by_month"}
AMOUNTS = named(PREFIX, booked_nok="booked_by_month", adopted_nok="adopted_by_month", **_MODEL)


def forecast_history(book: Workbook) -> pd.DataFrame:
    """One row per month of the year so far and operating line (and SUM): NOK booked, and of the year as forecast then.

    See forecasts_by_month and ledger.forecast_log.sums. The model of December is what is booked.
    """
    lines = forecasts_by_month(book).rename(columns={"period": "month"})
    return pd.concat([lines, forecast_log.sums(lines)], ignore_index=True)


HISTORY = Table("prognosehistorikk", forecast_history, BY, AMOUNTS)


def forecast_totals(book: Workbook) -> pd.DataFrame:
    """One row per month of the year so far: NOK of all lines together, and the year's budget; no model in December.

    mark: hindsight, where the model's forecast was worked out afterwards.
    """
    rows = HISTORY.frame(book)
    totals = rows[rows.line == SUM].reset_index(drop=True)
    is_over = totals.month.map(is_year_end).astype(bool)
    return totals.assign(
        **totals[MODELLED].mask(is_over),
        mark=totals.in_hindsight.map({True: Mark.HINDSIGHT}).mask(is_over),
        budget_nok=COSTS.frame(book).set_index("line").budget_nok[SUM],
    )


MONTHS = Table(
    "prognoser-maned",
    forecast_totals,
    BY,
    AMOUNTS | {"budget_nok": Figure(f"{PREFIX}.budget", {"line": "expense_type"})},
    columns=["month", *AMOUNTS, "mark"],
    if_known=[*AMOUNTS, "mark"],
)
MONTHS_CHART = Chart("prognoser-maned", [MONTHS], charts.forecast_months, words.months_alt)
LINES_CHART = Chart("prognoser-linje", [HISTORY], charts.forecast_lines, words.lines_alt)


def where_known(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows in which a column is known."""
    return rows.dropna(subset=column)


def _line_by_month(key: str, column: str, rows: Callable[[Workbook], pd.DataFrame]) -> Table:
    """One forecast of each line in the months that it is known in."""
    return Table(
        key,
        from_book(where_known, rows, column),
        BY,
        {column: AMOUNTS[column]},
        columns=["line", "month", column],
        across="month",
        total=True,
    )


_FORESEEN = from_book(forecast_log.foreseen, HISTORY)
ADOPTED = _line_by_month("vedtatt-linje", "adopted_nok", HISTORY.frame)
MODEL = _line_by_month("modell-linje", "model_nok", _FORESEEN)


def adopted_changes(book: Workbook) -> pd.DataFrame:
    """One row per month of the year and operating line whose adopted forecast changed, newest month first.

    Since the last month before it that managers adopted forecasts in; see ledger.bridge.adopted_bridge.
    """
    adopted, lines = adopted_by_then(book), costs.lines_of(Kind.OPERATING, book.settings.ledger)
    is_known = (adopted.kind == Kind.OPERATING) & adopted.period.between(f"{book.month[:4]}-01", book.month)
    months = sorted(adopted.period[is_known].unique())
    parts = [
        bridge.adopted_bridge(adopted, Kind.OPERATING, now, before, lines).assign(month=now)
        for before, now in pairwise([shift(book.month, -1), book.month] if len(months) < 2 else months)
    ]
    return pd.concat(reversed(parts), ignore_index=True)


_CHANGED = {"previous_nok": "previous_adopted_by_month", "forecast_nok": "changed_adopted_by_month"}
CHANGES = Table(
    "prognoseendringer",
    adopted_changes,
    BY,
    named(PREFIX, **_CHANGED, change_nok="adopted_change_by_month"),
    columns=["month", "line", "previous_nok", "forecast_nok", "change_nok", "reason"],
)

through_the_year = from_book(words.through_the_year, MONTHS)
budget_and_result = from_book(words.budget_and_result, MONTHS)
hindsight = from_book(words.hindsight, MONTHS)
adopted_moved_most = from_book(words.moved_most, _FORESEEN, "adopted_nok")
model_moved_most = from_book(words.moved_most, _FORESEEN, "model_nok")


def changes_summary(book: Workbook) -> str | None:
    """See the words; None in a year without adopted forecasts."""
    is_adopted = HISTORY.frame(book).adopted_nok.notna().any()
    return words.changes_summary(CHANGES.frame(book)) if is_adopted else None
