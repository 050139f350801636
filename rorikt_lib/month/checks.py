"""Whether the month's costs may be published: a rule of ledger.checks that fails stops the report."""

from __future__ import annotations

import math

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.ledger.checks import failures
from rorikt_lib.workbook import Workbook

_CLEAN = "make the tables anew with rorikt clean"
_FORECAST = "correct the adopted forecasts (in kroner, income negative)"
_BUDGET = "correct the budget"
# Rule of ledger.checks → what is said of the lines that break it (found against expected), and the remedy.
SAID = {
    "sum_differs": ("a sum is not that of its lines", _CLEAN),
    "amount_lost": ("the report does not show what is delivered", _CLEAN),
    "forecast_missing": ("no adopted forecast, though other lines have one (budget)", "adopt one, 0 for nothing"),
    "forecast_sign": ("the adopted forecast has not the budget's sign", _FORECAST),
    "forecast_scale": ("the adopted forecast is out of scale with budget and booked", _FORECAST),
    "forecast_below_booked": (
        "the adopted forecast is below what is booked",
        "adopt at least what is booked, or give the reason for credits within ledger.credit_limit_nok",
    ),
    "budget_sign": ("cost is budgeted as income or income as cost", _BUDGET),
    "booked_sign": ("booked with the opposite of the budget's sign", "export the ledger with costs positive"),
    "budget_not_adopted": (
        "the operating budget is not the total adopted",
        f"{_BUDGET}, ledger.budget_versions or ledger.adopted_budget_nok in workbook.yml",
    ),
    "budget_not_phased": ("the budget by month is not the year's budget", _BUDGET),
}


def refuse_failed(book: Workbook) -> None:
    """InputError that says every rule that fails and names all its lines, with both amounts in NOK."""
    tables = (book.table(name) for name in ("postings", "budget_lines", "adopted_forecasts"))
    failed = failures(*tables, book.month, book.settings.ledger)
    if failed.empty:
        return
    told = [f"{SAID[rule][0]}: {_named(rows)}" for rule, rows in failed.groupby("rule", sort=False)]
    remedies = dict.fromkeys(SAID[rule][1] for rule in failed.rule)
    raise InputError(
        f"{book.month} cannot be published: {'; '.join(told)}",
        file=book.data_root / "raw",
        remedy="; ".join(remedies),
    )


def _named(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.line} ({_nok(row.found_nok)} against {_nok(row.against_nok)})" for row in rows.itertuples())


def _nok(amount: float) -> str:
    return "nothing" if math.isnan(amount) else f"{amount:,.2f}"
