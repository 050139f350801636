"""How a year runs, month by month: booked and budgeted, and a first model forecast from earlier years' course."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.fields import SUM
from rorikt_lib.ledger.costs import LINE, budget_of_year, counted, lines_of
from rorikt_lib.period import year_of
from rorikt_lib.settings import Ledger

YEARS_OF_HISTORY = 3


def booked_by_month(postings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """NOK per line (rows) and calendar month YYYY-MM (columns); closing entries count in December."""
    rows = counted(postings, kind)
    month = rows.period.str.replace("-13", "-12")
    return rows.pivot_table(
        index="expense_type", columns=month, values="amount_nok", aggfunc="sum", fill_value=0.0
    ).rename_axis(columns="month")


def months_in(year: int) -> list[str]:
    """January to December of a year."""
    return [f"{year}-{n:02d}" for n in range(1, 13)]


def complete_years(booked: pd.DataFrame, before: int) -> list[int]:
    """Years before `before`, the latest three at most, in which every month has postings."""
    known = set(booked.columns)
    years = [y for y in range(before - YEARS_OF_HISTORY, before) if known.issuperset(months_in(y))]
    return years


def phasing(booked: pd.DataFrame, line: str, year: int) -> pd.Series:
    """Share of a year's amount per month number 1–12, from the line's earlier complete years; even without history."""
    even = pd.Series(1 / 12, index=range(1, 13))
    if line not in booked.index:
        return even
    by_month = sum((booked.loc[line, months_in(y)].to_numpy() for y in complete_years(booked, year)), start=0.0)
    if not len(complete_years(booked, year)) or by_month.sum() == 0:
        return even
    return pd.Series(by_month / by_month.sum(), index=range(1, 13))


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


def model_forecast(booked: pd.DataFrame, month: str, lines: list[str]) -> pd.DataFrame:
    """One row per line and a SUM row: the year's amount as earlier years' course suggests.

    Each of up to three complete earlier years suggests two amounts: this year so far plus that year's remainder,
    and this year so far scaled by that year's course. model_nok is the median of the suggestions, low_nok and
    high_nok the lowest and highest. Without a complete earlier year there is no model: yearly licences make the rate
    so far say nothing. The SUM row adds up the lines.
    """
    ways = _suggestions(booked.reindex(lines, fill_value=0.0), month).astype(float)
    model = pd.DataFrame({"model_nok": ways.median(axis=1), "low_nok": ways.min(axis=1), "high_nok": ways.max(axis=1)})
    model = pd.concat([model, model.sum(skipna=False).rename(SUM).to_frame().T])
    return model.rename_axis(LINE["operating"]).reset_index()


def _suggestions(table: pd.DataFrame, month: str) -> pd.DataFrame:
    """One column per suggestion; a course is left out where it would turn or invent an amount."""
    year, known = year_of(month), int(month[5:])
    table = table.reindex(columns=table.columns.union(months_in(year)), fill_value=0.0)
    so_far = table[months_in(year)[:known]].sum(axis=1)
    ways = {}
    for earlier in complete_years(table, year):
        then = table[months_in(earlier)]
        then_so_far, then_total = then.iloc[:, :known].sum(axis=1), then.sum(axis=1)
        ways[f"remainder {earlier}"] = so_far + then_total - then_so_far
        ways[f"course {earlier}"] = (so_far * then_total / then_so_far).where(then_so_far * then_total > 0)
    return pd.DataFrame(ways, index=table.index)


def forecast_bridge(
    adopted_forecasts: pd.DataFrame, kind: str, month: str, previous: str, lines: list[str]
) -> pd.DataFrame:
    """One row per line whose adopted forecast changed, came or went since the month before.

    Columns: previous_nok, forecast_nok, change_nok and the reason given now. No rows where the month before had no
    adopted forecasts at all, nor in January: December's are of another year.
    """
    is_counted = (adopted_forecasts.kind == kind) & adopted_forecasts.period.str.startswith(month[:4])
    rows = adopted_forecasts[is_counted].set_index("line")
    now, before = (rows[rows.period == p].reindex(lines) for p in (month, previous))
    bridge = pd.DataFrame(
        {
            "previous_nok": before.amount_nok,
            "forecast_nok": now.amount_nok,
            "change_nok": now.amount_nok - before.amount_nok,
            "reason": now.reason,
        }
    )
    changed = (bridge.change_nok.fillna(0) != 0) | (bridge.previous_nok.isna() != bridge.forecast_nok.isna())
    return bridge[changed & before.amount_nok.notna().any()].rename_axis(LINE[kind]).reset_index()
