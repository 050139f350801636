"""Årsmelding: how near the year's forecasts came to what the year ended as."""

from dataclasses import replace

import pandas as pd

from rorikt_lib.present.charts import forecast_page as charts
from rorikt_lib.present.sentences import annual_forecasts as words
from rorikt_lib.present.sentences import forecast_page as page_words
from rorikt_lib.report.annual_economy import OPERATING
from rorikt_lib.report.annual_year import annual_year, closed
from rorikt_lib.report.declare import Chart, Figure, Table, from_book, named
from rorikt_lib.report.forecast_page import AMOUNTS, BY, HISTORY, MONTHS
from rorikt_lib.terms.enums import Mark
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end
from rorikt_lib.workbook import Workbook

FORECAST = [
    "year",
    "month",
    "line",
    "adopted_nok",
    "model_nok",
    "result_nok",
    "adopted_off_nok",
    "model_off_nok",
    "mark",
]


def forecasts_against_result(book: Workbook) -> pd.DataFrame:
    """One row per month of the year, before its last, that managers adopted a forecast in, or that one was published
    of: what was forecast of the whole year, what it came to (result_nok), and by how much the forecast was above that.

    mark: hindsight, where the model's forecast was worked out afterwards.
    """
    result = OPERATING.frame(book)
    if result.empty:
        return pd.DataFrame(columns=FORECAST)
    rows = HISTORY.frame(closed(book))
    counts = rows.adopted_nok.notna() | (rows.model_nok.notna() & ~rows.in_hindsight.astype(bool))
    rows = rows[(rows.line == SUM) & counts & ~rows.month.map(is_year_end)].reset_index(drop=True)
    total = float(result.set_index("line").actual_nok[SUM])
    return rows.assign(
        year=annual_year(book),
        result_nok=total,
        adopted_off_nok=rows.adopted_nok - total,
        model_off_nok=rows.model_nok - total,
        mark=rows.in_hindsight.map({True: Mark.HINDSIGHT}),
    )[FORECAST]


FORECASTS = Table(
    "prognosene-i-aret",
    forecasts_against_result,
    BY,
    {column: AMOUNTS[column] for column in ("adopted_nok", "model_nok")}
    | {"result_nok": Figure("annual.actual", {"year": "year", "line": "expense_type"})}
    | named("annual_forecast", adopted_off_nok="adopted_off", model_off_nok="model_off"),
    columns=["month", "adopted_nok", "adopted_off_nok", "model_nok", "model_off_nok", "mark"],
    if_known=["adopted_nok", "adopted_off_nok", "model_nok", "model_off_nok", "mark"],
)


def _months_of_year(book: Workbook) -> pd.DataFrame:
    """The months of `forecasts_against_result`, and the last, which has the result."""
    rows = MONTHS.frame(closed(book))
    return rows[rows.month.isin(FORECASTS.frame(book).month) | rows.month.map(is_year_end)].reset_index(drop=True)


# As they stand on the page of the year's forecasts; one month alone is no picture.
OF_YEAR = replace(MONTHS, key="prognoser-i-aret", compute=_months_of_year)
FORECASTS_CHART = Chart(
    "prognosene-i-aret",
    [OF_YEAR],
    charts.forecast_months,
    page_words.months_alt,
    when=lambda book: len(FORECASTS.frame(book)) > 1,
)

forecasts_summary = from_book(words.forecasts_summary, FORECASTS, annual_year)
