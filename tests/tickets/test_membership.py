"""What each number counts, case by case, is what the report's own counts count."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_tickets, oslo
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.present.language import member
from rorikt_lib.store.clean_tables import read_clean
from rorikt_lib.terms.period import last_months
from rorikt_lib.tickets.cases import as_of
from rorikt_lib.tickets.membership import KEY, TOTAL, membership
from rorikt_lib.tickets.sla import all_priorities, sla_compliance
from rorikt_lib.tickets.volume import created_by, created_by_month, flow

TICKETS = demo_settings().tickets
CUT_OFF = oslo("2024-09-27 12:00")
MONTHS = last_months("2024-09", 13)


def _by_membership(cases: pd.DataFrame) -> dict:
    return membership(cases, MONTHS, TICKETS, member).groupby(KEY).size().to_dict()


def _by_the_report(cases: pd.DataFrame) -> dict:
    """The numbers that are not 0, as the measures of the report count them."""
    flows, sla = flow(cases, MONTHS, CUT_OFF), sla_compliance(cases, MONTHS, TICKETS)
    created = created_by_month(cases, MONTHS).assign(total=TOTAL)
    totals = flows.groupby("month", as_index=False)[["resolved", "open"]].sum().assign(total=TOTAL)
    both = all_priorities(sla).assign(total=TOTAL)
    listed = [
        (created, "total", {"created": "tickets.created", "alerts": "tickets.alerts"}),
        (flows, "type", {"created": "tickets.created", "resolved": "tickets.resolved", "open": "backlog.open"}),
        (totals, "total", {"resolved": "tickets.resolved", "open": "backlog.open"}),
        *(
            (created_by(cases, column, MONTHS), column, {"created": "tickets.created"})
            for column in ("category", "municipality")
        ),
        (sla, "priority", {"within": "sla.within", "breached": "sla.breached"}),
        (both, "total", {"within": "sla.within", "breached": "sla.breached"}),
    ]
    return {
        (figure, by, month, member(by, value)): count
        for table, by, figures in listed
        for column, figure in figures.items()
        for month, value, count in zip(table.month, table[by], table[column], strict=True)
        if count
    }


def test_on_the_demo_it_counts_what_the_report_counts(demo_root):
    cases = as_of(read_clean("tickets", demo_root), CUT_OFF)
    counted = _by_the_report(cases)
    assert len(counted) > 400
    assert _by_membership(cases) == counted


instants = st.integers(0, 500 * 1440).map(lambda n: oslo("2023-08-01 00:00") + pd.Timedelta(minutes=n))
cases = st.fixed_dictionaries(
    {
        "created_at": instants,
        "resolved_at": st.none() | instants,
        "type": st.sampled_from(["incident", "request"]),
        "priority": st.sampled_from(["low", "medium", "high", "critical"]),
        "category": st.sampled_from(["Nettverk", "Skriver", None]),
        "municipality": st.sampled_from(["Molde", "Aukra", None]),
        "paused_minutes": st.sampled_from([0.0, 1000.0]),
        "is_alert": st.booleans(),
        "is_deleted": st.booleans(),
    }
)


@given(st.lists(cases, max_size=40))
def test_on_any_cases_it_counts_what_the_report_counts(drawn):
    known = as_of(make_tickets(*drawn), CUT_OFF)
    assert _by_membership(known) == _by_the_report(known)


def test_a_case_counts_once_in_a_number():
    rows = membership(make_tickets(*[{"resolved_at": "2024-09-05 08:00"}] * 3), MONTHS, TICKETS, member)
    assert not rows.duplicated([*KEY, "ticket_id"]).any()
    assert set(rows.ticket_id) == {"ticket_id-1", "ticket_id-2", "ticket_id-3"}


@pytest.mark.parametrize("months", [[], ["2019-01"]])
def test_months_without_cases_have_no_rows(months):
    assert membership(make_tickets({}), months, TICKETS, member).query("figure != 'backlog.open'").empty
