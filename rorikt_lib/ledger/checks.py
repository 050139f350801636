"""What must hold of the cost tables before they are published: one function per rule, and all of them together.

A rule returns its failures, one row each: line, found_nok and against_nok, the amount it contradicts; no rows where
it holds. Amounts that differ by less than half an øre are the same. A rule stops a report, so it refuses only what
cannot be right or would make a published figure wrong; what is merely unusual is for the report's text.
"""

import numpy as np
import pandas as pd

from rorikt_lib.config.ledger import LedgerSettings
from rorikt_lib.ledger.costs import actual_to_date, adopted_of, budget_of_year, cost_table, is_overspent, reasons_of
from rorikt_lib.ledger.course import booked_by_month, phased_budget
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import year_of

HALF_ORE = 0.005
# A digit too many or too few makes an amount 10 times off, øre 100 and thousands 1000. A line that truly ends the
# year this many times above both its budget and what is booked has its budget revised first.
OUT_OF_SCALE = 5
# Postings, budget lines and adopted forecasts.
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def failures(
    postings: pd.DataFrame,
    budget_lines: pd.DataFrame,
    adopted_forecasts: pd.DataFrame,
    month: str,
    settings: LedgerSettings,
) -> pd.DataFrame:
    """All that fails in a month: one row per rule and line, with columns rule, line, found_nok, against_nok."""
    tables = postings, budget_lines, adopted_forecasts
    found = [rows.assign(rule=rule) for kind in Kind for rule, rows in _of_kind(tables, kind, month, settings).items()]
    found += [rows.assign(rule=rule) for rule, rows in _of_operating(tables, month, settings).items()]
    return pd.concat(found, ignore_index=True)[["rule", "line", "found_nok", "against_nok"]]


def _of_kind(tables: Tables, kind: str, month: str, settings: LedgerSettings) -> dict[str, pd.DataFrame]:
    """Rules for both kinds."""
    postings, budget_lines, adopted_forecasts = tables
    costs = cost_table(*tables, kind, month, settings)
    budget = budget_of_year(budget_lines, kind, year_of(month), settings)
    delivered = {
        "actual_nok": actual_to_date(postings, kind, month),
        "budget_nok": budget.groupby("line").amount_nok.sum(),
        "forecast_nok": adopted_of(adopted_forecasts, kind, month),
    }
    return {
        "sum_differs": sum_differs(costs),
        "amount_lost": amount_lost(costs, delivered),
        "forecast_missing": forecast_missing(costs),
        "forecast_sign": forecast_sign(costs),
        "forecast_scale": forecast_scale(costs),
    }


def _of_operating(tables: Tables, month: str, settings: LedgerSettings) -> dict[str, pd.DataFrame]:
    """Rules for the operating lines alone: what is booked on a project may be moved to another, or to another year."""
    postings, budget_lines, adopted_forecasts = tables
    kind, year = Kind.OPERATING, year_of(month)
    costs = cost_table(*tables, kind, month, settings)
    phased = phased_budget(booked_by_month(postings, kind), budget_lines, kind, year, settings)
    # A ledger without any budget contradicts none.
    adopted_nok = None if budget_lines.empty else adopted_in_ledger(year, settings)
    explained = list(reasons_of(adopted_forecasts, kind, month).dropna().index)
    return {
        "forecast_below_booked": forecast_below_booked(costs, explained, settings.credit_limit_nok),
        "budget_sign": budget_sign(costs, settings),
        "booked_sign": booked_sign(costs, month),
        "budget_not_adopted": budget_not_adopted(costs, adopted_nok),
        "budget_not_phased": budget_not_phased(costs, phased),
    }


def adopted_in_ledger(year: int, settings: LedgerSettings) -> float | None:
    """What the year's budget adds up to in the ledger, NOK: the adopted total, less contributions among the income."""
    adopted_nok = settings.adopted_budget_nok.get(year)
    return None if adopted_nok is None else adopted_nok - settings.contributions_in_income_nok.get(year, 0)


def sum_differs(costs: pd.DataFrame) -> pd.DataFrame:
    """Columns (as `line`) whose SUM row is not the sum of the lines; a sum is missing where a line's amount is."""
    lines, total = _lines(costs), costs.set_index(costs.columns[0]).loc[SUM].astype(float)
    added = lines.sum(skipna=False)
    return _failed(total, added, ~_same(total.fillna(0.0) if lines.empty else total, added))


def amount_lost(costs: pd.DataFrame, delivered: dict[str, pd.Series]) -> pd.DataFrame:
    """Lines whose delivered amounts (column of `costs` → NOK per line) the table has not: above all unknown lines."""
    table = _lines(costs)
    found = [
        _failed(shown, given, ~_same(shown, given))
        for column, amounts in delivered.items()
        for shown, given in [table[column].dropna().align(amounts, fill_value=0.0)]
    ]
    return pd.concat(found, ignore_index=True)


