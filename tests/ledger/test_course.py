"""The course of a year: phasing and the phased budget, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_budget, make_postings
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.ledger.costs import lines_of
from rorikt_lib.ledger.course import booked_by_month, latest_complete_years, months_in, phased_budget, phasing

LEDGER = demo_settings().ledger
LINES = lines_of("operating", LEDGER)


def _year(year: int, amounts: list[float], line: str = "Lønn") -> list[dict]:
    months = (f"{year}-{n:02d}" for n in range(1, 13))
    return [{"period": m, "amount_nok": a, "line": line} for m, a in zip(months, amounts, strict=False)]


def _booked(*rows: dict) -> pd.DataFrame:
    return booked_by_month(make_postings(*rows), "operating")


def _phased(booked: pd.DataFrame, *budget: dict, year: int = 2024) -> pd.DataFrame:
    return phased_budget(booked, make_budget(*budget), "operating", year, LEDGER)


def test_closing_entries_are_booked_in_december_and_duplicates_and_investments_nowhere():
    booked = _booked(
        {"period": "2023-12", "amount_nok": 1},
        {"period": "2023-13", "amount_nok": 2},
        {"period": "2023-12", "amount_nok": 4, "is_duplicate": True},
        {"period": "2023-12", "amount_nok": 8, "kind": "investment"},
        {"period": "2024-01", "amount_nok": -16, "line": "Inntekter"},
    )
    assert booked.loc["Lønn"].to_dict() == {"2023-12": 3, "2024-01": 0}
    assert booked.loc["Inntekter"].to_dict() == {"2023-12": 0, "2024-01": -16}


def test_a_year_is_complete_when_every_month_has_postings_and_only_three_years_back_count():
    rows = [row for year in (2019, 2020, 2021, 2023) for row in _year(year, [1] * 12)]
    rows += _year(2022, [1] * 11)
    assert latest_complete_years(_booked(*rows), 2024) == [2021, 2023]
    assert latest_complete_years(_booked(*rows), 2023) == [2020, 2021]
    assert latest_complete_years(_booked(), 2024) == []


def test_a_month_of_another_line_makes_the_year_complete():
    rows = [*_year(2023, [1] * 11), {"period": "2023-12", "line": "Konsulenter"}]
    assert latest_complete_years(_booked(*rows), 2024) == [2023]


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
    phased = _phased(history, {"amount_nok": 190}, {"amount_nok": 1200, "line": "Konsulenter"})
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
def test_phasing_a_budget_never_changes_its_sum(history, budget):
    phased = _phased(_booked(*_year(2023, history)), *({"amount_nok": a, "month": m} for a, m in budget))
    assert phased.loc["Lønn"].sum() == pytest.approx(sum(a for a, _ in budget), abs=0.01)
