"""Chapters 2.1.4.1–5: cases that came, were solved and are open."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.measures.lookback import TREND_MONTHS
from rorikt_lib.terms.period import last_months, shift
from rorikt_lib.tickets import cases, history, oddities, volume
from rorikt_lib.workbook import Workbook


def known_cases(book: Workbook) -> pd.DataFrame:
    """The cases as they stood at the month's cut-off, with their waiting time; see cases.as_of, history.with_pauses."""
    return book.once("known_cases", lambda: history.with_pauses(_as_of(book), case_history(book)))


def case_history(book: Workbook) -> pd.DataFrame:
    """What the cases' history of states tells by the cut-off, where exports have one; see history.case_history."""
    tickets, cut_off = book.settings.tickets, book.ticket_cut_off
    return book.once(
        "case_history", lambda: history.case_history(book.table("ticket_events"), _as_of(book), tickets, cut_off)
    )


def _as_of(book: Workbook) -> pd.DataFrame:
    return book.once("cases as of the cut-off", lambda: cases.as_of(book.table("tickets"), book.ticket_cut_off))


def newest_event(book: Workbook) -> pd.Timestamp:
    """2.1.4: when something last happened to a case, by the exports; missing without cases."""
    times = book.table("tickets")[["created_at", "responded_at", "resolved_at", "closed_at"]]
    return times.max().max()


def case_oddities(book: Workbook) -> pd.DataFrame:
    """About the figures: see tickets.oddities.oddities."""
    return oddities.oddities(known_cases(book), case_history(book), book.settings.tickets)


def recent_months(book: Workbook, months: int) -> list[str]:
    """So many months up to the report's, from the first case's on."""
    return _case_months(book, last_months(book.month, months))


def _case_months(book: Workbook, months: list[str]) -> list[str]:
    return cases.months_with_cases(book.table("tickets"), months)


def created_by_month(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.1: see tickets.volume.created_by_month."""
    return volume.created_by_month(known_cases(book), recent_months(book, months))


def created_by_category(book: Workbook) -> pd.DataFrame:
    """2.1.4.1: cases per category, created this month, the month before and the same month last year."""
    return _created_by(book, "category")


def created_by_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: cases per municipality, created this month, the month before and the same month last year."""
    return _created_by(book, "municipality")


def _created_by(book: Workbook, column: str) -> pd.DataFrame:
    months = [shift(book.month, -12), shift(book.month, -1), book.month]
    return volume.created_by(known_cases(book), column, _case_months(book, months))


def created_per_category(book: Workbook) -> pd.DataFrame:
    """2.1.4.1: see tickets.volume.created_per_category."""
    return volume.created_per_category(known_cases(book), book.month, book.settings.municipalities)


def created_per_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.2: see tickets.volume.created_per_municipality."""
    return volume.created_per_municipality(known_cases(book), book.month, book.settings.municipalities)


def flow(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.3–5: see tickets.volume.flow."""
    counted = recent_months(book, months)
    return book.once(f"flow of {months} months", lambda: volume.flow(known_cases(book), counted, book.ticket_cut_off))


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


def open_by_municipality(book: Workbook) -> pd.DataFrame:
    """2.1.4.5: see tickets.volume.open_by_municipality."""
    return volume.open_by_municipality(known_cases(book), book.ticket_cut_off)


def imputed(book: Workbook, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.4.5: see tickets.volume.imputed_by_month."""
    return volume.imputed_by_month(known_cases(book), recent_months(book, months))
