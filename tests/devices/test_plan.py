"""The replacement plan: against a queue of single PCs, and by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from builders import make_devices, make_stock, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.config.devices import DeviceSettings, Levelling
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.plan import by_group, by_year, peak_year, replacement_plan, spread, where_spread, with_sums
from rorikt_lib.devices.rollover import rollover, stock_at
from rorikt_lib.devices.terms import with_terms

PLACES, GROUPS = ["Molde", "Rauma"], ["staff", "pupil"]
LIFETIME, PRICE = {"staff": 5, "pupil": 4}, {"staff": 1000, "pupil": 100}
DEAR = {"name": "dear", "models": ["Dear"], "price_nok": 3000, "lifetime_years": {"staff": 2}}
EVEN = {"peak_share": 0.25, "within_years": 1}
SET = demo_settings().devices.model_dump() | {
    "lifetime_years": LIFETIME, "price_nok": PRICE, "price_year": 2024, "price_growth": 0.1, "model_classes": [DEAR],
    "levelling": EVEN,
}  # fmt: skip
YEARS = range(2024, 2030)


def _plan(pcs=(), stock=(), month="2024-09", **changed) -> pd.DataFrame:
    settings = DeviceSettings(**(SET | changed))
    terms = with_terms(make_devices(*pcs), settings)
    table = rollover(terms, stock_at(make_stock(*stock), oslo("2024-09-30")), month, PLACES)
    return replacement_plan(terms, table, month, settings)


def _bought(*years: int, **fields) -> list[dict]:
    return [{"purchased_on": f"{year}-03-01"} | fields for year in years]


def _of(plan: pd.DataFrame, column: str, place="Molde", group="staff") -> list:
    return plan[(plan.municipality == place) & (plan.user_group == group)][column].tolist()


@st.composite
def fleets(draw):
    pc = st.fixed_dictionaries(
        {
            "municipality": st.sampled_from([*PLACES, None]),
            "user_group": st.sampled_from([*GROUPS, None]),
            "purchased_on": st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2024, 9, 1)).map(str),
            "model": st.sampled_from(["Dear", "Plain"]),
        }
    )
    stock = [
        {"municipality": place, "user_group": group, "in_stock": draw(st.integers(0, 3)), "on_order": draw(st.integers(0, 4))}
        for place in PLACES for group in GROUPS
    ]  # fmt: skip
    return draw(st.lists(pc, min_size=1, max_size=25)), stock


def _by_hand(pcs: list[dict], stock: list[dict], place: str, group: str) -> dict[str, list]:
    """Counts and cost of one owner, each PC and each of its successors by itself."""
    first, again, queue = [0] * 6, [0] * 6, []
    for pc in pcs:
        if (pc["municipality"], pc["user_group"]) != (place, group) or pc["purchased_on"] is None:
            continue
        life = 2 if pc["model"] == "Dear" and group == "staff" else LIFETIME[group]
        price = 3000 if pc["model"] == "Dear" else PRICE[group]
        year, counts = max(int(pc["purchased_on"][:4]) + life, 2024), first
        while year in YEARS:
            counts[year - 2024] += 1
            queue.append((year, price))
            year, counts = year + life, again
    covered = sum(
        row["in_stock"] + row["on_order"] for row in stock if (row["municipality"], row["user_group"]) == (place, group)
    )
    due = [[price for y, price in queue if y == year] for year in YEARS]
    to_buy, cost = [], []
    for year, prices in zip(YEARS, due, strict=True):
        used = min(covered, len(prices))
        covered -= used
        to_buy.append(len(prices) - used)
        cost.append(to_buy[-1] * np.mean(prices or [0]) * 1.1 ** (year - 2024))
    return {"replace": first, "replace_again": again, "to_buy": to_buy, "cost_nok": cost}


@given(fleets())
def test_the_plan_agrees_with_a_queue_of_single_pcs(drawn):
    pcs, stock = drawn
    plan = _plan(pcs, stock)
    if not any(pc["purchased_on"] and pc["user_group"] for pc in pcs):
        assert plan.empty
        return
    for place in PLACES:
        for group in GROUPS:
            for column, expected in _by_hand(pcs, stock, place, group).items():
                assert _of(plan, column, place, group) == pytest.approx(expected), (place, group, column)


@given(fleets(), st.randoms())
def test_no_purchase_is_negative_and_spreading_changes_neither_the_first_year_nor_the_sum(drawn, random):
    pcs, stock = drawn
    plan = _plan(pcs, stock, levelling={"peak_share": 0, "within_years": 1})
    counts = ["replace", "replace_again", "to_buy", "suggested"]
    assert (plan[[*counts, "cost_nok", "suggested_nok"]] >= 0).all(axis=None)
    for _, rows in plan.groupby(["municipality", "user_group"]):
        assert rows.suggested.sum() == rows.to_buy.sum()
        assert rows.suggested.iloc[0] == rows.to_buy.iloc[0]
        assert (rows.suggested.iloc[1:] ** 2).sum() <= (rows.to_buy.iloc[1:] ** 2).sum() + 1
    assert_frame_equal(_plan(random.sample(pcs, len(pcs)), stock, levelling={"peak_share": 0, "within_years": 1}), plan)


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.integers(1, 3))
def test_no_pc_is_bought_more_years_from_its_own_than_allowed(counts, within):
    bought = np.cumsum([5, *counts])
    path = spread(bought, within)
    year = {n: int(np.searchsorted(bought[1:], n)) for n in range(6, bought[-1] + 1)}
    moved = {n: int(np.searchsorted(path[1:], n)) - y for n, y in year.items()}
    assert all(abs(by) <= within for by in moved.values())
    assert all(moved[n] == 0 for n in year if year[n] == 0)


def test_the_first_year_s_purchases_are_what_the_rollover_must_order():
    pcs = _bought(2015, 2018, 2019, 2019) + _bought(2016, 2020, user_group="pupil", municipality="Rauma")
    stock = [{"in_stock": 1, "on_order": 1}, {"municipality": "Rauma", "user_group": "pupil", "in_stock": 5}]
    terms = with_terms(make_devices(*pcs), DeviceSettings(**SET))
    table = rollover(terms, stock_at(make_stock(*stock), oslo("2024-09-30")), "2024-09", PLACES)
    first = _plan(pcs, stock).groupby(["municipality", "user_group"], sort=False).to_buy.first()
    assert first.tolist() == table.to_order.tolist() == [2, 0, 0, 0]


def test_stock_that_this_year_does_not_need_covers_the_years_after():
    plan = _plan(_bought(2019, 2020, 2020, 2021), [{"in_stock": 2}])
    # The successor of the one replaced this year falls due in 2029.
    assert _of(plan, "to_buy") == [0, 1, 1, 0, 0, 1]


def test_a_successor_is_replaced_when_its_own_lifetime_ends():
    plan = _plan(_bought(2020, user_group="pupil") + _bought(2021, user_group="pupil"))
    assert _of(plan, "replace", group="pupil") == [1, 1, 0, 0, 0, 0]
    assert _of(plan, "replace_again", group="pupil") == [0, 0, 0, 0, 1, 1]


def test_prices_grow_from_their_year_and_are_the_class_s_own():
    plan = _plan(_bought(2019) + _bought(2023, model="Dear"), price_year=2023)
    assert _of(plan, "cost_nok") == pytest.approx(
        [1000 * 1.1, 3000 * 1.1**2, 0, 3000 * 1.1**4, 0, 1000 * 1.1**6 + 3000 * 1.1**6]
    )


def test_a_peak_is_spread_over_the_years_beside_it_and_the_first_year_is_left_alone():
    pcs = _bought(*[2019] * 2, *[2020] * 2, *[2021] * 11, *[2022] * 2, *[2023] * 2)
    plan = _plan(pcs)
    assert _of(plan, "to_buy") == [2, 2, 11, 2, 2, 2]
    # By 2027 the 13 of 2025 and 2026 must be bought, as none waits more than a year: 13 over three years, 6 over two.
    assert _of(plan, "suggested") == [2, 4, 5, 4, 3, 3]
    assert _of(plan, "suggested_nok")[1] == pytest.approx(4 * 1000 * 1.1)
    assert peak_year(plan, Levelling(**EVEN)) == 2026


def test_without_a_peak_the_purchases_are_suggested_as_they_are():
    plan = _plan(_bought(2020, 2021, 2022, 2023))
    assert _of(plan, "suggested") == _of(plan, "to_buy")
    assert _of(plan, "suggested_nok") == _of(plan, "cost_nok")
    assert peak_year(_plan(_bought(2020, 2021, 2022, 2023, 2024)), Levelling(**EVEN)) is None


def test_a_peak_is_more_than_its_share_above_the_mean_of_the_years_ahead():
    plan = pd.DataFrame({"year": [2024, 2025, 2026, 2027, 2028, 2029], "to_buy": [99, 10, 10, 15, 10, 5]})
    assert peak_year(plan, Levelling(peak_share=0.49, within_years=1)) == 2027
    assert peak_year(plan, Levelling(peak_share=0.5, within_years=1)) is None


def test_the_plan_has_a_row_per_municipality_group_and_year_and_none_without_pcs():
    plan = _plan(_bought(2023))
    assert len(plan) == 2 * 2 * 6
    assert plan.year.unique().tolist() == [*YEARS]
    empty = _plan()
    assert empty.empty
    assert empty.columns.tolist() == plan.columns.tolist()


def test_a_spread_that_makes_a_higher_peak_for_all_together_is_not_suggested():
    # Three owners' staff PCs by the year they fall due; spread alone, theirs meet in 2027. Ten years' life: none twice.
    due = [
        ("Molde", "staff", [3, 0, 0, 21, 27, 0]),
        ("Rauma", "staff", [3, 48, 45, 0, 0, 0]),
        ("Rauma", "pupil", [3, 0, 15, 0, 35, 56]),
    ]
    pcs = [
        pc
        for place, group, counts in due
        for year, count in zip(YEARS, counts, strict=True)
        for pc in _bought(*[year - 10] * count, municipality=place, user_group=group)
    ]
    plan = _plan(pcs, levelling={"peak_share": 0, "within_years": 1}, lifetime_years={"staff": 10, "pupil": 10})
    sums = plan.groupby("year")[["to_buy", "suggested"]].sum()
    assert sums.to_buy.tolist() == [9, 48, 60, 21, 62, 56]
    assert sums.suggested.tolist() == sums.to_buy.tolist()


@given(drawn=fleets())
def test_no_suggestion_has_a_higher_peak_than_the_plan(drawn):
    plan = _plan(*drawn, levelling={"peak_share": 0, "within_years": 1})
    sums = plan.groupby("year")[["to_buy", "suggested"]].sum().iloc[1:]
    assert plan.empty or sums.suggested.max() <= sums.to_buy.max()


def _peak() -> pd.DataFrame:
    """Six years of one owner with a peak, and one other PC of pupils."""
    pcs = _bought(*[2019] * 2, *[2020] * 2, *[2021] * 11, *[2022] * 2, *[2023] * 2)
    return _plan(pcs + _bought(2020, user_group="pupil", municipality="Rauma"))


def test_the_plan_s_sums_stand_last_and_are_those_of_the_years_and_the_groups():
    plan = _peak()
    sums = with_sums(plan).tail(6)
    assert (set(sums.municipality), sums.user_group.isna().all(), sums.year.tolist()) == ({"SUM"}, True, [*YEARS])
    years, groups = by_year(plan), by_group(plan)
    assert sums.to_buy.tolist() == years.to_buy.tolist() == [3, 2, 11, 2, 3, 2]
    assert sums.cost_nok.tolist() == pytest.approx(years.cost_nok.tolist())
    wide = groups.pivot(index="year", columns="user_group", values="to_buy")
    assert wide.pupil.tolist() == [1, 0, 0, 0, 1, 0]
    assert wide.staff.tolist() == [2, 2, 11, 2, 2, 2]


def test_a_year_is_above_the_mean_of_the_years_after_the_first():
    years = by_year(_peak()).set_index("year").above_mean_share
    assert pd.isna(years[2024])
    assert years[2026] == pytest.approx(11 / 4 - 1)
    assert (
        by_year(_plan(_bought(2014, model="Dear", user_group="pupil"), lifetime_years={"staff": 5, "pupil": 9}))
        .above_mean_share.isna()
        .all()
    )
    assert by_year(_plan()).empty


def test_a_suggestion_that_is_the_plan_itself_is_left_out_of_the_years():
    spread_out, as_due = by_year(_peak()), by_year(_plan(_bought(2020, 2021, 2022, 2023)))
    assert where_spread(spread_out).suggested.tolist() == spread_out.suggested.tolist()
    assert where_spread(as_due)[["suggested", "suggested_nok"]].isna().all(axis=None)
    assert where_spread(as_due).to_buy.tolist() == as_due.to_buy.tolist()
