"""Which reading is trusted, and how far: each rule by hand, the interval and the total against numpy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_postings
from hypothesis import given
from hypothesis import strategies as st
from ledgers import months_until, noisy, postings_of
from pandas.testing import assert_frame_equal, assert_series_equal

from rorikt_lib.ledger.forecast.choose import chosen_readings, error_tails, forecast, picked, total
from rorikt_lib.ledger.forecast.history import by_month
from rorikt_lib.ledger.forecast.outlook import outlook, past_outlooks
from rorikt_lib.terms.enums import Reading

NONE = pd.DataFrame()


def _outlooks(*rows: tuple) -> pd.DataFrame:
    """(line, year, errors of steady, quiet, calendar and commitments) → outlooks of a rest of 100 and a scale of 1."""
    table = pd.DataFrame(
        [dict(zip(Reading, (100.0 + error for error in errors), strict=True)) for _, _, errors in rows],
        index=[line for line, _, _ in rows],
    )
    return table.assign(year=[year for _, year, _ in rows], so_far_nok=1000.0, rest_nok=100.0, scale_nok=1.0)


def _reading(*rows: tuple, lines: tuple[str, ...] = ("A",)) -> list[str]:
    return chosen_readings(_outlooks(*rows), pd.Index(lines)).tolist()


def test_without_an_earlier_year_a_year_is_taken_to_go_as_the_one_before():
    assert chosen_readings(NONE, pd.Index(["A", "B"])).to_dict() == {"A": "calendar", "B": "calendar"}


@pytest.mark.parametrize(("errors", "expected"), [((6, 7, 9, 9), "steady"), ((7, 6, 9, 9), "quiet")])
def test_the_ledgers_choice_is_steady_or_quiet_by_error(errors, expected):
    assert _reading(("A", 2023, errors)) == [expected]


def test_the_ledgers_choice_is_by_the_error_of_all_lines_and_years_together():
    rows = [("A", 2022, (1, 2, 90, 90)), ("A", 2023, (1, 2, 90, 90)), ("B", 2023, (5, 6, 90, 90))]
    large = ("C", 2023, (30, 20, 90, 90))
    assert _reading(*rows, lines=("new",)) == ["steady"]
    assert _reading(*rows, large, lines=("new",)) == ["quiet"]


def test_errors_up_and_down_do_not_cancel_out():
    assert _reading(("A", 2022, (20, 11, 90, 90)), ("A", 2023, (-20, 11, 90, 90))) == ["quiet"]


def test_the_ledgers_choice_is_never_calendar_or_commitments_however_good_in_total():
    others = [("B", 2023, (100, 90, 46, 46)), ("C", 2023, (100, 90, 46, 46))]
    assert _reading(*others, lines=("B", "C", "new")) == ["quiet"] * 3


@pytest.mark.parametrize(("error", "expected"), [(4.9, "calendar"), (5, "steady"), (5.1, "steady")])
def test_a_line_leaves_the_ledgers_choice_only_under_half_of_its_error(error, expected):
    assert _reading(("A", 2023, (10, 12, error, 11))) == [expected]


@pytest.mark.parametrize("better", [*Reading][1:])
def test_a_line_may_leave_for_any_reading_that_is_clearly_better_for_it(better):
    errors = tuple(4 if name == better else 4.5 if name == "calendar" else 10 for name in Reading)
    rows = [("A", 2023, errors), ("B", 2023, (50, 500, 500, 500))]
    assert _reading(*rows, lines=("A", "B")) == [better, "steady"]


def test_a_lines_own_errors_are_of_all_its_years_together():
    rows = [("A", 2022, (10, 20, 1, 30)), ("A", 2023, (10, 20, 12, 30))]
    assert _reading(rows[0]) == ["calendar"]
    assert _reading(*rows) == ["steady"]


def test_a_line_without_error_stays_with_the_ledgers_choice():
    assert _reading(("A", 2023, (0, 0, 0, 0)), ("B", 2023, (9, 8, 8, 8)), lines=("A", "B")) == ["quiet"] * 2


def test_a_new_line_gets_the_ledgers_choice_and_a_line_that_is_gone_is_left_out():
    rows = [("gone", 2023, (10, 9, 1, 30)), ("B", 2023, (50, 40, 60, 60))]
    assert _reading(*rows, lines=("new", "B")) == ["quiet", "quiet"]


values = st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=4)


@given(st.dictionaries(st.sampled_from("ABCDE"), st.tuples(values, st.sampled_from(Reading)), min_size=1))
def test_picked_agrees_with_looking_each_line_up(drawn):
    table = pd.DataFrame([row for row, _ in drawn.values()], index=list(drawn), columns=[*Reading])
    reading = pd.Series({line: name for line, (_, name) in sorted(drawn.items())})
    assert picked(table, reading).to_dict() == {line: table.loc[line, reading[line]] for line in drawn}


def test_picked_looks_a_line_up_by_its_own_reading_when_years_repeat_it():
    table = pd.DataFrame([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], index=["A", "B", "A"], columns=[*Reading])
    assert picked(table, pd.Series({"B": "quiet", "A": "calendar"})).tolist() == [3, 6, 11]


def test_without_an_earlier_year_the_interval_is_missing():
    assert np.isnan(error_tails(NONE)).tolist() == [True, True]
    table = forecast(_outlooks(("A", 2024, (7, 8, 9, 10))), NONE)
    assert table.loc["A"].drop("reading").fillna(-1).to_dict() == {"model_nok": 1109, "low_nok": -1, "high_nok": -1}
    assert table.reading.tolist() == ["calendar"]


def test_the_tails_are_the_10th_and_90th_percentile_of_actual_less_forecast_by_scale():
    draw = np.random.default_rng(2)
    errors, scales = draw.normal(5, 20, 30), draw.uniform(0.5, 3, 30)
    rows = [(f"line {n}", 2022, (0, 1, 1, 1)) for n in range(30)]
    first = _outlooks(*rows)
    later = _outlooks(*((line, 2023, (error, 999, 999, 999)) for (line, *_), error in zip(rows, errors, strict=True)))
    later = later.assign(scale_nok=scales)
    below, above = error_tails(pd.concat([first, later]))
    assert below == pytest.approx(np.quantile(-errors / scales, 0.1))
    assert above == pytest.approx(np.quantile(-errors / scales, 0.9))


def test_each_years_forecast_is_chosen_by_the_years_before_it_alone():
    # Steady is chosen after 2021, and quiet after 2022; calendar and commitments are always far off.
    past = _outlooks(("A", 2021, (1, 2, 70, 70)), ("A", 2022, (30, 4, 80, 80)), ("A", 2023, (60, 5, 90, 90)))
    assert error_tails(past) == pytest.approx((np.quantile([-30, -5], 0.1), np.quantile([-30, -5], 0.9)))


def test_the_order_of_the_years_does_not_matter():
    past = _outlooks(("A", 2021, (1, 2, 70, 70)), ("A", 2022, (30, 4, 80, 80)), ("A", 2023, (60, 5, 90, 90)))
    assert error_tails(past.iloc[::-1]) == error_tails(past)


def test_the_first_year_chosen_untried_counts_only_where_there_is_no_other():
    first = _outlooks(("A", 2022, (1, 2, 70, 71)), ("B", 2022, (1, 2, -30, 71)))
    both = pd.concat([first, _outlooks(("A", 2023, (8, 9, 90, 90)))])
    assert error_tails(both) == (-8, -8)


@pytest.mark.parametrize(("lines", "most"), [(1, 1), (2, 2), (7, 7), (9, 8), (19, 16)])
def test_by_one_year_alone_the_tails_are_the_error_that_80_percent_of_new_lines_would_not_exceed(lines, most):
    # Of n errors and one to come, each is as likely to be the largest: 80 % of n + 1, rounded up.
    errors = [-n if n % 2 else n for n in range(lines, 0, -1)]
    past = _outlooks(*((f"line {n}", 2022, (0, 0, error, 0)) for n, error in enumerate(errors)))
    assert error_tails(past) == (-most, most)


def test_errors_of_lines_without_unevenness_do_not_count():
    past = _outlooks(("A", 2022, (0, 0, 4, 0)), ("B", 2022, (0, 0, 9, 0)), ("C", 2022, (0, 0, 0, 0)))
    past = past.assign(scale_nok=[2.0, 0.0, 0.0])
    assert error_tails(past) == (-2, 2)


def _tails(below: float, above: float) -> pd.DataFrame:
    """A past whose errors have these 10th and 90th percentiles: eleven of them, evenly between, in its second year."""
    step = (above - below) / 8
    errors = [below + step * n for n in range(-1, 10)]
    first = _outlooks(*((f"line {n}", 2022, (0, 999, 999, 999)) for n in range(len(errors))))
    return pd.concat(
        [first, _outlooks(*((f"line {n}", 2023, (-error, 999, 999, 999)) for n, error in enumerate(errors)))]
    )


def test_the_interval_is_the_tails_times_each_lines_scale_about_the_forecast():
    now = _outlooks(("A", 2024, (3, 999, 999, 999)), ("B", 2024, (4, 999, 999, 999))).assign(scale_nok=[10.0, 0.0])
    past = _tails(-2, 6)
    assert error_tails(past) == pytest.approx((-2, 6))
    table = forecast(now, past)
    assert table.loc["A"].drop("reading").tolist() == pytest.approx([1103, 1103 - 20, 1103 + 60])
    assert table.loc["B"].drop("reading").tolist() == pytest.approx([1104] * 3)


@pytest.mark.parametrize(("tails", "low", "high"), [((2, 6), 0, 6), ((-6, -2), -6, 0), ((-6, 2), -6, 2)])
def test_the_interval_holds_the_forecast_itself(tails, low, high):
    row = forecast(_outlooks(("A", 2024, (0, 999, 999, 999))), _tails(*tails)).loc["A"]
    assert [row.model_nok, row.low_nok, row.high_nok] == pytest.approx([1100, 1100 + low, 1100 + high])


def test_the_forecast_is_what_is_booked_and_the_chosen_reading_of_each_line():
    now = _outlooks(("A", 2024, (3, 5, 7, 9)), ("B", 2024, (4, 6, 8, 10)), ("new", 2024, (11, 12, 13, 14)))
    now = now.assign(so_far_nok=[100.0, 200.0, 0.0])
    table = forecast(now, _outlooks(("B", 2023, (9, 8, 8, 1)), ("A", 2023, (50, 40, 60, 60))))
    assert table.reading.to_dict() == {"A": "quiet", "B": "commitments", "new": "quiet"}
    assert table.model_nok.to_dict() == {"A": 100 + 105, "B": 200 + 110, "new": 112}


def test_the_total_is_the_sum_with_the_root_of_the_sum_of_squares_on_each_side():
    lines = pd.DataFrame({"model_nok": [100.0, -50, 10], "low_nok": [97.0, -54, 10], "high_nok": [105.0, -38, 10]})
    assert total(lines).to_dict() == {"model_nok": 60, "low_nok": 60 - 5, "high_nok": 60 + 13}


@pytest.mark.parametrize("lacks", ["model_nok", "low_nok"])
def test_the_total_is_missing_where_a_line_is(lacks):
    lines = pd.DataFrame({"model_nok": [100.0, -50], "low_nok": [97.0, -54], "high_nok": [105.0, -38]})
    lines.loc[0, lacks] = np.nan
    assert total(lines).isna().to_dict() == {
        "model_nok": lacks == "model_nok", "low_nok": True, "high_nok": lacks == "model_nok"
    }  # fmt: skip


def test_no_argument_is_edited():
    now, past = _outlooks(("A", 2024, (3, 5, 7, 9))), _tails(-2, 6)
    kept = now.copy(deep=True), past.copy(deep=True)
    total(forecast(now, past))
    assert_frame_equal(now, kept[0])
    assert_frame_equal(past, kept[1])


# The whole from postings on: what the forecast says where a ledger is odd.


def _forecast(postings: pd.DataFrame, month: str = "2024-09") -> pd.DataFrame:
    booked = by_month(postings, "line")
    return forecast(outlook(booked, postings, month), past_outlooks(booked, postings, month))


def _with(*rows: dict, end: str = "2024-09", count: int = 45) -> pd.DataFrame:
    return pd.concat([postings_of(noisy(end, count)), make_postings(*rows)], ignore_index=True)


def test_a_single_year_of_history_is_followed_and_has_no_interval(cheap_smoothing):
    table = noisy("2024-09", 21)
    found = _forecast(postings_of(table))
    growth = table.iloc[:, -9:].sum(axis=1) / table.iloc[:, :9].sum(axis=1) - 1
    rest = table[["2023-10", "2023-11", "2023-12"]].sum(axis=1) * (1 + 0.5 * growth.clip(-0.3, 0.3))
    assert found.model_nok.tolist() == pytest.approx((table.iloc[:, -9:].sum(axis=1) + rest).tolist())
    assert found[["low_nok", "high_nok"]].isna().all(axis=None)


def test_a_new_supplier_on_a_new_line_gets_the_ledgers_choice_and_an_interval(cheap_smoothing):
    new = [{"line": "new", "supplier_id": "1", "period": m, "amount_nok": 80.0} for m in months_until("2024-09", 3)]
    found = _forecast(_with(*new))
    assert found.reading["new"] in ("steady", "quiet")
    assert 240 <= found.model_nok["new"] <= 480
    assert found.low_nok["new"] < found.high_nok["new"]


def test_a_line_that_ended_years_ago_is_forecast_as_nothing_for_sure(cheap_smoothing):
    old = [{"line": "ended", "period": m, "amount_nok": 80.0} for m in months_until("2021-06", 6)]
    found = _forecast(_with(*old)).loc["ended"]
    assert [found.model_nok, found.low_nok, found.high_nok] == [0, 0, 0]


def test_a_large_one_off_moves_the_rest_by_less_than_a_sixth_of_it(cheap_smoothing):
    plain = _forecast(_with())
    found = _forecast(_with({"line": "line 0", "period": "2024-05", "amount_nok": 6000.0}))
    moved = found.model_nok - plain.model_nok
    assert 6000 <= moved["line 0"] < 7000
    assert moved[["line 1", "line 2"]].abs().max() < 100


def test_a_credit_larger_than_the_year_so_far_leaves_the_rest_of_the_year_a_cost(cheap_smoothing):
    plain = _forecast(_with())
    found = _forecast(_with({"line": "line 0", "period": "2024-08", "amount_nok": -1500.0}))
    rest = found.model_nok["line 0"] - plain.model_nok["line 0"] + 1500
    assert -300 < rest <= 0


def test_in_december_the_model_is_what_is_booked_with_closing_entries(cheap_smoothing):
    postings = _with({"line": "line 0", "period": "2024-13", "amount_nok": 33.0}, end="2024-12", count=48)
    booked = by_month(postings, "line").loc[:, "2024-01":].sum(axis=1)
    assert_series_equal(_forecast(postings, "2024-12").model_nok, booked, check_names=False)


@pytest.mark.deep
def test_eighty_percent_intervals_cover_about_so_many_years_of_plain_noise(cheap_smoothing):
    history = noisy("2024-12", 84, lines=40, seed=7)
    postings = postings_of(history)
    booked = by_month(postings, "line")
    actual = booked.loc[:, "2024-01":].sum(axis=1)
    covered = []
    for month in ("2024-03", "2024-06", "2024-09"):
        found = _forecast(postings, month)
        covered.append(actual.between(found.low_nok, found.high_nok).mean())
    assert 0.65 <= np.mean(covered) <= 0.92
