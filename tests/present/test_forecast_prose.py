"""The year's end in words and tables: what is told of the model, and when nothing is."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.prose import forecast, invoices

NAN = float("nan")
LINES = ["Lønn", "Tele", "SUM"]
ADOPTED = [10e6, 5e6, 15e6]


def costs(adopted: list[float] = ADOPTED) -> pd.DataFrame:
    return pd.DataFrame({"expense_type": LINES, "forecast_nok": adopted})


def model(
    *rows: tuple[float, float, float], readings: tuple[str | None, ...] = ("calendar", "commitments", None)
) -> pd.DataFrame:
    table = pd.DataFrame(rows or [(11.2e6, 10e6, 12e6), (4.6e6, 4e6, 5e6), (15.8e6, 15.1e6, 17e6)], dtype=float)
    table.columns = ["model_nok", "low_nok", "high_nok"]
    return table.assign(expense_type=LINES, reading=readings)


UNTRIED = model((11e6, NAN, NAN), (4e6, NAN, NAN), (15e6, NAN, NAN))
NONE = model(*[(NAN, NAN, NAN)] * 3, readings=(None,) * 3)


def test_model_and_adopted_forecast_are_compared_line_by_line():
    told = forecast.model_against_adopted(costs(), model(), 500_000, "2024-09")
    assert told.startswith("Modellen gir 15,8 millioner kroner for året (80\u00a0%-intervall: 15,1 til 17,0 millioner")
    assert told.endswith("fra vedtatt prognose for Lønn (1,2 millioner kroner høyere).")
    assert "Tele (0,4 millioner kroner lavere)" in forecast.model_against_adopted(costs(), model(), 300_000, "2024-09")
    assert forecast.model_against_adopted(costs(), model(), 2e6, "2024-09").endswith(
        "Ingen linje avviker mer enn 2,0 millioner kroner fra vedtatt prognose."
    )
    unadopted = forecast.model_against_adopted(costs([NAN] * 3), model(), 1, "2024-09")
    assert "15,8" in unadopted
    assert "vedtatt" not in unadopted
    assert "intervall" not in forecast.model_against_adopted(costs(), UNTRIED, 1, "2024-09")


@pytest.mark.parametrize(("table", "month"), [(model(), "2024-12"), (NONE, "2024-09")])
def test_a_year_that_is_over_and_a_line_without_model_have_nothing_to_compare(table, month):
    assert forecast.model_against_adopted(costs(), table, 1, month) is None
    assert forecast.compared(costs(), table, rows(), month).empty


def rows(*given: dict) -> pd.DataFrame:
    default = {"line": "Tele", "kind": "operating", "booked_nok": 52e6, "committed_nok": 4.5e6, "adopted_nok": 54.6e6,
               "reason": "Uendret"}  # fmt: skip
    return pd.DataFrame([default | row for row in given or [{}]])


def test_an_adopted_forecast_below_booked_and_expected_is_told_with_what_is_missing():
    told = forecast.too_low(
        rows({}, {"line": "Kurs", "booked_nok": 1e6, "committed_nok": 0.0, "adopted_nok": 932e3}), "2024-09"
    )
    assert told == (
        "Vedtatt prognose for Tele er 54,6 millioner kroner, men det er bokført 52,0 millioner kroner og ventes fakturaer for "
        "4,5 millioner kroner: den er 1,9 millioner kroner for lav. "
        "Vedtatt prognose for Kurs er 932\u202f000 kroner, men det er bokført 1,0 millioner kroner: den er 68\u202f000 kroner for lav."
    )


@pytest.mark.parametrize(
    "row",
    [
        {"adopted_nok": 56.5e6}, {"adopted_nok": 56.5e6 - 400}, {"adopted_nok": NAN}, {"committed_nok": NAN},
        {"booked_nok": -6e6, "committed_nok": -1e6, "adopted_nok": -7.4e6},
    ],
)  # fmt: skip
def test_no_more_is_told_too_low_than_lines_of_cost_that_lack_a_thousand(row):
    assert forecast.too_low(rows(row), "2024-09") is None


def test_in_december_no_forecast_is_too_low():
    assert forecast.too_low(rows(), "2024-12") is None


def test_what_the_model_builds_on_is_told_with_the_years_it_was_tried_on():
    tried = forecast.built_on(model(), [2022, 2023], "2024-09")
    assert tried == (
        "Modellen er prøvd på 2022 og 2023 og valgt etter hva som traff da: fjorårets måneder for Lønn; "
        "ventede fakturaer for Tele."
    )
    assert forecast.built_on(UNTRIED, [], "2024-09").endswith("kan ikke prøves ennå; intervallet vises ikke.")
    assert "ikke beregnet noen modell" in forecast.built_on(NONE, [], "2024-09")
    assert forecast.built_on(model(), [2023], "2024-12") is None


def test_the_table_of_both_forecasts_has_their_difference_and_the_reason():
    table = forecast.compared(costs(), model(), rows(), "2024-09").set_index("expense_type")
    assert table.difference_nok.tolist() == pytest.approx([1.2e6, -0.4e6, 0.8e6])
    assert table.reason["Tele"] == "Uendret"
    assert "80\u00a0%-intervall" in forecast.compared_caption(table)


def test_a_table_without_interval_or_adopted_forecast_leaves_their_columns_out():
    table = forecast.compared(costs([NAN] * 3), UNTRIED, rows(), "2024-09")
    assert table.columns.tolist() == ["expense_type", "model_nok", "reason"]
    assert "intervall" not in forecast.compared_caption(table)


@pytest.mark.parametrize(
    ("adopted", "way"), [(15.0e6, "høyere"), (17.1e6, "lavere"), (15.2e6, None), (17.0e6, None), (NAN, None)]
)
def test_the_summary_tells_of_an_adopted_total_outside_the_interval_only(adopted, way):
    told = forecast.outside_interval(costs([1, 1, adopted]), model(), "2024-09")
    gap = forecast.model_gap(costs([1, 1, adopted]), model(), "2024-09")
    if way is None:
        assert told is None
        assert pd.isna(gap)
    else:
        assert told.endswith(f"til 17,0 millioner kroner), som er {way} enn vedtatt prognose.")
        assert gap == pytest.approx(15.8e6 - adopted)


def test_an_untried_model_and_a_year_that_is_over_exclude_nothing():
    assert pd.isna(forecast.model_gap(costs(), UNTRIED, "2023-09"))
    assert pd.isna(forecast.model_gap(costs([1, 1, 15e6]), model(), "2024-12"))


def bridge(previous: float, *parts: float) -> pd.DataFrame:
    columns = ["previous_nok", "booked_apart_nok", "commitments_nok", "outlook_nok", "model_nok"]
    return pd.DataFrame([[previous, *parts, previous + sum(parts)]] * 2, columns=columns).assign(line=["Tele", "SUM"])


def made(in_hindsight: bool) -> pd.DataFrame:
    return pd.DataFrame({"period": ["2024-07", "2024-08"], "in_hindsight": [True, in_hindsight]})


def test_the_models_change_is_told_by_its_parts_and_those_that_round_to_nothing_are_not():
    told = forecast.model_bridge_in_short(bridge(90.1e6, 0.6e6, -0.2e6, 0.04e6), made(False), "2024-08")
    assert told == (
        "Modellens prognose er 0,4 millioner kroner høyere enn i august 2024. Det er bokført 0,6 millioner kroner mer enn "
        "ventet; bortfalte fakturaer utgjør 0,2 millioner kroner."
    )
    fallen = forecast.model_bridge_in_short(bridge(90.1e6, -0.6e6, 0.2e6, -0.1e6), made(False), "2024-08")
    assert "0,5 millioner kroner lavere" in fallen
    assert "mindre enn ventet; nye fakturaer utgjør 0,2" in fallen
    assert fallen.endswith("utsikten for resten av året er 0,1 millioner kroner lavere.")
    assert forecast.model_bridge_in_short(bridge(9e6, 0.0, 0.0, 0.0), made(False), "2024-08").endswith(
        "uendret siden august 2024."
    )


def test_a_model_worked_out_afterwards_is_said_to_be_so():
    told = forecast.model_bridge_in_short(bridge(90.1e6, 0.6e6, 0.0, 0.0), made(True), "2024-08")
    assert told.endswith("Modellen for august 2024 er beregnet i ettertid.")


def test_in_january_and_december_the_models_change_is_not_told():
    assert forecast.model_bridge_in_short(bridge(1e6, 1e6, 0.0, 0.0)[:0], made(False), "2023-12") is None
    assert forecast.model_bridge_in_short(bridge(1e6, 1e6, 0.0, 0.0), made(False), "2024-11") is None
    assert forecast.bridge_table(bridge(1e6, 1e6, 0.0, 0.0), "2024-12").empty
    assert len(forecast.bridge_table(bridge(1e6, 1e6, 0.0, 0.0), "2024-11")) == 2


def expected(*given: tuple[str, str, str, float], line: str = "Tele") -> pd.DataFrame:
    table = pd.DataFrame(given, columns=["supplier_name", "rhythm", "expected_month", "amount_nok"])
    return table.assign(expense_type=line, last_month="2024-09", last_nok=table.amount_nok * 0.9)


SOME = expected(
    ("Månedlig AS", "monthly", "2024-10", 100e3), ("Årlig AS", "yearly", "2024-12", 1.2e6), ("Liten AS", "yearly", "2024-10", 1e3),
    ("Månedlig AS", "monthly", "2024-11", 100e3), ("Månedlig AS", "monthly", "2024-12", 100e3), ("Månedlig AS", "yearly", "2024-12", 7e3),
)  # fmt: skip


def test_a_monthly_series_is_one_row_and_the_others_stand_by_month_and_size():
    table = invoices.expected_table(SOME)
    assert table.supplier_name.tolist() == ["Månedlig AS", "Liten AS", "Årlig AS", "Månedlig AS", "SUM"]
    assert table.expected_months.tolist()[:4] == ["oktober–desember", "oktober", "desember", "desember"]
    assert table.amount_nok.tolist() == [300e3, 1e3, 1.2e6, 7e3, 1.508e6]
    assert "Andre" not in invoices.expected_caption(table)


def test_quarterly_invoices_stand_each_in_its_month():
    table = invoices.expected_table(expected(("A", "quarterly", "2024-07", 5.0), ("A", "quarterly", "2024-10", 5.0)))
    assert table.expected_months.tolist()[:2] == ["juli", "oktober"]


@pytest.mark.parametrize(("count", "shown"), [(19, 20), (20, 2)])
def test_in_a_list_of_more_than_twenty_the_small_ones_are_gathered(count, shown):
    small = [(f"Leverandør {n}", "yearly", "2024-11", 99_999.0) for n in range(count)]
    table = invoices.expected_table(expected(("Stor AS", "yearly", "2024-10", 100_000.0), *small))
    assert len(table) - 1 == shown
    assert table.amount_nok.iloc[:-1].sum() == table.amount_nok.iloc[-1] == 100_000 + count * 99_999
    gathered = table.supplier_name.str.startswith("Andre (20 leverandører)").any()
    assert gathered == ("under 100\u202f000 kroner" in invoices.expected_caption(table)) == (shown == 2)


def test_lines_stand_in_the_table_only_where_there_are_several():
    assert "expense_type" not in invoices.expected_table(SOME)
    both = invoices.expected_table(
        pd.concat([SOME, expected(("B", "yearly", "2024-10", 9.0), line="Kurs")], ignore_index=True)
    )
    assert both.columns[0] == "expense_type"
    assert both[["expense_type", "supplier_name"]].iloc[-1].tolist() == ["SUM", ""]


def test_what_is_expected_is_told_with_its_largest_invoice():
    assert invoices.expected_in_short(SOME) == (
        "For Tele ventes 6 fakturaer til før året er slutt, på til sammen 1,5 millioner kroner. "
        "Den største, 1,2 millioner kroner fra Årlig AS, ventes i desember."
    )
    assert invoices.expected_in_short(SOME[:0]) is None
    assert invoices.expected_table(SOME[:0]).empty


def test_only_lines_of_cost_that_the_model_reads_by_their_invoices_are_listed():
    all_lines = pd.concat(
        [
            SOME,
            expected(("A", "yearly", "2024-10", 5.0), line="Lønn"),
            expected(("I", "monthly", "2024-10", -5.0), line="Inn"),
        ]
    )
    readings = pd.DataFrame(
        {"expense_type": ["Lønn", "Tele", "Inn"], "reading": ["calendar", "commitments", "commitments"]}
    )
    assert invoices.counted_on(all_lines, readings).expense_type.unique().tolist() == ["Tele"]


def test_the_caption_of_the_course_explains_the_band_where_there_is_one():
    course = pd.DataFrame({"model_nok": [NAN, 2.0], "low_nok": [NAN, 1.0]})
    assert forecast.course_caption(course).endswith("satt etter hvor mye modellen bommet i tidligere år.")
    assert (
        forecast.course_caption(course[:1])
        == "Driftskostnader hittil i år og periodisert budsjett, i millioner kroner."
    )
