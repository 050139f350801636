"""Sentences about the year's end: of the model beside the adopted forecast, and when nothing is."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.ledger import year_end
from rorikt_lib.present.nb import forecast

NAN = float("nan")
LINES = ["Lønn", "Tele", "SUM"]
ADOPTED = [10e6, 5e6, 15e6]


def model(
    *rows: tuple[float, float, float], readings: tuple[str | None, ...] = ("calendar", "commitments", None)
) -> pd.DataFrame:
    table = pd.DataFrame(rows or [(11.2e6, 10e6, 12e6), (4.6e6, 4e6, 5e6), (15.8e6, 15.1e6, 17e6)], dtype=float)
    table.columns = ["model_nok", "low_nok", "high_nok"]
    return table.assign(line=LINES, reading=readings)


def compared(adopted: list[float] = ADOPTED, table: pd.DataFrame | None = None) -> pd.DataFrame:
    table = model() if table is None else table
    return table.assign(adopted_nok=adopted, difference_nok=table.model_nok - adopted)


UNTRIED = model((11e6, NAN, NAN), (4e6, NAN, NAN), (15e6, NAN, NAN))
NONE = model(*[(NAN, NAN, NAN)] * 3, readings=(None,) * 3)


def test_model_and_adopted_forecast_are_compared_line_by_line():
    sentence = forecast.model_against_adopted(compared(), 500_000)
    assert sentence.startswith(
        "Modellen gir 15,8 millioner kroner for året (80\u00a0%-intervall: 15,1 til 17,0 millioner"
    )
    assert sentence.endswith("fra vedtatt prognose for Lønn (1,2 millioner kroner høyere).")
    assert "Tele (0,4 millioner kroner lavere)" in forecast.model_against_adopted(compared(), 300_000)
    assert "mer enn 0,3 millioner kroner fra" in forecast.model_against_adopted(compared(), 300_000)
    assert forecast.model_against_adopted(compared(), 2e6).endswith(
        "Ingen linje avviker mer enn 2,0 millioner kroner fra vedtatt prognose."
    )
    unadopted = forecast.model_against_adopted(compared([NAN] * 3), 1)
    assert "15,8" in unadopted
    assert "vedtatt" not in unadopted
    assert "intervall" not in forecast.model_against_adopted(compared(table=UNTRIED), 1)


def test_more_income_than_adopted_is_higher_though_costs_are_lower_for_it():
    income = model((-8e6, -9e6, -7e6), (4.6e6, 4e6, 5e6), (-3.4e6, -5e6, -2e6))
    sentence = forecast.model_against_adopted(compared([-7e6, 4.6e6, -2.4e6], income), 500_000)
    assert sentence.endswith("for Lønn (1,0 millioner kroner høyere).")


def test_where_nothing_is_compared_nothing_is_reported():
    nothing = compared()[:0]
    assert forecast.model_against_adopted(nothing, 1) is None
    assert forecast.outside_interval(nothing, NAN) is None
    assert pd.isna(year_end.model_gap(nothing))


def rows(*given: dict) -> pd.DataFrame:
    default = {"line": "Tele", "kind": "operating", "booked_nok": 52e6, "committed_nok": 4.5e6, "adopted_nok": 54.6e6,
               "reason": "Uendret"}  # fmt: skip
    table = pd.DataFrame([default | row for row in given or [{}]])
    return table.assign(short_nok=table.booked_nok + table.committed_nok - table.adopted_nok)


def test_an_adopted_forecast_below_booked_and_expected_is_reported_with_what_is_missing():
    sentence = forecast.too_low(
        rows({}, {"line": "Kurs", "booked_nok": 1e6, "committed_nok": 0.0, "adopted_nok": 932e3}), "2024-09"
    )
    assert sentence == (
        "Vedtatt prognose for Tele er 54,6 millioner kroner. Det er alt bokført 52,0 millioner kroner, og det ventes fakturaer "
        "for 4,5 millioner kroner: prognosen er 1,9 millioner kroner for lav. "
        "Vedtatt prognose for Kurs er 0,9 millioner kroner. Det er alt bokført 1,0 millioner kroner: prognosen er 0,1 "
        "millioner kroner for lav."
    )


@pytest.mark.parametrize(
    "row",
    [
        {"adopted_nok": 56.5e6}, {"adopted_nok": 56.5e6 - 400}, {"adopted_nok": NAN}, {"committed_nok": NAN},
        {"booked_nok": -6e6, "committed_nok": -1e6, "adopted_nok": -7.4e6},
    ],
)  # fmt: skip
def test_no_more_is_reported_too_low_than_lines_of_cost_that_lack_a_thousand(row):
    assert forecast.too_low(rows(row), "2024-09") is None


def test_in_december_no_forecast_is_too_low():
    assert forecast.too_low(rows(), "2024-12") is None


def test_what_the_model_builds_on_is_reported_with_the_years_it_was_tried_on():
    tried = forecast.built_on(model(), [2022, 2023], "2024-09")
    assert tried == (
        "Modellen er prøvd på 2022 og 2023 og veid etter hva som traff da. Mest teller fjorårets måneder for Lønn; "
        "ventede fakturaer for Tele."
    )
    assert forecast.built_on(UNTRIED, [], "2024-09").endswith("kan ikke prøves ennå; intervallet vises ikke.")
    assert "ikke beregnet noen modellprognose" in forecast.built_on(NONE, [], "2024-09")
    assert forecast.built_on(model(), [2023], "2024-12") is None


def test_the_caption_explains_the_limits_where_there_are_some():
    assert "80\u00a0%-intervall" in forecast.compared_caption(compared())
    assert "intervall" not in forecast.compared_caption(compared(table=UNTRIED))


@pytest.mark.parametrize(
    ("adopted", "way"), [(15.0e6, "høyere"), (17.1e6, "lavere"), (15.2e6, None), (17.0e6, None), (NAN, None)]
)
def test_the_summary_tells_of_an_adopted_total_outside_the_interval_only(adopted, way):
    gap = year_end.model_gap(compared([1, 1, adopted]))
    sentence = forecast.outside_interval(compared([1, 1, adopted]), gap)
    if way is None:
        assert sentence is None
        assert pd.isna(gap)
    else:
        assert sentence.endswith(f"til 17,0 millioner kroner), som er {way} enn vedtatt prognose.")
        assert gap == pytest.approx(15.8e6 - adopted)


def test_an_untried_model_excludes_nothing():
    assert pd.isna(year_end.model_gap(compared(table=UNTRIED)))


def bridge(previous: float, *parts: float) -> pd.DataFrame:
    columns = ["previous_nok", "booked_apart_nok", "commitments_nok", "outlook_nok", "model_nok"]
    table = pd.DataFrame([[previous, *parts, previous + sum(parts)]] * 2, columns=columns)
    return table.assign(line=["Tele", "SUM"], change_nok=sum(parts))


def made(in_hindsight: bool) -> pd.DataFrame:
    return pd.DataFrame({"period": ["2024-07", "2024-08"], "in_hindsight": [True, in_hindsight]})


def test_the_models_change_is_reported_by_its_parts_and_those_that_round_to_nothing_are_not():
    sentence = forecast.model_bridge_summary(bridge(90.1e6, 1.6e6, -0.2e6, 400.0), made(False), "2024-08")
    assert sentence == (
        "Modellens prognose er 1,4 millioner kroner høyere enn i august 2024. Det er bokført 1,6 millioner kroner mer enn "
        "ventet; bortfalte fakturaer utgjør 0,2 millioner kroner."
    )
    fallen = forecast.model_bridge_summary(bridge(90.1e6, -0.6e6, 0.2e6, -0.1e6), made(False), "2024-08")
    assert "500\u202f000 kroner lavere" in fallen
    assert "mindre enn ventet; nye fakturaer utgjør 200\u202f000" in fallen
    assert fallen.endswith("utsikten for resten av året er 100\u202f000 kroner lavere.")
    assert forecast.model_bridge_summary(bridge(9e6, 0.0, 0.0, 0.0), made(False), "2024-08").endswith(
        "uendret siden august 2024."
    )
    slight = forecast.model_bridge_summary(bridge(9e6, 100.0, 0.0, 0.0), made(False), "2024-08")
    assert slight == "Modellens prognose er lite endret siden august 2024."


def test_a_model_worked_out_afterwards_is_reported_to_be_so():
    sentence = forecast.model_bridge_summary(bridge(90.1e6, 0.6e6, 0.0, 0.0), made(True), "2024-08")
    assert sentence.endswith("Modellen for august 2024 er beregnet i ettertid.")


def test_in_january_and_december_the_models_change_is_not_told():
    assert forecast.model_bridge_summary(bridge(1e6, 1e6, 0.0, 0.0)[:0], made(False), "2023-12") is None
    assert forecast.model_bridge_summary(bridge(1e6, 1e6, 0.0, 0.0), made(False), "2024-11") is None
