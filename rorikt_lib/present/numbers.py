"""Numbers as the report writes them: `1 234 567`, decimal comma, true minus; rounded half away from zero, once."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

THIN_SPACE = "\u202f"
MINUS = "\u2212"
NO_VALUE = "–"
MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]


def rounded(value: float, decimals: int = 0, per: int = 1) -> Decimal:
    """`value` ÷ `per`, rounded half away from zero; a float counts as it is written, so 2.675 rounds to 2.68.

    Thirteen digits count: what a float sum is off by (499.99999999999994 for 500) must not turn a half downwards.
    """
    return (Decimal(f"{float(value):.13g}") / per).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimal(value: float, decimals: int, per: int = 1) -> str:
    """`1 234,5`: grouped, decimal comma, minus sign; a missing value is a dash."""
    if pd.isna(value):
        return NO_VALUE
    number = rounded(value, decimals, per)
    text = f"{abs(number):,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    return MINUS * (number < 0) + text


def integer(value: float) -> str:
    """`1 235` for 1234.5."""
    return decimal(value, 0)


def thousands(nok: float) -> str:
    """NOK as thousands without decimals: `1 235` for 1 234 500 kroner."""
    return decimal(nok, 0, per=1000)


def percent(share: float, decimals: int = 1) -> str:
    """`12,3 %` for 0.123."""
    return NO_VALUE if pd.isna(share) else decimal(Decimal(repr(float(share))) * 100, decimals) + "\u00a0%"


def ore(nok: float) -> str:
    """`1 234,50`: kroner with øre."""
    return decimal(nok, 2)


def millions(nok: float) -> str:
    """`1,9` for 1 938 000 kroner."""
    return decimal(nok, 1, per=1_000_000)


def million(nok: float) -> str:
    """`1,9 millioner kroner` for 1 938 000."""
    return f"{millions(nok)} millioner kroner"


def kroner(nok: float) -> str:
    """As `million`, but `387 000 kroner` below a million."""
    return million(nok) if abs(nok) >= 1_000_000 else f"{integer(1000 * rounded(nok, per=1000))} kroner"


def signed(text: str) -> str:
    """A number text with `+` where it is above zero, as changes are written."""
    return text if text.startswith(MINUS) or text == NO_VALUE or not any(c in "123456789" for c in text) else f"+{text}"


def month_name(month: str) -> str:
    """`september 2024` for 2024-09."""
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


def short_month(month: str) -> str:
    """`sep. 24` for 2024-09; months of up to four letters are written out."""
    name = MONTHS[int(month[5:]) - 1]
    return f"{name if len(name) <= 4 else name[:3] + '.'} {month[2:4]}"


def day(date: dt.date | pd.Timestamp) -> str:
    """`27. september 2024`."""
    return f"{date.day}. {MONTHS[date.month - 1]} {date.year}"


def moment(instant: dt.datetime | pd.Timestamp) -> str:
    """`27. september 2024 kl. 12.00`."""
    return f"{day(instant)} kl. {instant:%H.%M}"
