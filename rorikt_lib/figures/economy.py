"""The numbers of chapter 1 and of the forecast's page as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.records import records, same
from rorikt_lib.ledger.costs import LINE
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook

COST_NAMES = {
    "actual_nok": "actual",
    "budget_nok": "budget",
    "variance_nok": "variance",
    "forecast_nok": "forecast",
}
MODEL_NAMES = {"model_nok": "model_forecast", "low_nok": "model_low", "high_nok": "model_high"}
BRIDGE_NAMES = {
    "previous_nok": "model_previous",
    "booked_apart_nok": "model_booked_apart",
    "commitments_nok": "model_new_invoices",
    "outlook_nok": "model_outlook_change",
}
COURSE_NAMES = {
    "actual_nok": "actual_so_far",
    "budget_nok": "budget_so_far",
    "model_nok": "model_so_far",
    "low_nok": "model_so_far_low",
    "high_nok": "model_so_far_high",
}
MONTH_NAMES = {
    "booked_nok": "booked_by_month",
    "adopted_nok": "adopted_by_month",
    "model_nok": "model_by_month",
    "low_nok": "model_low_by_month",
    "high_nok": "model_high_by_month",
}


def economy(book: Workbook) -> list[pd.DataFrame]:
    """Chapter 1."""
    parts = []
    for kind, line in LINE.items():
        prefix = f"{kind}_costs"
        parts += [
            records(measures.cost_table(book, kind), prefix, [line], COST_NAMES),
            records(
                measures.adopted_bridge(book, kind),
                prefix,
                [line],
                {"previous_nok": "previous_forecast", "change_nok": "forecast_change"},
            ),
        ]
    prefix = "operating_costs"
    expected = measures.expected_invoices(book).rename(columns={"expected_month": "month"})
    monthly = expected.groupby(["expense_type", "month"], as_index=False).amount_nok.sum()
    yearly = monthly.groupby("expense_type", as_index=False).amount_nok.sum()
    total = pd.DataFrame({"expense_type": [SUM], "amount_nok": [yearly.amount_nok.sum()]})
    bridge = measures.model_bridge(book).rename(columns={"line": "expense_type"})
    name = {"amount_nok": "expected_invoices"}
    return [
        *parts,
        records(measures.model_forecast(book), prefix, ["expense_type"], MODEL_NAMES),
        records(measures.operating_course(book), prefix, ["month"], COURSE_NAMES),
        records(pd.concat([yearly, total.head(len(yearly))]), prefix, ["expense_type"], name),
        records(monthly, prefix, ["expense_type", "month"], name),
        records(bridge, prefix, ["expense_type"], BRIDGE_NAMES),
    ]


def forecast_page(book: Workbook) -> list[pd.DataFrame]:
    """The forecast's own page."""
    line = LINE["operating"]
    rows = measures.forecasts_by_month(book).rename(columns={"period": "month", "line": line})
    accuracy = measures.forecast_accuracy(book).rename(columns={"line": line})
    change = {"previous_nok": "previous_adopted_by_month", "change_nok": "adopted_change_by_month"}
    errors = same("wape", "bias", "coverage")
    return [
        records(rows, "operating_costs", ["month", line], MONTH_NAMES),
        records(measures.forecast_totals(book).assign(**{line: SUM}), "operating_costs", ["month", line], MONTH_NAMES),
        records(measures.adopted_changes(book), "operating_costs", ["month", line], change),
        records(accuracy, "forecast_accuracy", ["source", line, "months_left"], same("years", "wape", "bias")),
        records(measures.tried_methods(book), "forecast_trial", ["method", "known_months"], errors),
        records(measures.tried_lines(book), "forecast_trial", ["method", "known_months", line], errors),
    ]
