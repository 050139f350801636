"""The bridges from last month's forecast to this month's, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_forecasts
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.ledger.bridge import adopted_bridge, model_bridge
from rorikt_lib.ledger.costs import lines_of

LEDGER = demo_settings().ledger
LINES = lines_of("operating", LEDGER)


def _bridge(*forecasts: dict, month="2024-09", previous="2024-08") -> pd.DataFrame:
    return adopted_bridge(make_forecasts(*forecasts), "operating", month, previous, LINES)


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
    assert bridge.columns.tolist() == ["line", "previous_nok", "forecast_nok", "change_nok", "reason"]
    assert bridge.iloc[0].tolist() == ["Lønn", 100, 130, 30, "nå"]
    assert bridge.iloc[1, :4].tolist() == ["Inntekter", -50, -60, -10]
    assert len(bridge) == 2


def test_the_bridge_takes_one_kind():
    rows = [
        {"period": p, "line": "Innbyggerportal", "kind": "investment", "amount_nok": n}
        for p, n in [("2024-08", 1), ("2024-09", 2)]
    ]
    assert _bridge(*rows).empty
    bridge = adopted_bridge(make_forecasts(*rows), "investment", "2024-09", "2024-08", lines_of("investment", LEDGER))
    assert bridge.line.tolist() == ["Innbyggerportal"]


def test_a_first_forecast_has_nothing_to_be_compared_with():
    assert _bridge({"period": "2024-09"}).empty
    assert _bridge().empty


def test_a_line_whose_forecast_came_or_went_is_listed_without_a_change():
    rows = [{"period": "2024-08", "line": "Lønn"}, {"period": "2024-09", "line": "Konsulenter"}]
    bridge = _bridge(*rows)
    assert sorted(bridge.line) == ["Konsulenter", "Lønn"]
    assert bridge.change_nok.isna().all()


def test_januarys_forecast_is_not_compared_with_last_years():
    rows = [{"period": "2023-12", "amount_nok": 100}, {"period": "2024-01", "amount_nok": 130}]
    assert _bridge(*rows, month="2024-01", previous="2023-12").empty


def _month(**lines: tuple) -> pd.DataFrame:
    """Rows of the forecast log: line → booked, model, expected next month, committed, of it next month, reading."""
    columns = ["booked_nok", "model_nok", "next_month_nok", "committed_nok", "committed_next_nok", "reading"]
    return pd.DataFrame(lines.values(), columns=columns, index=pd.Index(lines, name="line")).reset_index()


def test_what_is_booked_above_expectation_is_kept_apart_from_a_new_view_of_the_rest():
    before, now = _month(Lønn=(800, 1200, 100, 0, 0, "steady")), _month(Lønn=(930, 1250, 110, 0, 0, "steady"))
    row = model_bridge(before, now).iloc[0]
    assert row.tolist() == ["Lønn", 1200, 30, 0, 20, 1250]


def test_an_invoice_that_was_not_expected_is_a_new_commitment():
    before = _month(Lisens=(500, 600, 40, 100, 40, "commitments"))
    now = _month(Lisens=(540, 625, 60, 85, 60, "commitments"))
    row = model_bridge(before, now).set_index("line").loc["Lisens"]
    assert row.commitments_nok == 85 - (100 - 40)
    assert (row.booked_apart_nok, row.outlook_nok) == (0, 0)


def test_an_invoice_that_did_not_come_is_booked_below_and_expected_again():
    before = _month(Lisens=(500, 600, 40, 100, 40, "commitments"))
    now = _month(Lisens=(500, 600, 40, 100, 40, "commitments"))
    row = model_bridge(before, now).set_index("line").loc["Lisens"]
    assert (row.booked_apart_nok, row.commitments_nok, row.outlook_nok) == (-40, 40, 0)


@pytest.mark.parametrize("readings", [("steady", "commitments"), ("commitments", "steady"), ("quiet", "quiet")])
def test_invoices_explain_nothing_in_a_line_that_is_not_read_by_them(readings):
    before = _month(Lisens=(500, 600, 40, 100, 40, readings[0]))
    now = _month(Lisens=(540, 650, 60, 85, 60, readings[1]))
    assert model_bridge(before, now).commitments_nok.tolist() == [0]


def test_without_a_model_in_both_months_there_is_no_bridge():
    some, none = _month(Lønn=(1, 2, 3, 0, 0, "steady")), _month(Lønn=(1, None, None, 0, 0, None))
    assert model_bridge(some, none).empty
    assert model_bridge(none, some).empty
    assert model_bridge(some.head(0), some).empty


numbers = st.tuples(*[st.integers(-10_000, 10_000)] * 5, st.sampled_from(["steady", "commitments"]))


@given(numbers, numbers)
def test_the_parts_add_up_to_the_change(before, now):
    row = model_bridge(_month(a=before), _month(a=now)).iloc[0]
    assert row.previous_nok + row.booked_apart_nok + row.commitments_nok + row.outlook_nok == row.model_nok
