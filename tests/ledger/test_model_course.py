"""The year's course as the model has it: from what is booked to the year's end, in a band that widens."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rorikt_lib.ledger.course import model_course

NAN = float("nan")
MONTHS = ["2024-10", "2024-11", "2024-12"]


def ahead(*lines: list[float]) -> pd.DataFrame:
    return pd.DataFrame(list(lines), columns=MONTHS, index=[f"line {n}" for n in range(len(lines))])


def model(middle: float, low: float, high: float) -> pd.Series:
    return pd.Series({"model_nok": middle, "low_nok": low, "high_nok": high})


def test_the_course_adds_the_months_of_all_lines_to_what_is_booked():
    table = model_course(75.0, ahead([4.0, 3.0, 2.0], [1.0, 0.0, 5.0]), model(90.0, 90.0, 90.0))
    assert table.index.tolist() == ["2024-09", *MONTHS]
    assert table.model_nok.tolist() == [75, 80, 83, 90]


def test_the_band_widens_with_the_root_of_what_has_come_counted_without_sign():
    table = model_course(0.0, ahead([1.0, 1.0, 2.0], [-1.0, -2.0, -9.0]), model(-8.0, -12.0, 0.0))
    width = np.sqrt([0, 2 / 16, 5 / 16, 1])
    assert (table.model_nok - table.low_nok).tolist() == pytest.approx(4 * width)
    assert (table.high_nok - table.model_nok).tolist() == pytest.approx(8 * width)
    assert table.loc["2024-12"].tolist() == pytest.approx([-8, -12, 0])


def test_where_nothing_is_to_come_the_band_widens_with_time():
    table = model_course(5.0, ahead([0.0, 0.0, 0.0]), model(5.0, 4.0, 5.0))
    assert table.low_nok.tolist() == pytest.approx(5 - np.sqrt([0, 1 / 3, 2 / 3, 1]))


def test_without_an_interval_there_is_a_course_and_no_band():
    table = model_course(5.0, ahead([1.0, 1.0, 1.0]), model(8.0, NAN, NAN))
    assert table.model_nok.tolist() == [5, 6, 7, 8]
    assert table[["low_nok", "high_nok"]].isna().all(axis=None)


def test_what_the_model_makes_up_for_a_missing_month_is_spread_evenly_and_ends_in_the_models_total():
    table = model_course(5.0, ahead([1.0, 1.0, 1.0]), model(11.0, 10.0, 12.0))
    assert table.model_nok.tolist() == [5, 7, 9, 11]
