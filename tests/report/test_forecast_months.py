"""The forecasts of a year beside each other: sums over lines, changes, and what is measured of earlier years."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts
from forecast_frames import NAN

from rorikt_lib.report import accuracy, forecast_page
from rorikt_lib.report.records import records
from rorikt_lib.workbook import Workbook


def row(period: str, line: str, model: float, low: float, high: float, **more: object) -> dict[str, object]:
    amounts = {"model_nok": model, "low_nok": low, "high_nok": high}
    amounts |= dict.fromkeys(["next_month_nok", "committed_nok", "committed_next_nok"], 0.0)
    given = {"booked_nok": 10.0, "adopted_nok": 100.0, "in_hindsight": False, "reading": "steady"}
    return {"period": period, "line": line} | amounts | given | more


@pytest.fixture
def book_of(monkeypatch):
    """The workbook of the last of the given forecasts' months."""

    def made(*rows: dict[str, object], **tables: pd.DataFrame) -> Workbook:
        monkeypatch.setattr(forecast_page, "forecasts_by_month", lambda book: pd.DataFrame(rows))
        return make_book(rows[-1]["period"], **tables)

    return made


def test_each_month_has_its_sum_the_years_budget_and_whether_it_was_worked_out_in_hindsight(book_of):
    rows = [row("2024-08", "Lønn", 1.0, 1.0, 1.0, in_hindsight=True), row("2024-09", "Lønn", 2.0, 2.0, 2.0)]
    book = book_of(*rows, budget_lines=make_budget({"amount_nok": 1200.0}))
    totals = forecast_page.MONTHS.frame(book)
    assert totals[["month", "line", "model_nok", "budget_nok"]].to_numpy().tolist() == [
        ["2024-08", "SUM", 1.0, 1200.0], ["2024-09", "SUM", 2.0, 1200.0],
    ]  # fmt: skip
    assert totals.mark.fillna("").tolist() == ["hindsight", ""]
    assert forecast_page.MONTHS.published(book).columns[-1] == "mark"


def test_months_that_were_all_foreseen_have_no_mark_and_what_nobody_forecast_no_column(book_of):
    book = book_of(row("2024-09", "Lønn", 2.0, NAN, NAN, adopted_nok=NAN))
    assert forecast_page.MONTHS.published(book).columns.tolist() == ["month", "booked_nok", "model_nok"]


def test_decembers_model_is_no_forecast_but_a_figure(book_of):
    rows = [row("2023-11", "Lønn", 85.1, 84.0, 86.0, in_hindsight=True)]
    book = book_of(*rows, row("2023-12", "Lønn", 84.0, 84.0, 84.0, booked_nok=84.0, in_hindsight=True))
    totals = forecast_page.MONTHS.frame(book)
    assert totals.model_nok.isna().tolist() == [False, True]
    assert totals.mark.isna().tolist() == [False, True]
    assert totals.booked_nok.tolist() == [10.0, 84.0]
    values = records(forecast_page.HISTORY, book).set_index(["figure", "member"]).value
    assert values["operating_costs.model_by_month", "2023-12|SUM"] == 84.0


def test_a_table_by_line_ends_in_the_sums_and_leaves_out_months_that_nothing_is_known_of(book_of):
    lines = ["Lønn", "Lisens", "Inntekter"]
    june = [row("2023-11", line, 1.0, 1.0, 1.0) for line in lines]
    book = book_of(*june, *(row("2023-12", line, 1.0, 1.0, 1.0, adopted_nok=NAN) for line in lines))
    for table, amount in ((forecast_page.ADOPTED, 300.0), (forecast_page.MODEL, 3.0)):
        shown = table.published(book)
        assert shown.line.tolist() == [*lines, "SUM"]
        assert shown.month.unique().tolist() == ["2023-11"]
        assert shown.iloc[-1, -1] == amount


def test_a_change_is_since_the_last_month_that_had_adopted_forecasts_of_the_same_year():
    adopted = make_forecasts(
        {"period": "2023-12", "amount_nok": 1.0}, {"period": "2024-06", "amount_nok": 900.0},
        {"period": "2024-08", "amount_nok": 950.0, "reason": "Nye stillinger"}, {"period": "2024-09", "amount_nok": 950.0},
        {"period": "2024-10", "amount_nok": 999.0}, {"period": "2024-08", "kind": "investment", "line": "App-utvikling"},
    )  # fmt: skip
    (change,) = forecast_page.CHANGES.frame(make_book("2024-09", adopted_forecasts=adopted)).itertuples()
    assert (change.month, change.line, change.reason) == ("2024-08", "Lønn", "Nye stillinger")
    assert (change.previous_nok, change.forecast_nok, change.change_nok) == (900.0, 950.0, 50.0)


def test_changes_stand_newest_month_first():
    adopted = make_forecasts(*({"period": f"2024-0{n}", "amount_nok": 900.0 + n} for n in (7, 8, 9)))
    changes = forecast_page.CHANGES.published(make_book("2024-09", adopted_forecasts=adopted))
    assert changes.month.tolist() == ["2024-09", "2024-08"]


@pytest.mark.parametrize("adopted", [make_forecasts(), make_forecasts({"period": "2024-09"})])
def test_a_year_with_at_most_one_month_of_adopted_forecasts_has_no_change(adopted):
    assert forecast_page.CHANGES.frame(make_book("2024-09", adopted_forecasts=adopted)).empty


