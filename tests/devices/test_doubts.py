"""PCs to look into, and PCs to remind of: each listed once for each reason, never guessed."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_devices, make_register, oslo

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.doubts import doubtful, doubts_by_municipality, number_of
from rorikt_lib.devices.reminders import reminders
from rorikt_lib.devices.terms import with_terms
from rorikt_lib.terms.reasons import Doubt

DEVICES = demo_settings().devices
PLACES = demo_settings().municipality_names
CLASSED = {"manufacturer": "Havtind", "model": "Skole 11", "last_seen_on": "2024-09-27"}
CUT_OFF = oslo("2024-09-27 23:59")


def _doubts(*pcs: dict, register=(), others=(), cut_off=CUT_OFF) -> dict[str, list[str]]:
    extract = make_devices(*(CLASSED | pc for pc in pcs))
    devices = pd.concat([extract, make_devices(*others)])
    rows = doubtful(with_terms(extract, DEVICES), devices, make_register(*register), cut_off, DEVICES)
    return {doubt: part.serial_no.tolist() for doubt, part in rows.groupby("doubt")}


@pytest.mark.parametrize(
    ("seen", "is_listed"), [("2024-09-27", False), ("2024-06-29", False), ("2024-06-28", True), (None, True)]
)
def test_a_pc_not_seen_for_more_than_90_days_is_listed(seen, is_listed):
    assert DEVICES.not_seen_days == 90
    assert _doubts({"last_seen_on": seen}) == ({"not_seen": ["serial_no-1"]} if is_listed else {})


def test_a_pc_without_purchase_date_or_with_one_after_the_extract_is_listed():
    found = _doubts({"serial_no": "A", "purchased_on": None}, {"serial_no": "B", "purchased_on": "2024-09-28"})
    assert found == {"no_purchase_date": ["A"], "purchased_later": ["B"]}
    assert _doubts({"purchased_on": "2024-09-27"}) == {}


def test_a_pc_bought_before_2000_is_listed_and_its_age_is_not_known():
    dates = {"1899-12-31": True, "1970-01-01": True, "1999-12-31": True, "2000-01-01": False}
    for bought, is_listed in dates.items():
        assert _doubts({"serial_no": "A", "purchased_on": bought}) == ({"purchased_early": ["A"]} if is_listed else {})
        assert with_terms(make_devices({"purchased_on": bought}), DEVICES).replace_year.isna().all() == is_listed


def test_a_model_of_no_class_is_listed():
    assert _doubts({"serial_no": "A", "model": "Ingen kjenner den"}) == {"other_model": ["A"]}


def test_a_pc_of_two_municipalities_is_listed_whether_it_is_seen_or_not():
    register = [
        {"serial_no": s, "other_municipalities": other} for s, other in (("A", "Rauma"), ("B", "Rauma"), ("C", None))
    ]
    found = _doubts({"serial_no": "A"}, {"serial_no": "C"}, register=register)
    assert found == {"two_municipalities": ["A", "B"], "never_seen": ["B"]}


def test_a_pc_of_the_register_that_no_extract_by_the_cut_off_has_was_never_seen():
    register = [{"serial_no": serial} for serial in ("here", "august", "october", "never")]
    register += [{"serial_no": "later", "purchased_on": "2024-09-28"}, {"serial_no": "undated", "purchased_on": None}]
    others = [
        {"serial_no": "august", "extracted_on": "2024-08-30"}, {"serial_no": "october", "extracted_on": "2024-10-31"},
    ]  # fmt: skip
    assert _doubts({"serial_no": "here"}, register=register, others=others) == {
        "never_seen": ["never", "october", "undated"]
    }


def test_without_an_extract_nothing_can_be_reported():
    assert _doubts(register=[{"serial_no": "A", "other_municipalities": "Rauma"}]) == {}


def test_the_counts_have_a_row_per_municipality_and_one_for_pcs_of_none():
    pcs = [{"purchased_on": None, "municipality": place} for place in ("Molde", "Molde", None)]
    extract = make_devices(*(CLASSED | pc for pc in pcs), CLASSED | {"model": "Ny", "last_seen_on": None})
    rows = doubtful(with_terms(extract, DEVICES), extract, make_register(), CUT_OFF, DEVICES)
    table = doubts_by_municipality(rows, PLACES).set_index("municipality")
    assert table.index.tolist() == [*PLACES, "unknown"]
    assert table.columns.tolist() == [*Doubt]
    assert table.no_purchase_date.to_dict() == dict.fromkeys(PLACES, 0) | {"Molde": 2, "unknown": 1}
    assert table.loc["Molde", ["not_seen", "other_model"]].tolist() == [1, 1]
    assert table.to_numpy().sum() == len(rows) == 5


def test_a_pc_with_two_doubts_is_one_pc():
    extract = with_terms(make_devices(CLASSED | {"purchased_on": None, "last_seen_on": None}), DEVICES)
    rows = doubtful(extract, extract, make_register(), CUT_OFF, DEVICES)
    assert len(rows) == 2
    assert number_of(rows, extract).doubtful.tolist() == [1]
    assert number_of(rows.head(0), extract).doubtful.tolist() == [0]
    assert number_of(rows.head(0), extract.head(0)).empty


def test_no_doubts_give_no_counts():
    assert doubts_by_municipality(doubtful(*[make_devices()] * 2, make_register(), CUT_OFF, DEVICES), PLACES).empty


def test_who_has_expired_and_is_in_use_is_reminded_of_the_oldest_first():
    bought = {"A": "2017-05-01", "B": "2016-05-01", "this year": "2019-05-01", "later": "2022-05-01", "undated": None}
    pcs = [{"serial_no": serial, "purchased_on": on, "name": "PC-KARI"} for serial, on in bought.items()]
    table = reminders(with_terms(make_devices(*pcs), DEVICES), "2024-09")
    assert table.serial_no.tolist() == ["B", "A"]
    assert table.replace_on.astype("str").tolist() == ["2021-05-01", "2022-05-01"]
    assert "KARI" not in table.to_csv()
