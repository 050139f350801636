"""Walk, frames, plan, investments, settlement and price steps: rules that hold for any year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.budget import against_last_year, frame_check, listed, total_of_frame, walk
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.plan import investment_distribution, investment_plan, years_ahead
from rorikt_lib.sharing.settlement import settle_investment, settle_operating
from rorikt_lib.sharing.steps import growth_cost, monthly_price, price_table

KEYS = st.lists(st.integers(0, 9999), min_size=3, max_size=3).filter(any)
PLACES = ["Molde", "Rauma", "Aukra"]
ORE = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)
SHARES = {"Molde": Fraction(3, 4), "Rauma": Fraction(1, 4)}


def keyed(numbers) -> dict[str, int]:
    return dict(zip(PLACES, numbers, strict=True))


@given(ORE, st.dictionaries(st.text("abc", min_size=1, max_size=2), ORE, max_size=6))
def test_the_walk_starts_where_the_last_step_ended_and_ends_at_the_sum(start, steps):
    table = walk(start, steps, "i fjor", "i år")
    inner = table.iloc[1:-1]
    assert inner.from_nok.tolist() == table.to_nok.tolist()[: len(inner)]
    assert table.amount_nok.iloc[-1] == start + sum(steps.values())
    assert (table.iloc[[0, -1]].from_nok == 0).all()


def test_a_list_whose_printed_sum_is_another_says_by_how_much():
    table = listed({"a": -4, "b": "-2.50"}, "measure", -6)
    assert table.iloc[-1].to_dict() == {
        "measure": "SUM", "amount_nok": Decimal("-6.50"), "printed_nok": Decimal(-6), "difference_nok": Decimal("0.50"),
    }  # fmt: skip
    assert listed({"a": 1}, "measure").difference_nok.tolist() == [None, None]


@given(st.integers(1, 10**9), st.integers(1, 1000))
def test_a_frame_is_its_share_of_the_total_it_gives(frame, thousandths):
    share = Fraction(thousandths, 1000)
    assert abs(Fraction(total_of_frame(frame, share)) * share - frame) <= share / 2


@pytest.mark.parametrize("share", [0, "1.01", -1])
def test_a_share_that_no_municipality_can_have_is_refused(share):
    with pytest.raises(InputError, match="a share of"):
        total_of_frame(1, share)


def test_measures_short_of_the_needed_cut_leave_cuts_below_zero():
    row = frame_check(900, 1000, {"a": -60}).iloc[0]
    assert (row.needed_nok, row.measures_nok, row.left_nok) == (-100, -60, -40)


@given(KEYS, KEYS, st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_effects_of_cost_and_keys_explain_each_change_and_key_effects_cancel(old, new, before, now):
    table = against_last_year(
        [Charge("A", "a", Fraction(before), keyed(old))], [Charge("A", "a", Fraction(now), keyed(new))]
    )
    assert (table.cost_effect_nok + table.key_effect_nok).tolist() == table.change_nok.tolist()
    total = table.iloc[-1]
    assert (total.last_year_nok, total.cost_effect_nok, total.key_effect_nok) == (before, now - before, 0)


def test_with_the_same_keys_all_change_is_cost_and_with_the_same_cost_all_is_keys():
    was = [Charge("A", "a", Fraction(400), {"Molde": 3, "Rauma": 1})]
    dearer = against_last_year(was, [Charge("A", "a", Fraction(800), {"Molde": 3, "Rauma": 1})])
    assert dearer.cost_effect_nok.tolist() == [300, 100, 400]
    assert dearer.key_effect_nok.tolist() == [0, 0, 0]
    moved = against_last_year(was, [Charge("A", "a", Fraction(400), {"Molde": 1, "Rauma": 1})])
    assert moved.cost_effect_nok.tolist() == [0, 0, 0]
    assert moved.key_effect_nok.tolist() == [-100, 100, 0]


def test_an_item_that_is_new_or_gone_is_an_effect_of_cost_by_its_own_keys():
    common = Charge("A", "a", Fraction(100), {"Molde": 1, "Rauma": 1})
    before = [common, Charge("A", "old", Fraction(50), {"Molde": 1, "Rauma": 0})]
    now = [common, Charge("A", "new", Fraction(80), {"Molde": 0, "Rauma": 1})]
    table = against_last_year(before, now)
    assert table.cost_effect_nok.tolist() == [-50, 80, 30]
    assert table.key_effect_nok.tolist() == [0, 0, 0]


def test_a_municipality_that_joins_has_nothing_last_year():
    before = [Charge("A", "a", Fraction(100), {"Molde": 1})]
    now = [Charge("A", "a", Fraction(100), {"Molde": 1, "Rauma": 1})]
    rows = against_last_year(before, now).set_index("municipality")
    assert rows.last_year_nok["Rauma"] == 0
    assert rows.key_effect_nok.tolist() == [-50, 50, 0]


@given(KEYS, st.integers(0, 10**9), st.lists(st.integers(-200, 300), max_size=4))
def test_each_year_of_the_plan_adds_up_and_grows_on_the_unrounded_amount(keys, budget, tenths):
    growth = {2026 + i: Fraction(n, 10) for i, n in enumerate(tenths)}
    plan = years_ahead(keyed(keys), 2025, budget, growth).pivot(index="year", columns="municipality")["amount_nok"]
    amount = Fraction(budget)
    for year, row in plan.iterrows():
        amount *= 1 + growth.get(year, Fraction(0)) / 100
        assert abs(Fraction(row["SUM"]) - amount) <= Fraction(1, 2)
        assert row[PLACES].sum() == row["SUM"]


def test_a_year_of_the_plan_grows_from_what_the_one_before_is_before_it_is_rounded():
    """101, 151.5 and 227.25: from 152 the last would be 228."""
    plan = years_ahead({"Molde": Fraction(1)}, 2025, 101, {2026: 50, 2027: 50})
    assert plan[plan.municipality == "SUM"].amount_nok.tolist() == [101, 152, 227]


def test_growth_for_years_that_do_not_follow_is_refused():
    with pytest.raises(InputError, match=r"growth is given for 2027. Remedy: give each year from 2026"):
        years_ahead(SHARES, 2025, 1, {2027: 1})


@given(KEYS, st.integers(0, 10**6).map(lambda n: n * 1000), st.integers(0, 10**5).map(lambda n: n * 1000))
def test_what_is_paid_is_the_net_frame_less_last_years_underspend(keys, frame, underspend):
    table = investment_distribution(keyed(keys), frame, 0.25, underspend, 1000)
    total = table.iloc[-1]
    assert total.frame_nok == frame
    assert abs(Fraction(total.on_account_nok) - Fraction(frame) * 4 / 5) <= 500
    assert total.underspend_nok == -underspend
    assert total.total_payment_nok == total.on_account_nok - underspend
    assert table.iloc[:-1].total_payment_nok.sum() == total.total_payment_nok


def test_frame_less_compensated_vat_is_what_is_paid_on_account():
    plan = investment_plan(SHARES, {2025: 1250, 2026: 500}, 0.25)
    assert (plan.frame_nok - plan.vat_nok).tolist() == plan.on_account_nok.tolist()
    assert plan[plan.municipality == "SUM"].vat_nok.tolist() == [250, 100]
    assert investment_plan(SHARES, {}, 0.25).empty


@given(ORE, KEYS)
def test_a_settlement_adds_up_to_the_ore_and_each_amount_is_within_one_of_its_share(variance, keys):
    table = settle_operating(variance, keyed(keys))
    assert table.amount_nok.iloc[:-1].sum() == table.amount_nok.iloc[-1] == variance
    assert table.rounding_nok.abs().max() <= Decimal("0.02")
    assert table.rounding_nok.iloc[:-1].abs().max() <= Decimal("0.01")


def test_an_overspend_is_to_be_paid_and_an_underspend_is_paid_back():
    assert settle_operating(-100, SHARES).amount_nok.tolist() == [-75, -25, -100]
    assert settle_operating(100, SHARES).amount_nok.tolist() == [75, 25, 100]


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), st.integers(0, 10**9), KEYS)
def test_an_investment_settlement_pays_back_what_was_paid_and_not_spent(paid, spent, keys):
    table = settle_investment(keyed(paid), spent, keyed(keys))
    assert (table.paid_nok - table.spent_nok).tolist() == table.amount_nok.tolist()
    assert table.amount_nok.iloc[-1] == sum(paid) - spent


def test_an_investment_settlement_needs_who_paid_and_who_shares_to_be_the_same():
    with pytest.raises(InputError, match="not of the same municipalities: Rauma"):
        settle_investment({"Molde": 1}, 1, SHARES)


PRICES = {350: 107_450, 375: 114_750, 400: 122_000}


def test_a_step_costs_the_same_up_to_and_with_its_limit():
    assert [monthly_price(PRICES, n) for n in (0, 350, 351, 375, 376)] == [107_450, 107_450, 114_750, 114_750, 122_000]


def test_more_than_the_last_step_has_no_price():
    with pytest.raises(InputError, match=r"no price for 401 units. Remedy: add a step; the last one ends at 400"):
        growth_cost(PRICES, 350, [51])
    with pytest.raises(InputError, match="-1 units"):
        monthly_price(PRICES, -1)


def test_growth_is_priced_as_twelve_months_of_the_step_it_reaches():
    table = growth_cost(PRICES, 345, [5, 6])
    assert table["units"].tolist() == [350, 351]
    assert table.more_nok.tolist() == [0, 12 * (114_750 - 107_450)]


def test_the_price_table_says_what_each_step_adds_and_what_a_unit_costs_in_it():
    table = price_table({20: 50, 10: 30})
    assert table.up_to.tolist() == [10, 20]
    assert table.step_nok.tolist() == [None, 20]
    assert table.unit_nok.tolist() == [3, Decimal("2.5")]
    assert table.year_nok.tolist() == [360, 600]
