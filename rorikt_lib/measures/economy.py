"""Chapter 1: costs, forecasts and what they build on."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.ledger import bridge, commitments, costs, course, year_end
from rorikt_lib.ledger.forecast import backtest
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import shift, year_of
from rorikt_lib.workbook import Workbook


def cost_table(book: Workbook, kind: str) -> pd.DataFrame:
    """1.1 and 1.2: see ledger.costs.cost_table."""
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    return costs.cost_table(*tables, kind, book.month, book.settings.ledger)


def model_forecast(book: Workbook) -> pd.DataFrame:
    """1.1: see ledger.year_end.model_forecast, operating lines."""
    lines = costs.lines_of("operating", book.settings.ledger)
    return book.once(
        "model_forecast", lambda: year_end.model_forecast(book.table("postings"), "operating", book.month, lines)
    )


def expected_invoices(book: Workbook, line: str | None = None) -> pd.DataFrame:
    """1.1: see ledger.commitments.expected_invoices, of all operating lines or of one, without suppliers' numbers."""
    rows = commitments.expected_invoices(book.table("postings"), "operating", book.month)
    chosen = rows if line is None else rows[rows.expense_type == line]
    return chosen.drop(columns="supplier_id").reset_index(drop=True)


def operating_course(book: Workbook) -> pd.DataFrame:
    """1.1: one row per month of the year: NOK so far booked (missing after the report's month), budgeted and modelled.

    model_nok, low_nok, high_nok: see ledger.course.model_course. Missing before the report's month, where there is no
    model (or interval), and in December, when nothing is left to foresee.
    """
    year = year_of(book.month)
    booked = course.booked_by_month(book.table("postings"), "operating")
    budget = course.phased_budget(booked, book.table("budget_lines"), "operating", year, book.settings.ledger)
    months = course.months_in(year)
    actual = booked.sum().reindex(months, fill_value=0.0).cumsum()
    table = pd.DataFrame({"actual_nok": actual.where(actual.index <= book.month), "budget_nok": budget.sum().cumsum()})
    return table.join(_model_course(book, actual[book.month])).rename_axis("month").reset_index()


def _model_course(book: Workbook, booked_nok: float) -> pd.DataFrame:
    model = model_forecast(book).set_index("expense_type")
    total = model.loc[SUM, year_end.AMOUNTS].astype(float)
    if book.month.endswith("-12") or pd.isna(total.model_nok):
        return pd.DataFrame(columns=year_end.AMOUNTS, dtype=float)
    lines = model.drop(index=SUM).reset_index()
    ahead = year_end.months_ahead(book.table("postings"), "operating", book.month, lines)
    return course.model_course(booked_nok, ahead, total)


def tried_years(book: Workbook) -> list[int]:
    """1.1: the years before the report's that the model is tried on; see ledger.forecast.backtest.years_to_try."""
    booked = course.booked_by_month(book.table("postings"), "operating")
    return backtest.years_to_try(booked.loc[:, booked.columns < book.month[:4]])


def adopted_bridge(book: Workbook, kind: str) -> pd.DataFrame:
    """1.1 and 1.2: adopted forecasts that changed since the month before; see ledger.bridge.adopted_bridge."""
    lines = costs.lines_of(kind, book.settings.ledger)
    return bridge.adopted_bridge(book.table("adopted_forecasts"), kind, book.month, shift(book.month, -1), lines)


def is_first_adopted(book: Workbook, kind: str) -> bool:
    """Whether managers adopted no forecast of the kind in the month before the report's."""
    return costs.adopted_of(book.table("adopted_forecasts"), kind, shift(book.month, -1)).empty