def forecast_missing(costs: pd.DataFrame) -> pd.DataFrame:
    """Lines without an adopted forecast while others have one, against the budget.

    The sum's variance would take such a line at what is booked so far, and give a result that nobody forecasts.
    """
    lines = _lines(costs)
    is_given = lines.forecast_nok.notna()
    return _failed(lines.forecast_nok, lines.budget_nok, ~is_given & is_given.any())


def forecast_sign(costs: pd.DataFrame) -> pd.DataFrame:
    """Lines whose adopted forecast is income where the budget is a cost, or the reverse. Nothing has no sign."""
    lines = _lines(costs)
    return _failed(lines.forecast_nok, lines.budget_nok, lines.forecast_nok * lines.budget_nok < 0)


def forecast_scale(costs: pd.DataFrame) -> pd.DataFrame:
    """Lines whose adopted forecast is over 5 times, or under a fifth of, both budget and booked.

    Against the nearer of the two. A forecast of nothing is a decision, and without a budget any amount can be right.
    """
    lines = _lines(costs)
    known = lines[["budget_nok", "actual_nok"]].abs()
    least, most, forecast = known.min(axis=1), known.max(axis=1), lines.forecast_nok.abs()
    too_high = (forecast > OUT_OF_SCALE * most) & (known.budget_nok > 0)
    too_low = (forecast * OUT_OF_SCALE < least) & (forecast > 0) & (known.budget_nok > 0)
    return _failed(lines.forecast_nok, most.where(too_high, least), too_high | too_low)


def forecast_below_booked(costs: pd.DataFrame, explained: list[str], credit_limit_nok: float) -> pd.DataFrame:
    """Lines with more booked than the adopted forecast of the year, in the whole thousands that the report shows.

    Only credits still to come can make such a forecast right: it stands where a reason is given (`explained`) and
    they are at most credit_limit_nok. An income line is below when more income is booked than forecast.
    """
    lines = _lines(costs).dropna(subset="forecast_nok")
    direction = np.sign(lines.budget_nok.where(lines.budget_nok.abs() > 0, lines.actual_nok))
    forward = lines.mul(direction, axis=0)
    stands = lines.index.isin(explained) & (forward.actual_nok - forward.forecast_nok <= credit_limit_nok)
    return _failed(lines.forecast_nok, lines.actual_nok, is_overspent(forward) & ~stands)


def budget_sign(costs: pd.DataFrame, settings: LedgerSettings) -> pd.DataFrame:
    """Lines of cost accounts alone that are budgeted as income, or the reverse; a line with both may be either."""
    lines = _lines(costs)
    arts = pd.Series(settings.expense_type_of_art())
    income = pd.Series([*map(settings.is_income, arts.index)], arts.array, float).groupby(level=0).mean()
    sign = income.map({0.0: 1, 1.0: -1}).reindex(lines.index)
    return _failed(lines.budget_nok, pd.Series(0.0, lines.index), lines.budget_nok * sign < 0)


def booked_sign(costs: pd.DataFrame, month: str) -> pd.DataFrame:
    """Lines booked against the budget's sign by over half of what the budget, spread evenly, comes to by then.

    A ledger delivered with its signs turned gives about all of it; reversals and credits are less. At least two
    months count too, since January reverses the accruals of December.
    """
    lines = _lines(costs)
    even = lines.budget_nok * max(int(month[5:]), 2) / 12
    return _failed(lines.actual_nok, lines.budget_nok, lines.actual_nok * np.sign(even) < -even.abs() / 2)


def budget_not_adopted(costs: pd.DataFrame, adopted_nok: float | None) -> pd.DataFrame:
    """The SUM row where the year's budget is not, to the krone, the total that the board adopted (None: unknown)."""
    total = costs.set_index(costs.columns[0]).budget_nok.astype(float)[[SUM]]
    adopted = pd.Series(adopted_nok, total.index, dtype=float)
    return _failed(total, adopted, (total.round() != adopted) & (adopted_nok is not None))


def budget_not_phased(costs: pd.DataFrame, phased: pd.DataFrame) -> pd.DataFrame:
    """Lines whose budget by month (line × month) does not add up to the year's; none in a year without a budget."""
    budget, months = _lines(costs).budget_nok.dropna().align(phased.sum(axis=1), join="left", fill_value=0.0)
    return _failed(months, budget, ~_same(months, budget))


def _lines(costs: pd.DataFrame) -> pd.DataFrame:
    return costs.set_index(costs.columns[0]).drop(index=SUM).astype(float)


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return ((one - other).abs() < HALF_ORE) | (one.isna() & other.isna())


def _failed(found: pd.Series, against: pd.Series, is_wrong: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame({"found_nok": found, "against_nok": against})
    return frame[is_wrong].rename_axis("line").reset_index()
