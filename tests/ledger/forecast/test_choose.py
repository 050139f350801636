"""How far each reading is trusted: weights by a solver of their own, the sum and the intervals by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_postings
from ledgers import months_until, noisy, postings_of
from pandas.testing import assert_frame_equal, assert_series_equal
from scipy import stats

from rorikt_lib.ledger.forecast.choose import STUDENT, errors, forecast, line_tails, rest, sum_tails, weights
from rorikt_lib.ledger.forecast.history import by_month
from rorikt_lib.ledger.forecast.outlook import outlook, past_outlooks
from rorikt_lib.terms.enums import Reading

NONE = pd.DataFrame()
READINGS = ["steady", "quiet", "commitments"]


def _outlook(year: int, lines: dict[str, tuple], season: float = 0.0) -> pd.DataFrame:
    """line → (scale, errors of steady, quiet and commitments): an outlook of a rest of 100 a line; and SUM.

    The sum by itself is off by `season` in its trend with season, and by nothing in its calendar, which for a line is
    off by far.
    """
    table = pd.DataFrame({line: (scale, *(100.0 + error for error in off)) for line, (scale, *off) in lines.items()}).T
    table.columns = ["scale_nok", *READINGS]
    table = table.assign(rest_nok=100.0, so_far_nok=1000.0, calendar=999.0, damped_trend_and_season=0.0)
    table.loc["SUM"] = table.sum()
    whole = table.rest_nok["SUM"]
    table.loc["SUM", ["damped_trend_and_season", "calendar"]] = whole + season, whole
    return table.assign(year=year)


def _drawn(years: range, lines: int, seed: int = 3) -> list[pd.DataFrame]:
    draw = np.random.default_rng(seed)
    return [
        _outlook(
            year, {f"line {n}": (draw.uniform(5, 50), *draw.normal(0, 20, 3)) for n in range(lines)}, draw.normal()
        )
        for year in years
    ]


def _weighed(past: pd.DataFrame, line: str) -> list[float]:
    """As asked for in words: the least sum of squared errors, what is held before counting as fifteen forecasts tried:
    commitments a sixth, and of the rest steady and quiet the same."""
    of_lines = past.drop(index="SUM")
    moved = {
        name: ((of_lines[name] - of_lines.steady) / of_lines.scale_nok).clip(-3, 3) for name in ("quiet", "commitments")
    }
    missed = ((of_lines.rest_nok - of_lines.steady) / of_lines.scale_nok).clip(-3, 3)
    size = {name: np.sqrt(15 * (column**2).mean()) for name, column in moved.items()}
    rows, right = [*moved["quiet"], size["quiet"]], [*(missed - moved["commitments"] / 6), size["quiet"] * 5 / 12]
    ledger = np.clip(np.linalg.lstsq(np.array(rows)[:, None], np.array(right), rcond=None)[0][0], 0, 5 / 6)
    own = of_lines.index == line
    rows = np.column_stack([moved["quiet"][own], moved["commitments"][own]])
    rows = np.vstack([rows, [size["quiet"], 0], [0, size["commitments"]]])
    right = np.array([*missed[own], size["quiet"] * ledger, size["commitments"] / 6])
    others = np.clip(np.linalg.lstsq(rows, right, rcond=None)[0], 0, 1)
    others = others / max(1, others.sum())
    return [1 - others.sum(), *others]


def test_without_an_earlier_year_a_year_is_taken_to_go_as_the_one_before():
    found = weights(NONE, pd.Index(["A", "B"]))
    assert found.columns.tolist() == [*Reading]
    assert found.calendar.tolist() == [1, 1]
    assert found.sum(axis=1).tolist() == [1, 1]


@pytest.mark.parametrize("name", ["calendar", "commitments"])
@pytest.mark.parametrize(("off", "alone"), [(9.9, True), (10.1, False)])
def test_a_ledger_is_read_by_one_reading_alone_where_that_has_less_than_half_the_error(name, off, alone):
    past = _outlook(2023, {"A": (10, 20, 30, 300), "B": (10, -20, -30, -300)})
    past.loc[["A", "B"], name] = 100 + off
    found = weights(past, pd.Index(["A", "new"]))
    assert (found[name] == 1).tolist() == [alone, alone]
    assert found.sum(axis=1).tolist() == pytest.approx([1, 1])


@pytest.mark.parametrize("seed", range(5))
def test_weights_are_the_least_squares_of_the_ledger_and_then_of_each_line(seed):
    past = pd.concat(_drawn(range(2019, 2024), lines=4, seed=seed))
    found = weights(past, pd.Index([f"line {n}" for n in range(4)]))
    assert found.calendar.tolist() == [0] * 4
    for line, shares in found[READINGS].iterrows():
        assert shares.tolist() == pytest.approx(_weighed(past, line))


def test_weights_are_never_below_nothing_and_add_up_to_one():
    past = pd.concat(_drawn(range(2020, 2024), lines=9))
    found = weights(past, pd.Index([f"line {n}" for n in range(9)]))
    assert (found >= 0).all(axis=None)
    assert found.sum(axis=1).tolist() == pytest.approx([1.0] * 9)


def test_the_more_a_reading_was_near_the_more_it_counts():
    def quiet(years: int) -> float:
        past = pd.concat(_outlook(2023 - n, {"A": (10, 20, 0, 40), "B": (10, 20, 0, 40)}) for n in range(years))
        return weights(past, pd.Index(["A"])).quiet["A"]

    found = [quiet(years) for years in (1, 2, 5, 20)]
    assert 0.5 < found[0] < found[1] < found[2] < found[3] <= 1


def test_a_line_leaves_the_ledgers_weights_as_its_own_years_become_many():
    def commitments(years: int) -> float:
        rows = {"own": (10, 20, 20, 0), "B": (10, 5, 20, 30), "C": (10, 5, 20, 30)}
        past = pd.concat(_outlook(2023 - n, rows) for n in range(years))
        return weights(past, pd.Index(["own", "B"])).commitments["own"]

    found = [commitments(years) for years in (1, 3, 10, 30)]
    assert 1 / 6 < found[0] < 0.25
    assert found == sorted(found)
    assert found[-1] > 0.6


def test_a_new_line_gets_the_ledgers_weights_and_a_line_that_is_gone_counts_for_the_ledger():
    past = pd.concat(_outlook(year, {"gone": (10, 30, 0, 90), "B": (10, 30, 0, 90)}) for year in (2022, 2023))
    found = weights(past, pd.Index(["new", "B"]))
    assert found.index.tolist() == ["new", "B"]
    # In units of unevenness quiet is 3 below steady, and commitments 3 above as all that is further counts as 3.
    assert found.quiet["new"] == pytest.approx((4 * 3 * (3 + 3 / 6) + 15 * 9 * 5 / 12) / (4 * 9 + 15 * 9))
    assert found.commitments["new"] == pytest.approx(1 / 6)


def test_a_line_without_unevenness_and_the_sum_do_not_count():
    lines = {"A": (10, 5, 1, 9)}
    plain = weights(_outlook(2023, lines), pd.Index(["A"]))
    flat = _outlook(2023, {"flat": (0, 500, 0, 0)}).drop(index="SUM")
    assert_frame_equal(weights(pd.concat([_outlook(2023, lines), flat]), pd.Index(["A"])), plain)


def test_the_rest_is_the_readings_by_their_weights_and_the_sum_is_what_the_lines_add_up_to():
    past = pd.concat(_drawn(range(2022, 2024), lines=3))
    now = _drawn(range(2024, 2025), lines=3, seed=9)[0]
    found, shares = rest(now, past), weights(past, now.index.drop("SUM"))
    for line in shares.index:
        assert found[line] == pytest.approx(sum(shares[name][line] * now[name][line] for name in READINGS))
    assert found["SUM"] == found.drop("SUM").sum()


@pytest.mark.parametrize(("years", "moves"), [(2, False), (3, True), (6, True)])
def test_the_sums_own_forecast_counts_for_half_from_the_third_year_tried(years, moves):
    past = pd.concat(_drawn(range(2024 - years, 2024), lines=3))
    now = _outlook(2024, {"A": (30, 10, 10, 10), "B": (10, -4, -4, -4), "flat": (0, 0, 0, 0)}, season=80)
    found = rest(now, past)
    lines, own = 306, 300 + 80 / 2
    apart = (own - lines) / 2 if moves else 0
    assert found["SUM"] == pytest.approx(lines + apart)
    assert found.drop("SUM").tolist() == pytest.approx([110 + apart * 3 / 4, 96 + apart / 4, 100])


def test_each_years_errors_are_of_what_would_have_been_forecast_by_the_years_before_it():
    made = _drawn(range(2019, 2024), lines=3)
    found = errors(pd.concat(made))
    for n, then in enumerate(made[1:], start=1):
        expected = (then.rest_nok - rest(then, pd.concat(made[:n]))) / then.scale_nok
        assert_series_equal(found.iloc[4 * n - 4 : 4 * n], expected, check_names=False)


def test_the_first_year_forecast_untried_counts_only_where_there_is_no_other():
    first, second = _drawn(range(2022, 2024), lines=3)
    first.loc["SUM", "calendar"] = 3 * 999
    untried = (first.rest_nok - first.calendar) / first.scale_nok
    assert_series_equal(errors(first), untried, check_names=False)
    assert len(errors(pd.concat([first, second]))) == len(second)


def test_the_order_of_the_years_does_not_matter():
    made = _drawn(range(2019, 2024), lines=3)
    now = _drawn(range(2024, 2025), lines=3, seed=9)[0]
    assert_frame_equal(forecast(now, pd.concat(made)), forecast(now, pd.concat(made[::-1])))


def test_errors_of_lines_without_unevenness_are_left_out():
    assert errors(_outlook(2023, {"A": (10, 5, 5, 5), "flat": (0, 7, 7, 7)})).index.tolist() == ["A", "SUM"]


def test_line_tails_are_the_10th_and_90th_percentile_and_hold_no_error():
    drawn = pd.Series(np.random.default_rng(2).normal(0.5, 2, 40))
    assert line_tails(drawn) == pytest.approx((np.quantile(drawn, 0.1), np.quantile(drawn, 0.9)))
    assert line_tails(drawn.abs() + 1)[0] == 0
    assert line_tails(-drawn.abs() - 1)[1] == 0


def test_the_interval_is_the_tails_times_each_lines_scale_about_the_forecast():
    past, now = pd.concat(_drawn(range(2020, 2024), lines=5)), _drawn(range(2024, 2025), lines=5, seed=9)[0]
    table, known = forecast(now, past), errors(past)
    below, above = line_tails(known[known.index != "SUM"])
    for line in now.index.drop("SUM"):
        assert table.low_nok[line] == pytest.approx(table.model_nok[line] + below * now.scale_nok[line])
        assert table.high_nok[line] == pytest.approx(table.model_nok[line] + above * now.scale_nok[line])
    assert (table.low_nok <= table.model_nok).all()
    assert (table.model_nok <= table.high_nok).all()


def test_student_s_t_is_scipys():
    assert STUDENT[:-1] == pytest.approx(stats.t.ppf(0.9, range(1, len(STUDENT))), abs=0.006)
    assert STUDENT[-1] == pytest.approx(stats.norm.ppf(0.9), abs=0.005)


LINES = pd.DataFrame({"below": [-12.8, -3.84], "above": [12.8, 3.84]})


def test_with_few_years_the_sums_interval_is_the_lines_together_and_widened_by_students_t():
    none = pd.Series(dtype=float)
    assert sum_tails(none, LINES) == pytest.approx((-3.08 * np.sqrt(109), 3.08 * np.sqrt(109)))
    median = stats.norm.ppf(0.75) * np.sqrt(109)
    even = [sum_tails(pd.Series([median, -median] * n), LINES)[1] for n in (1, 2, 5)]
    assert even == pytest.approx([t * np.sqrt(109) for t in (1.64, 1.48, 1.28)], rel=1e-4)


def test_a_few_bad_years_do_not_widen_the_sums_interval():
    calm, bad = pd.Series([20.0, -20.0] * 4), pd.Series([20.0, -20.0] * 3 + [200.0, -200.0])
    assert sum_tails(bad, LINES) == pytest.approx(sum_tails(calm, LINES))


def test_the_sums_interval_leans_as_its_past_errors_do_the_more_the_more_years():
    def lean(years: int) -> float:
        return sum(sum_tails(pd.Series([20.0] * years), LINES)) / 2

    assert [lean(years) for years in (1, 3, 5)] == pytest.approx([20 / 6, 60 / 8, 10])


def test_the_sums_interval_holds_the_forecast():
    below, above = sum_tails(pd.Series([500.0] * 40), pd.DataFrame({"below": [0.0], "above": [0.0]}))
    assert below == 0
    assert above > 0


def test_the_more_all_lines_err_the_same_way_the_wider_is_the_sum():
    same, apart = (pd.Series([nok, -nok] * 3) for nok in (60.0, 10.0))
    assert sum_tails(same, LINES)[1] > 2 * sum_tails(apart, LINES)[1]


def test_without_an_earlier_year_the_interval_is_missing():
    table = forecast(_outlook(2024, {"A": (10, 4, 8, 90)}), NONE)
    assert table.model_nok.to_dict() == {"A": 1999, "SUM": 1100 + 899}
    assert table[["low_nok", "high_nok"]].isna().all(axis=None)


def test_the_reading_told_is_the_one_that_counts_for_most_and_the_sum_has_none():
    rows = {"near": (10, 20, 40, 0), "B": (10, 20, 0, 20), "C": (10, 20, 0, 20)}
    table = forecast(_outlook(2024, rows), pd.concat(_outlook(year, rows) for year in range(2000, 2024)))
    assert table.reading.dropna().to_dict() == {"near": "commitments", "B": "quiet", "C": "quiet"}


def test_no_argument_is_edited():
    now, past = _drawn(range(2024, 2025), lines=3)[0], pd.concat(_drawn(range(2019, 2024), lines=3))
    kept = now.copy(deep=True), past.copy(deep=True)
    forecast(now, past)
    assert_frame_equal(now, kept[0])
    assert_frame_equal(past, kept[1])


# The whole from postings on: what the forecast says where a ledger is odd.


def _forecast(postings: pd.DataFrame, month: str = "2024-09") -> pd.DataFrame:
    booked = by_month(postings, "line")
    return forecast(outlook(booked, postings, month), past_outlooks(booked, postings, month))


def _with(*rows: dict, end: str = "2024-09", count: int = 45) -> pd.DataFrame:
    return pd.concat([postings_of(noisy(end, count)), make_postings(*rows)], ignore_index=True)


def test_a_single_year_of_history_is_followed_and_has_no_interval():
    table = noisy("2024-09", 21)
    found = _forecast(postings_of(table))
    expected = table.iloc[:, -12:].sum(axis=1)
    assert found.model_nok.drop("SUM").to_dict() == pytest.approx(expected.to_dict())
    assert found[["low_nok", "high_nok"]].isna().all(axis=None)


def test_a_new_supplier_on_a_new_line_gets_the_ledgers_choice_and_an_interval():
    new = [{"line": "new", "supplier_id": "1", "period": m, "amount_nok": 80.0} for m in months_until("2024-09", 3)]
    found = _forecast(_with(*new))
    assert found.reading["new"] in ("steady", "quiet")
    assert 240 <= found.model_nok["new"] <= 480
    assert found.low_nok["new"] < found.high_nok["new"]


def test_a_line_that_ended_years_ago_is_forecast_as_nothing_for_sure():
    old = [{"line": "ended", "period": m, "amount_nok": 80.0} for m in months_until("2021-06", 6)]
    found = _forecast(_with(*old)).loc["ended"]
    assert [found.model_nok, found.low_nok, found.high_nok] == [0, 0, 0]


def test_a_large_one_off_moves_the_rest_by_less_than_a_sixth_of_it():
    plain = _forecast(_with())
    found = _forecast(_with({"line": "line 0", "period": "2024-05", "amount_nok": 6000.0}))
    moved = found.model_nok - plain.model_nok
    assert 6000 <= moved["line 0"] < 7000
    assert moved[["line 1", "line 2"]].abs().max() < 100


def test_a_credit_larger_than_the_year_so_far_leaves_the_rest_of_the_year_a_cost():
    plain = _forecast(_with())
    found = _forecast(_with({"line": "line 0", "period": "2024-08", "amount_nok": -1500.0}))
    rest = found.model_nok["line 0"] - plain.model_nok["line 0"] + 1500
    assert -300 < rest <= 0


def test_in_december_the_model_is_what_is_booked_with_closing_entries():
    postings = _with({"line": "line 0", "period": "2024-13", "amount_nok": 33.0}, end="2024-12", count=48)
    booked = by_month(postings, "line").loc[:, "2024-01":].sum(axis=1)
    found = _forecast(postings, "2024-12").model_nok
    assert_series_equal(found.drop("SUM"), booked, check_names=False)
    assert found["SUM"] == pytest.approx(booked.sum())


@pytest.mark.deep
def test_eighty_percent_intervals_cover_about_so_many_years_of_plain_noise():
    history = noisy("2024-12", 84, lines=40, seed=7)
    postings = postings_of(history)
    booked = by_month(postings, "line")
    actual = booked.loc[:, "2024-01":].sum(axis=1)
    covered = []
    for month in ("2024-03", "2024-06", "2024-09"):
        found = _forecast(postings, month)
        lines = found.drop(index="SUM")
        covered.append(actual.between(lines.low_nok, lines.high_nok).mean())
    assert 0.65 <= np.mean(covered) <= 0.92
