"""Økonomirapport: operating and investment costs against the budget, and the adopted forecasts."""

from functools import partial

import numpy as np
import pandas as pd

from rorikt_lib.config.content_files import REPORT
from rorikt_lib.errors import InputError, SourceAbsent
from rorikt_lib.ledger import bridge, costs, course, forecast_log, year_end
from rorikt_lib.present.charts import economy as economy_charts
from rorikt_lib.present.charts import forecast as forecast_charts
from rorikt_lib.present.sentences import economy as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift, year_of
from rorikt_lib.workbook import Workbook, once

PREFIX = {Kind.OPERATING: "operating_costs", Kind.INVESTMENT: "investment_costs"}
AMOUNTS = {"actual_nok": "actual", "budget_nok": "budget", "variance_nok": "variance", "forecast_nok": "forecast"}


def cost_table(book: Workbook, kind: str) -> pd.DataFrame:
    """See ledger.costs.cost_table; mark: what an overspent line is over, for investments."""
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    table = costs.cost_table(*tables, kind, book.month, book.settings.ledger)
    return table.assign(mark=costs.overspent_mark(table)) if kind == Kind.INVESTMENT else table


def published_costs(book: Workbook, kind: str) -> pd.DataFrame:
    """`cost_table`; SourceAbsent where the settings have no such lines: an organisation may have no investments."""
    if not costs.lines_of(kind, book.settings.ledger):
        raise SourceAbsent(kind)
    return cost_table(book, kind)


def _cost_table(key: str, kind: str, dimension: str, **changes: object) -> Table:
    return Table(
        key,
        partial(published_costs, kind=kind),
        {"line": dimension},
        named(PREFIX[kind], **AMOUNTS),
        if_known=["budget_nok", "variance_nok", "forecast_nok", "mark"],
        total=True,
        caption=lambda book, _: words.costs_caption(kind, book.month),
        **changes,
    )


COSTS = _cost_table("driftskostnader", Kind.OPERATING, "expense_type")
INVESTMENTS = _cost_table("investeringer", Kind.INVESTMENT, "project", columns=["line", *AMOUNTS, "mark"])
VARIANCES = Chart(
    "driftsavvik",
    [COSTS],
    economy_charts.operating_variance,
    words.variance_alt,
    when=lambda book: costs.is_result(COSTS.frame(book), book.month) and COSTS.frame(book).variance_nok.notna().any(),
)
PROJECTS = Chart(
    "investeringer",
    [INVESTMENTS],
    economy_charts.investment_lines,
    words.investment_alt,
    caption=words.investments_caption,
)


@once
def model_forecast(book: Workbook) -> pd.DataFrame:
    """See ledger.year_end.model_forecast, operating lines."""
    lines = costs.lines_of(Kind.OPERATING, book.settings.ledger)
    return year_end.model_forecast(book.table("postings"), Kind.OPERATING, book.month, lines)


@once
def operating_course(book: Workbook) -> pd.DataFrame:
    """One row per month of the year: NOK so far booked (missing after the report's month), budgeted and modelled.

    budget_nok, behind_nok: missing in a year without a budget.
    model_nok, low_nok, high_nok: see ledger.course.model_course. Missing before the report's month, where there is no
    model (or interval), and in December, when nothing is left to foresee.
    """
    year = year_of(book.month)
    booked = course.booked_by_month(book.table("postings"), Kind.OPERATING)
    budget = course.phased_budget(booked, book.table("budget_lines"), Kind.OPERATING, year, book.settings.ledger)
    actual = booked.sum().reindex(course.months_in(year), fill_value=0.0).cumsum()
    is_budgeted = pd.notna(COSTS.frame(book).set_index("line").budget_nok[SUM])
    table = pd.DataFrame({"actual_nok": actual.where(actual.index <= book.month)})
    table["budget_nok"] = budget.sum().cumsum() if is_budgeted else np.nan
    table = table.join(_model_course(book, actual[book.month])).rename_axis("month").reset_index()
    return table.assign(behind_nok=table.budget_nok - table.actual_nok)


def _model_course(book: Workbook, booked_nok: float) -> pd.DataFrame:
    model = model_forecast(book).set_index("line")
    total = model.loc[SUM, year_end.AMOUNTS].astype(float)
    if is_year_end(book.month) or pd.isna(total.model_nok):
        return pd.DataFrame(columns=year_end.AMOUNTS, dtype=float)
    lines = model.drop(index=SUM).reset_index()
    ahead = year_end.months_ahead(book.table("postings"), Kind.OPERATING, book.month, lines)
    return course.model_course(booked_nok, ahead, total)


