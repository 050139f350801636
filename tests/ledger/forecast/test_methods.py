"""Each plain rule by hand, all of them against loops over calendar months, and what holds for every one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import history_until
from pandas.testing import assert_frame_equal, assert_series_equal

from rorikt_lib.ledger.forecast.combine import QUIET, STEADY
from rorikt_lib.ledger.forecast.methods import (
    average_month,
    damped_phasing,
    last_year_grown,
    last_year_phasing,
    last_year_remainder,
    level_of_year,
    level_so_far,
    run_rate,
    three_year_phasing,
    three_year_remainder,
)

PLAIN = [
    run_rate, last_year_remainder, three_year_remainder, last_year_phasing, three_year_phasing, last_year_grown,
    level_of_year, level_so_far, average_month,
]  # fmt: skip
EVERY = [*PLAIN, *(method for method in (*STEADY, *QUIET) if method not in PLAIN)]

# 2022 even, 2023 twice the number of the month, 2024 three times it, up to September.
RISING = [6.0] * 12 + [2.0 * n for n in range(1, 13)] + [3.0 * n for n in range(1, 10)]
NEW = [0.0] * 24 + [100.0] * 9
ENDED = [100.0] * 24 + [0.0] * 9
# October to December have 26 + 28 + 30 of 309 in the two years back from September 2024.
COMING = 1.5 + 0.5 * 84 * 12 / 309
KNOWN = 12 - COMING


def _at_september(method, months: list[float]) -> float:
    return method(history_until("2024-09", A=months), 3)["A"]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (run_rate, 135 * 3 / 9),
        (last_year_remainder, 66),
        (three_year_remainder, (18 + 66) / 2),
        (last_year_phasing, 135 / 90 * 66),
        (three_year_phasing, 135 / (54 + 90) * (18 + 66)),
        (last_year_grown, 66 * 1.15),
        (level_of_year, (66 + 135) / 12 * COMING),
        (level_so_far, 135 / KNOWN * COMING),
        (average_month, (66 + 135) * 3 / 12),
    ],
)
def test_each_method_by_hand(method, expected):
    assert _at_september(method, RISING) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (run_rate, 300),
        (last_year_remainder, 0),
        (three_year_remainder, 0),
        (last_year_phasing, 0),
        (three_year_phasing, 0),
        (last_year_grown, 0),
        (level_of_year, 900 / 12 * 1.5),
        (level_so_far, 900 / (4.5 + 6) * 1.5),
        (average_month, 225),
    ],
)
def test_a_line_that_is_new_this_year_is_forecast_by_its_level_and_has_no_last_year(method, expected):
    assert _at_september(method, NEW) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (run_rate, 0),
        (last_year_remainder, 300),
        (three_year_remainder, 300),
        (last_year_phasing, 300),
        (three_year_phasing, 300),
        (last_year_grown, 300 * 0.85),
        (level_of_year, 300 / 12 * 3 * (0.5 + 0.5 * 200 * 12 / 1500)),
        (level_so_far, 0),
        (average_month, 75),
    ],
)
def test_a_line_that_ended_this_year_dies_out_where_the_level_counts(method, expected):
    assert _at_september(method, ENDED) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("now", "growth"), [(110, 0.05), (90, -0.05), (129, 0.145), (140, 0.15), (65, -0.15), (0, 0), (-100, 0)]
)
def test_last_year_grows_by_half_the_growth_of_twelve_months_and_by_fifteen_percent_at_most(now, growth):
    months = [100.0] * 12 + [float(now)] * 12
    table = history_until("2024-06", A=months)
    assert last_year_grown(table, 6)["A"] == pytest.approx(6 * now * (1 + growth))


def test_growth_from_part_of_a_year_is_over_the_same_months_a_year_before():
    months = [10.0 * n for n in range(1, 10)] + [500.0, 600.0, 700.0] + [11.0 * n for n in range(1, 10)]
    assert _at_september(last_year_grown, months) == pytest.approx(1800 * 1.05)


def test_without_months_to_grow_from_there_is_no_growth():
    assert last_year_grown(history_until("2024-12", A=[100.0] * 12), 5)["A"] == 500


def test_a_turn_from_cost_to_income_is_no_growth():
    table = history_until("2024-12", A=[100.0] * 12 + [-100.0] * 12)
    assert last_year_grown(table, 3)["A"] == -300


def test_three_years_are_three_and_the_years_before_them_do_not_count():
    old = [9999.0] * 12 + [20.0] * 12 + [30.0] * 12 + [70.0] * 12
    table = history_until("2024-12", A=old)
    assert three_year_remainder(table, 4)["A"] == pytest.approx(4 * 40)
    assert damped_phasing(table).tolist() == [[pytest.approx(1)] * 12]


def test_phasing_is_half_the_earlier_years_and_half_even_and_sums_to_twelve_months():
    weights = damped_phasing(history_until("2024-09", A=RISING))[0]
    assert weights[:3] == pytest.approx([0.5 + 0.5 * nok * 12 / 309 for nok in (26, 28, 30)])
    assert weights[3:] == pytest.approx([0.5 + 0.5 * 5 * n * 12 / 309 for n in range(1, 10)])
    assert weights.sum() == pytest.approx(12)


@pytest.mark.parametrize("months", [[0.0] * 12, [10.0] * 11 + [-1.0], [5.0, -5.0] * 6, [0.1, -0.1, 0.2] * 4])
def test_phasing_is_even_where_the_months_are_zeros_or_do_not_share_a_sign(months):
    assert damped_phasing(history_until("2024-12", A=months)).tolist() == [[1.0] * 12]


def test_phasing_of_income_is_as_that_of_cost():
    cost, income = (history_until("2024-09", A=[sign * nok for nok in RISING]) for sign in (1, -1))
    assert damped_phasing(income)[0] == pytest.approx(damped_phasing(cost)[0])


def test_a_credited_month_makes_the_phasing_even_and_not_wild():
    credited = [100.0] * 24 + [100.0] * 8 + [-890.0]
    assert _at_september(level_so_far, credited) == pytest.approx(-90 / 9 * 3)
    assert _at_september(level_of_year, credited) == pytest.approx(210 / 12 * 3)


@pytest.mark.parametrize("last_years", [[-1.0] + [0.0] * 11, [1.0] * 9 + [-5.0] * 3, [0.0] * 9 + [5.0] * 3])
def test_phasing_that_would_turn_or_invent_an_amount_gives_way_to_last_years_remainder(last_years):
    months = last_years + [10.0] * 9
    assert _at_september(last_year_phasing, months) == sum(last_years[9:])


amounts = st.integers(-(10**5), 10**6).map(float) | st.just(0.0)
costs = st.integers(0, 10**6).map(float)
histories = st.tuples(st.integers(0, 11), st.integers(12, 40)).flatmap(
    lambda drawn: st.tuples(
        st.just(drawn[0]),
        st.lists(amounts, min_size=drawn[1] + 12 - drawn[0], max_size=drawn[1] + 12 - drawn[0])
        | st.lists(costs, min_size=drawn[1] + 12 - drawn[0], max_size=drawn[1] + 12 - drawn[0]),
    )
)


def _by_loops(months: list[float], ahead: int) -> dict:
    """Every method's forecast from a list: months[-1] is the last known, and month k to come had n − 12 + k a year before."""
    n, known = len(months), 12 - ahead
    so_far = sum(months[n - known :])
    coming = [[months[n - 12 * back + k] for back in range(1, min(n // 12, 3) + 1)] for k in range(12)]
    latest = sum(months[n - 12 :])
    pairs = [(months[k], months[k - 12]) for k in range(max(n - 12, 12), n)]
    now, then = (sum(amounts) for amounts in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    growth = min(max(now / then - 1, -0.3), 0.3) / 2 if then * now > 0 else 0.0
    total = sum(map(sum, coming))
    shares = [sum(of_month) / total * 12 if total else 1.0 for of_month in coming]
    weights = [0.5 + 0.5 * share if min(shares) >= 0 else 1.0 for share in shares]
    remainder = sum(of_month[0] for of_month in coming[:ahead])

    def phased(years: int) -> float:
        whole = [months[n - known - 12 * back : n - known - 12 * (back - 1)] for back in range(1, years + 1)]
        whole = [year for back, year in enumerate(whole, start=1) if n - known - 12 * back >= 0]
        part, rest = (sum(map(sum, parts)) for parts in zip(*((y[:known], y[known:]) for y in whole), strict=True))
        return so_far / part * rest if part * so_far > 0 and part * rest > 0 else remainder

    return {
        run_rate: so_far / known * ahead,
        last_year_remainder: remainder,
        three_year_remainder: sum(sum(of_month) / len(of_month) for of_month in coming[:ahead]),
        last_year_phasing: phased(1),
        three_year_phasing: phased(3),
        last_year_grown: remainder * (1 + growth),
        level_of_year: latest / 12 * sum(weights[:ahead]),
        level_so_far: so_far / sum(weights[ahead:]) * sum(weights[:ahead]),
        average_month: latest / 12 * ahead,
    }


@given(histories)
def test_every_method_agrees_with_loops_over_the_months(drawn):
    ahead, months = drawn
    table = history_until(f"2024-{12 - ahead:02d}", A=months, B=[0.0] * len(months))
    for method, expected in _by_loops(months, ahead).items():
        found = method(table, ahead)
        assert found["A"] == pytest.approx(expected, rel=1e-6, abs=1e-3), method.__name__
        assert found["B"] == 0, method.__name__


@given(histories)
def test_credits_do_not_blow_up_what_is_phased(drawn):
    ahead, months = drawn
    table = history_until(f"2024-{12 - ahead:02d}", A=months)
    most = 0.5 * ahead + 6
    so_far, of_year = abs(sum(months[ahead - 12 :])), abs(sum(months[-12:]))
    assert abs(level_so_far(table, ahead)["A"]) <= so_far * most / (0.5 * (12 - ahead)) + 1e-6
    assert abs(level_of_year(table, ahead)["A"]) <= of_year * most / 12 + 1e-6


def _wavy(months: int) -> list[float]:
    return [round(1000 + 300 * np.sin(n) + 40 * (n % 12), 2) for n in range(months)]


@pytest.mark.parametrize("method", EVERY, ids=lambda method: method.__name__)
def test_all_amounts_times_c_give_the_forecast_times_c(method):
    table = history_until("2024-08", A=_wavy(32), B=[100.0, -20.0] * 16)
    assert method(table * 1000, 4).tolist() == pytest.approx((method(table, 4) * 1000).tolist(), rel=1e-3)


@pytest.mark.parametrize("method", PLAIN, ids=lambda method: method.__name__)
def test_income_is_forecast_as_cost_of_the_other_sign(method):
    table = history_until("2024-08", A=_wavy(32), B=[100.0, -20.0] * 16)
    assert method(table * -1, 4).tolist() == pytest.approx((method(table, 4) * -1).tolist())


@pytest.mark.parametrize("ahead", [0, 1, 3, 11])
@pytest.mark.parametrize("method", EVERY, ids=lambda method: method.__name__)
def test_a_constant_series_gives_the_months_left_times_the_constant(method, ahead):
    table = history_until(f"2024-{12 - ahead:02d}", A=[7.5] * (36 - ahead), B=[-300.0] * (36 - ahead))
    assert method(table, ahead).tolist() == pytest.approx([7.5 * ahead, -300 * ahead], rel=1e-6)


@pytest.mark.parametrize("method", EVERY, ids=lambda method: method.__name__)
def test_a_lines_forecast_does_not_depend_on_the_other_lines_or_their_order(method):
    table = history_until("2024-08", A=_wavy(32), B=NEW[1:], C=[0.0] * 32)
    found = method(table, 4)
    assert found.index.tolist() == ["A", "B", "C"]
    assert_series_equal(method(table.loc[["C", "A"]], 4), found[["C", "A"]])


@pytest.mark.parametrize("method", EVERY, ids=lambda method: method.__name__)
def test_nothing_is_left_of_a_year_that_is_over(method):
    assert method(history_until("2024-12", A=_wavy(36)), 0)["A"] == 0


def test_no_argument_is_edited():
    table = history_until("2024-09", A=RISING, B=[0.0] * 33)
    kept = table.copy(deep=True)
    for method in PLAIN:
        method(table, 3)
    assert_frame_equal(table, kept)
