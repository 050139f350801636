"""PC rollover: by hand, and against a loop over the PCs."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from builders import make_devices, make_stock, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.rollover import by_class, rollover, stock_at, with_municipality_need
from rorikt_lib.devices.terms import with_terms
from rorikt_lib.sources.combine.devices import combine_devices, combine_register
from rorikt_lib.sources.reading.serials import serial_number
from rorikt_lib.terms.schemas import validate

DEVICES = demo_settings().devices
PLACES = demo_settings().municipality_names
GROUPS = ["staff", "pupil"]
END = oslo("2024-09-30 23:59:59.999999")


def _need(pcs=(), stock=(), month="2024-09") -> pd.DataFrame:
    table = rollover(with_terms(make_devices(*pcs), DEVICES), stock_at(make_stock(*stock), END), month, PLACES)
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
    # Nobody counted what pupils have in stock: it is not known, and the need is as if there were nothing.
    uncounted = table.loc[("Molde", "pupil")]
    assert uncounted[["in_stock", "on_order"]].isna().all()
    assert uncounted[["expired", "expiring", "to_order"]].tolist() == [1, 0, 1]


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
def test_the_rollover_agrees_with_a_loop_over_the_pcs_whatever_their_order(drawn, stock, random):
    table = _need(drawn, stock)
    if not any(pc["purchased_on"] and pc["user_group"] for pc in drawn):
        assert table.empty
        return
    for row in stock:
        key = row["municipality"], row["user_group"]
        due = [_year_due(pc) for pc in drawn if (pc["municipality"], pc["user_group"]) == key]
        expired, expiring = sum(y is not None and y < 2024 for y in due), due.count(2024)
        need = max(expired + expiring - row["in_stock"] - row["on_order"], 0)
        assert table.loc[key].tolist() == [expired, expiring, row["in_stock"], row["on_order"], need]
    random.shuffle(drawn)
    random.shuffle(stock)
    assert_frame_equal(_need(drawn, stock), table)


def test_without_pcs_of_known_age_nothing_is_known_which_is_not_0():
    assert _need().empty
    assert _need([{"purchased_on": None}], [{"in_stock": 5}]).empty
    assert _need(stock=[{"in_stock": 5}]).empty


def test_stock_is_the_last_count_by_the_cut_off_for_each_place_and_group():
    rows = [
        {"date": "2024-09-20", "in_stock": 5, "on_order": 6},
        {"date": "2024-08-01", "in_stock": 1, "on_order": 2},
        {"date": "2024-09-28", "in_stock": 9, "on_order": 9},
        {"date": "2024-08-01", "in_stock": 3, "on_order": 4, "user_group": "pupil"},
    ]
    stock = stock_at(make_stock(*rows), oslo("2024-09-27"))
    assert stock.loc[("Molde", "staff")].tolist() == [pd.Timestamp("2024-09-20"), 5, 6]
    assert stock.loc[("Molde", "pupil")].tolist() == [pd.Timestamp("2024-08-01"), 3, 4]
    assert stock_at(make_stock(*rows), oslo("2024-07-31")).empty


SERIALS = ["A1", "A2", "A3", " a1 ", "a2"]
SEEN = st.tuples(st.sampled_from(SERIALS), st.integers(1, 27), st.sampled_from(["a.csv", "b.csv"]))
BOUGHT = st.tuples(st.sampled_from(SERIALS), st.sampled_from(PLACES[:2]), st.integers(2015, 2024))


def _from_exports(seen, bought) -> pd.DataFrame:
    """The rollover of September from rows of device exports and of the register, as they are read."""
    check_ins = pd.DataFrame(seen, columns=["serial_no", "day", "source_file"])
    check_ins["serial_no"] = serial_number(check_ins.serial_no.astype("str"))
    check_ins["last_seen_on"] = pd.to_datetime("2024-09-" + check_ins.day.astype("str"), format="%Y-%m-%d")
    exports = [part.drop(columns="day").assign(name="PC") for _, part in check_ins.groupby("source_file")]
    # Both files reach the 27th, so that they are of the same extract.
    last = {"serial_no": "Z9", "last_seen_on": pd.Timestamp("2024-09-27"), "name": "PC"}
    exports = [pd.concat([part, pd.DataFrame([last]).assign(source_file=part.source_file.iloc[0])]) for part in exports]
    register = pd.DataFrame(bought, columns=["serial_no", "municipality", "year"]).assign(user_group="staff")
    register["serial_no"] = serial_number(register.serial_no.astype("str"))
    register["purchased_on"] = pd.to_datetime(register.year.astype("str") + "-06-01")
    owners, _ = combine_register([register.drop(columns="year").assign(source_file="r.csv")])
    devices, _ = combine_devices(exports, owners)
    pcs = with_terms(validate("devices", devices), DEVICES)
    return rollover(pcs, stock_at(make_stock(), END), "2024-09", PLACES).set_index(["municipality", "user_group"])


@given(st.lists(SEEN, min_size=1, max_size=12), st.lists(BOUGHT, min_size=1, max_size=8), st.randoms())
@pytest.mark.deep
def test_from_export_to_rollover_no_pc_counts_twice_and_the_order_of_rows_does_not_matter(seen, bought, random):
    table = _from_exports(seen, bought)
    latest = {}
    for serial, place, year in bought:
        latest[serial.strip().upper()] = max(latest.get(serial.strip().upper(), (0, "")), (year, place))
    due = [year + 5 for serial, (year, _) in latest.items() if serial in {s.strip().upper() for s, _, _ in seen}]
    assert table.expired.sum() == sum(year < 2024 for year in due)
    assert table.expiring.sum() == due.count(2024)
    again = random.sample(seen, len(seen)) + seen[:3]
    assert_frame_equal(_from_exports(again, random.sample(bought, len(bought)) + bought[:3]), table)


def test_pcs_by_class_add_up_to_the_rollover_and_tell_what_the_settings_say():
    desktop = {"manufacturer": "Nordlys Data", "model": "Stasjon 3"}
    pcs = make_devices(
        {"purchased_on": "2018-03-01"}, {"purchased_on": "2018-03-01"} | desktop, {"purchased_on": "2015-03-01"} | desktop,
        {"user_group": "pupil", "purchased_on": "2020-03-01"}, {"user_group": None},
    )  # fmt: skip
    table = by_class(with_terms(pcs, DEVICES), "2024-09")
    assert table.to_dict("records") == [
        {"model_class": "Stasjonær PC", "user_group": "staff", "pcs": 2, "expired": 1, "expiring": 1, "lifetime_years": 6, "price_nok": 9400},
        {"model_class": "other", "user_group": "staff", "pcs": 1, "expired": 1, "expiring": 0, "lifetime_years": 5, "price_nok": 11890},
        {"model_class": "other", "user_group": "pupil", "pcs": 1, "expired": 0, "expiring": 1, "lifetime_years": 4, "price_nok": 4290},
    ]  # fmt: skip


def test_the_need_of_a_municipality_is_reported_once_and_is_that_of_its_groups():
    old = {"purchased_on": "2015-01-01"}
    table = with_municipality_need(_need([old, old, old | {"user_group": "pupil"}]).reset_index())
    listed = table[table.municipality == "Molde"].to_order_municipality
    assert listed.fillna(-1).tolist() == [3, -1]
    assert table.to_order_municipality.notna().sum() == len(PLACES)
    assert with_municipality_need(_need().reset_index()).empty
