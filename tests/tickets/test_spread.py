"""How much of their deadline incidents took, and when in the week cases come: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.spread import HOURS, TIME_BANDS, TIMELY_BANDS, arrivals, time_against_target

TICKETS = demo_settings().tickets
MONTH, MONTHS = "2024-09", ["2024-08", "2024-09"]


def _case(hours: float, priority: str = "high", **more) -> dict:
    """An incident created on a Monday morning of September and solved after so many service hours (7.5 at most)."""
    resolved = oslo("2024-09-02 08:00") + pd.Timedelta(hours=hours)
    return {"priority": priority, "created_at": "2024-09-02 08:00", "resolved_at": resolved} | more


def _times(*cases: dict, below: int | None = None) -> pd.DataFrame:
    table = time_against_target(make_tickets(*cases), MONTH, TICKETS, below)
    return table.pivot(index="time_band", columns="priority", values="cases").reindex(TIME_BANDS)


def _week(*created: str, below: int | None = None, **more) -> pd.DataFrame:
    table = arrivals(make_tickets(*({"created_at": at} | more for at in created)), MONTHS, below)
    return table.pivot(index="hour", columns="weekday", values="created")


@pytest.mark.parametrize(
    ("hours", "band"),
    [(0, "0-25"), (1, "0-25"), (1.01, "25-50"), (3, "50-75"), (4, "75-100"), (4.01, "100-200"), (7, "100-200")],
)
def test_a_case_is_in_the_band_of_its_deadline_that_it_took(hours, band):
    counts = _times(_case(hours)).high
    assert counts[counts > 0].to_dict() == {band: 1}
    assert (band in TIMELY_BANDS) == (hours <= 4)


def test_far_too_late_has_no_upper_edge():
    assert _times(_case(7, "critical")).critical["200-"] == 1


def test_requests_alerts_and_other_months_are_not_counted_and_a_priority_without_cases_is_not_there():
    earlier = {"created_at": "2024-08-05 08:00", "resolved_at": "2024-08-05 09:00"}
    others = [_case(1, type="request"), _case(1, is_alert=True), _case(1, "low", **earlier)]
    table = _times(_case(1), *others)
    assert list(table) == ["high"]
    assert table.high.sum() == 1
    assert _times(*others).empty or not _times(*others).size


def test_small_counts_are_hidden_with_what_would_tell_them():
    counts = _times(*[_case(1)] * 20, *[_case(2)] * 9, _case(3), below=5).high
    assert counts.isna().to_dict() == {"0-25": False, "25-50": True, "50-75": True} | dict.fromkeys(
        TIME_BANDS[3:], False
    )


def test_what_is_hidden_cannot_be_told_from_how_many_were_in_time():
    counts = _times(*[_case(1)] * 20, *[_case(5)] * 6, _case(3), below=5).high
    assert counts.isna().to_dict() == {band: band in ("0-25", "50-75") for band in TIME_BANDS}


def test_cases_are_counted_in_the_local_hour_and_weekday_that_they_came():
    week = _week("2024-09-02 08:59", "2024-08-05 08:00", "2024-09-07 23:30", "2024-09-08 00:30", "2024-09-03 17:00")
    assert {(hour, day): n for hour, row in week.iterrows() for day, n in row.items() if n} == {
        (8, "monday"): 2, (17, "saturday"): 1, (0, "sunday"): 1, (17, "tuesday"): 1,
    }  # fmt: skip
    assert list(week.index) == HOURS


def test_other_months_and_alerts_are_not_counted():
    assert _week("2024-07-01 08:00", "2024-09-02 09:00", "2024-09-02 10:00").to_numpy().sum() == 2
    assert not _week("2024-09-02 09:00", "2024-09-02 10:00", is_alert=True).size


def test_where_exports_know_no_time_of_day_nothing_is_said():
    assert not _week("2024-09-02 00:00", "2024-09-03 00:00").size


def test_small_counts_of_a_weekday_are_hidden():
    week = _week(*["2024-09-02 08:00"] * 9, "2024-09-02 09:00", *["2024-09-03 09:00"] * 9, below=5)
    assert week.monday.isna().to_dict() == {hour: hour in (8, 9) for hour in HOURS}
    assert not week.tuesday.isna().any()
