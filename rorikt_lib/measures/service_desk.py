"""Chapter 2.1.4: cases and how fast they are solved."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.measures.lookback import SLA_MONTHS, TREND_MONTHS
from rorikt_lib.period import last_months, shift
from rorikt_lib.tickets import cases, serious, sla, volume
from rorikt_lib.workbook import Workbook


def known_cases(book: Workbook) -> pd.DataFrame:
    """The cases as they stood at the month's cut-off; see tickets.cases.as_of."""
    return book.once("known_cases", lambda: cases.as_of(book.table("tickets"), book.ticket_cut_off))


def _case_months(book: Workbook, months: list[str]) -> list[str]:
    return cases.months_with_cases(book.table("tickets"), months)


def created_by_month(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.1: see tickets.volume.created_by_month."""
    return volume.created_by_month(known_cases(book), _case_months(book, last_months(book.month, months)))


def created_by_category(book: Workbook) -> pd.DataFrame:
    """2.1.4.1: cases per category, created this month, the month before and the same month last year."""
    return _created_by(book, "category")


def created_by_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: cases per municipality, created this month, the month before and the same month last year."""
    return _created_by(book, "municipality")


def _created_by(book: Workbook, column: str) -> pd.DataFrame:
    months = [shift(book.month, -12), shift(book.month, -1), book.month]
    return volume.created_by(known_cases(book), column, _case_months(book, months))


def created_per_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: see tickets.volume.created_per_municipality."""
    return volume.created_per_municipality(known_cases(book), book.month, book.settings.municipalities)


def flow(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.3–5: see tickets.volume.flow."""
    counted = _case_months(book, last_months(book.month, months))
    return book.once(
        f"flow of {months} months", lambda: volume.flow(known_cases(book), counted, book.ticket_cut_off)
    )


def flow_of(book: Workbook, kind: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.3–4: the flow of one type (incident or request), one row per month."""
    table = flow(book, months)
    return table[table.type == kind].drop(columns="type").reset_index(drop=True)


def flow_total(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.5: the flow of both types together, one row per month."""
    return flow(book, months).groupby(["month", "date"], as_index=False)[["created", "resolved", "open"]].sum()


def open_by_age(book: Workbook) -> pd.DataFrame:
    """2.1.4.5: see tickets.volume.open_by_age."""
    return volume.open_by_age(known_cases(book), book.ticket_cut_off)


def sla_compliance(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.6: see tickets.sla.sla_compliance."""
    return sla.sla_compliance(
        known_cases(book), _case_months(book, last_months(book.month, months)), book.settings.tickets
    )


def sla_trend(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.6: one row per month: within, breached and share_within over all priorities."""
    return sla.all_priorities(sla_compliance(book, months))


def serious_cases(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: see tickets.serious.serious_cases."""
    return serious.serious_cases(known_cases(book), book.month, book.incident_notes, book.settings.tickets)


def notes_without_case(book: Workbook) -> pd.DataFrame:
    """2.1.4.6: what people wrote about critical and high cases that the report does not have."""
    return serious.notes_without_case(serious_cases(book), book.incident_notes)


def resolution_time(book: Workbook, months: int = SLA_MONTHS) -> pd.DataFrame:
    """2.1.4.7: see tickets.sla.resolution_time."""
    return sla.resolution_time(
        known_cases(book), _case_months(book, last_months(book.month, months)), book.settings.tickets
    )


def resolution_trend(book: Workbook, priority: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.7: the resolution time of one priority, one row per month."""
    table = resolution_time(book, months)
    return table[table.priority == priority].drop(columns="priority").reset_index(drop=True)
