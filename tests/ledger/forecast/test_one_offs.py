"""Months that stand out once: against a loop, and by hand on a line whose limits are known.

The line goes 90, 100, 110, 90, …: the median about every month is 100 and the median deviation 10, so that the limit
is 4 × 14.826 from 100.
"""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import history_until
from pandas.testing import assert_frame_equal

from rorikt_lib.ledger.forecast.one_offs import without_one_offs

WAVE = [90.0, 100.0, 110.0] * 12
LIMIT = 59.304


def _line(changes: dict[int, float], months: int = 36) -> list[float]:
    return [changes.get(n, WAVE[n]) for n in range(months)]


def _without(changes: dict[int, float]) -> list[float]:
    return without_one_offs(history_until("2024-12", A=_line(changes))).loc["A"].tolist()


def _by_loop(months: list[float]) -> list[float]:
    count = len(months)
    ordinary = [median(months[max(n - 6, 0) : n + 7]) for n in range(count)]
    limit = 4 * 1.4826 * median(abs(months[n] - ordinary[n]) for n in range(count))
    out = {n: np.sign(months[n] - ordinary[n]) for n in range(count) if abs(months[n] - ordinary[n]) > limit > 0}
    back = {n for n in out for by in (11, 12, 13) for m in (n - by, n + by) if out.get(m) == out[n]}
    return [months[n] if n in back or n not in out else ordinary[n] + out[n] * limit for n in range(count)]


@pytest.mark.parametrize(("amount", "expected"), [(1000, 100 + LIMIT), (-800, 100 - LIMIT)])
@pytest.mark.parametrize("month", [10, 13, 25])
def test_a_one_off_month_is_brought_in_to_the_limit(amount, expected, month):
    changed = _without({month: amount})
    assert changed[month] == pytest.approx(expected)
    assert changed[:month] + changed[month + 1 :] == WAVE[:month] + WAVE[month + 1 :]


@pytest.mark.parametrize(("amount", "stays"), [(159.3, True), (159.31, False), (40.7, True), (40.69, False)])
def test_a_month_stands_out_beyond_four_ordinary_deviations(amount, stays):
    assert (_without({13: amount})[13] == amount) is stays


@pytest.mark.parametrize(("later", "kept"), [(10, False), (11, True), (12, True), (13, True), (14, False)])
def test_a_month_that_comes_back_within_eleven_to_thirteen_months_is_kept(later, kept):
    changed = _without({13: 1000, 13 + later: 700})
    expected = [1000, 700] if kept else [100 + LIMIT] * 2
    assert [changed[13], changed[13 + later]] == pytest.approx(expected)


def test_a_credit_a_year_after_a_one_off_cost_does_not_bring_it_back():
    changed = _without({13: 1000, 25: -800})
    assert [changed[13], changed[25]] == pytest.approx([100 + LIMIT, 100 - LIMIT])


def test_an_ordinary_month_a_year_later_does_not_bring_a_one_off_back():
    assert _without({13: 1000, 25: 150})[13] == pytest.approx(100 + LIMIT)


def test_each_line_has_its_own_limit():
    table = history_until("2024-12", A=_line({13: 1000}), B=[10 * nok for nok in _line({13: 150})])
    changed = without_one_offs(table)
    assert changed.loc["A"].iloc[13] == pytest.approx(100 + LIMIT)
    assert changed.loc["B"].tolist() == table.loc["B"].tolist()


@pytest.mark.parametrize(
    "months", [[0.0] * 30, [7.0] * 30, WAVE, [0.0] * 20 + [500.0] + [0.0] * 9], ids=["zeros", "even", "wave", "single"]
)
def test_lines_of_zeros_even_lines_and_single_invoices_stay(months):
    table = history_until("2024-12", A=months)
    assert_frame_equal(without_one_offs(table), table)


@pytest.mark.parametrize(
    ("given", "most"),
    [({"limit": 6.0}, 6 * 14.826), ({"limit": 6.0, "times": 2.0}, 200), ({"limit": 20.0, "times": 2.0}, 20 * 14.826)],
)
def test_the_limit_is_the_greater_of_ordinary_deviations_and_of_times_the_median_month(given, most):
    table = history_until("2024-12", A=_line({13: 1000, 30: 100 - most + 1}))
    changed = without_one_offs(table, **given).loc["A"].tolist()
    assert [changed[13], changed[30]] == pytest.approx([100 + most, 100 - most + 1])


# Whole thousands and few of them, so that many months are alike and others stand out.
lines = st.lists(st.sampled_from([90.0, 100.0, 110.0, 100.0, 95.0, 105.0, 0.0, -100.0, 900.0]), min_size=5, max_size=40)


@given(lines)
def test_one_offs_agree_with_a_loop(months):
    changed = without_one_offs(history_until("2024-12", A=months, B=[-nok for nok in months]))
    assert changed.loc["A"].tolist() == pytest.approx(_by_loop(months))
    assert changed.loc["B"].tolist() == pytest.approx([-nok for nok in _by_loop(months)])


def test_no_argument_is_edited():
    table = history_until("2024-12", A=_line({13: 1000}))
    kept = table.copy(deep=True)
    without_one_offs(table, times=2.0)
    assert_frame_equal(table, kept)
