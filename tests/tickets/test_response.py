"""First response against its target: by hand, and against one loop over the cases."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.response import all_priorities, first_responses, response_compliance

TARGETS = {"high": 60.0, "critical": 15.0}


def _promising(targets: dict[str, float]):
    """The settings with these response targets and no others."""
    tickets = demo_settings().tickets
    sla = {p: t.model_copy(update={"first_response_minutes": targets.get(p)}) for p, t in tickets.sla.items()}
    return tickets.model_copy(update={"sla": sla})


TICKETS = _promising(TARGETS)
MONDAY = "2024-09-02 08:00"
CUT_OFF = oslo("2024-09-02 08:00")


def _at(minutes: float | None, created: str = MONDAY) -> pd.Timestamp | None:
    return None if minutes is None else oslo(created) + pd.Timedelta(minutes=minutes)


def _case(answered: float | None, resolved: float | None = None, priority: str = "high", **more) -> dict:
    """A case with so many minutes from its creation, on a Monday morning, to the answer and to the solution."""
    times = {"created_at": MONDAY, "responded_at": _at(answered), "resolved_at": _at(resolved)}
    return {"priority": priority} | times | more


def _verdicts(*cases: dict, targets: dict[str, float] = TARGETS) -> list[str]:
    return first_responses(make_tickets(*cases), ["2024-09"], _promising(targets), CUT_OFF).verdict.tolist()


def _table(*cases: dict, months=("2024-08", "2024-09")) -> pd.DataFrame:
    table = response_compliance(make_tickets(*cases), list(months), TICKETS, CUT_OFF)
    return table.set_index(["month", "priority"])


@pytest.mark.parametrize(("priority", "target"), TARGETS.items())
def test_an_answer_at_the_target_is_within_and_a_second_later_it_is_not(priority, target):
    cases = (_case(target + extra / 60, 400, priority) for extra in (0, 1))
    assert _verdicts(*cases) == ["within", "breached"]


def test_a_critical_case_must_be_answered_at_night_and_a_high_one_when_the_desk_opens():
    night = {"created_at": "2024-09-02 20:00", "responded_at": "2024-09-03 08:30", "resolved_at": None}
    assert _verdicts(_case(0, priority="critical") | night, _case(0) | night) == ["breached", "within"]


@pytest.mark.parametrize(
    ("answered", "resolved", "verdict"),
    [
        (None, None, "unknown"),
        (None, 60, "unknown"),
        (None, 61, "unknown"),
        (90, 60, "within"),
        (90, 80, "breached"),
        (90, None, "breached"),
        (-1, 400, "unknown"),
        (-1, None, "unknown"),
        (None, -1, "unknown"),
        (0, None, "within"),
    ],
)
def test_a_resolution_before_the_registered_response_is_the_response_and_without_one_nothing_is_known(
    answered, resolved, verdict
):
    assert _verdicts(_case(answered, resolved)) == [verdict]


def test_a_response_time_is_reported_only_where_a_response_is_registered():
    cases = make_tickets(_case(30, 400), _case(None, 40), _case(None), _case(90, 20), _case(-5, 20))
    rows = first_responses(cases, ["2024-09"], TICKETS, CUT_OFF)
    assert rows.response_minutes.astype(object).where(rows.response_minutes.notna(), None).tolist() == [
        30, None, None, 20, None,
    ]  # fmt: skip


def test_waiting_is_not_taken_off_the_first_response():
    assert _verdicts(_case(90, 400, paused_minutes=60.0)) == ["breached"]


def test_only_peoples_incidents_of_priorities_with_a_target_count():
    table = _table(
        _case(1),
        _case(1, type="request"),
        _case(1, is_alert=True),
        _case(1, priority="medium"),
        _case(1, priority="low"),
    )
    assert table.index.tolist() == [(m, p) for m in ("2024-08", "2024-09") for p in ("high", "critical")]
    assert table[["within", "breached", "unknown"]].sum().tolist() == [1, 0, 0]


def test_a_case_counts_in_the_month_it_was_created_in():
    table = _table(_case(0) | {"created_at": "2024-08-30 15:00", "responded_at": "2024-09-02 08:10"})
    assert table.within.to_dict() == {
        ("2024-08", "high"): 1, ("2024-08", "critical"): 0, ("2024-09", "high"): 0, ("2024-09", "critical"): 0,
    }  # fmt: skip


def test_the_share_is_of_the_known_cases_and_missing_where_there_are_none():
    row = _table(_case(1), _case(90), _case(90), _case(None), _case(None, priority="critical")).loc["2024-09"]
    assert row.loc["high", ["within", "breached", "unknown"]].tolist() == [1, 2, 1]
    assert row.share_within["high"] == pytest.approx(1 / 3)
    assert row.unknown["critical"] == 1
    assert pd.isna(row.share_within["critical"])


def test_without_targets_there_is_no_row():
    assert response_compliance(make_tickets(_case(1)), ["2024-09"], _promising({}), CUT_OFF).empty


def test_all_priorities_of_a_month_are_added_together_and_its_share_is_of_the_known_ones():
    counts = {"within": [3, 1, 0], "breached": [1, 1, 0], "unknown": [0, 4, 2]}
    table = pd.DataFrame(
        {"month": ["2024-08", "2024-08", "2024-09"], "priority": ["high", "critical", "high"]} | counts
    )
    months = all_priorities(table).set_index("month")
    assert months.loc["2024-08"].tolist() == [4, 2, 4, pytest.approx(4 / 6)]
    assert (months.unknown["2024-09"], pd.isna(months.share_within["2024-09"])) == (2, True)


minutes = st.one_of(st.none(), st.integers(-30, 440))


@given(st.lists(st.tuples(minutes, minutes, st.sampled_from(["high", "critical", "low"])), max_size=20), st.randoms())
def test_the_table_agrees_with_a_loop_over_the_cases_whatever_their_order(drawn, random):
    expected = {(p, v): 0 for p in TARGETS for v in ("within", "breached", "unknown")}
    for answered, resolved, priority in drawn:
        if priority in TARGETS:
            known = [m for m in (answered, resolved) if m is not None]
            first = min(known, default=None)
            if answered is None or first < 0:
                expected[priority, "unknown"] += 1
            else:
                expected[priority, "within" if first <= TARGETS[priority] else "breached"] += 1
    cases = [_case(*case) for case in drawn]
    table = _table(*cases)
    assert {(p, v): table.loc[("2024-09", p), v] for p, v in expected} == expected
    random.shuffle(cases)
    assert_frame_equal(_table(*cases), table)


@pytest.mark.parametrize(("late_by", "verdict"), [(0, "unknown"), (1, "breached")])
def test_an_open_case_nobody_has_answered_is_late_once_its_target_has_passed(late_by, verdict):
    answered, cut_off = _case(5, 60), oslo(MONDAY) + pd.Timedelta(minutes=60 + late_by)
    rows = first_responses(make_tickets(answered, _case(None)), ["2024-09"], TICKETS, cut_off)
    assert rows.verdict.tolist() == ["within", verdict]


def test_where_no_response_is_ever_registered_an_open_case_tells_nothing():
    rows = first_responses(make_tickets(_case(None)), ["2024-09"], TICKETS, oslo("2024-09-30 12:00"))
    assert rows.verdict.tolist() == ["unknown"]
