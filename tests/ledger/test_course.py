"""The course of a year: phasing, the model forecast and the bridge, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_postings
from hypothesis import given, settings
from hypothesis import strategies as st

from rorikt_lib.ledger.costs import lines_of
from rorikt_lib.ledger.course import (
    booked_by_month,
    complete_years,
    forecast_bridge,
    model_forecast,
    months_in,
    phased_budget,
    phasing,
)
from rorikt_lib.measures import operating_course
from rorikt_lib.settings import load_settings

LEDGER = load_settings().ledger
LINES = lines_of("operating", LEDGER)


def _year(year: int, amounts: list[float], line: str = "Lønn") -> list[dict]:
    months = (f"{year}-{n:02d}" for n in range(1, 13))
    return [{"period": m, "amount_nok": a, "expense_type": line} for m, a in zip(months, amounts, strict=False)]


def _booked(*rows: dict) -> pd.DataFrame:
    return booked_by_month(make_postings(*rows), "operating")


def _model(*rows: dict, month: str = "2024-09") -> pd.DataFrame:
    return model_forecast(_booked(*rows), month, LINES).set_index("expense_type")


def _phased(booked: pd.DataFrame, *budget: dict, year: int = 2024) -> pd.DataFrame:
    return phased_budget(booked, make_budget(*budget), "operating", year, LEDGER)


def test_closing_entries_are_booked_in_december_and_duplicates_and_investments_nowhere():
    booked = _booked(
        {"period": "2023-12", "amount_nok": 1},
        {"period": "2023-13", "amount_nok": 2},
        {"period": "2023-12", "amount_nok": 4, "is_duplicate": True},
        {"period": "2023-12", "amount_nok": 8, "kind": "investment"},
        {"period": "2024-01", "amount_nok": -16, "expense_type": "Inntekter"},
    )
    assert booked.loc["Lønn"].to_dict() == {"2023-12": 3, "2024-01": 0}
    assert booked.loc["Inntekter"].to_dict() == {"2023-12": 0, "2024-01": -16}


def test_a_year_is_complete_when_every_month_has_postings_and_only_three_years_back_count():
    rows = [row for year in (2019, 2020, 2021, 2023) for row in _year(year, [1] * 12)]
    rows += _year(2022, [1] * 11)
    assert complete_years(_booked(*rows), 2024) == [2021, 2023]
    assert complete_years(_booked(*rows), 2023) == [2020, 2021]
    assert complete_years(_booked(), 2024) == []


def test_a_month_of_another_line_makes_the_year_complete():
    rows = [*_year(2023, [1] * 11), {"period": "2023-12", "expense_type": "Konsulenter"}]
    assert complete_years(_booked(*rows), 2024) == [2023]


def test_phasing_is_each_months_part_of_the_earlier_years_together():
    booked = _booked(*_year(2022, [30] + [0] * 10 + [10]), *_year(2023, [10] + [5] * 10 + [0]), *_year(2024, [999]))
    # every month needs a posting of some line for the year to be complete: amounts of 0 are postings
    assert phasing(booked, "Lønn", 2024).tolist() == pytest.approx([40 / 100] + [5 / 100] * 10 + [10 / 100])


@pytest.mark.parametrize(
    "history", [[], _year(2023, [5] * 11), _year(2023, [7, -7] * 6), _year(2023, [1] * 12, "Konsulenter")],
    ids=["none", "incomplete year", "years that sum to nothing", "another line"],
)  # fmt: skip
def test_phasing_is_even_without_history(history):
    assert phasing(_booked(*history), "Lønn", 2024).tolist() == pytest.approx([1 / 12] * 12)


def test_a_monthly_budget_keeps_its_months():
    history = _booked(*_year(2023, [100] + [0] * 11))
    phased = _phased(
        history, {"month": 3, "amount_nok": 40}, {"month": 3, "amount_nok": 2}, {"month": 11, "amount_nok": 5}
    )
    assert phased.loc["Lønn"][lambda s: s != 0].to_dict() == {"2024-03": 42, "2024-11": 5}


def test_a_yearly_budget_is_spread_as_the_earlier_years_ran_and_evenly_without_any():
    history = _booked(*_year(2023, [40] + [5] * 11 + [5]))
    phased = _phased(history, {"amount_nok": 190}, {"amount_nok": 1200, "expense_type": "Konsulenter"})
    assert phased.loc["Lønn"].tolist() == pytest.approx([80] + [10] * 11)
    assert phased.loc["Konsulenter"].tolist() == pytest.approx([100] * 12)
    assert phased.loc["Kjøp/leasing"].tolist() == [0] * 12


def test_monthly_and_yearly_lines_of_one_type_are_added():
    phased = _phased(_booked(), {"amount_nok": 12}, {"month": 12, "amount_nok": 100})
    assert phased.loc["Lønn"].tolist() == pytest.approx([1] * 11 + [101])


def test_the_phased_budget_has_every_line_and_the_twelve_months_of_its_year():
    phased = _phased(_booked(), {"amount_nok": 12})
    assert phased.index.tolist() == LINES
    assert phased.columns.tolist() == months_in(2024) == [f"2024-{n:02d}" for n in range(1, 13)]


amounts = st.integers(-10_000, 100_000).map(float)


@given(
    st.lists(amounts, min_size=12, max_size=12),
    st.lists(st.tuples(amounts, st.none() | st.integers(1, 12)), min_size=1, max_size=8),
)
@settings(deadline=None, max_examples=25)
def test_phasing_a_budget_never_changes_its_sum(history, budget):
    phased = _phased(_booked(*_year(2023, history)), *({"amount_nok": a, "month": m} for a, m in budget))
    assert phased.loc["Lønn"].sum() == pytest.approx(sum(a for a, _ in budget), abs=0.01)


# Last year: 10 a month and 30 in December (140); the year before: 8 a month (96). This year: 12 to September (108).
BEFORE, LAST, THIS = _year(2022, [8] * 12), _year(2023, [10] * 11 + [30]), _year(2024, [12] * 9)


def test_an_earlier_year_suggests_its_remainder_and_its_course():
    row = _model(*LAST, *THIS).loc["Lønn"]
    remainder, course = 108 + (140 - 90), 108 * 140 / 90
    assert (remainder, course) == (158, 168)
    assert row.tolist() == pytest.approx([163, 158, 168])


def test_the_model_is_the_median_of_what_all_earlier_years_suggest():
    row = _model(*BEFORE, *LAST, *THIS).loc["Lønn"]
    suggestions = [158, 168, 108 + (96 - 72), 108 * 96 / 72]
    assert sorted(suggestions) == [132, 144, 158, 168]
    assert row.tolist() == pytest.approx([(144 + 158) / 2, 132, 168])


def test_a_fourth_year_back_suggests_nothing():
    years = [row for year in (2021, 2022, 2023) for row in _year(year, [10] * 12)]
    assert _model(*years, *_year(2020, [1] * 11 + [9999]), *THIS).equals(_model(*years, *THIS))


def test_the_sum_adds_up_the_lines():
    table = _model(*LAST, *THIS, *_year(2023, [-5] * 12, "Inntekter"), *_year(2024, [-5] * 9, "Inntekter"))
    assert table.loc["SUM"].tolist() == pytest.approx([163 - 60, 158 - 60, 168 - 60])


def test_income_is_forecast_as_income():
    row = _model(*_year(2023, [-10] * 12, "Inntekter"), *_year(2024, [-11] * 9, "Inntekter")).loc["Inntekter"]
    remainder, course = -99 - 30, -99 * 120 / 90
    assert row.tolist() == pytest.approx([(remainder + course) / 2, course, remainder])


def test_without_a_complete_earlier_year_there_is_no_model_which_is_not_0():
    assert _model(*_year(2024, [12] * 9)).isna().all(axis=None)
    assert _model(*_year(2023, [50] * 11), *_year(2024, [12] * 9)).isna().all(axis=None)


@pytest.mark.parametrize("last", [[-10] * 9 + [40] * 3, [0] * 9 + [10] * 3], ids=["turned", "came late"])
def test_a_line_that_ran_the_other_way_or_came_late_last_year_suggests_only_its_remainder(last):
    row = _model(*_year(2023, last), *THIS).loc["Lønn"]
    assert row.tolist() == pytest.approx([108 + sum(last[9:])] * 3)


def test_what_is_booked_after_the_reports_month_is_not_known_to_the_model():
    assert _model(*LAST, *_year(2024, [12] * 9 + [5000] * 3)).equals(_model(*LAST, *THIS))


def test_at_the_years_end_every_way_is_what_is_booked():
    row = _model(*LAST, *_year(2024, [12] * 12), {"period": "2024-13", "amount_nok": 6}, month="2024-12").loc["Lønn"]
    assert row.tolist() == pytest.approx([150, 150, 150])


def test_in_january_one_month_stands_for_its_part_of_last_year():
    row = _model(*LAST, *_year(2024, [20]), month="2024-01").loc["Lønn"]
    remainder, course = 20 + 130, 20 * 140 / 10
    assert row.tolist() == pytest.approx([(remainder + course) / 2, remainder, course])


@given(st.lists(amounts, min_size=12, max_size=12), st.lists(amounts, min_size=9, max_size=9))
@settings(deadline=None, max_examples=25)
def test_the_model_lies_between_its_lowest_and_highest(last, this):
    table = _model(*_year(2023, last), *_year(2024, this))
    assert (table.low_nok <= table.model_nok).all()
    assert (table.model_nok <= table.high_nok).all()
    assert np.isfinite(table.to_numpy()).all()


def _bridge(*forecasts: dict, month="2024-09", previous="2024-08") -> pd.DataFrame:
    return forecast_bridge(make_forecasts(*forecasts), "operating", month, previous, LINES)


def test_the_bridge_shows_the_lines_that_changed_with_the_reason_given_now():
    bridge = _bridge(
        {"period": "2024-08", "amount_nok": 100, "reason": "før"},
        {"period": "2024-09", "amount_nok": 130, "reason": "nå"},
        {"period": "2024-08", "line": "Inntekter", "amount_nok": -50},
        {"period": "2024-09", "line": "Inntekter", "amount_nok": -60},
        {"period": "2024-08", "line": "Konsulenter", "amount_nok": 7},
        {"period": "2024-09", "line": "Konsulenter", "amount_nok": 7},
        {"period": "2024-07", "line": "Kjøp/leasing", "amount_nok": 1},
    )
    assert bridge.columns.tolist() == ["expense_type", "previous_nok", "forecast_nok", "change_nok", "reason"]
    assert bridge.iloc[0].tolist() == ["Lønn", 100, 130, 30, "nå"]
    assert bridge.iloc[1, :4].tolist() == ["Inntekter", -50, -60, -10]
    assert len(bridge) == 2


def test_the_bridge_takes_one_kind():
    rows = [
        {"period": p, "line": "Innbyggerportal", "kind": "investment", "amount_nok": n}
        for p, n in [("2024-08", 1), ("2024-09", 2)]
    ]
    assert _bridge(*rows).empty
    bridge = forecast_bridge(make_forecasts(*rows), "investment", "2024-09", "2024-08", lines_of("investment", LEDGER))
    assert bridge.project.tolist() == ["Innbyggerportal"]


def test_a_first_forecast_has_nothing_to_be_compared_with():
    assert _bridge({"period": "2024-09"}).empty
    assert _bridge().empty


def test_a_line_whose_forecast_came_or_went_is_listed_without_a_change():
    rows = [{"period": "2024-08", "line": "Lønn"}, {"period": "2024-09", "line": "Konsulenter"}]
    bridge = _bridge(*rows)
    assert sorted(bridge.expense_type) == ["Konsulenter", "Lønn"]
    assert bridge.change_nok.isna().all()


def test_januarys_forecast_is_not_compared_with_last_years():
    rows = [{"period": "2023-12", "amount_nok": 100}, {"period": "2024-01", "amount_nok": 130}]
    assert _bridge(*rows, month="2024-01", previous="2023-12").empty


def test_the_course_adds_up_month_by_month_and_ends_with_the_reports_month():
    postings = make_postings(*_year(2024, [10, 20, 0, 5, 1]), {"period": "2023-12", "amount_nok": 999})
    course = operating_course(make_book("2024-04", postings=postings, budget_lines=make_budget({"amount_nok": 120})))
    assert course.month.tolist() == months_in(2024)
    assert course.actual_nok[:4].tolist() == [10, 30, 30, 35]
    assert course.actual_nok[4:].isna().all()
    assert course.budget_nok.tolist() == pytest.approx([10 * n for n in range(1, 13)])


def test_the_course_of_a_whole_year_ends_with_its_actuals_and_its_budget():
    postings = make_postings(
        *_year(2024, [10] * 12), {"period": "2024-13", "amount_nok": 7, "expense_type": "Konsulenter"}
    )
    budget = make_budget({"amount_nok": 100, "month": 2}, {"amount_nok": -30, "expense_type": "Inntekter"})
    last = operating_course(make_book("2024-12", postings=postings, budget_lines=budget)).iloc[-1]
    assert last[["actual_nok", "budget_nok"]].tolist() == pytest.approx([127, 70])
