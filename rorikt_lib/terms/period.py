"""Accounting periods and report months, written YYYY-MM. Period 13 holds the year's closing entries.

Such strings sort in time order, so `period <= "2024-09"` means what it says.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rorikt_lib.errors import InputError
from rorikt_lib.terms.enums import Quarter
from rorikt_lib.terms.months import is_month

if TYPE_CHECKING:
    import pandas as pd

CLOSING_PERIOD = 13


def check_month(text: str) -> str:
    """The report month `text` unchanged, or InputError when it is not a month written YYYY-MM."""
    if not is_month(text):
        raise InputError(f"'{text}' is not a month", remedy="write YYYY-MM, for example 2024-09")
    return text


def year_of(period: str) -> int:
    """2024 for "2024-09"."""
    return int(period[:4])


def quarter_of(month: str) -> Quarter:
    """q3 for "2024-09"."""
    return [*Quarter][(int(month[5:]) - 1) // 3]


def is_year_end(month: str) -> bool:
    """Whether the year is over at the end of the month: what is booked is then the result."""
    return month.endswith("-12")


def shift(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative)."""
    year, index = divmod(year_of(month) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year}-{index + 1:02d}"


def check_month_count(count: object, name: str = "") -> int:
    """The number of months unchanged, or InputError when it is none; name: what it was given for."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        given = f"{name} = {count}" if name else f"'{count}'"
        raise InputError(f"{given} is not a number of months", remedy="write a whole number from 1 up")
    return count


def last_months(month: str, count: int) -> list[str]:
    """The `count` months that end with `month`, oldest first; InputError when `count` is not a number of months."""
    check_month_count(count)
    return [shift(month, by) for by in range(1 - count, 1)]


def months_of(periods: pd.Series | pd.Index) -> pd.Series | pd.Index:
    """The month of each period: the closing entries are December's."""
    return periods.str.replace(f"-{CLOSING_PERIOD}", "-12")


def last_period(month: str) -> str:
    """The last accounting period a report of `month` includes: December's takes the closing entries."""
    return f"{month[:4]}-{CLOSING_PERIOD}" if is_year_end(month) else month


def first_day(month: str) -> dt.date:
    """The month's first day."""
    return dt.date.fromisoformat(f"{month}-01")


def last_day(month: str) -> dt.date:
    """The month's last day."""
    return first_day(shift(month, 1)) - dt.timedelta(days=1)
