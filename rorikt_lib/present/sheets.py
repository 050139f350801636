"""A table as spreadsheets have it: heads with their units, and every value unrounded, with a format to show it in."""

import csv
import datetime as dt
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

import pandas as pd

from rorikt_lib.present.language import meaning, member, sum_name, unit_name
from rorikt_lib.present.numbers import month_name
from rorikt_lib.present.tables import OF_COLUMN, Column, Unit, columns_of
from rorikt_lib.store.spreadsheets import inert
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.fields import unit as unit_of
from rorikt_lib.terms.period import first_day

Value = str | float | None
# Excel's codes of formats, which each language of it shows in its own way.
TEXT, DATE, MONTH, WHOLE, PLAIN = "@", "dd.mm.yyyy", "[$-414]mmmm yyyy", "#,##0", "0"
ORE, GENERAL, FINE_SHARE = "#,##0.00", "General", "0.00%"
_FORMATS = {
    "month": MONTH,
    "date": DATE,
    "share": "0.0%",
    "number": GENERAL,
    "change": "+#,##0;-#,##0;0",
    **dict.fromkeys(("decimal", "hours", "cases per 100 users"), "#,##0.0"),
}
# A CSV has a file's numbers to this many decimals, which is more than anything is measured with.
DECIMALS = 4


@dataclass(frozen=True)
class SheetColumn:
    """head: with the unit of its values. format: Excel's code. values: numbers, texts, and dates as 2024-09-27."""

    head: str
    format: str
    values: tuple[Value, ...]

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.format not in (TEXT, DATE, MONTH)


@dataclass(frozen=True)
class Sheet:
    """A published table, or a download.

    file: its name, without ending. title: its caption. notes: what it counts, and what its columns mean. bold: rows of
    sums and others that stand out, from 0. total: whether the last row is a sum.
    """

    file: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    bold: tuple[int, ...] = ()
    total: bool = False

    @property
    def rows(self) -> int:
        """How many rows it has, those of sums included."""
        return len(self.columns[0].values)


def sheet_of(
    frame: pd.DataFrame,
    key: str,
    file: str,
    title: str,
    notes: Collection[str] = (),
    *,
    unit: Unit = unit_of,
    ore: bool = False,
    total: bool = False,
    across: str = "",
    strong: Collection[str] = (),
) -> Sheet:
    """The columns of `frame` as `columns_of` has them. ore: whether amounts are shown with two decimals."""
    columns = columns_of(frame, key, unit=unit, across=across)
    heads = _told_apart([_head(column) for column in columns], [meaning(column.name, key) for column in columns])
    made = tuple(_column(column, head, ore) for column, head in zip(columns, heads, strict=True))
    last = len(columns[0].values) - 1
    bold = [i for i, first in enumerate(columns[0].values) if first in strong or (total and i == last)]
    return Sheet(file, title, tuple(notes), made, tuple(bold), total)


def sheet_from(told: dict) -> Sheet:
    """The sheet that dataclasses.asdict made into dictionaries and lists."""
    columns = tuple(SheetColumn(c["head"], c["format"], tuple(c["values"])) for c in told["columns"])
    return Sheet(**told | {"columns": columns, "notes": tuple(told["notes"]), "bold": tuple(told["bold"])})


def csv_of(sheet: Sheet) -> str:
    """`sheet` as a Norwegian spreadsheet reads it: semicolons, decimal commas, shares in percent.

    A text that a spreadsheet would take for a formula is written after an apostrophe.
    """
    buffer = io.StringIO()
    lines = csv.writer(buffer, delimiter=";", lineterminator="\n")
    lines.writerow([inert(column.head) for column in sheet.columns])
    columns = [[_text(value, column.format) for value in column.values] for column in sheet.columns]
    lines.writerows(zip(*columns, strict=True))
    return buffer.getvalue()


def _text(value: Value, shown: str) -> str:
    if value is None:
        return ""
    if shown == MONTH and value != sum_name():
        return month_name(str(value)[:7])
    if shown == DATE and value != sum_name():
        return f"{dt.date.fromisoformat(str(value)):%d.%m.%Y}"
    if isinstance(value, str):
        return inert(value)
    number = round(value * 100 if shown.endswith("%") else value, DECIMALS) + 0.0
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")


def _head(column: Column) -> str:
    """`september 2024: Brudd (saker)`."""
    named = f"{column.over}: {column.head}" if column.over else column.head
    unit = unit_name(column.unit)
    is_said = not unit or re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", named, re.IGNORECASE)
    return named if is_said else f"{named} ({unit})"


def _told_apart(heads: list[str], meanings: list[str]) -> list[str]:
    """Spreadsheets tell columns apart by their heads: those with one name say what they mean, or are counted."""
    said = [
        f"{head} {meant}".strip() if heads.count(head) > 1 else head
        for head, meant in zip(heads, meanings, strict=True)
    ]
    return [f"{head} {said[: i + 1].count(head)}" if said.count(head) > 1 else head for i, head in enumerate(said)]


def _column(column: Column, head: str, ore: bool) -> SheetColumn:
    values = tuple(_value(column, value) for value in column.values)
    return SheetColumn(head, _format(column, values, ore), values)


def _format(column: Column, values: tuple[Value, ...], ore: bool) -> str:
    if column.unit == "text":
        known = [value for value in values if value is not None]
        # A year, or the number of a case, is no amount.
        return PLAIN if known and all(isinstance(value, float) for value in known) else TEXT
    if column.unit == "NOK":
        return ORE if ore else WHOLE
    if column.name in OF_COLUMN:
        return FINE_SHARE if column.unit == "share" else GENERAL
    return _FORMATS.get(column.unit, WHOLE)


def _value(column: Column, value: object) -> Value:
    if pd.isna(value):
        return None
    if value == SUM:
        return sum_name()
    if column.unit == "month":
        return first_day(str(value)).isoformat()
    if column.unit == "date":
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return float(value)
    return " ".join(member(column.name, value).split())
