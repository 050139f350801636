"""The numbers of chapters 2.1.2 and 2.1.3 as records."""

from __future__ import annotations

import pandas as pd

from rorikt_lib import measures
from rorikt_lib.figures.records import records, same
from rorikt_lib.workbook import Workbook


def usage(book: Workbook, trend_months: int) -> list[pd.DataFrame]:
    """Chapters 2.1.2 and 2.1.3."""
    parts = []
    for channel, names in {
        "portal": ["views", "unique_users", "unique_users_since_launch"],
        "chatbot": ["inquiries"],
    }.items():
        months = measures.usage_changes(book, channel, trend_months).assign(channel=channel)
        changes = [name for name in months if name.endswith("_change")]
        parts.append(records(months, "usage", ["month", "channel"], same(*names, *changes)))
        since = measures.usage_since_first(book, channel).assign(channel=channel)
        total = [name for name in since if name.endswith("_since")]
        parts.append(records(since, "usage", ["from_month", "channel"], same(*total)))
    days = measures.usage_by_day(book, "portal").assign(channel="portal")
    days["date"] = days.date.dt.strftime("%Y-%m-%d")
    return [*parts, records(days, "usage", ["date", "channel"], same("views", "unique_users"))]
