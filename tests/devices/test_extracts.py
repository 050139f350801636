"""Which PCs a month's report counts."""

from __future__ import annotations

import pandas as pd
from builders import make_devices, oslo
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.extracts import counted, extract_of, in_both, in_use
from rorikt_lib.devices.terms import with_terms

END = oslo("2024-09-30 23:59:59.999999")


def _listed(*pcs: dict, month="2024-09", cut_off=END) -> list[str]:
    return extract_of(make_devices(*pcs), month, cut_off).serial_no.tolist()


def test_the_months_last_extract_by_the_cut_off_counts():
    pcs = [
        {"serial_no": serial, "extracted_on": on, "last_seen_on": "2024-01-05"}
        for serial, on in [
            ("aug", "2024-08-31"),
            ("early", "2024-09-10"),
            ("late", "2024-09-27"),
            ("oct", "2024-10-01"),
        ]
    ]
    assert _listed(*pcs) == ["late"]
    assert _listed(*pcs, cut_off=oslo("2024-09-27")) == ["late"]
    assert _listed(*pcs, cut_off=oslo("2024-09-26 23:59")) == ["early"]
    assert _listed(*pcs, cut_off=oslo("2024-10-01")) == ["oct"]
    assert _listed(*pcs, month="2024-07", cut_off=oslo("2024-07-31 23:59")) == []


def test_a_pc_not_seen_in_the_month_by_the_cut_off_is_not_in_use():
    seen = {"august": "2024-08-31", "first": "2024-09-01", "cut": "2024-09-27", "after": "2024-09-28", "never": None}
    pcs = make_devices(*({"serial_no": serial, "last_seen_on": on} for serial, on in seen.items()))
    assert in_use(pcs, "2024-09", oslo("2024-09-27")).serial_no.tolist() == ["first", "cut"]
    assert in_use(pcs, "2024-09", END).serial_no.tolist() == ["first", "cut", "after"]


def test_a_pc_gone_from_the_last_extract_no_longer_counts():
    pcs = [{"serial_no": "old", "extracted_on": "2024-09-10"}, {"serial_no": "new", "extracted_on": "2024-09-27"}]
    assert _listed(*pcs) == ["new"]


TEXTS = st.lists(st.sampled_from(["A1", "A2", "A3", "B1"]))


@given(TEXTS, TEXTS)
def test_which_serial_numbers_are_in_both_is_what_isin_says(first, second):
    here, there = (pd.Series(texts, dtype="str") for texts in (first, second))
    stayed, known = in_both(here, there)
    assert stayed.tolist() == here.isin(there).tolist()
    assert known.tolist() == there.isin(here).tolist()


def test_an_extract_has_no_names():
    assert "name" not in extract_of(make_devices({"name": "PC-KARI"}), "2024-09", END)


def test_who_counts_who_does_not_and_who_has_no_known_age_are_kept_apart():
    undated, unseen = {"purchased_on": None}, {"last_seen_on": "2024-08-31"}
    extract = with_terms(make_devices({}, undated, unseen, undated | unseen), demo_settings().devices)
    assert counted(extract, in_use(extract, "2024-09", END)).to_dict("records") == [
        {"in_extract": 4, "pcs": 2, "not_counted": 2, "unknown_age": 1}
    ]
    assert counted(extract.head(0), extract.head(0)).empty