_SO_FAR = {"actual_nok": "actual_so_far", "budget_nok": "budget_so_far", "behind_nok": "behind_budget_so_far"}
_MODEL = {"model_nok": "model_so_far", "low_nok": "model_so_far_low", "high_nok": "model_so_far_high"}
COURSE = Table("driftsforlop", operating_course, ["month"], named("operating_costs", **_SO_FAR, **_MODEL))
COURSE_CHART = Chart(
    "driftsforlop",
    [COURSE, COSTS],
    forecast_charts.operating_course,
    words.course_alt,
    caption=lambda course, _: words.course_caption(course),
)


def published_forecasts(book: Workbook) -> pd.DataFrame:
    """The forecasts of earlier months as they had been published; see forecast_log.published_before."""
    log = forecast_log.published_before(book.forecast_log, book.month)
    # What was logged since is no source of what the month says.
    book.note("forecast_log", bool(len(log)))
    return log


def adopted_by_then(book: Workbook) -> pd.DataFrame:
    """The adopted forecasts up to the month, earlier ones as published; see forecast_log.adopted_by_then."""
    return forecast_log.adopted_by_then(book.table("adopted_forecasts"), published_forecasts(book), book.month)


def adopted_bridge(book: Workbook, kind: str) -> pd.DataFrame:
    """Adopted forecasts that changed since the month before, and SUM; see ledger.bridge.adopted_bridge."""
    lines = costs.lines_of(kind, book.settings.ledger)
    return bridge.adopted_bridge(adopted_by_then(book), kind, book.month, shift(book.month, -1), lines)


def _bridge_table(key: str, kind: str, dimension: str) -> Table:
    return Table(
        key,
        partial(adopted_bridge, kind=kind),
        {"line": dimension},
        named(PREFIX[kind], previous_nok="previous_forecast", forecast_nok="forecast", change_nok="forecast_change"),
        columns=["line", "previous_nok", "forecast_nok", "change_nok", "reason"],
    )


ADOPTED_CHANGES = _bridge_table("prognosebro", Kind.OPERATING, "expense_type")
ADOPTED_PROJECT_CHANGES = _bridge_table("prognosebro-investeringer", Kind.INVESTMENT, "project")

costs_summary = from_book(words.costs_summary, COSTS, Kind.OPERATING, MONTH)
largest_variances = from_book(words.largest_variances, COSTS, MONTH)
so_far = from_book(words.so_far, COURSE)


def changes_summary(book: Workbook) -> str | None:
    """How the adopted forecasts changed since the month before."""
    previous = shift(book.month, -1)
    is_first = costs.adopted_of(adopted_by_then(book), Kind.OPERATING, previous).empty
    return words.changes_summary(ADOPTED_CHANGES.frame(book), COSTS.frame(book), previous, is_first)


def reasons_of_year(book: Workbook, kind: str) -> dict[str, str]:
    """Line → why it ended as it did: what report.yml says, else the last reason that was given for its forecast.

    InputError where report.yml names a line that the report does not have.
    """
    own, given = costs.lines_of(kind, book.settings.ledger), book.report.reasons
    known = [line for each in Kind for line in costs.lines_of(each, book.settings.ledger)]
    if unknown := sorted({*given} - {*known}):
        remedy = f"use the names of the report's lines: {', '.join(known)}"
        raise InputError(f"no line is called {unknown[0]}", file=book.content / book.month / REPORT, remedy=remedy)
    adopted = book.table("adopted_forecasts").sort_values("period", kind="stable")
    of_year = adopted[(adopted.kind == kind) & adopted.period.str.startswith(book.month[:4]) & adopted.reason.notna()]
    return dict(zip(of_year.line, of_year.reason, strict=True)) | {line: given[line] for line in own if line in given}


def reasons(book: Workbook) -> str | None:
    """In the report that ends the year, why operating lines ended as they did."""
    return words.reasons(COSTS.frame(book), reasons_of_year(book, Kind.OPERATING)) if is_year_end(book.month) else None


def project_reasons(book: Workbook) -> str | None:
    """In the report that ends the year, why projects ended as they did."""
    given = reasons_of_year(book, Kind.INVESTMENT) if is_year_end(book.month) else {}
    return words.reasons(INVESTMENTS.frame(book), given) if given else None


investments_summary = from_book(words.costs_summary, INVESTMENTS, Kind.INVESTMENT, MONTH)
overspent_projects = from_book(words.overspent_projects, INVESTMENTS)
