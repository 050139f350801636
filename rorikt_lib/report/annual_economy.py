"""Årsmelding: what the year came to, beside the years before it, and what was invested."""

from functools import partial

import numpy as np
import pandas as pd

from rorikt_lib.errors import Undelivered
from rorikt_lib.ledger import costs
from rorikt_lib.ledger.course import booked_by_month, months_in
from rorikt_lib.ledger.forecast.history import complete_years
from rorikt_lib.present.charts import economy as charts
from rorikt_lib.present.sentences import annual_economy as words
from rorikt_lib.present.sentences import economy as economy_words
from rorikt_lib.report.annual_year import annual_of, annual_year, closed, is_of_year, misplaced, year_end
from rorikt_lib.report.declare import Chart, Table, from_book, named
from rorikt_lib.report.economy import published_costs, reasons_of_year
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook, once

# The year and those before it that stand side by side.
MOST_YEARS = 10
RESULT = ["year", "line", "actual_nok", "budget_nok", "variance_nok", "forecast_nok", "mark"]


def years_known(book: Workbook) -> list[int]:
    """The year and those before it, ten at most, in which every month has postings, oldest first.

    Undelivered where the book is opened for a year that has not: half a year's costs would be taken for a year's.
    """
    year, booked = annual_year(book), booked_by_month(book.table("postings"), Kind.OPERATING)
    whole = [y for y in complete_years(booked) if year - MOST_YEARS < y <= year]
    if is_of_year(book) and year not in whole:
        known = booked.columns[booked.notna().any()]
        missing = ", ".join(month for month in months_in(year) if month not in known)
        problem = f"the ledger has no postings of {missing}, so {year} has no annual report"
        raise Undelivered(problem, file=book.data_root / "raw", remedy="put the exports of these months there")
    return whole if year in whole else []


@once
def results(book: Workbook, kind: str) -> pd.DataFrame:
    """One row per line (and SUM) of one kind, and year known: actual_nok, budget_nok and variance_nok, which is the
    budget less what was booked, closing entries included; no budget, no variance. The lines in the report's order.

    forecast_nok and mark are missing: a year that is over has no forecast to be above.
    """
    parts = [_result(book, year, kind) for year in years_known(book)]
    if not parts:
        return pd.DataFrame(columns=RESULT)
    order = [*costs.lines_of(kind, book.settings.ledger), SUM]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values("line", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)


def _result(book: Workbook, year: int, kind: str) -> pd.DataFrame:
    table = published_costs(book.at(months_in(year)[-1]), kind)
    # Of investments, only those of the year are lines; a sum of none says nothing.
    table = table.head(len(table) if len(table) > 1 else 0)
    nothing = {"forecast_nok": np.nan, "mark": pd.Series(None, table.index, dtype="str")}
    return table.assign(year=year, variance_nok=table.budget_nok - table.actual_nok, **nothing)[RESULT]


def results_by_year(book: Workbook, kind: str) -> pd.DataFrame:
    """`results`; of investments, those that something was booked on in any of the years."""
    table = results(book, kind)
    # The lines of operations are there every year.
    if kind == Kind.OPERATING:
        return table
    return table[table.line.isin(table.line[table.actual_nok.fillna(0) != 0])].reset_index(drop=True)


def result_of_year(book: Workbook, kind: str) -> pd.DataFrame:
    """`results` of the year that the report is about."""
    table = results(book, kind)
    return table[table.year == annual_year(book)].reset_index(drop=True)


def _result_table(key: str, kind: str, prefix: str, dimension: str) -> Table:
    return Table(
        key,
        partial(result_of_year, kind=kind),
        {"year": "year", "line": dimension},
        named(prefix, actual_nok="actual", budget_nok="budget", variance_nok="variance"),
        columns=["line", "actual_nok", "budget_nok", "variance_nok"],
        if_known=["budget_nok", "variance_nok"],
        total=True,
        caption=lambda book, _: words.result_caption(kind, annual_year(book)),
    )


