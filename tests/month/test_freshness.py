"""How new a source must be: its newest day beside the last day that the month's report counts of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, make_devices, make_postings, make_tickets

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.config.unattended import Freshness, SourcesFreshness, UnattendedSettings
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.month.freshness import State, ages, newest_day, refuse_old
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook

TABLES = {"postings": make_postings({}), "tickets": make_tickets({}), "devices": make_devices({})}


def files(*taken: tuple[str, str | None]) -> pd.DataFrame:
    """The clean table of sources: which tables each file has, and when it was taken."""
    names = [f"{n}.csv" for n in range(len(taken))]
    days = pd.to_datetime([day for _, day in taken])
    return pd.DataFrame({"source_file": names, "table": [table for table, _ in taken], "taken_on": days})


def book_of(sources: pd.DataFrame, rules: dict[str, Freshness] | None = None, report: Report | None = None) -> Workbook:
    unattended = UnattendedSettings(freshness=SourcesFreshness(**(rules or {})))
    settings = demo_settings().model_copy(update={"unattended": unattended})
    return replace(make_book(report=report, sources=sources, **TABLES), settings=settings)


def tickets_state(newest: str, rule: Freshness, report: Report | None = None) -> State:
    found = ages(book_of(files(("tickets", newest)), {"tickets": rule}, report))
    (age,) = [age for age in found if age.source == Source.TICKETS]
    return age.state


@pytest.mark.parametrize(
    ("newest", "state"),
    [
        ("2024-10-03", State.FRESH), ("2024-09-30", State.FRESH), ("2024-09-26", State.FRESH), ("2024-09-25", State.LATE),
        ("2024-09-20", State.LATE), ("2024-09-19", State.MISSING),
    ],
)  # fmt: skip
def test_a_source_is_late_or_missing_by_the_days_between_its_newest_day_and_the_months_last(newest, state):
    assert tickets_state(newest, Freshness(warning_after_days=4, error_after_days=10)) == state


def test_what_is_expected_may_be_days_after_or_before_the_months_last():
    strict = {"warning_after_days": 0}
    assert tickets_state("2024-10-05", Freshness(expected_after_days=5, **strict)) == State.FRESH
    assert tickets_state("2024-10-04", Freshness(expected_after_days=5, **strict)) == State.LATE
    assert tickets_state("2024-09-25", Freshness(expected_after_days=-5, **strict)) == State.FRESH


def test_where_the_report_has_a_cut_off_nothing_newer_is_expected():
    report = Report(cut_off=CutOff(tickets="2024-09-27T12:00"))
    assert tickets_state("2024-09-27", Freshness(warning_after_days=0), report) == State.FRESH
    assert tickets_state("2024-09-26", Freshness(warning_after_days=0), report) == State.LATE


def test_where_no_error_is_set_a_source_is_never_missing():
    assert tickets_state("2019-01-01", Freshness()) == State.LATE


def test_the_newest_day_is_that_of_the_sources_newest_file():
    book = book_of(
        files(("tickets", "2024-09-01"), ("tickets + ticket_events", "2024-09-29"), ("postings", "2024-10-08"))
    )
    assert newest_day(book, Source.TICKETS) == dt.date(2024, 9, 29)
    assert newest_day(book, Source.LEDGER) == dt.date(2024, 10, 8)


def test_a_source_without_any_day_is_late():
    found = {age.source: age for age in ages(book_of(files(("devices", None))))}
    assert found[Source.DEVICES].state == State.LATE
    assert str(found[Source.DEVICES]) == "PCs: no day in its exports, expected 2024-09-30"


def test_sources_that_are_missing_are_named_with_both_days():
    rules = {name: Freshness(warning_after_days=0, error_after_days=0) for name in ("ledger", "tickets")}
    book = book_of(files(("postings", "2024-09-12"), ("tickets", "2024-09-29"), ("devices", "2024-09-30")), rules)
    with pytest.raises(Undelivered) as refusal:
        refuse_old(ages(book), book)
    assert "ledger: newest day 2024-09-12, expected 2024-09-30; cases: newest day 2024-09-29" in str(refusal.value)
    assert "PCs" not in str(refusal.value)


def test_an_error_leaves_room_for_a_warning():
    with pytest.raises(ValueError, match="an error after 3 days leaves no room for a warning after 4"):
        Freshness(warning_after_days=4, error_after_days=3)


def test_what_is_said_to_others_has_neither_what_it_quotes_nor_folders():
    error = InputError(
        "unknown type 'Kari' in 2 rows (a.csv); unknown status 'Ola'", file="/x/y/a.csv", line=7, remedy="r"
    )
    assert error.without_quotes == "a.csv, line 7: unknown type '…'"
    assert InputError("the exports have no cases.", remedy="r").without_quotes == "the exports have no cases"


@pytest.mark.parametrize("change", [lambda e: e.or_else("b"), lambda e: e.instead("b"), lambda e: e.placed("c")])
def test_an_error_that_is_said_otherwise_is_still_of_its_kind(change):
    assert isinstance(change(Undelivered("a", remedy="r")), Undelivered)
