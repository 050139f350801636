"""The model's forecast of the year's end as the report uses it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_postings

from rorikt_lib.ledger.year_end import forecast_rows, model_forecast, months_ahead, without_model

LINES = ["Lønn", "Konsulenter"]


def _year(year: int, amounts: list[float], line: str = "Lønn") -> list[dict]:
    months = (f"{year}-{n:02d}" for n in range(1, 13))
    return [{"period": m, "amount_nok": a, "line": line} for m, a in zip(months, amounts, strict=False)]


LAST, THIS = _year(2023, [10] * 11 + [30]), _year(2024, [12] * 9)


def _model(*rows: dict, month: str = "2024-09") -> pd.DataFrame:
    return model_forecast(make_postings(*rows), "operating", month, LINES)


def _of(table: pd.DataFrame, line: str) -> pd.Series:
    return table.set_index("line").loc[line]


def test_with_one_year_of_history_the_rest_is_last_years_and_nobody_knows_how_sure_that_is():
    row = _of(_model(*LAST, *THIS), "Lønn")
    assert row.model_nok == pytest.approx(9 * 12 + (10 + 10 + 30))
    assert row[["low_nok", "high_nok"]].isna().all()
    assert row.reading == "calendar"


def test_without_a_complete_earlier_year_there_is_no_model_which_is_not_0():
    for rows in (THIS, [*_year(2023, [50] * 11), *THIS]):
        table = _model(*rows)
        assert table.line.tolist() == [*LINES, "SUM"]
        assert table.drop(columns="line").isna().all(axis=None)


def test_the_sum_adds_up_the_lines_and_a_line_without_postings_is_0():
    table = _model(*LAST, *THIS)
    assert _of(table, "SUM").model_nok == pytest.approx(_of(table, "Lønn").model_nok)
    assert _of(table, "Konsulenter").model_nok == 0


def test_duplicates_investments_and_what_is_booked_later_are_not_known_to_the_model():
    more = [
        {"period": "2024-10", "amount_nok": 999},
        {"period": "2024-09", "amount_nok": 999, "is_duplicate": True},
        {"period": "2024-09", "amount_nok": 999, "kind": "investment"},
    ]
    assert _model(*LAST, *THIS, *more).equals(_model(*LAST, *THIS))


def test_at_the_years_end_the_model_is_what_is_booked_closing_entries_too():
    rows = [*_year(2022, [10] * 12), *LAST, *_year(2024, [12] * 12), {"period": "2024-13", "amount_nok": 6}]
    assert _of(_model(*rows, month="2024-12"), "Lønn").model_nok == pytest.approx(150)


def test_a_month_that_the_ledger_has_not_reached_has_no_model():
    assert _model(*LAST, *THIS, month="2024-10").model_nok.isna().all()


def test_the_models_rest_falls_as_in_last_years_months_and_evenly_where_those_were_nothing():
    rows = [*LAST, *THIS, *_year(2024, [5], "Konsulenter")]
    model = pd.DataFrame({"line": LINES, "model_nok": [108 + 100, 5 + 30]})
    months = months_ahead(make_postings(*rows), "operating", "2024-09", model)
    assert months.columns.tolist() == ["2024-10", "2024-11", "2024-12"]
    assert months.loc["Lønn"].tolist() == pytest.approx([20, 20, 60])
    assert months.loc["Konsulenter"].tolist() == pytest.approx([10, 10, 10])


def test_the_log_gets_booked_adopted_and_expected_of_every_line():
    postings = make_postings(*LAST, *THIS)
    costs = pd.DataFrame(
        {"line": [*LINES, "SUM"], "actual_nok": [108.0, 0, 108], "forecast_nok": [150.0, np.nan, np.nan]}
    )
    rows = forecast_rows(postings, costs, _model(*LAST, *THIS), "2024-09").set_index("line")
    assert rows.index.tolist() == LINES
    assert rows.loc["Lønn", ["booked_nok", "adopted_nok", "committed_nok"]].tolist() == [108, 150, 0]
    assert rows.loc["Lønn", "next_month_nok"] == pytest.approx((rows.loc["Lønn", "model_nok"] - 108) / 5)


def test_a_project_has_no_model():
    costs = pd.DataFrame({"line": ["Portal", "SUM"], "actual_nok": [1.0, 1], "forecast_nok": [2.0, 2]})
    rows = without_model(costs)
    assert rows[["line", "booked_nok", "adopted_nok"]].to_numpy().tolist() == [["Portal", 1.0, 2.0]]
    assert rows.model_nok.isna().all()
