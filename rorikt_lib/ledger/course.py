"""How a year runs, month by month: booked and budgeted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rorikt_lib.ledger.costs import budget_of_year, counted, lines_of
from rorikt_lib.ledger.forecast.history import by_month, complete_years
from rorikt_lib.settings import Ledger

YEARS_OF_HISTORY = 3


def booked_by_month(postings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """NOK per line (rows) and calendar month YYYY-MM (columns); see forecast.history.by_month."""
    return by_month(counted(postings, kind), "expense_type")


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
    booked: pd.DataFrame, budget_lines: pd.DataFrame, kind: str, year: int, ledger: Ledger
) -> pd.DataFrame:
    """NOK per line (rows) and month YYYY-MM (columns): the budget's own months, the rest by the line's phasing."""
    budget = budget_of_year(budget_lines, kind, year, ledger)
    phased = pd.DataFrame(0.0, index=lines_of(kind, ledger), columns=months_in(year))
    for line, rows in budget.groupby("expense_type"):
        monthly = rows.dropna(subset="month").groupby("month").amount_nok.sum().reindex(range(1, 13), fill_value=0.0)
        yearly = rows.loc[rows.month.isna(), "amount_nok"].sum()
        phased.loc[line] = (monthly + yearly * phasing(booked, line, year)).to_numpy(float)
    return phased
