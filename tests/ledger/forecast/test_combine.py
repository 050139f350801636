"""What each reading is made of: medians of the methods by hand, and invoices expected beside last year's remainder."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_postings
from ledgers import history_until, months_until, noisy, postings_of
from pandas.testing import assert_frame_equal

from rorikt_lib.ledger.forecast import methods, smoothing
from rorikt_lib.ledger.forecast.combine import commitments, readings
from rorikt_lib.ledger.forecast.one_offs import without_one_offs
from rorikt_lib.terms.enums import Reading


def _with_one_off(lines: int = 3) -> pd.DataFrame:
    table = noisy("2024-09", 33, lines)
    table.iloc[0, 20] = 5000.0
    return table


def test_steady_is_the_median_of_five_methods_on_the_history_without_what_is_far_out_of_the_ordinary():
    table = _with_one_off(lines=1)
    trended = without_one_offs(table, limit=6, times=2)
    five = [
        smoothing.damped_trend(trended, 3),
        smoothing.damped_trend_and_season(trended, 3),
        methods.level_of_year(trended, 3),
        methods.level_so_far(trended, 3),
        methods.last_year_grown(trended, 3),
    ]
    assert not trended.equals(table)
    assert readings(table, 3).steady.tolist() == pytest.approx(np.median(five, axis=0).tolist())


def test_quiet_is_the_median_of_three_levels_on_the_history_without_one_offs():
    table = _with_one_off()
    ordinary = without_one_offs(table)
    three = [method(ordinary, 3) for method in (methods.level_of_year, methods.level_so_far, methods.average_month)]
    assert readings(table, 3).quiet.tolist() == pytest.approx(np.median(three, axis=0).tolist())


def test_calendar_is_last_years_remainder_with_one_offs_as_they_were():
    table = noisy("2024-09", 33)
    table.iloc[0, 22] = 5000.0
    assert table.columns[22] == "2023-11"
    assert readings(table, 3).calendar.tolist() == methods.last_year_remainder(table, 3).tolist()
    assert readings(table, 3).calendar.iloc[0] > 5000


def test_the_smoothed_forecasts_stand_beside_the_readings():
    table = _with_one_off()
    found, trended = readings(table, 3), without_one_offs(table, limit=6, times=2)
    assert found.columns.tolist() == ["damped_trend", "damped_trend_and_season", "steady", "quiet", "calendar"]
    assert found.damped_trend.tolist() == smoothing.damped_trend(trended, 3).tolist()
    assert found.damped_trend_and_season.tolist() == smoothing.damped_trend_and_season(trended, 3).tolist()


def test_a_method_that_is_missing_leaves_the_median_to_the_others():
    table = noisy("2024-09", 21, lines=1)
    four = [
        method(without_one_offs(table, limit=6, times=2), 3)
        for method in (smoothing.damped_trend, methods.level_of_year, methods.level_so_far, methods.last_year_grown)
    ]
    found = readings(table, 3)
    assert found.damped_trend_and_season.isna().all()
    assert found.steady.tolist() == pytest.approx(np.median(four, axis=0).tolist())


def test_the_readings_that_are_chosen_from_are_those_made():
    assert [*Reading] == ["steady", "quiet", "calendar", "commitments"]


def _ledger(*rows: dict) -> pd.DataFrame:
    return make_postings(*({"line": "A"} | row for row in rows))


def _monthly(begin: str, count: int, amount: float, **given) -> list[dict]:
    return [given | {"period": m, "amount_nok": amount} for m in months_until(begin, count)]


YEARLY = [
    {"supplier_id": "1", "period": "2022-11", "amount_nok": 90.0},
    {"supplier_id": "1", "period": "2023-11", "amount_nok": 99.0},
]
WAGES = [*_monthly("2023-12", 24, 50.0), *_monthly("2024-09", 9, 60.0)]


def test_postings_with_rhythm_count_by_expected_invoices_and_the_rest_by_last_years_remainder():
    found = commitments(_ledger(*YEARLY, *WAGES), "2024-09")
    assert found.to_dict() == {"A": pytest.approx(99 * 99 / 90 + 3 * 50, abs=0.01)}


def test_a_supplier_without_rhythm_counts_by_last_years_remainder():
    hours = [("2023-01", 10), ("2023-02", 90), ("2023-05", 7), ("2023-10", 300), ("2023-11", 41), ("2024-02", 5)]
    rows = [{"supplier_id": "2", "period": month, "amount_nok": float(nok)} for month, nok in hours]
    assert commitments(_ledger(*rows, *WAGES), "2024-09")["A"] == pytest.approx(341 + 150)


def test_a_supplier_has_its_rhythm_on_one_line_and_not_on_another():
    other = [{"line": "B", "supplier_id": "1", "period": m, "amount_nok": n}
             for m, n in [("2022-02", 8.0), ("2022-03", 70.0), ("2022-09", 1.0), ("2023-01", 40.0), ("2023-10", 500.0)]]  # fmt: skip
    found = commitments(_ledger(*YEARLY, *WAGES, *other), "2024-09")
    assert found.to_dict() == {"A": pytest.approx(258.9, abs=0.01), "B": 500}


def test_a_line_of_expected_invoices_alone_and_a_line_without_any_are_both_there():
    found = commitments(_ledger(*YEARLY, *(row | {"line": "B"} for row in WAGES)), "2024-09")
    assert found.to_dict() == {"A": pytest.approx(108.9), "B": 150}


def test_a_monthly_suppliers_expected_invoices_are_not_counted_again_as_last_years():
    rows = [*_monthly("2024-09", 33, 100.0, supplier_id="3"), *WAGES]
    assert commitments(_ledger(*rows), "2024-09")["A"] == pytest.approx(300 + 150)


def test_a_yearly_invoice_that_came_early_is_not_counted_again_as_last_years():
    early = {"supplier_id": "1", "period": "2024-09", "amount_nok": 105.0}
    assert commitments(_ledger(*YEARLY, early, *WAGES), "2024-09")["A"] == pytest.approx(150)


def test_a_monthly_supplier_that_ended_is_not_counted_as_last_year():
    ended = _monthly("2024-03", 27, 100.0, supplier_id="3")
    assert commitments(_ledger(*ended, *WAGES), "2024-09")["A"] == pytest.approx(150)


def test_last_years_closing_entries_are_part_of_its_remainder():
    rows = [*WAGES, {"period": "2023-13", "amount_nok": 11.0}]
    assert commitments(_ledger(*rows), "2024-09")["A"] == pytest.approx(161)


def test_credits_without_supplier_lessen_the_remainder_and_income_is_negative():
    credit = [*WAGES, {"period": "2023-10", "amount_nok": -80.0}]
    assert commitments(_ledger(*credit), "2024-09")["A"] == pytest.approx(70)
    income = [row | {"amount_nok": -row["amount_nok"]} for row in [*YEARLY, *WAGES]]
    assert commitments(_ledger(*income), "2024-09")["A"] == pytest.approx(-258.9, abs=0.01)


def test_a_ledger_without_suppliers_is_forecast_by_last_years_remainder():
    table = noisy("2024-09", 33)
    expected = table[["2023-10", "2023-11", "2023-12"]].sum(axis=1)
    assert commitments(postings_of(table), "2024-09").to_dict() == pytest.approx(expected.to_dict())


def test_nothing_is_left_in_december():
    rows = [*_monthly("2024-12", 36, 100.0, supplier_id="3"), *_monthly("2024-12", 36, 7.0)]
    assert commitments(_ledger(*rows), "2024-12").to_dict() == {"A": 0}


def test_commitments_look_at_nothing_after_the_month():
    later = [*_monthly("2024-12", 3, 9999.0), *_monthly("2024-12", 3, 777.0, supplier_id="1")]
    known = commitments(_ledger(*YEARLY, *WAGES), "2024-09")
    assert commitments(_ledger(*YEARLY, *WAGES, *later), "2024-09").to_dict() == known.to_dict()


def test_no_argument_is_edited():
    postings, table = _ledger(*YEARLY, *WAGES), history_until("2024-09", A=[50.0] * 32 + [1e6])
    kept = postings.copy(deep=True), table.copy(deep=True)
    commitments(postings, "2024-09"), readings(table, 3)
    assert_frame_equal(postings, kept[0])
    assert_frame_equal(table, kept[1])
