"""How a year runs, month by month: booked, budgeted, and as the model has it."""

import numpy as np
import pandas as pd

from rorikt_lib.config.ledger import LedgerSettings
from rorikt_lib.ledger.costs import budget_of_year, counted, lines_of
from rorikt_lib.ledger.forecast.history import by_month, complete_years
from rorikt_lib.terms.period import shift

YEARS_OF_HISTORY = 3


def booked_by_month(postings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """NOK per line (rows) and calendar month YYYY-MM (columns); see forecast.history.by_month."""
    return by_month(counted(postings, kind), "line")


def months_in(year: int) -> list[str]:
    """January to December of a year."""
    return [f"{year}-{n:02d}" for n in range(1, 13)]


def latest_complete_years(booked: pd.DataFrame, before: int) -> list[int]:
    """Years before `before`, the latest three at most, in which every month has postings."""
    return [year for year in complete_years(booked) if before - YEARS_OF_HISTORY <= year < before]


def phasing(booked: pd.DataFrame, line: str, year: int) -> pd.Series:
    """Share of a year's amount per month number 1–12, from the line's earlier complete years; even without history."""
    even = pd.Series(1 / 12, index=range(1, 13))
    if line not in booked.index:
        return even
    earlier = [booked.loc[line, months_in(y)].to_numpy() for y in latest_complete_years(booked, year)]
    amounts = np.sum(earlier, axis=0)
    if not earlier or amounts.sum() == 0:
        return even
    return pd.Series(amounts / amounts.sum(), index=range(1, 13))


def phased_budget(
    booked: pd.DataFrame, budget_lines: pd.DataFrame, kind: str, year: int, settings: LedgerSettings
) -> pd.DataFrame:
    """NOK per line (rows) and month YYYY-MM (columns): the budget's own months, the rest by the line's phasing."""
    budget = budget_of_year(budget_lines, kind, year, settings)
    phased = pd.DataFrame(0.0, index=lines_of(kind, settings), columns=months_in(year))
    for line, rows in budget.groupby("line"):
        monthly = rows.dropna(subset="month").groupby("month").amount_nok.sum().reindex(range(1, 13), fill_value=0.0)
        yearly = rows.loc[rows.month.isna(), "amount_nok"].sum()
        phased.loc[line] = (monthly + yearly * phasing(booked, line, year)).to_numpy(float)
    return phased


def model_course(booked_nok: float, ahead: pd.DataFrame, model: pd.Series) -> pd.DataFrame:
    """NOK of all lines so far, month by month, as the model has it: a row for the report's month and each one left.

    booked_nok: so far. ahead: year_end.months_ahead, at least one month; before its first comes the report's. model:
    model_nok, low_nok and high_nok of the year's total, which the columns end in. The interval widens as time does to
    an error that adds up: with the square root of the share of the rest that has come, each line's amounts counted
    without sign. What the model knows beside the postings (a month that is missing) is spread evenly.
    """
    months = [shift(ahead.columns[0], -1), *ahead.columns]
    rest = ahead.sum() + (model.model_nok - booked_nok - ahead.sum().sum()) / ahead.shape[1]
    size = ahead.abs().sum()
    share = size.cumsum() / size.sum() if size.sum() else pd.Series(1.0, ahead.columns).cumsum() / ahead.shape[1]
    middle, width = booked_nok + np.array([0.0, *rest.cumsum()]), np.sqrt([0.0, *share])
    low, high = middle - width * (model.model_nok - model.low_nok), middle + width * (model.high_nok - model.model_nok)
    course = {"model_nok": middle, "low_nok": low, "high_nok": high}
    return pd.DataFrame(course, index=pd.Index(months, name="month"))
