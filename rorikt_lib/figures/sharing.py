"""The numbers of the yearly documents as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.records import records, same
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook

ITEM = {"key": "key", "amount_nok": "item_amount"}
CHANGES = {
    "last_year_nok": "last_year", "cost_effect_nok": "cost_effect", "key_effect_nok": "key_effect",
    "next_year_nok": "next_year", "change_nok": "change",
}  # fmt: skip
DISTRIBUTION = {
    "frame_nok": "frame", "on_account_nok": "on_account", "underspend_nok": "underspend",
    "total_payment_nok": "total_payment",
}  # fmt: skip
FRAME = {
    "frame_nok": "frame", "total_nok": "total", "needed_nok": "needed", "measures_nok": "measures", "left_nok": "left",
}  # fmt: skip
SCENARIO = {
    "base_nok": "base", "frame_nok": "frame", "invoiced_nok": "invoiced", "scenario_nok": "total",
    "change_nok": "change", "share_now": "share",
}  # fmt: skip


def sharing(book: Workbook) -> list[pd.DataFrame]:
    """Cost sharing: who pays what, and what this month's variance is for each."""
    year = measures.budget_year(book)
    amounts = {"amount_nok": "amount"}
    shares = measures.yearly_shares(book)
    totals = shares.groupby("year", as_index=False).amount_nok.sum().assign(municipality=SUM)
    items = measures.allocation(book).assign(year=year)
    categories = measures.allocation_by_category(book).assign(year=year)
    models = measures.sharing_models(book).assign(year=year)
    of_year = ["year", "municipality"]
    return [
        records(shares, "sharing", of_year, {"cost_share": "share"} | amounts),
        records(totals, "sharing", of_year, amounts),
        records(items, "sharing", ["year", "category", "item", "municipality"], ITEM),
        records(categories, "sharing", ["year", "category", "municipality"], {"amount_nok": "category_amount"}),
        records(models, "sharing", ["year", "sharing_model", "municipality"], {"amount_nok": "model_amount"}),
        records(measures.against_last_year(book).assign(year=year), "sharing", of_year, CHANGES),
        records(measures.deviation_by_municipality(book), "sharing", ["municipality"], {"variance_nok": "variance"}),
    ]


def budget(book: Workbook) -> list[pd.DataFrame]:
    """The budget, the plan, investments, settlements, step prices and scenarios."""
    year = measures.budget_year(book)
    of_year = ["year", "municipality"]
    settled = measures.operating_settlement(book).assign(year=measures.settled_year(book))
    account, distribution = measures.investment_settlement(book), measures.investment_distribution(book)
    return [
        records(measures.budget_walk(book).assign(year=year), "budget", ["year", "step"], {"amount_nok": "step"}),
        records(measures.budget_parts(book), "budget", ["step", "adjustment"], {"amount_nok": "adjustment"}),
        records(measures.budget_measures(book), "budget", ["measure"], {"amount_nok": "measure"}),
        records(measures.frame_check(book), "budget_frame", ["municipality"], FRAME),
        records(measures.years_ahead(book), "financial_plan", of_year, {"amount_nok": "amount"}),
        records(measures.investment_plan(book), "investment_plan", of_year, {
            "frame_nok": "frame", "vat_nok": "vat", "on_account_nok": "on_account",
        }),
        records(distribution.assign(year=year), "investment_distribution", of_year, DISTRIBUTION),
        records(settled, "settlement", of_year, {"amount_nok": "operating"}),
        records(account, "settlement", ["municipality"], {
            "paid_nok": "investment_paid", "spent_nok": "investment_spent", "amount_nok": "investment",
        }),
        records(measures.step_prices(book), "step_price", ["up_to"], same("month_nok", "year_nok")),
        records(measures.growth_cost(book), "step_price", ["more_units"], {"more_nok": "growth"}),
        records(measures.scenarios(book), "scenario", ["scenario", "municipality"], SCENARIO),
    ]  # fmt: skip