def _years_table(key: str, of: Table, kind: str) -> Table:
    """The lines' results, the years side by side; of one year alone there is nothing beside it."""
    return Table(
        key,
        partial(results_by_year, kind=kind),
        of.by,
        {"actual_nok": of.figures["actual_nok"]},
        columns=["line", "year", "actual_nok"],
        across="year",
        total=True,
        when=lambda book: results(book, kind).year.nunique() > 1,
        caption=lambda book, _: words.years_caption(kind),
    )


OPERATING = _result_table("arsresultat", Kind.OPERATING, "annual", "expense_type")
INVESTED = _result_table("arsinvesteringer", Kind.INVESTMENT, "annual_investments", "project")
OPERATING_YEARS = _years_table("resultat-ar", OPERATING, Kind.OPERATING)
INVESTED_YEARS = _years_table("investeringer-ar", INVESTED, Kind.INVESTMENT)
VARIANCES = Chart("arsavvik", [OPERATING], charts.operating_variance, economy_words.variance_alt)


PROJECTS = Chart(
    "arsinvesteringer",
    [INVESTED],
    charts.investment_lines,
    economy_words.investment_alt,
    when=lambda book: len(INVESTED.frame(book)) > 0,
)


def outcomes(book: Workbook) -> pd.DataFrame:
    """One row per year known: actual_nok, budget_nok, variance_nok, frame_nok and variance_share, its part of that.

    frame_nok: the budget that the board adopted, which municipalities pay; missing, with the share, where nobody said.
    """
    table = results(book, Kind.OPERATING)
    adopted = book.settings.ledger.adopted_budget_nok
    table = table[table.line == SUM].assign(frame_nok=lambda d: d.year.map(adopted).astype(float))
    return table.assign(variance_share=table.variance_nok / table.frame_nok).reset_index(drop=True)


OUTCOMES = Table(
    "arsresultat-ar",
    outcomes,
    ["year"],
    named("annual", actual_nok="actual", budget_nok="budget", variance_nok="variance")
    | named("annual_outcome", frame_nok="frame", variance_share="variance_share"),
    columns=["year", "frame_nok", "actual_nok", "budget_nok", "variance_nok", "variance_share"],
    if_known=["frame_nok", "budget_nok", "variance_nok", "variance_share"],
)


def reasons(book: Workbook) -> pd.DataFrame:
    """One row per operating line that did not end as budgeted, the largest variance first: year, line, variance_nok and
    reason: what the year's file says, else what the report of its December does; else missing.

    InputError where the file explains a line that the report has not.
    """
    given, lines = annual_of(book).explanations, costs.lines_of(Kind.OPERATING, book.settings.ledger)
    if unknown := [line for line in given if line not in lines]:
        raise misplaced(book, f"no line is called {', '.join(unknown)}", f"use one of: {', '.join(lines)}")
    table = OPERATING.frame(book)
    # Half a thousand is the least that a table shows.
    table = table[(table.line != SUM) & (table.variance_nok.abs() >= 500)]
    table = table.sort_values("variance_nok", key=lambda nok: -nok.abs(), kind="stable", ignore_index=True)
    return table.assign(reason=table.line.map(reasons_of_year(closed(book), Kind.OPERATING) | given).astype("str"))


REASONS = Table(
    "arsaker",
    reasons,
    OPERATING.by,
    {"variance_nok": OPERATING.figures["variance_nok"]},
    columns=["line", "variance_nok", "reason"],
    when=lambda book: REASONS.frame(book).reason.notna().any(),
)


def carried_over(book: Workbook) -> pd.DataFrame:
    """One row: what of the year's investment budget was carried over from the year before, where anything was."""
    nok = annual_of(book).carried_over_nok
    return pd.DataFrame({"carried_over_nok": [nok] if nok else []}, dtype=float).assign(year=annual_year(book))


CARRIED_OVER = Table("overfort", carried_over, ["year"], named("annual_investments", carried_over_nok="carried_over"))

result_summary = from_book(words.result_summary, OUTCOMES, annual_year)
largest_variances = from_book(economy_words.largest_variances, OPERATING, year_end)
unexplained = from_book(words.unexplained, REASONS)
invested_summary = from_book(words.invested_summary, INVESTED, CARRIED_OVER, annual_year)
