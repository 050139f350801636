"""The month's critical and high cases, one by one."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.serious import notes_without_case, serious_cases

TICKETS = demo_settings().tickets
CUT_OFF = oslo("2024-09-30 23:59")
COLUMNS = ["date", "municipality", "priority", "summary", "cause"]


def _notes(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(date=pd.to_datetime(frame.date))


def _critical(ticket: str, created: str, resolved: str | None = None, **more) -> dict:
    case = {"ticket_id": ticket, "category": ticket, "priority": "critical", "municipality": "Vestnes"}
    return case | {"created_at": created, "resolved_at": resolved} | more


def _serious(*cases: dict, notes: pd.DataFrame | None = None, month: str = "2024-09") -> pd.DataFrame:
    return serious_cases(make_tickets(*cases), month, _notes() if notes is None else notes, TICKETS, CUT_OFF)


def test_critical_and_high_incidents_of_the_month_are_listed_oldest_first():
    table = _serious(
        _critical("b", "2024-09-16 10:00", "2024-09-16 11:00"),
        _critical("a", "2024-09-04 10:00", "2024-09-04 11:00", priority="high"),
        _critical("medium", "2024-09-04 10:00", priority="medium"),
        _critical("low", "2024-09-04 10:00", priority="low"),
        _critical("request", "2024-09-04 10:00", type="request"),
        _critical("alert", "2024-09-04 10:00", is_alert=True),
        _critical("before", "2024-08-31 23:59", "2024-08-31 23:59"),
        _critical("after", "2024-10-01 00:00", "2024-10-01 01:00"),
    )
    assert table.category.tolist() == ["a", "b"]
    assert table.date.tolist() == [pd.Timestamp("2024-09-04"), pd.Timestamp("2024-09-16")]


def test_a_case_still_open_from_an_earlier_month_is_listed_until_it_is_solved():
    case = _critical("old", "2024-07-30 12:00")
    assert _serious(case).category.tolist() == ["old"]
    assert _serious(case | {"resolved_at": "2024-08-02 12:00"}).empty


def test_a_case_created_before_the_month_is_listed_in_the_month_it_was_solved_in():
    table = _serious(_critical("old", "2024-08-31 23:30", "2024-09-01 01:30"))
    assert table.category.tolist() == ["old"]
    assert table.date.tolist() == [pd.Timestamp("2024-08-31")]


def test_hours_used_and_verdict_follow_the_priority():
    table = _serious(
        _critical("within", "2024-09-01 23:00", "2024-09-02 01:00"),
        _critical("late", "2024-09-03 23:00", "2024-09-04 01:30"),
        _critical("open", "2024-09-05 10:00"),
        _critical("paused", "2024-09-06 10:00", "2024-09-06 13:00", paused_minutes=90.0),
        _critical("overnight", "2024-09-09 13:00", "2024-09-10 09:30", priority="high"),
        _critical("weekend", "2024-09-13 13:00", "2024-09-16 10:00", priority="high"),
    ).set_index("category")
    assert table.hours.drop("open").to_dict() == {
        "within": 2, "late": 2.5, "paused": 1.5, "overnight": 4, "weekend": 4.5,
    }  # fmt: skip
    assert table.within.drop("open").to_dict() == {
        "within": True, "late": False, "paused": True, "overnight": True, "weekend": False,
    }  # fmt: skip
    assert table.is_open.tolist() == [False, False, True, False, False, False]
    assert table.target_hours.tolist() == [2, 2, 2, 2, 4, 4]


def test_each_of_two_cases_of_one_day_and_place_gets_its_own_note_in_order():
    table = _serious(
        _critical("afternoon", "2024-09-04 14:00"),
        _critical("morning", "2024-09-04 09:00"),
        notes=_notes(
            ("2024-09-04", "Vestnes", "critical", "Alarmen var nede", "Feil hos leverandør"),
            ("2024-09-04", "Vestnes", "critical", "Alarmen var nede igjen", None),
            ("2024-09-04", "Vestnes", "high", "Noe annet", None),
            ("2024-09-04", "Aukra", "critical", "Et annet sted", None),
        ),
    ).set_index("category")
    assert table.summary.to_dict() == {"morning": "Alarmen var nede", "afternoon": "Alarmen var nede igjen"}
    assert table.cause["morning"] == "Feil hos leverandør"
    assert pd.isna(table.cause["afternoon"])


def test_a_note_is_reported_once_and_a_case_without_one_stands_without():
    note = _notes(("2024-09-04", "Vestnes", "critical", "Alarmen var nede", None))
    table = _serious(_critical("a", "2024-09-04 09:00"), _critical("b", "2024-09-04 14:00"), notes=note)
    assert table.summary[0] == "Alarmen var nede"
    assert pd.isna(table.summary[1])


def test_a_second_case_after_the_cut_off_is_not_there_yet():
    tickets = make_tickets(_critical("first", "2024-09-04 09:00"), _critical("second", "2024-09-27 13:00"))
    table = serious_cases(
        as_of(tickets, oslo("2024-09-27 12:00")), "2024-09", _notes(), TICKETS, oslo("2024-09-27 12:00")
    )
    assert table.category.tolist() == ["first"]


def test_two_cases_of_one_day_without_a_known_municipality_are_both_listed():
    case = {"municipality": None}
    table = _serious(
        _critical("a", "2024-09-04 09:00", **case), _critical("b", "2024-09-04 14:00", **case),
        notes=_notes(("2024-09-04", "Vestnes", "critical", "Alarmen var nede", None)),
    )  # fmt: skip
    assert table.category.tolist() == ["a", "b"]
    assert table.summary.isna().all()


@pytest.mark.parametrize("cases", [[], [_critical("medium", "2024-09-04 09:00", priority="medium")]])
def test_a_month_without_such_cases_gives_an_empty_table_with_its_columns(cases):
    table = _serious(*cases, notes=_notes(("2024-09-04", "Vestnes", "critical", "Alarmen var nede", None)))
    assert table.empty
    assert table.columns.tolist() == [
        "ticket_id", "date", "municipality", "priority", "category", "is_open", "hours", "target_hours", "within", "summary", "cause",
    ]  # fmt: skip


def test_a_note_that_finds_no_case_is_reported_and_one_that_does_is_not():
    notes = _notes(*((day, "Vestnes", "critical", "Noe", None) for day in ("2024-09-04", "2024-09-05")))
    cases = _serious(_critical("a", "2024-09-04 10:00", "2024-09-04 11:00"), notes=notes)
    assert notes_without_case(cases, notes).date.tolist() == [pd.Timestamp("2024-09-05")]


@pytest.mark.parametrize(
    ("created", "paused", "hours", "within"),
    [("2024-09-30 21:59", 0, 2, None), ("2024-09-30 21:58", 0, 2 + 1 / 60, False), ("2024-09-30 21:58", 1, 2, None)],
)
def test_an_open_case_has_breached_once_its_target_has_passed_at_the_cut_off(created, paused, hours, within):
    (row,) = _serious(_critical("open", created, paused_minutes=paused)).itertuples()
    assert (row.is_open, row.hours) == (True, pytest.approx(hours))
    assert (None if pd.isna(row.within) else row.within) == within
