"""Frames as Markdown tables: labels and units from fields.py, numbers aligned right, the sum row in bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from rorikt_lib.fields import FIELDS, SUM, label, member
from rorikt_lib.present import numbers

# Besides markup, what pandoc would make typographic: quotes, `--` and `..`.
_MARKDOWN = re.compile(r"""[\\`*_{}\[\]<>$|~^#@&"']|-(?=-)|\.(?=\.)""")


def _plain_number(value: float) -> str:
    return numbers.integer(value) if float(value).is_integer() else numbers.decimal(value, 1)


# How a unit is written; any other unit is a count.
FORMATS: dict[str, Callable[[object], str]] = {
    "NOK": numbers.thousands,
    "share": numbers.percent,
    "decimal": lambda value: numbers.decimal(value, 1),
    "hours": lambda value: numbers.decimal(value, 1),
    "cases per 100 users": lambda value: numbers.decimal(value, 1),
    "number": _plain_number,
    "change": lambda value: numbers.signed(numbers.integer(value)),
    # A month must not break over two lines of a narrow column.
    "month": lambda month: numbers.month_name(month).replace(" ", "\u00a0"),
    "date": lambda date: f"{date:%d.%m.%Y}",
}
# Units of columns that name a row, aligned left; and of those where nothing is better shown than a dash.
NAMES = {"text", "month", "date"}
EMPTY_IF_MISSING = {"text", "PCs"}


def table(frame: pd.DataFrame, key: str, caption: str, *, total: bool = False) -> str:
    """A pandoc pipe table of `frame` with caption and id `tabell-key`.

    total: the last row is the sum and stands in bold.
    """
    rows = [
        [cell(c, value) for c, value in zip(frame.columns, row, strict=True)] for row in frame.itertuples(index=False)
    ]
    return _pipe_table(
        [label(c) for c in frame.columns],
        [FIELDS[c].unit in NAMES for c in frame.columns],
        rows,
        key,
        caption,
        total,
    )


def optional(frame: pd.DataFrame, key: str, caption: str, *, total: bool = False) -> str | None:
    """`table`, or None where the frame has no rows."""
    return None if frame.empty else table(frame, key, caption, total=total)


def by_month(frame: pd.DataFrame, key: str, caption: str, *, total: bool = False) -> str | None:
    """A table of a tidy frame (one label column, month, one measure), a column per month; None without rows.

    total: the last row is the sum and stands in bold.
    """
    return _across(frame, key, caption, numbers.month_name, total)


def by_year(frame: pd.DataFrame, key: str, caption: str, *, total: bool = False) -> str | None:
    """As `by_month`, a column per year; the frame's last columns are year and the measure, those before name a row."""
    return _across(frame, key, caption, str, total)


def _across(frame: pd.DataFrame, key: str, caption: str, head: Callable[..., str], total: bool) -> str | None:
    if frame.empty:
        return None
    *names, across, measure = frame.columns
    wide = frame.set_index([*names, across])[measure].unstack(sort=False).sort_index(axis=1)
    heads = [*map(label, names), *map(head, wide.columns)]
    rows = [
        [*map(cell, names, name if isinstance(name, tuple) else [name]), *(cell(measure, value) for value in row)]
        for name, row in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return _pipe_table(heads, [*[True] * len(names), *[False] * wide.shape[1]], rows, key, caption, total)


def csv(frame: pd.DataFrame) -> str:
    """`frame` as a Norwegian spreadsheet reads it: semicolons, decimal commas, labels and terms in Norwegian.

    A text that a spreadsheet would take for a formula is written after an apostrophe.
    """
    texts = {c: frame[c].map(lambda value, c=c: _inert(member(c, value)), na_action="ignore") for c in _texts(frame)}
    days = {c: frame[c].dt.strftime("%d.%m.%Y") for c in frame.columns if FIELDS[c].unit == "date"}
    written = frame.assign(**texts, **days).rename(columns=label)
    return written.to_csv(sep=";", decimal=",", index=False, float_format="%.2f", lineterminator="\n")


def _texts(frame: pd.DataFrame) -> list[str]:
    return [c for c in frame.columns if FIELDS[c].unit == "text"]


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def cell(column: str, value: object) -> str:
    """One value as the report writes it in a table, Markdown-safe."""
    unit = FIELDS[column].unit
    if pd.isna(value):
        return "" if unit in EMPTY_IF_MISSING else numbers.NO_VALUE
    if isinstance(value, str) and value == SUM:
        return "Sum"
    if unit == "text":
        return plain(member(column, value))
    return FORMATS.get(unit, numbers.integer)(value)


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would read as markup."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def _pipe_table(
    heads: list[str], is_name: list[bool], rows: list[list[str]], key: str, caption: str, total: bool = False
) -> str:
    if total and rows:
        rows = [*rows[:-1], [f"**{text}**" if text else "" for text in rows[-1]]]
    rules = ["---" if name else "---:" for name in is_name]
    return "\n".join([_line(heads), _line(rules), *map(_line, rows), "", f": {caption} {{#tabell-{key}}}"])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
