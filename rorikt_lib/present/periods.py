"""What the period of a document is called."""

import datetime as dt

from rorikt_lib.present.language import mark
from rorikt_lib.present.numbers import day, month_name
from rorikt_lib.terms.documents import period_kind


def period_name(period: str) -> str:
    """`september 2024`, `3. kvartal 2024`, `2025`, `9. oktober 2024`; see terms.documents.PERIODS."""
    match period_kind(period):
        case "month":
            return month_name(period)
        case "quarter":
            return mark("quarter").format(period[-1], period[:4])
        case "date":
            return day(dt.date.fromisoformat(period))
    return period
