"""Actual, budget, forecast and variance per line, of operating and of investment costs."""

import pandas as pd

from rorikt_lib.config.ledger import LedgerSettings
from rorikt_lib.errors import InputError
from rorikt_lib.terms.enums import Kind, Mark
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, last_period, year_of
from rorikt_lib.terms.rounding import whole_thousands

# What says whether a posting counts.
COUNTED = ["kind", "is_duplicate"]


def counted(postings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The postings of one kind that count: each delivered line once."""
    return postings[(postings.kind == kind) & ~postings.is_duplicate]


def actual_to_date(postings: pd.DataFrame, kind: str, month: str) -> pd.Series:
    """NOK booked per line in the month's year, accounting periods up to the month (December's includes 13)."""
    rows = counted(postings, kind)
    in_year = rows.period.between(f"{month[:4]}-01", last_period(month))
    return rows[in_year].groupby("line").amount_nok.sum()


def budget_of_year(budget_lines: pd.DataFrame, kind: str, year: int, settings: LedgerSettings) -> pd.DataFrame:
    """The year's budget lines of one kind, of the version that counts: the chosen one, or the only one.

    Several versions and none chosen in workbook.yml, or one chosen that the year does not have, is an InputError.
    """
    of_year = budget_lines[budget_lines.year == year]
    rows = of_year[of_year.kind == kind]
    versions, chosen = sorted(rows.version.unique()), settings.budget_versions.get(year)
    unknown = chosen is not None and chosen not in set(of_year.version)
    counts = chosen if chosen in versions else versions[0] if len(versions) == 1 else None
    if unknown or (versions and counts is None):
        names = ", ".join(sorted(of_year.version.unique()))
        problem = f"the budget of {year} has the versions {names}; chosen is {chosen or 'none'}"
        remedy = f"name the one that counts under ledger.budget_versions: {{{year}: …}}"
        raise InputError(problem, file="workbook.yml", remedy=remedy)
    return rows[rows.version == counts]


def adopted_of(adopted_forecasts: pd.DataFrame, kind: str, month: str) -> pd.Series:
    """NOK per line: the year's forecast that managers adopted in the month."""
    rows = adopted_forecasts[(adopted_forecasts.kind == kind) & (adopted_forecasts.period == month)]
    return rows.set_index("line").amount_nok


def reasons_of(adopted_forecasts: pd.DataFrame, kind: str, month: str) -> pd.Series:
    """The reason per line that managers gave for the month's adopted forecast."""
    rows = adopted_forecasts[(adopted_forecasts.kind == kind) & (adopted_forecasts.period == month)]
    return rows.set_index("line").reason


def lines_of(kind: str, settings: LedgerSettings) -> list[str]:
    """The report's lines of one kind, in its order."""
    return settings.report_lines[kind]


def cost_table(
    postings: pd.DataFrame,
    budget_lines: pd.DataFrame,
    adopted_forecasts: pd.DataFrame,
    kind: str,
    month: str,
    settings: LedgerSettings,
) -> pd.DataFrame:
    """One row per line (an expense type or a project) and a SUM row.

    Columns: actual_nok, budget_nok, variance_nok, forecast_nok. variance = budget − forecast where a forecast is
    adopted, else budget − actual; positive is good news. Operating shows every expense type, investment the
    projects with any amount in the year. The sum's forecast is missing when a line's is; a year without any
    budget has none, and no variance. A year that is over has its result, whatever was adopted in its last month.
    """
    budget = budget_of_year(budget_lines, kind, year_of(month), settings)
    known = adopted_forecasts.head(0) if is_year_end(month) else adopted_forecasts
    amounts = {
        "actual_nok": actual_to_date(postings, kind, month),
        "budget_nok": budget.groupby("line").amount_nok.sum(),
        "forecast_nok": adopted_of(known, kind, month),
    }
    table = pd.DataFrame(amounts).reindex(lines_of(kind, settings))
    if kind == Kind.INVESTMENT:
        table = table.dropna(how="all")
    table = table.fillna({"actual_nok": 0.0} if budget.empty else {"actual_nok": 0.0, "budget_nok": 0.0})
    table["variance_nok"] = table.budget_nok - table.forecast_nok.fillna(table.actual_nok)
    total = table.sum(skipna=False).rename(SUM)
    total["forecast_nok"] = table.forecast_nok.sum(skipna=False, min_count=1)
    columns = ["actual_nok", "budget_nok", "variance_nok", "forecast_nok"]
    return pd.concat([table, total.to_frame().T])[columns].rename_axis("line").reset_index()


def is_overspent(costs: pd.DataFrame) -> pd.Series:
    """Where more is booked than the year's forecast (than the budget, where there is no forecast).

    One boolean per row of `cost_table`, the SUM row included. Compared in the whole thousands that the report
    shows, so that a line is marked just where a reader sees more booked than forecast.
    """
    limit = costs.forecast_nok.fillna(costs.budget_nok)
    return costs.actual_nok.map(whole_thousands) > limit.map(whole_thousands)


def is_result(costs: pd.DataFrame, month: str) -> bool:
    """Whether the variances show how the year ends: with forecasts, or when the year has."""
    return bool(costs.forecast_nok.notna().any()) or is_year_end(month)


def overspent_mark(costs: pd.DataFrame) -> pd.Series:
    """What each overspent line is over: over_forecast or over_budget; missing for other lines and the sum."""
    over = is_overspent(costs) & (costs.line != SUM)
    mark = costs.forecast_nok.isna().map({True: Mark.OVER_BUDGET, False: Mark.OVER_FORECAST})
    return mark.astype("str").where(over)
