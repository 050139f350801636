"""The one row of sums and the one rounding."""

import math

import pandas as pd
import pytest

from rorikt_lib.ledger.costs import is_overspent
from rorikt_lib.present.numbers import thousands
from rorikt_lib.terms.rounding import rounded, whole_thousands
from rorikt_lib.terms.sums import with_sum


def test_counts_are_added_up_and_names_and_shares_are_not():
    frame = pd.DataFrame({"municipality": ["Molde", "Rauma"], "pcs": [1, 2], "share": [0.25, 0.75], "line": ["a", "b"]})
    total = with_sum(frame, "municipality")
    assert total.iloc[-1][["municipality", "pcs"]].tolist() == ["SUM", 3]
    assert total.iloc[-1][["share", "line"]].isna().all()
    assert total.pcs.dtype == frame.pcs.dtype


def test_named_columns_are_added_up_and_what_is_missing_counts_nothing():
    frame = pd.DataFrame({"municipality": ["Molde", "Rauma"], "a_nok": [1.5, None], "b_nok": [math.nan] * 2})
    total = with_sum(frame, "municipality", ["a_nok", "b_nok"]).iloc[-1]
    assert total.a_nok == 1.5
    assert math.isnan(total.b_nok)


def test_no_rows_have_no_sum():
    assert with_sum(pd.DataFrame({"municipality": [], "pcs": []}), "municipality").empty


@pytest.mark.parametrize("nok", [499.996, 499.99999999999994, 500, -500, 1499.5, -1500, 0, 999_500, 2.5e9 + 499.9])
def test_what_is_compared_is_what_is_shown(nok):
    assert thousands(whole_thousands(nok) * 1000) == thousands(nok)


def test_a_line_is_overspent_just_where_the_page_shows_more_booked_than_forecast():
    costs = pd.DataFrame({"actual_nok": [499.996, 500.0], "forecast_nok": [0.0, 0.0], "budget_nok": [0.0, 0.0]})
    assert [thousands(nok) for nok in costs.actual_nok] == ["0", "1"]
    assert list(is_overspent(costs)) == [False, True]


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(2.675, 2, "2.68"), (-0.5, 0, "-1"), (499.99999999999994, -2, "5E+2")]
)
def test_halves_are_rounded_away_from_zero(value, decimals, text):
    assert str(rounded(value, decimals)) == text
