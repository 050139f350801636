"""Chapters 2.1.4.6–7: how fast cases are answered and solved, against what is promised."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.measures.lookback import SLA_MONTHS, TREND_MONTHS
from rorikt_lib.measures.service_desk import case_history, known_cases, recent_months
from rorikt_lib.tickets import breaches, response, serious, sla, twin
from rorikt_lib.workbook import Workbook


def sla_compliance(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.6: see tickets.sla.sla_compliance."""
    known, tickets = known_cases(book), book.settings.tickets
    return book.once(f"sla of {months} months", lambda: sla.sla_compliance(known, recent_months(book, months), tickets))


def sla_trend(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.6: one row per month: within, breached and share_within over all priorities."""
    return sla.all_priorities(sla_compliance(book, months))


def response_compliance(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.6: see tickets.response.response_compliance."""
    return response.response_compliance(
        known_cases(book), recent_months(book, months), book.settings.tickets, book.ticket_cut_off
    )


def source_verdicts(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.6: see tickets.twin.verdict_pairs, over all priorities. No rows where the exports have no verdicts."""
    return twin.all_priorities(
        twin.verdict_pairs(known_cases(book), recent_months(book, months), book.settings.tickets)
    )


def differing_verdicts(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: the month's cases that their system judges otherwise than the report; see tickets.twin.differing."""
    return twin.differing(known_cases(book), [book.month], book.settings.tickets)


def differing_reasons(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: why they do; see tickets.twin.count_reasons."""
    return twin.count_reasons(differing_verdicts(book))


def breached_cases(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: one row per breach of the month; see tickets.breaches.breached_cases. Written causes: hendelser.yml."""
    written = _serious_cases(book).set_index("ticket_id").cause
    known, tickets = known_cases(book), book.settings.tickets
    return book.once(
        "breached_cases", lambda: breaches.breached_cases(known, [book.month], tickets, case_history(book), written)
    )


def breach_causes(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: how many of the month's breaches have each cause; see tickets.breaches.count_causes."""
    return breaches.count_causes(breached_cases(book))


def serious_cases(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: see tickets.serious.serious_cases and, for causes that nobody wrote, tickets.breaches.with_causes."""
    return breaches.with_causes(_serious_cases(book), breached_cases(book))


def _serious_cases(book: Workbook) -> pd.DataFrame:
    tickets, cut_off = book.settings.tickets, book.ticket_cut_off
    return serious.serious_cases(known_cases(book), book.month, book.incident_notes, tickets, cut_off)


def notes_without_case(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: what people wrote about critical and high cases that the report does not have."""
    return serious.notes_without_case(_serious_cases(book), book.incident_notes)


def resolution_time(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.7: see tickets.sla.resolution_time."""
    known, tickets = known_cases(book), book.settings.tickets
    return book.once(
        f"resolution time of {months} months", lambda: sla.resolution_time(known, recent_months(book, months), tickets)
    )


def resolution_trend(book: Workbook, priority: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.7: the resolution time of one priority, one row per month."""
    table = resolution_time(book, months)
    return table[table.priority == priority].drop(columns="priority").reset_index(drop=True)
