"""The report of a month with a case that is opened again: its figures agree, and the next month's report keeps them."""

from __future__ import annotations

import pandas as pd
from builders import make_book, make_tickets, oslo

from rorikt_lib.report import backlog, checks, service_level
from rorikt_lib.report.records import records

STATES = [("2024-09-02 08:00", "open"), ("2024-09-02 10:00", "closed"), ("2024-10-03 08:00", "open"),
          ("2024-10-03 09:00", "closed")]  # fmt: skip


def figures(month: str) -> pd.DataFrame:
    cases = make_tickets(
        {"ticket_id": "old", "created_at": "2024-08-01 08:00", "resolved_at": "2024-08-01 09:00", "status": "closed"},
        {"ticket_id": "a", "priority": "high", "status": "closed", "resolved_at": "2024-10-03 09:00"},
    )
    at = pd.Series([oslo(time) for time, _ in STATES], dtype="datetime64[us, Europe/Oslo]")
    events = pd.DataFrame({"ticket_id": "a", "at": at, "state": [state for _, state in STATES]})
    book = make_book(month, tickets=cases, ticket_events=events)
    tables = [backlog.INCIDENTS, backlog.REQUESTS, service_level.SLA_MONTHS, service_level.TIME_TREND]
    return pd.concat([records(table, book) for table in tables], ignore_index=True)


def value(rows: pd.DataFrame, figure: str, member: str) -> float:
    return rows[(rows.figure == figure) & rows.member.str.startswith(member)].value.sum()


def test_a_month_with_a_case_that_is_opened_again_later_keeps_its_numbers_in_the_next_report():
    september, october = figures("2024-09"), figures("2024-10")
    for rows in (september, october):
        found = [value(rows, name, "2024-09") for name in ("tickets.resolved", "backlog.open", "sla.within")]
        assert found == [1, 0, 1]
    assert value(october, "tickets.reopened", "2024-10") == 1
    assert value(october, "resolution.mean", "2024-10") == 3
    for rows in (september, october):
        by = checks.by_dimension(rows)
        assert checks.backlog_breaks(by).empty
        assert checks.judged_differ(by).empty
