"""The forecasts of a year beside each other: sums over lines, changes, and what is measured of earlier years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib import figures, measures
from rorikt_lib.workbook import Workbook

NAN = float("nan")


def row(period: str, line: str, model: float, low: float, high: float, **more: object) -> dict[str, object]:
    amounts = {"model_nok": model, "low_nok": low, "high_nok": high}
    amounts |= dict.fromkeys(["next_month_nok", "committed_nok", "committed_next_nok"], 0.0)
    given = {"booked_nok": 10.0, "adopted_nok": 100.0, "in_hindsight": False, "reading": "steady"}
    return {"period": period, "line": line} | amounts | given | more


def book_of(*rows: dict[str, object], **tables: pd.DataFrame) -> Workbook:
    return make_book(rows[-1]["period"], forecasts_by_month=pd.DataFrame(rows), **tables)


def test_the_months_total_is_the_lines_sum_with_their_errors_as_independent():
    book = book_of(row("2024-09", "Lønn", 100.0, 97.0, 112.0), row("2024-09", "Samband og Tele", 40.0, 36.0, 45.0))
    (total,) = measures.forecast_totals(book).itertuples()
    assert (total.month, total.booked_nok, total.adopted_nok, total.model_nok) == ("2024-09", 20.0, 200.0, 140.0)
    assert (total.low_nok, total.high_nok) == (135.0, 153.0)  # 3² + 4² = 5², 12² + 5² = 13²


def test_a_total_of_which_a_line_is_missing_is_missing():
    book = book_of(
        row("2024-09", "Lønn", 100.0, NAN, NAN), row("2024-09", "Samband og Tele", 40.0, 36.0, 45.0, adopted_nok=NAN)
    )
    (total,) = measures.forecast_totals(book).itertuples()
    assert total.model_nok == 140.0
    assert np.isnan([total.adopted_nok, total.low_nok, total.high_nok]).all()


def test_each_month_has_the_years_budget_and_says_whether_it_was_worked_out_in_hindsight():
    rows = [row("2024-08", "Lønn", 1.0, 1.0, 1.0, in_hindsight=True), row("2024-09", "Lønn", 2.0, 2.0, 2.0)]
    totals = measures.forecast_totals(book_of(*rows, budget_lines=make_budget({"amount_nok": 1200.0})))
    assert totals[["month", "budget_nok", "in_hindsight"]].to_numpy().tolist() == [
        ["2024-08", 1200.0, True], ["2024-09", 1200.0, False],
    ]  # fmt: skip


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(0, 1e5)), min_size=1, max_size=5))
def test_an_interval_of_the_sum_holds_it_and_is_never_wider_than_the_lines_together(lines):
    rows = [row("2024-09", f"{n}", m, m - below, m + above) for n, (m, below, above) in enumerate(lines)]
    total = measures.forecast_totals(book_of(*rows)).iloc[0]
    assert total.low_nok <= total.model_nok <= total.high_nok
    widths = np.array([(row["model_nok"] - row["low_nok"], row["high_nok"] - row["model_nok"]) for row in rows])
    assert total.model_nok - total.low_nok <= widths[:, 0].sum() + 1e-3
    assert total.high_nok - total.model_nok <= widths[:, 1].sum() + 1e-3


def test_a_change_is_since_the_last_month_that_had_adopted_forecasts_of_the_same_year():
    adopted = make_forecasts(
        {"period": "2023-12", "amount_nok": 1.0}, {"period": "2024-06", "amount_nok": 900.0},
        {"period": "2024-08", "amount_nok": 950.0, "reason": "Nye stillinger"}, {"period": "2024-09", "amount_nok": 950.0},
        {"period": "2024-10", "amount_nok": 999.0}, {"period": "2024-08", "kind": "investment", "line": "App-utvikling"},
    )  # fmt: skip
    (change,) = measures.adopted_changes(make_book("2024-09", adopted_forecasts=adopted)).itertuples()
    assert (change.month, change.expense_type, change.reason) == ("2024-08", "Lønn", "Nye stillinger")
    assert (change.previous_nok, change.forecast_nok, change.change_nok) == (900.0, 950.0, 50.0)


@pytest.mark.parametrize("adopted", [make_forecasts(), make_forecasts({"period": "2024-09"})])
def test_a_year_with_at_most_one_month_of_adopted_forecasts_has_no_change(adopted):
    assert measures.adopted_changes(make_book("2024-09", adopted_forecasts=adopted)).empty


def trials() -> pd.DataFrame:
    """Two lines that cost 100 and 300, with six known months: 10 too much and 20 too little, and 5 too little in sum."""
    told = {"year": 2023, "known_months": 6, "low_nok": NAN, "high_nok": NAN}
    rows = [
        ("chosen", "Samband og Tele", 280.0, 300.0), ("chosen", "Lønn", 110.0, 100.0), ("chosen", "SUM", 395.0, 400.0),
        ("run_rate", "Samband og Tele", 600.0, 300.0), ("run_rate", "Lønn", 100.0, 100.0), ("quiet", "Lønn", 9.0, 100.0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["method", "line", "forecast_nok", "actual_nok"]).assign(**told)


def test_the_methods_shown_are_measured_line_by_line_and_the_chosen_in_total_in_the_reports_order():
    book = make_book(tried_forecast=trials())
    methods = measures.tried_methods(book).set_index("method")
    assert methods.wape.to_dict() == pytest.approx({"chosen": 30 / 400, "run_rate": 300 / 400})
    assert methods.bias.to_dict() == pytest.approx({"chosen": -10 / 400, "run_rate": 300 / 400})
    lines = measures.tried_lines(book)
    assert list(zip(lines.expense_type, lines.method, strict=True)) == [
        ("Lønn", "chosen"), ("Lønn", "run_rate"), ("Samband og Tele", "chosen"), ("Samband og Tele", "run_rate"),
        ("SUM", "chosen"),
    ]  # fmt: skip
    assert lines.wape.iloc[-1] == pytest.approx(5 / 400)


def test_nothing_is_measured_where_nothing_could_be_tried():
    book = make_book(tried_forecast=pd.DataFrame())
    assert measures.tried_methods(book).empty
    assert measures.tried_lines(book).empty


def test_what_the_forecast_page_shows_is_in_the_figures():
    rows = [row("2024-08", "Lønn", 90.0, 80.0, 99.0), row("2024-09", "Lønn", 95.0, 90.0, 99.0)]
    adopted = make_forecasts({"period": "2024-08", "amount_nok": 7.0}, {"period": "2024-09", "amount_nok": 9.0})
    book = book_of(*rows, adopted_forecasts=adopted, tried_forecast=trials())
    values = figures.collect(book).set_index(["figure", "dimension", "member"]).value
    by_month, tried = "month|expense_type", "method|known_months"
    assert values["operating_costs.model_by_month", by_month, "2024-08|Lønn"] == 90.0
    assert values["operating_costs.model_low_by_month", by_month, "2024-09|SUM"] == 90.0
    assert values["operating_costs.adopted_change_by_month", by_month, "2024-09|Lønn"] == 2.0
    assert values["forecast_trial.wape", tried, "Modellen|6"] == pytest.approx(30 / 400)
    assert values["forecast_trial.bias", f"{tried}|expense_type", "Modellen|6|SUM"] == pytest.approx(-5 / 400)
    assert not values.index.duplicated().any()
