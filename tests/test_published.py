"""The figures computed from the demo exports equal those the organisation published (tests/published)."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.report.breaches import serious_cases
from rorikt_lib.report.service_level import SLA_TREND
from rorikt_lib.workbook import open_month

PUBLISHED = Path(__file__).parent / "published"
SEPTEMBER, OCTOBER, YEAR_END = "2024-09", "2024-10", "2023-12"


@pytest.fixture(scope="module")
def value(demo_figures):
    """Look up a figure of a month's report by name and member; missing figures are None."""
    of_month = cache(lambda month: demo_figures(month).set_index(["figure", "member"]).value)
    return lambda month, figure, member: of_month(month).get((figure, member))


MONTHS = [pytest.param("2023-12-31", YEAR_END, marks=pytest.mark.deep), ("2024-10-01", SEPTEMBER)]


def published(name: str, **dtype) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv", dtype=dtype)


def rounded(number: float, decimals: int = 0) -> float:
    """Half away from zero, independent of the code under test."""
    return float(Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(("as_of", "month"), MONTHS)
@pytest.mark.parametrize(
    ("name", "line", "prefix"),
    [("operating_costs", "expense_type", "operating_costs"), ("investment_costs", "project", "investment_costs")],
)
def test_each_cost_line_equals_the_published_one_in_thousands(value, as_of, month, name, line, prefix):
    table = published(name)
    rows = table[(table.as_of == as_of) & (table[line] != "SUM")]
    assert len(rows) >= 7
    for row in rows.itertuples():
        for column in ("actual", "budget", "forecast"):
            expected = getattr(row, column)
            if not math.isnan(expected):
                computed = value(month, f"{prefix}.{column}", getattr(row, line))
                assert rounded(computed / 1000) == expected, (column, row)


@pytest.mark.parametrize(("as_of", "month"), MONTHS)
@pytest.mark.parametrize("name", ["operating_costs", "investment_costs"])
def test_sums_and_variances_equal_the_published_ones_but_for_the_papers_own_rounding(value, as_of, month, name):
    table = published(name)
    line = table.columns[1]
    for row in table[table.as_of == as_of].itertuples():
        member = getattr(row, line)
        assert value(month, f"{name}.variance", member) / 1000 == pytest.approx(row.variance, abs=2)
        if member == "SUM":
            assert value(month, f"{name}.actual", member) / 1000 == pytest.approx(row.actual, abs=2)
            assert value(month, f"{name}.budget", member) / 1000 == pytest.approx(row.budget, abs=2)


@pytest.mark.deep
def test_the_overspend_of_2023_equals_the_settlement_to_the_ore(value):
    assert value(YEAR_END, "operating_costs.variance", "SUM") == pytest.approx(-1_937_782.94, abs=0.001)


def test_the_sla_table_equals_the_published_one(value):
    for row in published("sla_compliance").itertuples():
        member = f"{row.month}|{row.priority}"
        assert value(SEPTEMBER, "sla.within", member) == row.within_sla, member
        assert value(SEPTEMBER, "sla.breached", member) == row.breached, member


def test_mean_resolution_times_equal_the_published_ones_and_no_cases_give_no_value(value):
    for row in published("resolution_time").itertuples():
        member = f"{row.month}|{row.priority}"
        mean, cases = (value(SEPTEMBER, f"resolution.{name}", member) for name in ("mean", "cases"))
        assert mean is None if cases == 0 else rounded(mean, 1) == row.mean, member
        assert row.mean == 0 or cases > 0, member


COUNTS = {
    "open_incidents": ("backlog.open", "{day}|Feilmelding"),
    "open_requests": ("backlog.open", "{day}|Tjenesteforespørsel"),
    "open_total": ("backlog.open", "{day}|total"),
    "created": ("tickets.created", "{month}"),
    "created_category": ("tickets.created", "{month}"),
    "soc_alerts": ("tickets.alerts", "{month}"),
    "portal_views": ("usage.views", "{month}|Kompetanseportalen"),
    "portal_unique_users": ("usage.unique_users", "{month}|Kompetanseportalen"),
    "portal_unique_users_since_launch": ("usage.unique_users_since_launch", "{month}|Kompetanseportalen"),
    "chatbot_inquiries": ("usage.inquiries", "{month}|Chatbot"),
}


@pytest.mark.parametrize("row", list(published("service_counts").itertuples(index=False)), ids=str)
def test_each_published_count_equals_the_figure(value, row):
    metric, _, category = row.metric.partition(":")
    figure, member = COUNTS[metric]
    day = {"2024-02-01": "2024-01-31"}.get(row.period, row.period)
    report = OCTOBER if row.period.startswith("2024-10") else SEPTEMBER
    member = member.format(day=day, month=row.period) + (f"|{category}" if category else "")
    assert value(report, figure, member) == row.value


def test_the_pc_table_equals_the_published_one_cell_by_cell(value):
    names = {"expired_2023": "expired", "expires_2024": "expiring", "ordered_not_delivered": "on_order"}
    table = published("pc_rollover_2024-09-27").rename(columns=names)
    for row in table.itertuples():
        member = "SUM" if row.municipality == "SUM" else f"{row.municipality}|{row.user_group}"
        for column in ("expired", "expiring", "in_stock", "on_order", "to_order"):
            assert value(SEPTEMBER, f"devices.{column}", member) == getattr(row, column), (member, column)
        if not math.isnan(row.to_order_municipality):
            assert value(SEPTEMBER, "devices.to_order", row.municipality) == row.to_order_municipality


def test_the_critical_and_high_cases_are_the_published_ones_as_the_extract_had_them(demo):
    names = {"critical": "Kritisk", "high": "Høy"}
    cases = serious_cases(open_month(SEPTEMBER, demo))
    listed = sorted(zip(cases.date.dt.strftime("%Y-%m-%d"), cases.municipality, cases.priority.map(names), strict=True))
    table = published("major_incidents")
    known = table[~((table.date == "2024-09-27") & (table.priority == "Kritisk"))]
    assert listed == sorted(zip(known.date, known.municipality, known.priority, strict=True))


@pytest.mark.parametrize("cut_off", ["2024-09-30", "2024-09-30T23:59"])
def test_with_the_whole_of_september_the_second_critical_case_is_counted_as_the_text_says(demo, cut_off):
    book = replace(open_month(SEPTEMBER, demo), report=Report(cut_off=CutOff(tickets=cut_off)))
    cases = serious_cases(book)
    listed = sorted(cases.date.dt.strftime("%Y-%m-%d")[cases.priority == "critical"])
    table = published("major_incidents")
    assert listed == sorted(table.date[table.priority == "Kritisk"])
    sla = SLA_TREND.frame(book).set_index(["month", "priority"])
    assert sla.loc[(SEPTEMBER, "critical"), ["within", "breached"]].tolist() == [2, 0]


def test_the_shares_and_contributions_of_each_year_equal_the_published_ones(value):
    for row in published("cost_shares").itertuples():
        assert rounded(value(OCTOBER, "sharing.share", f"{row.year}|{row.municipality}"), 4) == row.share, row
    for row in published("contributions").itertuples():
        amount = value(OCTOBER, "sharing.amount", f"{row.year}|{row.municipality}")
        assert rounded(amount / 1000) == row.nok_1000, row


def test_every_cell_of_the_allocation_is_within_a_krone_and_the_totals_equal_the_published_ones(value):
    places = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
    for _, row in published("allocation_2025").iterrows():
        for place in places:
            amount = value(SEPTEMBER, "sharing.item_amount", f"2025|{row.category}|{row['item']}|{place}")
            assert abs(amount - row[f"published_{place}"]) <= 1, (row["item"], place)
    total = published("allocation_2025_totals").set_index("category").loc["SUM"]
    for place in places:
        assert value(SEPTEMBER, "sharing.amount", f"2025|{place}") == total[f"published_{place}"]


def test_the_financial_and_investment_plans_equal_the_published_ones_in_thousands(value):
    plan = published("financial_plan_2025-2028").set_index("row").drop(index="growth_percent")
    for name, row in plan.iterrows():
        for year, printed in row.items():
            assert rounded(value(SEPTEMBER, "financial_plan.amount", f"{year}|{name}") / 1000) == printed, (name, year)
    plan = published("investment_plan_2025-2028").set_index("row")
    figures = {"frame_incl_vat": ("frame", "SUM"), "vat_compensation": ("vat", "SUM")}
    for name, row in plan.iterrows():
        figure, member = figures.get(name, ("on_account", name))
        for year, printed in row.items():
            amount = value(SEPTEMBER, f"investment_plan.{figure}", f"{year}|{member}")
            assert rounded(amount / 1000) == printed, (name, year)


def test_the_investment_distribution_equals_the_published_one(value):
    names = {"frame_incl_vat": "frame", "on_account_excl_vat": "on_account", "underspend_2024": "underspend",
             "total_payment": "total_payment"}  # fmt: skip
    for _, row in published("investment_distribution_2025").iterrows():
        for column, name in names.items():
            amount = value(SEPTEMBER, f"investment_distribution.{name}", f"2025|{row.municipality}")
            assert amount == row[column], (row.municipality, column)


def test_the_budget_walk_and_its_adjustments_equal_the_published_ones(value):
    steps = published("budget_walk_2024-2025")
    for row in steps[1:-1].itertuples():
        assert value(SEPTEMBER, "budget.step", f"2025|{row.step}") == row.amount, row.step
    assert value(SEPTEMBER, "budget.step", "2025|Budsjett 2025") == steps.amount.iloc[-1]
    for row in published("budget_walk_2025_adjustments").itertuples():
        assert value(SEPTEMBER, "budget.adjustment", f"Diverse reduksjoner|{row.adjustment}") == row.amount


def test_the_settlement_of_2023_comes_from_the_ledger_and_equals_the_published_one_but_for_one_ore(value):
    """The published amounts are rounded each by itself and add up to an øre too little."""
    apart = {}
    for row in published("overspend_settlement_2023").itertuples():
        amount = value(SEPTEMBER, "settlement.operating", f"2023|{row.municipality}")
        apart[row.municipality] = round(amount - row.amount, 2)
    assert apart == {"Molde": -0.01, "Vestnes": 0, "Rauma": 0, "Aukra": 0, "Hustadvika": 0, "SUM": 0}


def test_the_frame_and_the_price_steps_equal_the_published_ones(value):
    rows = published("savings_2025_revised").set_index("measure").amount
    assert value(SEPTEMBER, "budget_frame.total", "Molde") == rows["Revised budget 2025 (published)"]
    assert value(SEPTEMBER, "budget.measure", "SUM") == rows[:-3].sum() == rows["SUM (published)"] - 3000
    for row in published("soc_price_tiers").itertuples():
        assert value(SEPTEMBER, "step_price.month_nok", str(row.servers_up_to)) == row.nok_per_month
