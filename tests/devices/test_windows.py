"""Windows versions and their end of support: the settings' table, and every PC in one of four states."""

from __future__ import annotations

import csv
import datetime as dt

import pandas as pd
import pytest
from builders import make_devices
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.devices import DeviceSettings, WindowsVersion
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.devices.terms import with_terms
from rorikt_lib.devices.windows import windows_readiness, windows_versions, with_support, with_total
from rorikt_lib.terms.enums import Support

SETTINGS = demo_settings()
DEVICES, PLACES = SETTINGS.devices, SETTINGS.municipality_names
PLAIN = DeviceSettings(**(DEVICES.model_dump() | {"lifetime_years": {"staff": 5, "pupil": 4}, "model_classes": []}))
VERSIONS = [
    WindowsVersion(build=100, version="Old", supported_until=dt.date(2024, 9, 26)),
    WindowsVersion(build=200, version="Last day", supported_until=dt.date(2024, 9, 27)),
    WindowsVersion(build=23000, version="New", supported_until=dt.date(2028, 5, 31)),
]


def _pcs(*pcs: dict, versions=VERSIONS) -> pd.DataFrame:
    return with_support(with_terms(make_devices(*pcs), PLAIN), versions)


def _support(build: str | None, bought: str | None) -> str:
    return _pcs({"os_build": build, "purchased_on": bought}).support.iloc[0]


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ("10.0.22000.1", "windows_11"), ("10.0.26100.1742", "windows_11"), ("10.0.22631", "windows_11"),
        ("10.0.21999.9", "older_windows"), ("10.0.19045.4894", "older_windows"), ("6.1.7601.24545", "older_windows"),
        (None, "unknown_build"), ("", "unknown_build"), ("Windows 11", "unknown_build"), ("10.0", "unknown_build"),
    ],
)  # fmt: skip
def test_a_windows_build_from_22000_on_is_windows_11(build, expected):
    row = windows_readiness(_pcs({"os_build": build}), PLACES).set_index("municipality").loc["Molde"]
    counts = row[["windows_11", "older_windows", "unknown_build"]].to_dict()
    assert counts == dict.fromkeys(counts, 0) | {expected: 1}


def test_the_share_on_windows_11_is_of_all_pcs_and_missing_without_any():
    builds = ["10.0.22631.1", "10.0.19045.1", "10.0.19045.1", None]
    table = windows_readiness(_pcs(*({"os_build": b} for b in builds)), PLACES)
    shares = table.set_index("municipality").share_windows_11
    assert shares.index.tolist() == PLACES
    assert shares["Molde"] == 0.25
    assert shares.drop("Molde").isna().all()
    total = with_total(table).iloc[-1]
    assert total[["municipality", "windows_11", "share_windows_11"]].tolist() == ["SUM", 1, 0.25]


@pytest.mark.parametrize(
    ("build", "bought", "expected"),
    [
        ("10.0.100.1", "2023-06-01", "support_ended"),
        ("10.0.100.1", None, "support_ended"),
        # The extract is of the last day with support; the PC is to be replaced later.
        ("10.0.200.1", "2023-06-01", "support_ends_early"),
        # To be replaced long ago, and supported still.
        ("10.0.200.1", "2015-06-01", "support_lasts"),
        ("10.0.23000.1", "2023-05-31", "support_lasts"),
        ("10.0.23000.1", "2023-06-01", "support_ends_early"),
        ("10.0.23000.1", None, "support_unknown"),
        ("10.0.300.1", "2015-06-01", "support_unknown"),
        ("Linux", "2023-06-01", "support_unknown"),
        (None, "2023-06-01", "support_unknown"),
    ],
)
def test_support_has_ended_ends_before_the_pc_is_replaced_lasts_or_is_not_known(build, bought, expected):
    assert _support(build, bought) == expected


PC = st.fixed_dictionaries(
    {
        "municipality": st.sampled_from([*PLACES, None]),
        "user_group": st.sampled_from(["staff", "pupil", None]),
        "os_build": st.sampled_from(["10.0.100.1", "10.0.200.7", "10.0.23000.3", "10.0.1.1", "x", None]),
        "purchased_on": st.none() | st.dates(dt.date(2015, 1, 1), dt.date(2024, 9, 1)).map(str),
    }
)


@given(st.lists(PC, min_size=1, max_size=30), st.randoms())
def test_every_pc_is_counted_once_by_version_and_once_by_support_whatever_their_order(drawn, random):
    pcs = _pcs(*drawn)
    versions, places = windows_versions(pcs), windows_readiness(pcs, PLACES)
    assert versions.pcs.sum() == len(drawn)
    assert (versions[[*Support]].sum(axis=1) == versions.pcs).all()
    assert places[[*Support]].to_numpy().sum() == len(drawn)
    assert places[["windows_11", "older_windows", "unknown_build"]].to_numpy().sum() == len(drawn)
    strays = sum(pc["municipality"] is None for pc in drawn)
    assert places.municipality.tolist() == [*PLACES, *["unknown"] * bool(strays)]
    assert places[places.municipality == "unknown"][[*Support]].to_numpy().sum() == strays
    shuffled = _pcs(*random.sample(drawn, len(drawn)))
    pd.testing.assert_frame_equal(windows_versions(shuffled), versions)
    pd.testing.assert_frame_equal(windows_readiness(shuffled, PLACES), places)


def test_versions_stand_in_the_order_they_lose_support_and_unknown_builds_last():
    builds = ["10.0.23000.1", "10.0.5.1", "10.0.100.2", None, "10.0.100.9"]
    table = windows_versions(_pcs(*({"os_build": build} for build in builds)))
    assert table.version.tolist() == ["Old", "New", "unknown"]
    assert table.pcs.tolist() == [2, 1, 2]
    assert table.supported_until.isna().tolist() == [False, False, True]


def test_without_pcs_nothing_is_known():
    assert windows_readiness(_pcs(), PLACES).empty
    assert with_total(windows_readiness(_pcs(), PLACES)).empty
    assert windows_versions(_pcs()).empty


def test_the_settings_dates_are_those_of_their_source(shared):
    """The Enterprise editions' ends of support; a build with one date for all editions has that."""
    with (shared / "realdata" / "os_office_lifecycle.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["product"] == "windows" and row["lts"] != "True"]
    ends = {
        int(row["latest"].split(".")[2]): row["eol"] for row in rows if not row["releaseCycle"].endswith(("-w", "-iot"))
    }
    versions = DEVICES.windows.versions
    assert {each.build: str(each.supported_until) for each in versions} == {
        each.build: ends[each.build] for each in versions
    }
    assert {19045, 22631, 26100} <= {each.build for each in versions}
