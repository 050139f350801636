"""How the forecast changed since the one before, against plain sums; and what of it is large enough to be told."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.news import NewsSettings
from rorikt_lib.ledger.forecast_change import budgeted_costs, forecast_change, limit_nok, with_news

NEWS = NewsSettings(forecast_nok=1000.0, forecast_share=0.1, over_budget_nok=100.0, over_budget_share=0.1)
AMOUNT = st.integers(-5000, 5000).map(float)
BY_LINE = st.dictionaries(st.sampled_from("abcd"), AMOUNT, min_size=1)


def change(budget: dict, previous: dict, now: dict, costs_nok: float = 1e9) -> pd.DataFrame:
    parts = (pd.Series(amounts, dtype=float) for amounts in (budget, previous, now))
    return with_news(forecast_change(*parts), NEWS, costs_nok).set_index("line")


@given(BY_LINE, BY_LINE, BY_LINE)
def test_each_line_and_the_sum_are_what_plain_sums_make_of_them(budget, previous, now):
    table = change(budget, previous, now)
    for line in {*previous, *now}:
        then, today, year = (amounts.get(line, 0.0) for amounts in (previous, now, budget))
        assert table.loc[line, ["change_nok", "previous_variance_nok", "variance_nok"]].tolist() == [
            today - then, year - then, year - today,
        ]  # fmt: skip
    assert table.change_nok["SUM"] == sum(now.values()) - sum(previous.values())


def test_a_line_that_is_new_or_gone_has_changed_by_all_of_it():
    table = change({"a": 10.0}, {"a": 10.0, "gone": 3.0}, {"a": 10.0, "new": 5.0})
    assert table.change_nok.to_dict() == {"a": 0.0, "new": 5.0, "gone": -3.0, "SUM": 2.0}


@pytest.mark.parametrize(("previous", "now"), [({}, {"a": 1.0}), ({"a": 1.0}, {}), ({}, {})])
def test_without_two_forecasts_nothing_is_compared(previous, now):
    assert change({"a": 1.0}, previous, now).empty


def test_without_a_budget_the_change_is_known_and_nothing_is_over():
    table = change({"a": float("nan")}, {"a": 1.0}, {"a": 5000.0})
    assert table.is_large.all()
    assert not table.is_over.any()
    assert not table.crossed.any()
    assert table.variance_nok.isna().all()


@pytest.mark.parametrize(
    ("costs_nok", "nok", "is_large"),
    [(1e9, 1000.0, True), (1e9, 999.0, False), (5000.0, 500.0, True), (5000.0, 499.0, False), (0.0, 999.0, False)],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_change_is_large_by_kroner_or_by_its_share_of_the_budgeted_costs(costs_nok, nok, is_large, sign):
    table = change({"a": 1e6}, {"a": 5e5}, {"a": 5e5 + sign * nok}, costs_nok)
    assert table.is_large.tolist() == [is_large, is_large]


@pytest.mark.parametrize(
    ("before", "now", "crossed"),
    [
        (1900.0, -100.0, True), (1900.0, -99.0, False), (0.0, -100.0, True), (-100.0, 0.0, True), (-100.0, -500.0, False),
        (500.0, 1.0, False), (-99.0, -100.0, True),
    ],
)  # fmt: skip
def test_the_budget_is_crossed_where_the_forecast_comes_over_it_by_the_limit_or_back(before, now, crossed):
    row = change({"a": 1e6}, {"a": 1e6 - before}, {"a": 1e6 - now}).loc["SUM"]
    assert row.crossed == crossed
    assert row.is_over == (now <= -100)


def test_income_does_not_make_the_budgeted_costs_less():
    assert budgeted_costs(pd.Series([90.0, -85.0, float("nan")]), pd.Series([10.0])) == 100.0
    assert budgeted_costs(pd.Series(dtype=float)) == 0.0


def test_a_limit_is_the_lesser_and_the_share_of_nothing_is_none():
    assert [limit_nok(1000.0, 0.1, whole) for whole in (500.0, 1e6, 0.0, -5.0)] == [50.0, 1000.0, 1000.0, 1000.0]