def trials(**more: list[float]) -> pd.DataFrame:
    """Two lines that cost 100 and 300, with six known months: 10 too much and 20 too little, and 5 too little in sum."""
    told = {"year": 2023, "known_months": 6, "low_nok": NAN, "high_nok": NAN}
    rows = [
        ("chosen", "Samband og Tele", 280.0, 300.0), ("chosen", "Lønn", 110.0, 100.0), ("chosen", "SUM", 395.0, 400.0),
        ("run_rate", "Samband og Tele", 600.0, 300.0), ("run_rate", "Lønn", 100.0, 100.0), ("quiet", "Lønn", 9.0, 100.0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["method", "line", "forecast_nok", "actual_nok"]).assign(**told | more)


@pytest.fixture
def tried(monkeypatch):
    """The workbook of a month whose model did so in earlier years."""

    def made(table: pd.DataFrame) -> Workbook:
        monkeypatch.setattr(accuracy, "tried_forecast", lambda book: table)
        return make_book()

    return made


def test_the_methods_shown_are_measured_line_by_line_and_the_chosen_in_total_in_the_reports_order(tried):
    book = tried(trials())
    methods = accuracy.METHODS.frame(book).set_index("method")
    assert methods.wape.to_dict() == pytest.approx({"chosen": 30 / 400, "run_rate": 300 / 400})
    assert methods.bias.to_dict() == pytest.approx({"chosen": -10 / 400, "run_rate": 300 / 400})
    lines = accuracy.TRIED.frame(book)
    assert list(zip(lines.line, lines.method, strict=True)) == [
        ("Lønn", "chosen"), ("Lønn", "run_rate"), ("Samband og Tele", "chosen"), ("Samband og Tele", "run_rate"),
        ("SUM", "chosen"),
    ]  # fmt: skip
    assert lines.wape.iloc[-1] == pytest.approx(5 / 400)


def test_each_lines_errors_stand_beside_those_of_the_simplest_methods(tried):
    shown = accuracy.LINES.published(tried(trials()))
    assert shown.columns.tolist() == ["line", "known_months", "wape", "bias", "run_rate"]
    assert shown.line.tolist() == ["Lønn", "Samband og Tele", "SUM"]
    assert shown.run_rate.tolist()[:2] == pytest.approx([0.0, 1.0])


def test_coverage_is_shown_only_where_it_is_known(tried):
    assert "coverage" not in accuracy.METHODS.published(tried(trials()))
    assert "coverage" in accuracy.METHODS.published(tried(trials(low_nok=0.0, high_nok=1e9)))


def test_nothing_is_measured_where_nothing_could_be_tried(tried):
    book = tried(pd.DataFrame())
    for table in (accuracy.METHODS, accuracy.TRIED, accuracy.LINES):
        assert table.published(book).empty


def test_without_a_log_of_years_that_are_over_nothing_is_reported_of_accuracy():
    assert accuracy.ACCURACY.published(make_book()).empty


def test_what_the_forecast_page_shows_is_in_the_figures(book_of, tried):
    tried(trials())
    rows = [row("2024-08", "Lønn", 90.0, 80.0, 99.0), row("2024-09", "Lønn", 95.0, 90.0, 99.0)]
    adopted = make_forecasts({"period": "2024-08", "amount_nok": 7.0}, {"period": "2024-09", "amount_nok": 9.0})
    book = book_of(*rows, adopted_forecasts=adopted)
    tables = [forecast_page.HISTORY, forecast_page.CHANGES, accuracy.METHODS, accuracy.TRIED]
    values = pd.concat([records(table, book) for table in tables]).set_index(["figure", "dimension", "member"]).value
    by_month, trial = "month|expense_type", "method|known_months"
    assert values["operating_costs.model_by_month", by_month, "2024-08|Lønn"] == 90.0
    assert values["operating_costs.model_low_by_month", by_month, "2024-09|SUM"] == 90.0
    assert values["operating_costs.adopted_change_by_month", by_month, "2024-09|Lønn"] == 2.0
    assert values["forecast_trial.wape", trial, "Modellen|6"] == pytest.approx(30 / 400)
    assert values["forecast_trial.bias", f"{trial}|expense_type", "Modellen|6|SUM"] == pytest.approx(-5 / 400)
    assert not values.index.duplicated().any()


def test_a_number_that_two_tables_of_the_page_show_is_the_same_figure(book_of, tried):
    tried(trials())
    book = book_of(row("2024-09", "Lønn", 95.0, 90.0, 99.0))
    for part, whole in (
        (forecast_page.MONTHS, forecast_page.HISTORY), (forecast_page.ADOPTED, forecast_page.HISTORY),
        (forecast_page.MODEL, forecast_page.HISTORY), (accuracy.LINES, accuracy.TRIED),
    ):  # fmt: skip
        known = records(whole, book).set_index(["figure", "dimension", "member"]).value
        shown = records(part, book).set_index(["figure", "dimension", "member"]).value
        both = shown.index.intersection(known.index)
        assert len(both) >= 2
        pd.testing.assert_series_equal(shown[both], known[both], check_index_type=False)
