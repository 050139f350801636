"""PC rollover: by hand, and against a loop over the PCs."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pandas as pd
import pytest
from builders import make_devices, make_stock, oslo
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.devices.rollover import (
    extract_of,
    replacement_plan,
    replacement_year,
    rollover,
    stock_at,
    windows_readiness,
)
from rorikt_lib.settings import load_settings

DEVICES = load_settings().devices
PLACES = load_settings().municipality_names
GROUPS = ["staff", "pupil"]
END = oslo("2024-09-30 23:59:59.999999")


def _need(pcs=(), stock=(), month="2024-09") -> pd.DataFrame:
    table = rollover(make_devices(*pcs), stock_at(make_stock(*stock), END), month, PLACES, DEVICES)
    return table.set_index(["municipality", "user_group"])


@pytest.mark.parametrize(
    ("group", "purchased", "expired", "expiring"),
    [
        ("staff", "2018-12-31", 1, 0),  # five years on is 31 December 2023
        ("staff", "2019-01-01", 0, 1),
        ("staff", "2019-12-31", 0, 1),
        ("staff", "2020-01-01", 0, 0),
        ("pupil", "2019-12-31", 1, 0),  # four years
        ("pupil", "2020-01-01", 0, 1),
        ("pupil", "2020-12-31", 0, 1),
        ("pupil", "2021-01-01", 0, 0),
        ("pupil", "2020-02-29", 0, 1),
        ("staff", None, 0, 0),
        (None, "2010-01-01", 0, 0),
    ],
)
def test_a_lifetime_that_ends_before_the_year_has_expired_and_in_the_year_expires(group, purchased, expired, expiring):
    table = _need([{"user_group": group, "purchased_on": purchased}])
    assert (table.expired.sum(), table.expiring.sum()) == (expired, expiring)


def test_the_same_pc_expires_in_january_and_has_expired_the_year_after():
    pc = {"purchased_on": "2019-06-01"}
    assert _need([pc], month="2023-12").expiring.sum() == 0
    assert _need([pc], month="2024-01").expiring["Molde", "staff"] == 1
    assert _need([pc], month="2025-01").expired["Molde", "staff"] == 1


def test_the_need_is_what_is_due_less_stock_and_orders_per_municipality_and_group():
    old, due = {"purchased_on": "2015-01-01"}, {"purchased_on": "2019-05-05"}
    table = _need([old, old, due, old | {"user_group": "pupil"}], [{"in_stock": 1, "on_order": 1}])
    assert table.loc[("Molde", "staff")].tolist() == [2, 1, 1, 1, 1]
    assert table.loc[("Molde", "pupil")].tolist() == [1, 0, 0, 0, 1]


def test_stock_of_one_group_or_place_never_covers_the_need_of_another_and_no_need_is_negative():
    table = _need([{"purchased_on": "2015-01-01", "user_group": "pupil"}], [{"in_stock": 47, "on_order": 236}])
    assert table.to_order["Molde", "staff"] == 0
    assert table.to_order["Molde", "pupil"] == 1


def test_every_municipality_and_group_has_its_row_in_order():
    assert _need([{}]).index.tolist() == [(place, group) for place in PLACES for group in GROUPS]


@st.composite
def pcs(draw):
    return {
        "municipality": draw(st.sampled_from([*PLACES, None])),
        "user_group": draw(st.sampled_from([*GROUPS, None])),
        "purchased_on": draw(st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2024, 9, 1)).map(str)),
    }


@st.composite
def stocks(draw):
    return [
        {"municipality": place, "user_group": group, "in_stock": draw(st.integers(0, 3)), "on_order": draw(st.integers(0, 3))}
        for place in PLACES for group in GROUPS
    ]  # fmt: skip


def _year_due(pc: dict) -> int | None:
    if pc["purchased_on"] is None or pc["user_group"] is None or pc["municipality"] is None:
        return None
    return int(pc["purchased_on"][:4]) + {"staff": 5, "pupil": 4}[pc["user_group"]]


@given(st.lists(pcs(), min_size=1, max_size=40), stocks(), st.randoms())
@settings(deadline=None, max_examples=25)
def test_the_rollover_agrees_with_a_loop_over_the_pcs_whatever_their_order(drawn, stock, random):
    table = _need(drawn, stock)
    for row in stock:
        key = row["municipality"], row["user_group"]
        due = [_year_due(pc) for pc in drawn if (pc["municipality"], pc["user_group"]) == key]
        expired, expiring = sum(y is not None and y < 2024 for y in due), due.count(2024)
        need = max(expired + expiring - row["in_stock"] - row["on_order"], 0)
        assert table.loc[key].tolist() == [expired, expiring, row["in_stock"], row["on_order"], need]
    random.shuffle(drawn)
    random.shuffle(stock)
    assert_frame_equal(_need(drawn, stock), table)


@given(st.lists(pcs(), max_size=40))
@settings(deadline=None, max_examples=25)
def test_the_plan_counts_each_pc_in_its_year_and_what_has_expired_in_the_first(drawn):
    plan = replacement_plan(make_devices(*drawn), "2024-09", PLACES, DEVICES)
    due = [_year_due(pc) for pc in drawn]
    expected = Counter(max(year, 2024) for year in due if year is not None and year <= 2028)
    years = range(2024, 2029) if drawn else []
    assert plan.groupby("year")["replace"].sum().to_dict() == {year: expected[year] for year in years}
    table = _need(drawn)
    first = plan[plan.year == 2024].set_index(["municipality", "user_group"])["replace"]
    assert (first == table.expired + table.expiring).all()


def test_the_plan_has_a_row_per_municipality_group_and_five_years():
    plan = replacement_plan(make_devices({}), "2024-09", PLACES, DEVICES)
    assert len(plan) == 5 * 2 * 5
    assert plan.year.unique().tolist() == [2024, 2025, 2026, 2027, 2028]


def test_without_an_extract_nothing_is_known_which_is_not_0():
    assert _need().empty
    assert _need(stock=[{"in_stock": 5}]).empty
    assert replacement_plan(make_devices(), "2024-09", PLACES, DEVICES).empty


def test_the_replacement_year_is_missing_where_date_or_group_is():
    pcs = make_devices({}, {"purchased_on": None}, {"user_group": None})
    assert replacement_year(pcs, DEVICES).isna().tolist() == [False, True, True]


def _extract(*pcs: dict, month="2024-09", cut_off=END) -> list[str]:
    return extract_of(make_devices(*pcs), month, cut_off).serial_no.tolist()


def test_the_months_last_extract_by_the_cut_off_counts():
    pcs = [
        {"serial_no": serial, "extracted_on": on, "last_seen_on": "2024-09-05"}
        for serial, on in [
            ("aug", "2024-08-31"),
            ("early", "2024-09-10"),
            ("late", "2024-09-27"),
            ("oct", "2024-10-01"),
        ]
    ]
    assert _extract(*pcs) == ["late"]
    assert _extract(*pcs, cut_off=oslo("2024-09-27")) == ["late"]
    assert _extract(*pcs, cut_off=oslo("2024-09-26 23:59")) == ["early"]
    assert _extract(*pcs, month="2024-07", cut_off=oslo("2024-07-31 23:59")) == []


def test_a_pc_not_seen_in_the_month_by_the_cut_off_does_not_count():
    seen = {"august": "2024-08-31", "first": "2024-09-01", "cut": "2024-09-27", "after": "2024-09-28", "never": None}
    pcs = [{"serial_no": serial, "last_seen_on": on} for serial, on in seen.items()]
    assert _extract(*pcs, cut_off=oslo("2024-09-27")) == ["first", "cut"]
    assert _extract(*pcs) == ["first", "cut", "after"]


def test_a_pc_gone_from_the_last_extract_no_longer_counts():
    pcs = [{"serial_no": "old", "extracted_on": "2024-09-10"}, {"serial_no": "new", "extracted_on": "2024-09-27"}]
    assert _extract(*pcs) == ["new"]


def test_stock_is_the_last_count_by_the_cut_off_for_each_place_and_group():
    rows = [
        {"date": "2024-09-20", "in_stock": 5, "on_order": 6},
        {"date": "2024-08-01", "in_stock": 1, "on_order": 2},
        {"date": "2024-09-28", "in_stock": 9, "on_order": 9},
        {"date": "2024-08-01", "in_stock": 3, "on_order": 4, "user_group": "pupil"},
    ]
    stock = stock_at(make_stock(*rows), oslo("2024-09-27"))
    assert stock.loc[("Molde", "staff")].tolist() == [5, 6]
    assert stock.loc[("Molde", "pupil")].tolist() == [3, 4]
    assert stock_at(make_stock(*rows), oslo("2024-07-31")).empty


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ("10.0.22000.1", "windows_11"),
        ("10.0.26100.1742", "windows_11"),
        ("10.0.22631", "windows_11"),
        ("10.0.21999.9", "older_windows"),
        ("10.0.19045.4894", "older_windows"),
        ("6.1.7601.24545", "older_windows"),
        (None, "unknown_build"),
        ("", "unknown_build"),
        ("Windows 11", "unknown_build"),
        ("10.0", "unknown_build"),
    ],
)
def test_a_windows_build_from_22000_on_is_windows_11(build, expected):
    row = windows_readiness(make_devices({"os_build": build}), PLACES).set_index("municipality").loc["Molde"]
    counts = row.drop("share_windows_11").to_dict()
    assert counts == dict.fromkeys(["windows_11", "older_windows", "unknown_build"], 0) | {expected: 1}


def test_the_share_on_windows_11_is_of_all_pcs_and_missing_without_any():
    builds = ["10.0.22631.1", "10.0.19045.1", "10.0.19045.1", None]
    table = windows_readiness(make_devices(*({"os_build": b} for b in builds)), PLACES).set_index("municipality")
    assert table.index.tolist() == PLACES
    assert table.share_windows_11["Molde"] == 0.25
    assert table.share_windows_11.drop("Molde").isna().all()
