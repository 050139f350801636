"""Sentences about costs, of what managers adopted, and of the course of the year."""

from __future__ import annotations

import pandas as pd
import pytest
from norwegian import typed

from rorikt_lib.ledger.costs import overspent_mark
from rorikt_lib.present.nb import economy

NAN = float("nan")


def _costs(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["line", "actual_nok", "budget_nok", "variance_nok", "forecast_nok"])


def _projects(*rows: tuple) -> pd.DataFrame:
    return _costs(*rows).assign(mark=overspent_mark)


def test_the_economy_is_reported_with_forecast_and_without():
    with_forecast = _costs(("SUM", 75_018_000.0, 89_477_000.0, 1_938_000.0, 87_539_000.0))
    assert economy.costs_summary(with_forecast, "operating", "2024-09") == (
        "Ved utgangen av september 2024 er det bokført 75,02 millioner kroner i driftskostnader, mot et årsbudsjett på 89,48 millioner kroner. "
        "Prognosen for året er 87,54 millioner kroner, et mindreforbruk på 1,94 millioner kroner (2,2\u00a0% av budsjettet)."
    )
    without = _costs(("SUM", 85_804_000.0, 83_866_000.0, -1_938_000.0, None))
    assert economy.costs_summary(without, "operating", "2023-12").endswith(
        "Det er et merforbruk på 1,9 millioner kroner (2,3\u00a0% av budsjettet)."
    )


def test_a_month_without_a_forecast_tells_what_is_left_and_not_a_result():
    sentence = economy.costs_summary(_costs(("SUM", 35e6, 89.5e6, 54.5e6, None)), "operating", "2024-01")
    assert sentence.endswith(
        "Det er ikke vedtatt prognose; 54,5 millioner kroner (60,9\u00a0% av budsjettet) står igjen av årsbudsjettet."
    )


def test_a_budget_of_nothing_has_no_share():
    of_nothing = economy.costs_summary(_costs(("SUM", 5e6, 0.0, -5e6, None)), "operating", "2024-09")
    assert of_nothing.endswith("i driftskostnader. Det er ikke budsjettert med noe. Det er ikke vedtatt prognose.")
    of_income = economy.costs_summary(_costs(("SUM", -1e6, -3e6, -2e6, None)), "operating", "2024-09")
    assert of_income.endswith("mot et årsbudsjett på −3,0 millioner kroner. Det er ikke vedtatt prognose.")


def test_a_budget_that_nobody_delivered_is_reported_to_be_missing():
    sentence = economy.costs_summary(_costs(("SUM", 5e6, None, None, None)), "investment", "2024-09")
    assert sentence.endswith("bokført 5,0 millioner kroner i investeringer. Årsbudsjettet er ikke levert.")


@pytest.mark.parametrize(
    ("actual", "words"),
    [
        (
            20e6,
            "Til og med september 2024 er det bokført 20,0 millioner kroner i driftskostnader, 4,4 millioner kroner mindre enn "
            "det periodiserte budsjettet for de samme månedene, som er 24,4 millioner kroner.",
        ),
        (
            25e6,
            "Til og med september 2024 er det bokført 25,0 millioner kroner i driftskostnader, 0,6 millioner kroner mer enn det",
        ),
        (
            24.41e6,
            "Det bokførte følger det periodiserte budsjettet, som er 24,4 millioner kroner til og med september 2024.",
        ),
    ],
)
def test_booked_so_far_is_reported_against_the_phased_budget_of_the_reports_month(actual, words):
    course = pd.DataFrame(
        {
            "month": ["2024-08", "2024-09", "2024-10"],
            "actual_nok": [1.0, actual, None],
            "budget_nok": [1.0, 24.4e6, 9e9],
        }
    )
    sentence = economy.so_far(course.assign(behind_nok=course.budget_nok - course.actual_nok))
    assert sentence.startswith(words)


