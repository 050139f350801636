"""The source's SLA verdict beside ours: every pair of verdicts and every reason, by hand and by a loop."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.terms.enums import VerdictPair
from rorikt_lib.tickets.sla import sla_compliance
from rorikt_lib.tickets.twin import DIFFERING, all_priorities, count_reasons, differing, verdict_pairs

TICKETS = demo_settings().tickets
MONTHS = ["2024-08", "2024-09"]
MONDAY = "2024-09-02 08:00"


def _case(minutes: float, source: bool | None, **more) -> dict:
    """A high case (4 hours) created on a Monday at 8 and solved so many minutes later."""
    resolved = oslo(MONDAY) + pd.Timedelta(minutes=minutes)
    return {"priority": "high", "created_at": MONDAY, "resolved_at": resolved, "sla_met_source": source} | more


def _pairs(*cases: dict) -> pd.DataFrame:
    return verdict_pairs(make_tickets(*cases), MONTHS, TICKETS).set_index(["month", "priority"])


def _why(*cases: dict) -> list[tuple[str, str]]:
    rows = differing(make_tickets(*cases), MONTHS, TICKETS)
    return list(zip(rows.pair, rows.why, strict=True))


def test_every_pair_of_verdicts_is_counted_by_month_and_priority():
    table = _pairs(
        _case(240, True),
        *[_case(400, False)] * 2,
        *[_case(400, True)] * 3,
        *[_case(100, False)] * 4,
        *[_case(100, None)] * 5,
        _case(400, True, priority="critical"),
    )
    assert table.loc[("2024-09", "high"), [*VerdictPair]].tolist() == [1, 2, 3, 4, 5]
    assert table.share_agreed["2024-09", "high"] == pytest.approx(0.3)
    assert table.loc[("2024-09", "critical"), [*VerdictPair]].tolist() == [0, 0, 1, 0, 0]
    assert table.loc["2024-08", [*VerdictPair]].to_numpy().sum() == 0


def test_where_the_source_has_no_verdict_there_is_nothing_to_agree_with():
    table = _pairs(_case(100, None))
    assert table.share_agreed.isna().all()
    assert differing(make_tickets(_case(100, None)), MONTHS, TICKETS).empty


def test_cases_whose_verdicts_agree_are_not_listed():
    assert _why(_case(100, True), _case(400, False)) == []


@pytest.mark.parametrize(
    ("case", "pair", "why"),
    [
        (_case(300, False, paused_minutes=90.0), "only_source_breached", "pauses"),
        (_case(60, True, priority="critical", created_at="2024-09-01 20:00"), "only_we_breached", "clock"),
        (_case(25 * 60, False, paused_minutes=300.0), "only_source_breached", "pauses"),
        (_case(24 * 60, False, created_at="2024-09-02 13:00"), "only_source_breached", "clock"),
        (_case(-960, False, created_at="2024-08-31 20:00", paused_minutes=5.0), "only_source_breached", "clock"),
        (_case(300, True, resolved_at_imputed=True), "only_we_breached", "imputed"),
        (_case(252, True), "only_we_breached", "near_target"),
        (_case(228, False), "only_source_breached", "near_target"),
        (_case(253, True), "only_we_breached", "unknown"),
        (_case(227, False), "only_source_breached", "unknown"),
        (_case(245, True, resolved_at_imputed=True), "only_we_breached", "imputed"),
    ],
)
def test_the_first_reason_that_explains_the_difference_is_given(case, pair, why):
    assert _why(case) == [(pair, why)]


def test_pauses_and_clock_together_explain_what_neither_does_alone():
    """From Monday 14:00 to Tuesday 9:00: 150 minutes of service, or 19 hours of which 1000 minutes are taken off."""
    case = _case(25 * 60, False, created_at="2024-09-02 14:00", paused_minutes=1000.0)
    assert _why(case) == [("only_source_breached", "clock_and_pauses")]


def test_a_target_in_days_is_days_of_the_other_clock_there():
    """Medium, three days: over a weekend four calendar days, but only two service days and a half."""
    life = {"priority": "medium", "created_at": "2024-09-05 12:00", "resolved_at": "2024-09-09 14:00"}
    assert _why(_case(0, False) | life) == [("only_source_breached", "clock")]
    life["resolved_at"] = "2024-09-08 11:00"  # less than three days on either clock
    assert _why(_case(0, False) | life) == [("only_source_breached", "unknown")]


def test_the_cases_are_reported_with_time_and_target_in_hours_oldest_first():
    later = _case(300, True, ticket_id="later", request_no="7", category="Skriver")
    first = _case(230, False, ticket_id="first", municipality=None)
    rows = differing(make_tickets(later, first), MONTHS, TICKETS)
    assert rows.ticket_id.tolist() == ["first", "later"]
    assert rows.iloc[1].drop(["ticket_id", "pair", "why"]).tolist() == [
        "7", "2024-09", "Molde", "Skriver", "high", 5.0, 4.0,
    ]  # fmt: skip


cases = st.lists(
    st.fixed_dictionaries(
        {
            "minutes": st.integers(0, 450),
            "source": st.sampled_from([True, False, None]),
            "priority": st.sampled_from(["low", "high", "critical"]),
            "paused_minutes": st.sampled_from([0.0, 30.0, 300.0]),
            "is_alert": st.booleans(),
            "type": st.sampled_from(["incident", "incident", "request"]),
        }
    ),
    max_size=20,
)


@given(cases)
def test_the_pairs_agree_with_a_loop_and_add_up_to_the_sla_table(drawn):
    rows = [_case(**case) for case in drawn]
    table = _pairs(*rows)
    names = {(True, True): 0, (False, False): 1, (False, True): 2, (True, False): 3}
    expected = dict.fromkeys(VerdictPair, 0)
    for case in drawn:
        if case["type"] == "incident" and not case["is_alert"]:
            target = {"low": 2250, "high": 240, "critical": 120}[case["priority"]]
            ours = max(case["minutes"] - case["paused_minutes"], 0) <= target
            expected[[*VerdictPair][names.get((ours, case["source"]), 4)]] += 1
    assert table[[*VerdictPair]].sum().to_dict() == expected
    sla = sla_compliance(make_tickets(*rows), MONTHS, TICKETS)
    assert table[[*VerdictPair]].to_numpy().sum() == sla[["within", "breached"]].to_numpy().sum()
    listed = differing(make_tickets(*rows), MONTHS, TICKETS)
    assert listed.pair.value_counts().to_dict() == {name: expected[name] for name in DIFFERING if expected[name]}


def test_the_twin_leaves_its_argument_as_it_was():
    tickets = make_tickets(_case(300, True), _case(100, None))
    before = tickets.copy(deep=True)
    differing(tickets, MONTHS, TICKETS)
    assert_frame_equal(tickets, before)


def test_all_priorities_of_a_month_are_added_up_and_their_share_is_of_those_with_a_verdict():
    cases = [
        _case(240, True),
        _case(400, True, priority="critical"),
        _case(100, False, priority="medium"),
        _case(100, None),
    ]
    table = all_priorities(verdict_pairs(make_tickets(*cases), MONTHS, TICKETS)).set_index("month")
    assert table.loc["2024-09", [*VerdictPair]].tolist() == [1, 0, 1, 1, 1]
    assert table.share_agreed["2024-09"] == pytest.approx(1 / 3)


def test_no_month_is_reported_where_no_case_has_a_verdict_of_its_system():
    assert all_priorities(verdict_pairs(make_tickets(_case(100, None)), MONTHS, TICKETS)).empty


def test_reasons_are_counted_most_first():
    rows = pd.DataFrame({"why": ["clock", "pauses", "clock", "clock"], "pair": ["x", "x", "x", "y"]})
    assert count_reasons(rows).to_dict("list") == {
        "why": ["clock", "clock", "pauses"],
        "pair": ["x", "y", "x"],
        "differing": [2, 1, 1],
    }
