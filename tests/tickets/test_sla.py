"""SLA compliance and resolution time: by hand, and against one loop over all cases."""

from __future__ import annotations

import math
from statistics import fmean, median

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.sla import (
    all_priorities,
    by_quarter,
    resolution_time,
    resolution_time_by_quarter,
    sla_compliance,
)

TICKETS = demo_settings().tickets
MONTHS = ["2024-07", "2024-08", "2024-09"]
PRIORITIES = ["low", "medium", "high", "critical"]


def _case(hours: float, priority: str = "high", **more) -> dict:
    """A case created on a Monday morning of September and solved after so many service hours (7.5 at most)."""
    resolved = oslo("2024-09-02 08:00") + pd.Timedelta(hours=hours)
    return {"priority": priority, "created_at": "2024-09-02 08:00", "resolved_at": resolved} | more


def _compliance(*cases: dict) -> pd.DataFrame:
    return sla_compliance(make_tickets(*cases), MONTHS, TICKETS).set_index(["month", "priority"])


def _times(*cases: dict) -> pd.DataFrame:
    return resolution_time(make_tickets(*cases), MONTHS, TICKETS).set_index(["month", "priority"])


def test_every_month_and_priority_has_its_row_in_order_also_without_cases():
    for table in (_compliance(), _times(), _compliance(_case(1)), _times(_case(1))):
        assert table.index.tolist() == [(m, p) for m in MONTHS for p in PRIORITIES]


def test_within_and_breached_are_counted_by_priority():
    table = _compliance(_case(4), _case(4.01), _case(1), _case(2, "critical"), _case(2.5, "critical"), _case(7, "low"))
    row = table.loc["2024-09"]
    assert row.within.to_dict() == {"low": 1, "medium": 0, "high": 2, "critical": 1}
    assert row.breached.to_dict() == {"low": 0, "medium": 0, "high": 1, "critical": 1}
    assert row.share_within["high"] == pytest.approx(2 / 3)
    assert table.loc[["2024-07", "2024-08"], ["within", "breached"]].to_numpy().sum() == 0


def test_alerts_and_requests_are_not_in_the_sla_table():
    table = _compliance(_case(1, is_alert=True), _case(9, type="request"))
    assert table[["within", "breached"]].to_numpy().sum() == 0


def test_the_share_is_missing_not_nothing_where_no_case_was_solved():
    assert _compliance().share_within.isna().all()
    assert _compliance(_case(7)).share_within["2024-09", "high"] == 0.0


def test_times_are_missing_not_nothing_where_no_case_was_solved():
    table = _times()
    assert (table.cases == 0).all()
    assert table[["mean", "median", "p90", "old_case_share"]].isna().all().all()


def test_all_priorities_together_weigh_every_case_alike():
    by_priority = sla_compliance(make_tickets(_case(1), _case(1), _case(1), _case(3, "critical")), MONTHS, TICKETS)
    total = all_priorities(by_priority).set_index("month")
    assert total.loc["2024-09"].to_dict() == {"within": 3, "breached": 1, "share_within": 0.75}
    assert pd.isna(total.share_within["2024-08"])


def test_targets_are_written_in_their_unit():
    table = _times().loc["2024-09"]
    assert table.target.to_dict() == {"low": 5, "medium": 3, "high": 4, "critical": 2}
    assert table.unit.to_dict() == {"low": "days", "medium": "days", "high": "hours", "critical": "hours"}


def test_mean_median_and_ninetieth_percentile_in_hours():
    table = _times(*(_case(hours) for hours in (1, 1, 1, 2, 5)))
    row = table.loc["2024-09", "high"]
    assert (row.cases, row["mean"], row["median"]) == (5, 2, 1)
    assert row.p90 == pytest.approx(2 + 0.6 * (5 - 2))  # place 0.9 × 4 = 3.6, between the fourth and the fifth


def test_low_and_medium_are_measured_in_service_days():
    table = _times(_case(7.5, "medium"), _case(3.75, "low"))
    assert table["mean"]["2024-09", "medium"] == 1
    assert table["mean"]["2024-09", "low"] == 0.5


def test_how_much_of_the_mean_old_cases_make():
    old = {"created_at": "2024-08-01 08:00", "resolved_at": "2024-09-02 08:00"}  # 32 days, 22 of them working days
    new = {"created_at": "2024-09-02 08:00", "resolved_at": "2024-09-04 08:00"}
    row = _times(old, new).loc["2024-09", "medium"]
    assert row["mean"] == 12
    assert row.old_case_share == pytest.approx(22 / 24)


def test_a_case_of_exactly_thirty_days_is_not_old_and_a_second_later_it_is():
    case = {"created_at": "2024-08-06 09:00"}
    assert _times(case | {"resolved_at": "2024-09-05 09:00"}).old_case_share["2024-09", "medium"] == 0
    assert _times(case | {"resolved_at": "2024-09-05 09:00:01"}).old_case_share["2024-09", "medium"] == 1


