"""Chapters 2.1.2 and 2.1.3: portal and chatbot."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.measures.lookback import TREND_MONTHS
from rorikt_lib.terms.period import last_months
from rorikt_lib.usage import months as use
from rorikt_lib.workbook import Workbook


def usage_by_month(book: Workbook, channel: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.2 and 2.1.3: see usage.months.by_month."""
    return use.by_month(book.table("usage"), channel, last_months(book.month, months))


def usage_changes(book: Workbook, channel: str, months: int = TREND_MONTHS) -> pd.DataFrame:
    """2.1.2 and 2.1.3: the months with their change from the one before; see usage.months.with_changes."""
    return use.with_changes(usage_by_month(book, channel, months + 1)).tail(months).reset_index(drop=True)


def usage_since_first(book: Workbook, channel: str) -> pd.DataFrame:
    """2.1.2: see usage.months.since_first."""
    return use.since_first(book.table("usage"), channel, book.month)


def usage_by_day(book: Workbook, channel: str) -> pd.DataFrame:
    """2.1.2: see usage.months.by_day."""
    return use.by_day(book.table("usage"), channel, book.month)
