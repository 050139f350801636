"""Waiting and reopening from a history of states: by hand, and against one walk through the minutes."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.cases import as_of, resolution_minutes
from rorikt_lib.tickets.history import STATES, case_history, state_spans, with_pauses

TICKETS = demo_settings().tickets
UNTIL = oslo("2024-09-30 23:59")
USER, SUPPLIER = "waiting_user", "waiting_supplier"


def _events(*rows: tuple[str, str | pd.Timestamp, str | None], ticket: str = "a") -> pd.DataFrame:
    """Events of one case: (local time, state)."""
    frame = pd.DataFrame(rows, columns=["at", "state"]).assign(ticket_id=ticket)
    at = frame["at"].map(lambda t: oslo(t) if isinstance(t, str) else t)
    return frame.assign(at=at.astype("datetime64[us, Europe/Oslo]"), state=frame.state.astype("str"))


def _cases(**more) -> pd.DataFrame:
    return make_tickets({"ticket_id": "a", "priority": "high", "created_at": "2024-09-02 08:00"} | more)


def _history(events: pd.DataFrame, until: pd.Timestamp = UNTIL, **more) -> pd.Series:
    table = case_history(events, as_of(_cases(**more), until), TICKETS, until)
    assert table.ticket_id.tolist() == ["a"]
    return table.iloc[0]


def test_waiting_is_reported_for_whom_on_the_service_clock():
    row = _history(
        _events(
            ("2024-09-02 08:00", "open"),
            ("2024-09-02 15:00", USER),
            ("2024-09-03 09:00", "open"),
            ("2024-09-03 10:00", SUPPLIER),
            ("2024-09-03 10:20", USER),
            ("2024-09-03 10:25", "closed"),
        ),
        resolved_at="2024-09-03 10:25",
    )
    assert (row.waiting_user, row.waiting_supplier) == (30 + 60 + 5, 20)


def test_waiting_runs_on_the_calendar_clock_where_the_priority_does():
    night = _events(("2024-09-02 20:00", "open"), ("2024-09-02 21:00", USER), ("2024-09-03 06:00", "open"))
    life = {"created_at": "2024-09-02 20:00", "resolved_at": "2024-09-03 09:00"}
    assert _history(night, priority="critical", **life).waiting_user == 9 * 60
    assert _history(night, priority="high", **life).waiting_user == 0


def test_several_events_of_the_same_waiting_are_one_wait():
    changes = [("2024-09-02 08:30", USER), ("2024-09-02 08:40", USER), ("2024-09-02 09:30", "open")]
    assert _history(_events(*changes)).waiting_user == 60


def test_events_out_of_order_tell_the_same_as_in_order():
    rows = [("2024-09-02 08:30", USER), ("2024-09-02 09:30", "open"), ("2024-09-02 10:00", SUPPLIER)]
    assert_frame_equal(state_spans(_events(*rows[::-1])), state_spans(_events(*rows)))


def test_of_events_at_one_instant_the_last_row_tells_the_state():
    at = "2024-09-02 08:30"
    after = ("2024-09-02 09:30", "open")
    assert _history(_events((at, "open"), (at, USER), after)).waiting_user == 60
    assert _history(_events((at, USER), (at, "open"), after)).waiting_user == 0


def test_a_case_closed_and_opened_in_one_instant_was_not_reopened():
    at = "2024-09-02 09:00"
    assert _history(_events(("2024-09-02 08:00", "open"), (at, "closed"), (at, "open"))).reopened == 0


def test_an_unknown_status_leaves_the_case_in_the_state_it_was_in():
    rows = [("2024-09-02 08:30", USER), ("2024-09-02 09:00", None), ("2024-09-02 09:30", "open")]
    assert _history(_events(*rows)).waiting_user == 60


def test_a_case_known_only_by_unknown_statuses_has_no_history():
    assert case_history(_events(("2024-09-02 08:30", None)), _cases(), TICKETS, UNTIL).empty


def test_a_case_that_ends_in_waiting_waits_until_it_was_resolved_or_the_cut_off():
    events = _events(("2024-09-02 08:00", "open"), ("2024-09-02 09:00", SUPPLIER))
    assert _history(events, resolved_at="2024-09-02 11:00").waiting_supplier == 120
    assert _history(events, until=oslo("2024-09-02 10:00")).waiting_supplier == 60


def test_waiting_before_the_case_was_created_or_after_it_was_resolved_does_not_count():
    events = _events(("2024-09-02 07:00", USER), ("2024-09-02 08:30", "open"), ("2024-09-02 09:00", USER))
    row = _history(events, created_at="2024-09-02 08:10", resolved_at="2024-09-02 08:50")
    assert row.waiting_user == 20
    assert _history(events, created_at="2024-09-02 08:10", resolved_at="2024-09-02 08:00").waiting_user == 0


def test_what_happened_after_the_cut_off_is_not_told():
    events = _events(("2024-09-02 09:00", "closed"), ("2024-09-02 10:00", "open"), ("2024-09-02 11:00", "closed"))
    row = _history(events, until=oslo("2024-09-02 09:59"))
    assert (row.reopened, row.last_resolved_at) == (0, oslo("2024-09-02 09:00"))


def test_a_reopened_case_tells_how_often_and_when_it_was_first_and_last_resolved():
    rows = [
        ("2024-09-02 08:00", "open"), ("2024-09-02 09:00", "closed"), ("2024-09-02 09:30", "closed"),
        ("2024-09-02 10:00", "open"), ("2024-09-02 11:00", "closed"), ("2024-09-02 12:00", USER),
    ]  # fmt: skip
    row = _history(_events(*rows))
    assert (row.reopened, row.first_resolved_at) == (2, oslo("2024-09-02 09:00"))
    assert pd.isna(row.last_resolved_at)
    row = _history(_events(*rows[:-1]))
    assert (row.reopened, row.last_resolved_at) == (1, oslo("2024-09-02 11:00"))


def test_a_case_never_closed_has_no_resolved_time():
    row = _history(_events(("2024-09-02 08:00", "open")))
    assert row.reopened == 0
    assert row[["first_resolved_at", "last_resolved_at"]].isna().all()


def test_without_events_there_is_no_row_but_every_column():
    table = case_history(_events(), _cases(), TICKETS, UNTIL)
    assert table.empty
    assert list(table) == [
        "ticket_id",
        USER,
        SUPPLIER,
        "has_waited",
        "reopened",
        "first_resolved_at",
        "last_resolved_at",
    ]
    assert_frame_equal(with_pauses(_cases(paused_minutes=7.0), table), _cases(paused_minutes=7.0))


def test_events_of_cases_that_are_not_there_tell_nothing():
    events = pd.concat([_events(("2024-09-02 08:00", USER), ticket="gone"), _events(("2024-09-02 08:00", USER))])
    table = case_history(events, _cases(), TICKETS, UNTIL)
    assert table.ticket_id.tolist() == ["a"]


def test_a_history_takes_the_place_of_what_the_export_says_of_waiting():
    cases = make_tickets(
        {"ticket_id": "b", "paused_minutes": 5.0, "resolved_at": "2024-09-02 12:00"},
        {"ticket_id": "a", "paused_minutes": 5.0, "resolved_at": "2024-09-02 12:00"},
    )
    events = _events(("2024-09-02 08:00", USER), ("2024-09-02 09:00", "open"), ("2024-09-02 10:00", SUPPLIER))
    paused = with_pauses(cases, case_history(events, cases, TICKETS, UNTIL))
    assert paused.paused_minutes.tolist() == [5, 180]
    assert resolution_minutes(paused, TICKETS).tolist() == [235, 60]
    assert cases.paused_minutes.tolist() == [5, 5]


def test_waiting_from_start_to_end_leaves_no_resolution_time():
    cases = _cases(resolved_at="2024-09-12 12:00")
    events = _events(("2024-09-01 00:00", USER))
    paused = with_pauses(cases, case_history(events, cases, TICKETS, UNTIL))
    assert resolution_minutes(paused, TICKETS).tolist() == [0]


def _walked(rows: list[tuple[int, str]], created: int, end: int, calendar: bool) -> dict[str, int]:
    """Minutes waited, by asking of every minute what state the case was in."""
    waited = {USER: 0, SUPPLIER: 0}
    base = dt.datetime(2024, 9, 5, 6)  # a Thursday
    ordered = sorted(rows, key=lambda row: row[0])
    for minute in range(created, end):
        so_far = [state for at, state in ordered if at <= minute and state]
        local = base + dt.timedelta(minutes=minute)
        is_open = local.weekday() < 5 and dt.time(8) <= local.time() < dt.time(15, 30)
        if so_far and so_far[-1] in waited and (is_open or calendar):
            waited[so_far[-1]] += 1
    return waited


rows_of_a_case = st.lists(st.tuples(st.integers(0, 3000), st.sampled_from([*STATES, None])), max_size=8)


@given(
    rows_of_a_case,
    st.integers(0, 3000),
    st.one_of(st.none(), st.integers(0, 3000)),
    st.sampled_from(["high", "critical"]),
)
def test_waiting_agrees_with_a_walk_through_the_minutes(rows, created, resolved, priority):
    base, until = oslo("2024-09-05 06:00"), oslo("2024-09-05 06:00") + pd.Timedelta(minutes=3000)

    def at(minute: int) -> pd.Timestamp:
        return base + pd.Timedelta(minutes=minute)

    life = {"priority": priority, "created_at": at(created), "resolved_at": None if resolved is None else at(resolved)}
    table = case_history(_events(*((at(m), s) for m, s in rows)), _cases(**life), TICKETS, until)
    if not any(state for _, state in rows):
        assert table.empty
        return
    expected = _walked(rows, created, 3000 if resolved is None else resolved, priority == "critical")
    assert table[[USER, SUPPLIER]].iloc[0].to_dict() == expected


@given(rows_of_a_case)
def test_reopenings_agree_with_a_walk_through_the_states(rows):
    base = oslo("2024-09-05 06:00")
    at = {minute: state for minute, state in sorted(rows, key=lambda r: r[0]) if state}
    states = [state == "closed" for state in at.values()]
    table = case_history(_events(*((base + pd.Timedelta(minutes=m), s) for m, s in rows)), _cases(), TICKETS, UNTIL)
    expected = [sum(a and not b for a, b in pairwise(states))] if at else []
    assert table.reopened.tolist() == expected


@pytest.mark.parametrize("shift", [0, 5])
def test_spans_follow_each_other_without_gaps_case_by_case(shift):
    one = _events(("2024-09-02 08:00", "open"), ("2024-09-02 09:00", USER), ("2024-09-02 10:00", "closed"))
    two = one.assign(ticket_id="b", at=one["at"] + pd.Timedelta(minutes=shift))
    spans = state_spans(pd.concat([two, one]))
    assert spans.ticket_id.tolist() == ["a"] * 3 + ["b"] * 3
    for _, rows in spans.groupby("ticket_id"):
        assert rows.end[:-1].tolist() == rows.start[1:].tolist()
        assert pd.isna(rows.end.iloc[-1])
