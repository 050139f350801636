"""The yearly documents computed from their inputs equal the published ones (tests/published)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from published_2025 import BUDGET, charges_2025, key_table, published

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sharing.allocate import allocate, by_category, by_municipality, exact_shares
from rorikt_lib.sharing.audit import audit, missing_rows
from rorikt_lib.sharing.budget import against_last_year, frame_check, listed, total_of_frame, walk
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.plan import investment_distribution, investment_plan, years_ahead
from rorikt_lib.sharing.rounding import ORE, exact, split, to_unit
from rorikt_lib.sharing.settlement import settle_operating
from rorikt_lib.sharing.steps import growth_cost, monthly_price

PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
LICENCES = "Lisens, vedlikehold, support"


def thousands(amount) -> int:
    """Half away from zero, independent of the code under test."""
    return int((Decimal(amount) / 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def shares_of(year: int) -> dict[str, Fraction]:
    rows = published("cost_shares")
    return {row.municipality: exact(row.share) for row in rows[rows.year == year].itertuples()}


@pytest.fixture(scope="module")
def table():
    return allocate(charges_2025())


def test_all_155_cells_are_within_a_krone_of_the_printed_ones(table):
    amounts = {(row.item, row.municipality): row.amount_nok for row in table.itertuples()}
    printed = published("allocation_2025")
    cells = {(row["item"], p): int(row[f"published_{p}"]) for _, row in printed.iterrows() for p in PLACES}
    assert len(cells) == 155
    assert {name: amounts[name] for name, cell in cells.items() if abs(amounts[name] - cell) > 1} == {}


def test_the_totals_equal_the_printed_ones_to_the_krone(table):
    totals = published("allocation_2025_totals").set_index("category")
    printed = {place: int(totals.at["SUM", f"published_{place}"]) for place in PLACES}
    assert by_municipality(table).set_index("municipality").amount_nok.to_dict() == printed
    assert sum(printed.values()) == BUDGET


def test_the_subtotals_are_within_the_krone_that_the_printed_ones_do_not_add_up_by(table):
    totals = published("allocation_2025_totals").set_index("category")
    computed = by_category(table).set_index(["category", "municipality"]).amount_nok
    for category in totals.index.drop("SUM"):
        assert sum(computed[category]) == int(totals.at[category, "budget"])
        for place in PLACES:
            assert abs(computed[category, place] - int(totals.at[category, f"published_{place}"])) <= 1
    # Those of the licences are the printed ones, with the row that was not printed.
    assert {p: int(totals.at[LICENCES, f"published_{p}"]) for p in PLACES} == computed[LICENCES].to_dict()


def test_the_shares_are_the_printed_ones(table):
    computed = {place: round(float(share), 4) for place, share in exact_shares(charges_2025()).items()}
    assert computed == {place: float(share) for place, share in shares_of(2025).items()}


def test_what_the_licence_rows_leave_is_hustadvikas(table):
    rest = table[(table["item"] == "Post som ikke er spesifisert") & (table.amount_nok > 0)]
    listed_rows = published("allocation_2025")
    licences = listed_rows[listed_rows.category == LICENCES].cost.sum()
    assert rest.municipality.tolist() == ["Hustadvika"]
    assert rest.amount_nok.tolist() == [Decimal(55_878_940 - int(licences))]


def test_the_audit_finds_what_is_missing_in_the_licence_rows_and_whose_it_is():
    found = audit(key_table().keys, key_table().costs, key_table("allocation_2025_totals").totals)
    errors = found[~found.is_rounding.astype(bool)]
    assert errors[["check", "category", "municipality", "difference_nok"]].to_numpy().tolist() == [
        ["subtotal", LICENCES, "Hustadvika", 994_134],
        ["category", LICENCES, "SUM", 994_134],
    ]
    assert missing_rows(found).to_numpy().tolist() == [[LICENCES, "Hustadvika", 994_134]]


def test_the_audit_finds_the_ore_that_the_settlement_of_2023_lacks():
    table = key_table("overspend_settlement_2023")
    found = audit(table.keys, table.costs, table.totals)
    assert found[["check", "difference_nok", "is_rounding"]].to_numpy().tolist() == [["total", Fraction(-1, 100), True]]


def test_the_contributions_are_the_budgets_by_share():
    printed = published("contributions")
    of_2024 = split(89_477_000, shares_of(2024))
    of_2025 = by_municipality(allocate(charges_2025())).set_index("municipality").amount_nok
    for year, amounts in {2024: of_2024, 2025: of_2025.to_dict()}.items():
        rows = printed[printed.year == year].set_index("municipality").nok_1000.to_dict()
        assert {place: thousands(amount) for place, amount in amounts.items()} == {p: rows[p] for p in PLACES}
        assert thousands(sum(amounts.values())) == rows["SUM"]


def test_the_budget_walk_arrives_at_the_printed_budget():
    rows = published("budget_walk_2024-2025")
    steps = dict(zip(rows.step[1:-1], map(int, rows.amount[1:-1]), strict=True))
    table = walk(int(rows.amount.iloc[0]), steps, rows.step.iloc[0], rows.step.iloc[-1])
    assert table.amount_nok.tolist() == rows.amount.tolist()
    assert table.amount_nok.iloc[-1] == BUDGET


def test_the_adjustments_add_up_to_the_printed_step():
    rows = published("budget_walk_2025_adjustments")
    given = dict(zip(rows.adjustment[:-1], map(int, rows.amount[:-1]), strict=True))
    table = listed(given, "adjustment", int(rows.amount.iloc[-1]))
    assert table.difference_nok.iloc[-1] == 0
    walked = published("budget_walk_2024-2025").set_index("step").amount
    assert table.amount_nok.iloc[-1] == int(walked["Diverse reduksjoner"])


def test_the_measures_are_3000_kroner_more_than_the_text_says():
    rows = published("savings_2025_revised").set_index("measure").amount
    given = {name: int(amount) for name, amount in rows.items() if "published" not in name}
    table = listed(given, "measure", int(rows["SUM (published)"]))
    assert table.amount_nok.iloc[-1] == -7_714_000
    assert table.difference_nok.iloc[-1] == 3_000


def test_the_revised_budget_is_moldes_frame_by_its_share_as_the_paper_rounds_it():
    rows = published("savings_2025_revised").set_index("measure").amount
    total = total_of_frame(int(rows["Molde frame (published)"]), "0.481", 1000)
    assert total == int(rows["Revised budget 2025 (published)"])
    check = frame_check(total, BUDGET, {"tiltak": -7_714_000}).iloc[0]
    assert (check.needed_nok, check.left_nok) == (-7_904_000, -190_000)


def test_the_four_year_plan_is_the_printed_one():
    rows = published("financial_plan_2025-2028").set_index("row")
    growth = {year: rows.at["growth_percent", str(year)] for year in (2026, 2027, 2028)}
    plan = years_ahead(exact_shares(charges_2025()), 2025, BUDGET, growth)
    for row in plan.itertuples():
        assert thousands(row.amount_nok) == rows.at[row.municipality, str(row.year)], (row.year, row.municipality)
    assert len(plan) == 24


def test_the_investment_distribution_is_the_printed_one():
    rows = published("investment_distribution_2025").set_index("municipality")
    underspend = -int(rows.at["SUM", "underspend_2024"])
    vat = demo_settings().sharing.vat_rate
    table = investment_distribution(exact_shares(charges_2025()), 11_500_000, vat, underspend, 1000)
    columns = {"frame_nok": "frame_incl_vat", "on_account_nok": "on_account_excl_vat",
               "underspend_nok": "underspend_2024", "total_payment_nok": "total_payment"}  # fmt: skip
    computed = table.set_index("municipality").rename(columns=columns)[[*columns.values()]]
    assert computed.astype(int).to_dict() == rows[[*columns.values()]].to_dict()


def test_the_investment_plan_is_the_printed_one():
    rows = published("investment_plan_2025-2028").set_index("row")
    frames = {int(year): int(rows.at["frame_incl_vat", year]) * 1000 for year in rows.columns}
    plan = investment_plan(exact_shares(charges_2025()), frames, demo_settings().sharing.vat_rate, 1000)
    for row in plan.itertuples():
        if row.municipality == "SUM":
            assert thousands(row.frame_nok) == rows.at["frame_incl_vat", str(row.year)]
            assert thousands(row.vat_nok) == rows.at["vat_compensation", str(row.year)]
        else:
            assert thousands(row.on_account_nok) == rows.at[row.municipality, str(row.year)]
    assert len(plan) == 24


def test_the_settlement_of_2023_is_the_printed_one_but_for_the_ore_that_makes_it_add_up():
    rows = published("overspend_settlement_2023").set_index("municipality")
    table = settle_operating(str(rows.amount["SUM"]), shares_of(2023)).set_index("municipality")
    printed = {place: Decimal(str(rows.amount[place])) for place in PLACES}
    alone = {place: to_unit(exact(str(rows.amount["SUM"])) * shares_of(2023)[place], ORE) for place in PLACES}
    assert alone == printed
    apart = {place: table.amount_nok[place] - printed[place] for place in PLACES}
    assert {place: ore for place, ore in apart.items() if ore} == {"Molde": Decimal("-0.01")}
    assert sum(table.amount_nok[place] for place in PLACES) == Decimal("-1937782.94")


def test_the_change_from_2024_splits_into_cost_and_keys():
    before = [Charge("Alle kostnader", "Vedtatt andel", Fraction(89_477_000), shares_of(2024))]
    table = against_last_year(before, charges_2025()).set_index("municipality")
    printed = published("contributions").pivot(index="municipality", columns="year", values="nok_1000")
    for place in PLACES:
        row = table.loc[place]
        assert row.last_year_nok + row.cost_effect_nok + row.key_effect_nok == row.next_year_nok
        assert abs(float(row.cost_effect_nok) - 6_866_000 * float(shares_of(2024)[place])) < 1
        assert thousands(row.last_year_nok) == printed.at[place, 2024]
        assert thousands(row.next_year_nok) == printed.at[place, 2025]
    assert table.loc["SUM", "key_effect_nok"] == 0


def test_the_price_of_the_monitoring_goes_by_the_printed_steps():
    rows = published("soc_price_tiers")
    prices = dict(zip(rows.servers_up_to.astype(int), rows.nok_per_month.astype(int), strict=True))
    assert [monthly_price(prices, n) for n in (1, 350, 351, 500)] == [107_450, 107_450, 114_750, 150_000]
    assert growth_cost(prices, 340, [10, 11, 60]).more_nok.tolist() == [0, 87_600, 174_600]