def test_the_three_largest_variances_are_reported_largest_first_and_none_that_rounds_to_nothing():
    costs = _costs(
        ("Lønn", 0.0, 0.0, 443_000.0, None), ("Konsulenter", 0.0, 0.0, -2_286_000.0, None), ("Drift", 0.0, 0.0, 499.0, None),
        ("Tele", 0.0, 0.0, 500.0, None), ("SUM", 0.0, 0.0, 9e9, None),
    )  # fmt: skip
    sentence = economy.largest_variances(costs, "2024-12")
    assert typed(sentence) == (
        "De største avvikene fra årsbudsjettet er Konsulenter (-2 286 000 kroner), Lønn (+443 000 kroner) og "
        "Tele (+1 000 kroner). Pluss er bedre enn budsjettert."
    )
    in_millions = economy.largest_variances(costs.head(2), "2024-12")
    assert "er Konsulenter (−2,3 millioner kroner) og Lønn (+0,4 millioner kroner)." in in_millions
    assert economy.largest_variances(costs[costs.line == "Drift"], "2024-12") is None
    assert economy.largest_variances(costs, "2024-11") is None


def test_a_variance_that_rounds_to_nothing_has_no_sign():
    assert "Drift 0." in economy.variance_alt(_costs(("Drift", 0.0, 0.0, 300.0, None)))


def test_a_project_is_over_when_the_table_shows_more_booked_than_its_forecast_or_budget():
    costs = _projects(
        ("Like", 101_400.0, 0.0, 0.0, 100_600.0), ("Over", 427_600.0, 0.0, 0.0, 427_400.0), ("Under", 1.0, 0.0, 0.0, 9e6),
        ("SUM", 9e9, 0.0, 0.0, 1.0),
    )  # fmt: skip
    assert typed(economy.overspent_projects(costs)) == (
        "Det er bokført mer enn prognosen for Over (428 000 mot 427 000 kroner)."
    )
    unplanned = _projects(("Over", 5_782_000.0, 4_500_000.0, 0.0, None), ("SUM", 0.0, 0.0, 0.0, None))
    assert economy.overspent_projects(unplanned).endswith(
        "mer enn årsbudsjettet for Over (5,8 mot 4,5 millioner kroner)."
    )
    assert economy.overspent_projects(_projects(("Under", 1.0, 2.0, 1.0, None))) is None


@pytest.mark.parametrize(
    ("change_nok", "previous", "expected"),
    [
        (
            [300_000.0, -2_000_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 2 linjer siden august 2024. Samlet er den 1,7 millioner kroner lavere.",
        ),
        (
            [300_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 1 linje siden august 2024. Samlet er den 300\u202f000 kroner høyere.",
        ),
        (
            [300_000.0, -300_000.0],
            "2024-08",
            "Vedtatt prognose er endret for 2 linjer siden august 2024. Samlet er den uendret.",
        ),
        ([], "2024-08", "Ingen vedtatt prognose er endret siden august 2024."),
        ([], "2023-12", "Prognosen for 2024 har ingen tidligere måned å sammenlignes med."),
    ],
)
def test_the_changes_are_reported_in_their_sum(change_nok, previous, expected):
    bridge = pd.DataFrame({"change_nok": change_nok}, dtype=float).assign(line="Lønn")
    assert economy.changes_summary(bridge, pd.DataFrame({"forecast_nok": [1.0]}), previous) == expected


def test_a_first_forecast_is_not_said_to_be_unchanged():
    sentence = economy.changes_summary(pd.DataFrame(), pd.DataFrame({"forecast_nok": [1.0]}), "2024-05", is_first=True)
    assert sentence == "Det var ikke vedtatt prognose i mai 2024 å sammenligne med."


def test_without_a_forecast_there_is_no_change_to_tell():
    nothing = pd.DataFrame({"change_nok": []}, dtype=float)
    assert economy.changes_summary(nothing, pd.DataFrame({"forecast_nok": [NAN]}), "2024-08") is None


def test_the_caption_of_the_course_explains_the_band_where_there_is_one():
    course = pd.DataFrame(
        {"actual_nok": [1.0, NAN], "budget_nok": [1.0, 2.0], "model_nok": [NAN, 2.0], "low_nok": [NAN, 1.0]}
    )
    assert economy.course_caption(course).endswith("satt etter hvor mye modellen bommet i tidligere år.")
    no_model = course.assign(model_nok=NAN, low_nok=NAN)
    so_far = "Driftskostnader hittil i år og periodisert budsjett, i millioner kroner."
    assert economy.course_caption(no_model) == so_far
    no_budget = no_model.assign(budget_nok=NAN)
    assert economy.course_caption(no_budget) == "Driftskostnader hittil i år, i millioner kroner."
    assert economy.course_caption(no_budget[:1]) == "Driftskostnader gjennom året, i millioner kroner."
    assert economy.so_far(no_budget.assign(actual_nok=1.0, behind_nok=NAN)) is None
