"""Actual, budget, forecast and variance per line: the tables 1.1 (operating) and 1.2 (investment)."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.period import last_period, year_of
from rorikt_lib.settings import Ledger

SUM = "SUM"
# What a line of each kind is called in the frames and figures.
LINE = {"operating": "expense_type", "investment": "project"}


def counted(postings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The postings of one kind that count: each delivered line once."""
    return postings[(postings.kind == kind) & ~postings.is_duplicate]


def actual_to_date(postings: pd.DataFrame, kind: str, month: str) -> pd.Series:
    """NOK booked per line in the month's year, accounting periods up to the month (December's includes 13)."""
    rows = counted(postings, kind)
    in_year = rows.period.between(f"{month[:4]}-01", last_period(month))
    return rows[in_year].groupby("expense_type").amount_nok.sum()


def budget_of_year(budget_lines: pd.DataFrame, kind: str, year: int, ledger: Ledger) -> pd.DataFrame:
    """The year's budget lines of one kind, of the version that counts.

    A year with several versions and none chosen in workbook.yml is an InputError.
    """
    rows = budget_lines[(budget_lines.kind == kind) & (budget_lines.year == year)]
    versions = sorted(rows.version.unique())
    chosen = ledger.budget_versions.get(year, versions[0] if len(versions) == 1 else None)
    if versions and chosen not in versions:
        raise InputError(
            f"budget {year} has the versions {', '.join(versions)} and the chosen one is {chosen or 'not named'}",
            file="workbook.yml",
            remedy=f"name one of them under ledger.budget_versions: {{{year}: …}}",
        )
    return rows[rows.version == chosen]


def adopted_of(adopted_forecasts: pd.DataFrame, kind: str, month: str) -> pd.Series:
    """NOK per line: the year's forecast that managers adopted in the month."""
    rows = adopted_forecasts[(adopted_forecasts.kind == kind) & (adopted_forecasts.period == month)]
    return rows.set_index("line").amount_nok


def lines_of(kind: str, ledger: Ledger) -> list[str]:
    """The report's lines of one kind, in its order."""
    if kind == "operating":
        return list(ledger.expense_types)
    return [project.name for project in ledger.projects if project.kind == "investment"]


def cost_table(
    postings: pd.DataFrame,
    budget_lines: pd.DataFrame,
    adopted_forecasts: pd.DataFrame,
    kind: str,
    month: str,
    ledger: Ledger,
) -> pd.DataFrame:
    """One row per line (column `expense_type` or `project`) and a SUM row.

    Columns: actual_nok, budget_nok, variance_nok, forecast_nok. variance = budget − forecast where a forecast is
    adopted, else budget − actual; positive is good news. Operating shows every expense type, investment the
    projects with any amount in the year. The sum's forecast is missing when a line's is.
    """
    budget = budget_of_year(budget_lines, kind, year_of(month), ledger)
    table = pd.DataFrame(
        {
            "actual_nok": actual_to_date(postings, kind, month),
            "budget_nok": budget.groupby("expense_type").amount_nok.sum(),
            "forecast_nok": adopted_of(adopted_forecasts, kind, month),
        },
    ).reindex(lines_of(kind, ledger))
    if kind == "investment":
        table = table.dropna(how="all")
    table = table.fillna({"actual_nok": 0.0, "budget_nok": 0.0})
    table["variance_nok"] = table.budget_nok - table.forecast_nok.fillna(table.actual_nok)
    total = table.sum(skipna=False).rename(SUM)
    total["forecast_nok"] = table.forecast_nok.sum(skipna=False, min_count=1)
    columns = ["actual_nok", "budget_nok", "variance_nok", "forecast_nok"]
    return pd.concat([table, total.to_frame().T])[columns].rename_axis(LINE[kind]).reset_index()
