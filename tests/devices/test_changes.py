"""What changed since the extract before: against sets of serial numbers."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from builders import make_devices, make_stock, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.changes import changes, coverage, of_year, with_need
from rorikt_lib.devices.rollover import rollover, stock_at
from rorikt_lib.devices.terms import with_terms
from rorikt_lib.terms.enums import UNKNOWN

DEVICES = demo_settings().devices
PLACES = ["Molde", "Rauma"]
OWNERS = [("Molde", "staff"), ("Molde", "pupil"), ("Rauma", "staff"), ("Rauma", "pupil")]
ANY = {"serial_no": "any", "purchased_on": "2023-01-01"}


def _terms(pcs: list[dict], on: str) -> pd.DataFrame:
    return with_terms(make_devices(*({"extracted_on": on} | pc for pc in pcs)), DEVICES)


def _changes(before: list[dict], now: list[dict]) -> pd.DataFrame:
    table = changes(_terms(before, "2024-08-30"), _terms(now, "2024-09-27"), "2024-09", PLACES)
    return table.set_index(["municipality", "user_group"])


def test_who_left_with_its_lifetime_out_was_replaced_who_left_before_is_gone():
    left = {"expired": "2015-01-01", "expires this year": "2019-12-31", "next year": "2020-01-01", "undated": None}
    before = [{"serial_no": serial, "purchased_on": bought} for serial, bought in left.items()]
    assert _changes([*before, ANY], [ANY]).loc[("Molde", "staff")].to_dict() == {"replaced": 2, "gone": 2, "added": 0}


def test_a_pc_new_in_the_extract_is_added_to_its_owner():
    table = _changes([ANY], [ANY, {"serial_no": "new", "municipality": "Rauma", "user_group": "pupil"}])
    assert table.added.to_dict() == dict.fromkeys(OWNERS, 0) | {("Rauma", "pupil"): 1}


def test_pcs_that_the_register_does_not_know_stand_in_a_row_of_their_own():
    stray = {"serial_no": "stray", "municipality": None, "user_group": None, "purchased_on": None}
    assert _changes([ANY, stray], [ANY]).gone.to_dict() == dict.fromkeys(OWNERS, 0) | {(UNKNOWN, UNKNOWN): 1}


def test_without_both_extracts_nothing_can_be_compared():
    assert _changes([], [ANY]).empty
    assert _changes([ANY], []).empty


def test_an_extract_that_serves_both_months_is_nothing_to_compare():
    extract = _terms([ANY], "2024-09-02")
    assert changes(extract, extract, "2024-09", PLACES).empty


PCS = st.dictionaries(
    st.sampled_from([f"PC{n}" for n in range(12)]),
    st.tuples(st.sampled_from([*OWNERS, (None, None)]), st.sampled_from(["2015-01-01", "2022-01-01", None])),
    min_size=1,
)


def _rows(drawn: dict) -> list[dict]:
    return [
        {"serial_no": serial, "municipality": owner[0], "user_group": owner[1], "purchased_on": bought}
        for serial, (owner, bought) in drawn.items()
    ]


@given(PCS, PCS, st.randoms())
def test_the_changes_account_for_every_pc_whatever_their_order(before, now, random):
    rows = _rows(before), _rows(now)
    table = _changes(*rows)
    left, new = before.keys() - now.keys(), now.keys() - before.keys()
    assert table.replaced.sum() == sum(before[s][1] == "2015-01-01" and before[s][0] != (None, None) for s in left)
    assert table.replaced.sum() + table.gone.sum() == len(left)
    assert table.added.sum() == len(new)
    assert len(before) - table.replaced.sum() - table.gone.sum() + table.added.sum() == len(now)
    assert_frame_equal(_changes(*(random.sample(part, len(part)) for part in rows)), table)


def _rollover(pcs: list[dict], stock: list[dict]) -> pd.DataFrame:
    return rollover(_terms(pcs, "2024-09-27"), stock_at(make_stock(*stock), oslo("2024-09-30")), "2024-09", PLACES)


def test_coverage_tells_how_much_of_what_is_due_stock_and_orders_reach():
    old = {"purchased_on": "2015-01-01"}
    pupils = {"user_group": "pupil"} | old
    stock = [{"in_stock": 1, "on_order": 1}, {"user_group": "pupil", "in_stock": 9}]
    now, before = _rollover([old] * 3 + [pupils], stock), _rollover([old] * 4, [])
    table = coverage(now, before).set_index(["municipality", "user_group"])
    columns = ["due", "available", "covered", "covered_share", "spare", "to_order_before", "to_order"]
    assert table.loc[("Molde", "staff"), columns].tolist() == [3, 2, 2, 2 / 3, 0, 4, 1]
    assert table.loc[("Molde", "pupil"), columns].tolist() == [1, 9, 1, 1, 8, 0, 0]
    assert pd.isna(table.covered_share["Rauma", "staff"])
    assert table.iloc[-1][columns].tolist() == [4, 11, 3, 3 / 4, 8, 4, 1]


def test_without_a_month_before_its_need_is_not_known():
    table = coverage(_rollover([{}], []), _rollover([], []))
    assert table.to_order_before.isna().all()
    assert table.municipality.tolist() == ["Molde", "Molde", "Rauma", "Rauma", "SUM"]


def test_without_pcs_there_is_nothing_to_cover():
    assert coverage(_rollover([], []), _rollover([{}], [])).empty


def test_the_changes_stand_beside_the_need_and_strays_have_none():
    stray = {"serial_no": "stray", "municipality": None, "user_group": None, "purchased_on": None}
    old = {"serial_no": "old", "purchased_on": "2015-01-01"}
    moves = _changes([ANY, stray], [ANY, old]).reset_index()
    table = with_need(moves, coverage(_rollover([old], []), _rollover([], [])))
    assert table.municipality.tolist()[-2:] == [UNKNOWN, "SUM"]
    assert table.iloc[-1][["replaced", "gone", "added", "to_order"]].tolist() == [0, 1, 1, 1]
    assert pd.isna(table.iloc[-1].covered_share), "nobody counted stock and orders"
    assert table.to_order.isna().tolist() == [False] * 4 + [True, False]
    assert table.to_order_before.isna().all()


def test_nothing_to_compare_leaves_no_rows_beside_the_need():
    none = _changes([], [ANY]).reset_index()
    assert with_need(none, coverage(_rollover([{}], []), _rollover([], []))).empty
    assert with_need(none, coverage(_rollover([], []), _rollover([], []))).empty


@given(st.lists(PCS, min_size=2, max_size=4))
def test_a_years_changes_account_for_every_pc_of_its_first_and_last_extract(drawn):
    days = [f"2024-{number:02d}-20" for number in range(3, 3 + len(drawn))]
    table = of_year([_terms(_rows(pcs), day) for pcs, day in zip(drawn, days, strict=True)], 2024, PLACES)
    came = left = replaced = 0
    for before, now in pairwise(drawn):
        came += len(now.keys() - before.keys())
        left += len(before.keys() - now.keys())
        gone = [before[serial] for serial in before.keys() - now.keys()]
        replaced += sum(bought == "2015-01-01" and owner != (None, None) for owner, bought in gone)
    assert (table.added.sum(), table.replaced.sum() + table.gone.sum(), table.replaced.sum()) == (came, left, replaced)
    assert len(drawn[0]) + came - left == len(drawn[-1])
    assert [*zip(table.municipality, table.user_group, strict=True)][:4] == OWNERS


def test_a_year_with_one_extract_has_nothing_to_compare():
    assert of_year([_terms([ANY], "2024-08-30")], 2024, PLACES).empty
    assert of_year([], 2024, PLACES).empty


def test_a_pc_that_was_replaced_in_december_is_one_of_that_year():
    november = [ANY, {"serial_no": "old", "purchased_on": "2019-06-01"}]
    table = of_year([_terms(november, "2024-11-29"), _terms([ANY], "2024-12-30")], 2024, PLACES)
    assert table.set_index(["municipality", "user_group"]).replaced[("Molde", "staff")] == 1
