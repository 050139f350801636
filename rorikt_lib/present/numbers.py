"""Numbers and dates as the report's language writes them; rounded half away from zero, once. Rules: CLDR, by Babel.

Sentences ask which numbers were written (`written`), and of which tables (`reading`), so that each can be compared
with the figures.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from rorikt_lib.present.language import locale, mark
from rorikt_lib.present.stated import Stated
from rorikt_lib.terms.enums import TimeUnit
from rorikt_lib.terms.period import first_day
from rorikt_lib.terms.rounding import rounded

THIN_SPACE = "\u202f"
MINUS = "\u2212"
NO_VALUE = "–"
MILLION, THOUSAND = 1_000_000, 1000
DATE = "date"
QUOTED = "quoted"


@dataclass(frozen=True)
class Written:
    """A number or date that a text has: value (unrounded) ÷ per, rounded to so many decimals.

    how, of: see stated.Stated. A date has how = DATE, and words that someone wrote, whose numbers are theirs, QUOTED.
    among: the keys of the tables that were read for it, or of the figure that a person named.
    """

    text: str
    value: float | None = None
    how: str = ""
    of: tuple[float, ...] = ()
    decimals: int = 0
    per: float = 1
    among: tuple[str, ...] = ()


class Portion(float):
    """A part of one, of what is otherwise counted: written in percent."""


_WRITTEN: ContextVar[list[Written] | None] = ContextVar("written", default=None)
_READ: ContextVar[tuple[str, ...] | None] = ContextVar("read", default=None)


@contextmanager
def written() -> Iterator[list[Written]]:
    """Collects the numbers and dates written within."""
    numbers: list[Written] = []
    token = _WRITTEN.set(numbers)
    try:
        yield numbers
    finally:
        _WRITTEN.reset(token)


@contextmanager
def reading(*keys: str) -> Iterator[None]:
    """What is written within is of the tables (or the figure) with these keys, and those that are `read` within."""
    token = _READ.set(keys)
    try:
        yield
    finally:
        _READ.reset(token)


def read(key: str) -> None:
    """Notes that a table is read for what is written next."""
    keys = _READ.get()
    if keys is not None and key not in keys:
        _READ.set((*keys, key))


def _note(text: str, value: float, decimals: int, per: float = 1) -> str:
    how, of = (value.how, value.of) if isinstance(value, Stated) else ("", ())
    return _noted(Written(text, float(value), how, of, decimals, per, _READ.get() or ()))


def _noted(one: Written) -> str:
    numbers = _WRITTEN.get()
    if numbers is not None:
        numbers.append(one)
    return one.text


def decimal(value: float, decimals: int, per: int = 1) -> str:
    """`1 234,5`: grouped by thin spaces, decimal comma, minus sign; a missing value is a dash.

    Of decimals below 0 it is a whole number of tens, hundreds, …: `387 000` for 386 950 with −3.
    """
    if pd.isna(value):
        return NO_VALUE
    return _note(_grouped(rounded(value, decimals, per), max(decimals, 0)), value, decimals, per)


def _grouped(number: Decimal, decimals: int) -> str:
    pattern = "#,##0" + "." * (decimals > 0) + "0" * decimals
    text = format_decimal(abs(number), format=pattern, locale=locale()).replace("\u00a0", THIN_SPACE)
    # Babel would write a minus before what rounds to nothing.
    return MINUS * (number < 0) + text


def integer(value: float) -> str:
    """`1 235` for 1234.5."""
    return decimal(value, 0)


def thousands(nok: float) -> str:
    """NOK as thousands without decimals: `1 235` for 1 234 500 kroner."""
    return decimal(nok, 0, per=THOUSAND)


def percent(share: float, decimals: int = 1) -> str:
    """`12,3 %` for 0.123."""
    if pd.isna(share):
        return NO_VALUE
    text = _grouped(rounded(Decimal(repr(float(share))) * 100, decimals), decimals)
    return _note(text, share, decimals, 0.01) + "\u00a0%"


def as_shown(number: float, unit: str) -> float:
    """A share or a time as tables show it, so that a change is that of the numbers which a reader sees."""
    if unit == "share":
        return float(rounded(100 * number, 1)) / 100
    return float(rounded(number, 1)) if unit in [*TimeUnit] else number


def percent_as_set(share: float) -> str:
    """`90 %`, `92,5 %` of a share that somebody set: with no more decimals than it has, at most three."""
    of_hundred = round(100 * share, 3)
    return percent(share, next(n for n in range(4) if round(of_hundred, n) == of_hundred))


def ore(nok: float) -> str:
    """`1 234,50`: kroner with øre."""
    return decimal(nok, 2)


def millions(nok: float) -> str:
    """`1,9` for 1 938 000 kroner."""
    return decimal(nok, 1, per=MILLION)


def whole_thousands(nok: float) -> str:
    """`387 000` for 386 950 kroner."""
    return decimal(nok, -3)


def signed(text: str) -> str:
    """A number text with `+` where it is above zero, as changes are written."""
    return text if text.startswith(MINUS) or text == NO_VALUE or not any(c in "123456789" for c in text) else f"+{text}"


def month_alone(month: str) -> str:
    """`september` for 2024-09, where the year is known."""
    return get_month_names("wide", locale=locale())[int(month[5:])]


def month_name(month: str) -> str:
    """`september 2024` for 2024-09."""
    return _dated(first_day(month), mark("month_pattern"))


def short_month(month: str) -> str:
    """`sep. 24` for 2024-09; months of up to four letters are written out."""
    return _dated(first_day(month), mark("short_month_pattern"))


def day(date: dt.date | pd.Timestamp) -> str:
    """`27. september 2024`."""
    return _dated(date, mark("day_pattern"))


def day_of_month(date: dt.date | pd.Timestamp) -> str:
    """`den 27`: a day of a month that is named beside it."""
    return _dated(date, mark("day_of_month"))


def moment(instant: dt.datetime | pd.Timestamp) -> str:
    """`27. september 2024 kl. 12.00`."""
    return _noted(Written(mark("moment").format(_dated(instant, mark("day_pattern")), f"{instant:%H.%M}"), how=DATE))


def moment_of_month(instant: dt.datetime | pd.Timestamp) -> str:
    """`den 27. kl. 12.00`: of a month that is named beside it."""
    on = f"{_dated(instant, mark('day_of_month'))}."
    return _noted(Written(mark("moment").format(on, f"{instant:%H.%M}"), how=DATE))


def quoted(text: str) -> str:
    """`text` as someone wrote it, noted so that no figure is looked for behind its numbers."""
    return _noted(Written(text, how=QUOTED))


def _dated(date: dt.date | pd.Timestamp, pattern: str) -> str:
    return _noted(Written(format_date(date, pattern, locale=locale()), how=DATE))
