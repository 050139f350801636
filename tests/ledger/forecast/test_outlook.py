"""One month's outlook: nothing later is looked at, and every column is what it says."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest
from builders import make_postings
from hypothesis import given
from hypothesis import strategies as st
from ledgers import history_until, months_until, noisy, postings_of
from pandas.testing import assert_frame_equal

from rorikt_lib.ledger.forecast.combine import commitments, readings
from rorikt_lib.ledger.forecast.history import by_month, for_lines, known_at
from rorikt_lib.ledger.forecast.outlook import has_history, outlook, past_outlooks, scale
from rorikt_lib.terms.period import shift

LINES = ["A", "B", "C"]


def _outlook(postings: pd.DataFrame, month: str) -> pd.DataFrame | None:
    return outlook(by_month(postings, "line"), postings, month)


def _past(postings: pd.DataFrame, month: str) -> pd.DataFrame:
    return past_outlooks(by_month(postings, "line"), postings, month)


def _drawn(seed: int, begin: str, count: int) -> list[dict]:
    """Invoices, credits, closing entries and a monthly supplier; each month has postings of every line."""
    draw, rows = Random(seed), []
    for month in months_until(shift(begin, count - 1), count):
        for line in LINES:
            amounts = [
                (None, draw.gauss(100, 30)),
                ("1", 50 + draw.random()),
                (str(draw.randint(2, 5)), draw.gauss(20, 60)),
            ]
            rows += [
                {"line": line, "period": month, "supplier_id": supplier, "amount_nok": round(nok, 2)}
                for supplier, nok in amounts
            ]
        if month.endswith("-12"):
            rows.append({"line": "A", "period": f"{month[:4]}-13", "amount_nok": draw.gauss(0, 500)})
    return rows


# What is known until each month stays; what comes after is anything at all, or nothing.
@given(st.sampled_from(["2024-01", "2024-06", "2024-11"]), st.integers(1, 10**6), st.sampled_from([0, 1, 15]))
@pytest.mark.deep
def test_what_comes_after_the_month_changes_nothing_but_the_rest(month, seed, later):
    known = [row for row in _drawn(0, "2022-01", 36) if row["period"] <= month]
    after = _drawn(seed, shift(month, 1), later)
    other = make_postings(*known, *({**row, "amount_nok": 1000 * row["amount_nok"]} for row in after))
    one, two = _outlook(make_postings(*known), month), _outlook(other, month)
    assert_frame_equal(one.drop(columns="rest_nok"), two.drop(columns="rest_nok"), check_exact=True)
    assert (two.rest_nok != 0).all() == (later > 0)


def test_what_comes_after_the_month_changes_nothing_but_the_rest_of_a_short_history_too():
    known = [row for row in _drawn(0, "2022-10", 24) if row["line"] == "A"]
    one = _outlook(make_postings(*known, {"line": "A", "period": "2024-10", "amount_nok": 9e6}), "2024-09")
    two = _outlook(make_postings(*known), "2024-09")
    assert_frame_equal(one.drop(columns="rest_nok"), two.drop(columns="rest_nok"), check_exact=True)


def test_a_line_that_comes_later_is_forecast_as_nothing_and_leaves_the_others_alone():
    known = _drawn(0, "2022-01", 33)
    new = {"line": "D", "period": "2024-10", "amount_nok": 777.0, "supplier_id": "1"}
    found = _outlook(make_postings(*known, new), "2024-09")
    assert found.loc["D"].drop(["year", "rest_nok"]).tolist() == [0.0] * (found.shape[1] - 2)
    assert found.rest_nok.to_dict() == {"A": 0, "B": 0, "C": 0, "D": 777, "SUM": 777}
    without = _outlook(make_postings(*known), "2024-09")
    assert_frame_equal(found.loc[LINES], without.loc[LINES])
    assert_frame_equal(found.loc[["SUM"]].drop(columns="rest_nok"), without.loc[["SUM"]].drop(columns="rest_nok"))


def test_a_line_without_any_postings_is_forecast_as_nothing():
    postings = make_postings(*_drawn(0, "2022-01", 33))
    found = outlook(for_lines(by_month(postings, "line"), ["empty", *LINES]), postings, "2024-09")
    assert found.loc["empty"].drop("year").tolist() == [0.0] * (found.shape[1] - 1)
    assert_frame_equal(found.loc[[*LINES, "SUM"]], _outlook(postings, "2024-09"))


def test_an_outlook_has_every_reading_and_what_the_year_came_to():
    postings = make_postings(*_drawn(3, "2022-01", 36))
    booked = by_month(postings, "line")
    all_rows, history = _outlook(postings, "2024-09"), known_at(booked, "2024-09")
    assert all_rows.index.tolist() == [*LINES, "SUM"]
    found = all_rows.loc[LINES]
    assert_frame_equal(found[readings(history, 3).columns.tolist()], readings(history, 3))
    assert found.commitments.to_dict() == commitments(postings, "2024-09").to_dict()
    assert found.year.tolist() == [2024] * 3
    assert found.so_far_nok.tolist() == pytest.approx(booked.loc[:, "2024-01":"2024-09"].sum(axis=1).tolist())
    assert found.rest_nok.tolist() == pytest.approx(booked.loc[:, "2024-10":"2024-12"].sum(axis=1).tolist())


def test_the_sum_is_read_as_a_series_of_its_own():
    postings = make_postings(*_drawn(3, "2022-01", 36))
    lines, found = known_at(by_month(postings, "line"), "2024-09"), _outlook(postings, "2024-09")
    series = lines.sum().rename("SUM").to_frame().T
    own = readings(series, 3)
    assert found.loc["SUM", own.columns].tolist() == pytest.approx(own.loc["SUM"].tolist())
    assert found.scale_nok["SUM"] == pytest.approx(scale(series, 3)["SUM"])
    for column in ("commitments", "so_far_nok", "rest_nok"):
        assert found[column]["SUM"] == pytest.approx(found.loc[LINES, column].sum())
    assert found.steady["SUM"] != pytest.approx(found.loc[LINES, "steady"].sum())


def test_the_rest_ends_with_the_year_and_holds_its_closing_entries():
    rows = [{"period": m, "amount_nok": 10.0} for m in months_until("2025-02", 38)]
    found = _outlook(make_postings(*rows, {"period": "2024-13", "amount_nok": 5.0}), "2024-10")
    assert found.rest_nok.tolist() == [25, 25]
    assert found.so_far_nok.tolist() == [100, 100]


def test_in_december_nothing_is_left():
    found = _outlook(make_postings(*_drawn(3, "2022-01", 36)), "2024-12")
    left = found.drop(columns=["year", "so_far_nok"])
    assert left.to_numpy().tolist() == [[0.0] * left.shape[1]] * 4


@pytest.mark.parametrize(
    ("begin", "count", "month", "expected"),
    [
        ("2023-01", 12, "2023-12", False),
        ("2023-01", 13, "2024-01", True),
        ("2023-02", 20, "2024-09", False),
        ("2024-01", 9, "2024-09", False),
        ("2022-01", 36, "2024-09", True),
        ("2023-01", 20, "2024-09", False),
        ("2023-01", 20, "2024-08", True),
    ],
    ids=["first year", "second year", "eleven months", "this year alone", "later months too", "ends before", "ends"],
)  # fmt: skip
def test_there_is_an_outlook_where_a_whole_year_is_before_and_the_month_is_known(begin, count, month, expected):
    postings = make_postings(*({"period": m} for m in months_until(shift(begin, count - 1), count)))
    assert has_history(by_month(postings, "line"), month) is expected
    assert (_outlook(postings, month) is not None) is expected


def test_there_is_no_outlook_for_a_month_that_the_ledger_lacks():
    postings = make_postings(*({"period": m} for m in months_until("2024-12", 36) if m != "2024-09"))
    assert _outlook(postings, "2024-09") is None
    assert _outlook(postings, "2024-10") is not None


def test_no_history_at_all_has_no_outlook():
    assert _outlook(make_postings(), "2024-09") is None
    assert _past(make_postings(), "2024-09").empty


def test_an_earlier_month_that_the_ledger_lacks_is_taken_as_its_neighbours_and_not_as_zero():
    rows = [{"period": m, "amount_nok": 10.0} for m in months_until("2024-09", 33) if m not in ("2023-11", "2024-05")]
    found = _outlook(make_postings(*rows), "2024-09")
    assert (
        found[["steady", "quiet", "calendar", "commitments", "so_far_nok"]].to_numpy().tolist()
        == [pytest.approx([30, 30, 30, 30, 90])] * 2
    )


def test_scale_is_the_mean_change_from_the_year_before_times_the_root_of_the_months_left():
    table = noisy("2024-08", 44)
    for line, months in zip(table.index, table.to_numpy(), strict=True):
        changes = [abs(months[n] - months[n - 12]) for n in range(44 - 24, 44)]
        assert scale(table, 4)[line] == pytest.approx(2 * np.mean(changes))


def test_scale_with_less_than_three_years_is_of_the_changes_there_are():
    table = history_until("2024-03", A=[10.0] * 12 + [13.0, 10.0, 4.0])
    assert scale(table, 9)["A"] == pytest.approx(3 * (3 + 0 + 6) / 3)


def test_past_outlooks_are_of_the_same_month_of_every_year_before_with_a_year_before_it():
    past = _past(make_postings(*_drawn(3, "2020-01", 57)), "2024-09")
    assert past.index.tolist() == [*LINES, "SUM"] * 3
    assert past.year.tolist() == [2021] * 4 + [2022] * 4 + [2023] * 4


def test_past_outlooks_are_those_that_would_have_been_made_then():
    rows = _drawn(3, "2021-01", 48)
    past = _past(make_postings(*rows), "2024-09")
    assert set(past.year) == {2022, 2023}
    for year in (2022, 2023):
        until_then = make_postings(*(row for row in rows if row["period"] <= f"{year}-13"))
        then = _outlook(until_then, f"{year}-09")
        assert_frame_equal(past[past.year == year], then, check_exact=True)


def test_each_past_outlook_uses_its_own_years_past_only():
    rows = _drawn(3, "2021-01", 45)
    changed = [row | {"amount_nok": row["amount_nok"] * 9} if row["period"] > "2022-09" else row for row in rows]
    one, two = (_past(make_postings(*given), "2024-09") for given in (rows, changed))
    made = one.columns.drop("rest_nok")
    assert_frame_equal(one.loc[one.year == 2022, made], two.loc[two.year == 2022, made], check_exact=True)
    assert (two.rest_nok[two.year == 2022] != one.rest_nok[one.year == 2022]).all()
    assert (two.so_far_nok[two.year == 2023] != one.so_far_nok[one.year == 2023]).all()


def test_past_outlooks_do_not_change_with_this_year():
    rows = _drawn(3, "2021-01", 45)
    until_then = [row for row in rows if row["period"] < "2024"]
    assert_frame_equal(_past(make_postings(*rows), "2024-09"), _past(make_postings(*until_then), "2024-09"))


def test_a_year_that_is_not_complete_is_no_past_outlook():
    rows = [row for row in _drawn(3, "2021-01", 45) if row["period"] != "2023-05"]
    assert set(_past(make_postings(*rows), "2024-09").year) == {2022}


def test_a_single_year_of_history_has_no_past_outlook():
    assert _past(make_postings(*_drawn(3, "2023-01", 21)), "2024-09").empty


def test_a_reversal_in_its_own_month_changes_nothing():
    table = noisy("2024-09", 33)
    slip = [{"line": "line 0", "period": "2024-03", "amount_nok": nok} for nok in (888.0, -888.0)]
    plain = postings_of(table)
    reversed_ = pd.concat([plain, make_postings(*slip)], ignore_index=True)
    pd.testing.assert_frame_equal(_outlook(reversed_, "2024-09"), _outlook(plain, "2024-09"))


def test_no_argument_is_edited():
    postings = make_postings(*_drawn(3, "2022-01", 33))
    booked = by_month(postings, "line")
    kept = postings.copy(deep=True), booked.copy(deep=True)
    outlook(booked, postings, "2024-09"), past_outlooks(booked, postings, "2024-09")
    assert_frame_equal(postings, kept[0])
    assert_frame_equal(booked, kept[1])
