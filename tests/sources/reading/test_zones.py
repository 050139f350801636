"""Many local times are placed in a zone as each is by itself, also where the zone's clock is changed."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.sources.reading.zones import instants_of


def placed(local: pd.Timestamp, zone: str) -> pd.Timestamp:
    """The instant of one time by itself."""
    return local.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


# Clocks that are moved by an hour, by half of one, by a whole day, and never; at midnight in one of them.
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Oslo", "2024-03-31"), ("Europe/Oslo", "2024-10-27"), ("Australia/Lord_Howe", "2024-04-07"),
        ("Australia/Lord_Howe", "2024-10-06"), ("Pacific/Apia", "2011-12-30"), ("Africa/Cairo", "2024-04-26"),
        ("Asia/Kathmandu", "2024-06-01"), ("UTC", "2024-03-31"),
    ],
)  # fmt: skip
def test_each_time_of_a_day_is_placed_as_it_is_alone(zone, day):
    local = pd.Series(pd.date_range(f"{day} 00:00", periods=24 * 12, freq="5min", unit="us"), name="at")
    local.iloc[[3, 100]] = pd.NaT
    found = instants_of(local, zone)
    assert str(found.dtype) == f"datetime64[us, {zone}]"
    assert found.name == "at"
    assert found.isna().equals(local.isna())
    assert [*found.dropna()] == [placed(time, zone) for time in local.dropna()]


def test_times_far_apart_and_none_at_all_are_placed_too():
    local = pd.Series(pd.to_datetime(["1950-06-01 12:00", None, "2090-01-01 12:00"])).astype("datetime64[us]")
    expected = local.dt.tz_localize("Europe/Oslo")
    pd.testing.assert_series_equal(instants_of(local, "Europe/Oslo"), expected)
    for few in (local.iloc[1:2], local.head(0)):
        pd.testing.assert_series_equal(instants_of(few, "Europe/Oslo"), expected.loc[few.index])