def test_what_was_paused_makes_no_part_of_the_mean():
    paused = {"created_at": "2024-08-01 08:00", "resolved_at": "2024-09-02 08:00", "paused_minutes": 21 * 450.0}
    new = {"created_at": "2024-09-02 08:00", "resolved_at": "2024-09-03 08:00"}
    row = _times(paused, new).loc["2024-09", "medium"]
    assert (row["mean"], row.old_case_share) == (1, 0.5)


def test_cases_solved_at_once_have_no_share_of_old_ones():
    row = _times(_case(0)).loc["2024-09", "high"]
    assert row["mean"] == 0
    assert pd.isna(row.old_case_share)


cases = st.lists(
    st.fixed_dictionaries(
        {
            "hours": st.integers(0, 28).map(lambda quarters: quarters / 4),
            "priority": st.sampled_from(PRIORITIES),
            "is_alert": st.booleans(),
            "type": st.sampled_from(["incident", "incident", "request"]),
            "paused_minutes": st.sampled_from([0.0, 0.0, 15.0, 600.0]),
        }
    ),
    max_size=25,
)


@given(cases, st.randoms())
def test_both_tables_agree_with_a_loop_over_the_cases_whatever_their_order(drawn, random):
    target = {"low": 37.5, "medium": 22.5, "high": 4, "critical": 2}
    unit = {"low": 7.5, "medium": 7.5, "high": 1, "critical": 1}
    rows = [_case(**case) for case in drawn]
    compliance, times = _compliance(*rows), _times(*rows)
    random.shuffle(rows)
    assert_frame_equal(_compliance(*rows), compliance)
    assert_frame_equal(_times(*rows), times)
    for priority in PRIORITIES:
        counted = [c for c in drawn if c["priority"] == priority and c["type"] == "incident" and not c["is_alert"]]
        hours = [max(c["hours"] - c["paused_minutes"] / 60, 0) for c in counted]
        within = sum(h <= target[priority] for h in hours)
        assert compliance.loc[("2024-09", priority), ["within", "breached"]].tolist() == [within, len(hours) - within]
        row = times.loc["2024-09", priority]
        assert row.cases == len(hours)
        if hours:
            assert row["mean"] == pytest.approx(fmean(hours) / unit[priority])
            assert row["median"] == pytest.approx(median(hours) / unit[priority])
            assert min(hours) / unit[priority] - 1e-9 <= row.p90 <= max(hours) / unit[priority] + 1e-9
        else:
            assert math.isnan(row["mean"])


YEAR = [f"2024-{number:02d}" for number in range(1, 13)]
through_a_year = st.lists(
    st.fixed_dictionaries(
        {
            "hours": st.integers(0, 28).map(lambda quarters: quarters / 4),
            "priority": st.sampled_from(["high", "critical"]),
            "month": st.sampled_from(YEAR),
        }
    ),
    max_size=25,
)


def _solved_in(month: str, hours: float, priority: str) -> dict:
    """A case of the month's second Wednesday, which is an ordinary working day of every month of 2024."""
    day = pd.date_range(f"{month}-01", periods=31)
    created = pd.Timestamp(day[day.day_name() == "Wednesday"][1]).tz_localize("Europe/Oslo") + pd.Timedelta(hours=8)
    return {"priority": priority, "created_at": created, "resolved_at": created + pd.Timedelta(hours=hours)}


@given(through_a_year)
def test_a_quarters_verdicts_and_times_are_those_of_all_its_cases_together(drawn):
    rows = make_tickets(*(_solved_in(one["month"], one["hours"], one["priority"]) for one in drawn))
    counted = by_quarter(sla_compliance(rows, YEAR, TICKETS)).set_index(["quarter", "priority"])
    times = resolution_time_by_quarter(rows, YEAR, TICKETS).set_index(["quarter", "priority"])
    assert counted.index.tolist() == times.index.tolist() == [(f"q{n}", p) for n in range(1, 5) for p in PRIORITIES]
    for number in range(1, 5):
        for priority, limit in (("high", 4), ("critical", 2)):
            of_quarter = YEAR[3 * number - 3 : 3 * number]
            spent = [one["hours"] for one in drawn if one["priority"] == priority and one["month"] in of_quarter]
            within = sum(hours <= limit for hours in spent)
            verdicts, timed = (table.loc[(f"q{number}", priority)] for table in (counted, times))
            assert (verdicts.within, verdicts.breached, timed.cases) == (within, len(spent) - within, len(spent))
            if spent:
                assert verdicts.share_within == pytest.approx(within / len(spent))
                assert (timed["median"], timed["mean"]) == (pytest.approx(median(spent)), pytest.approx(fmean(spent)))
            else:
                assert pd.isna(verdicts.share_within)
                assert pd.isna(timed["median"])


def test_all_priorities_of_a_quarter_together_weigh_every_case_alike():
    rows = make_tickets(
        _solved_in("2024-01", 1, "high"), _solved_in("2024-03", 5, "high"), _solved_in("2024-03", 1, "critical")
    )
    table = all_priorities(by_quarter(sla_compliance(rows, YEAR[:3], TICKETS)), "quarter")
    assert table.to_dict("records") == [
        {"quarter": "q1", "within": 2, "breached": 1, "share_within": pytest.approx(2 / 3)}
    ]
