"""Frames as Markdown tables: labels and units from fields.py, numbers aligned right, the sum row in bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from rorikt_lib.present import numbers
from rorikt_lib.terms.fields import FIELDS, SUM, label, member

# Besides markup, what pandoc would make typographic: quotes, `--` and `..`.
_MARKDOWN = re.compile(r"""[\\`*_{}\[\]<>$|~^#@&"']|-(?=-)|\.(?=\.)""")


def _plain_number(value: float) -> str:
    return numbers.integer(value) if float(value).is_integer() else numbers.decimal(value, 1)


Written = Callable[[object], str]


def _key(value: float) -> str:
    """A sharing key as it was given: 2 044, 0,25."""
    decimals = next((n for n in range(5) if float(value) * 10**n % 1 == 0), 5)
    return numbers.decimal(value, decimals)


# Columns written otherwise than their unit.
OF_COLUMN: dict[str, Written] = dict.fromkeys(
    ["cost_share", "share_before", "share_now"], lambda value: numbers.percent(value, 2)
) | {"key": _key}
# How a unit is written; any other unit is a count.
FORMATS: dict[str, Written] = {
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


def table(frame: pd.DataFrame, key: str, caption: str, *, total: bool = False, nok: Written = numbers.thousands) -> str:
    """A pandoc pipe table of `frame` with caption and id `tabell-key`.

    total: the last row is the sum and stands in bold. nok: how amounts are written.
    """
    rows = [
        [cell(c, value, nok) for c, value in zip(frame.columns, row, strict=True)]
        for row in frame.itertuples(index=False)
    ]
    return _pipe_table(
        [label(c) for c in frame.columns],
        [FIELDS[c].unit in NAMES for c in frame.columns],
        rows,
        key,
        caption,
        {len(rows) - 1} if total else set(),
    )


def optional(
    frame: pd.DataFrame, key: str, caption: str, *, total: bool = False, nok: Written = numbers.thousands
) -> str | None:
    """`table`, or None where the frame has no rows."""
    return None if frame.empty else table(frame, key, caption, total=total, nok=nok)


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
    strong = {len(rows) - 1} if total else set()
    return _pipe_table(heads, [*[True] * len(names), *[False] * wide.shape[1]], rows, key, caption, strong)


def by_municipality(
    frame: pd.DataFrame, key: str, caption: str, *, strong: Iterable[str] = (), nok: Written = numbers.thousands
) -> str | None:
    """A tidy frame (one label column, municipality, one measure) with a column per municipality; None without rows.

    The municipality SUM comes last. strong: the labels of the rows that stand in bold. nok: how amounts are written.
    A missing value is an empty cell.
    """
    if frame.empty:
        return None
    name, _, measure = frame.columns
    places, labels = (list(dict.fromkeys(frame[c])) for c in ("municipality", name))
    places.sort(key=lambda place: place == SUM)
    wide = frame.pivot(index=name, columns="municipality", values=measure).reindex(index=labels, columns=places)
    heads = [label(name), *(cell("municipality", place) for place in places)]
    rows = [
        [cell(name, first), *("" if pd.isna(value) else cell(measure, value, nok) for value in row)]
        for first, row in zip(labels, wide.to_numpy(dtype=object), strict=True)
    ]
    bold = {i for i, first in enumerate(labels) if first in set(strong)}
    return _pipe_table(heads, [True, *[False] * len(places)], rows, key, caption, bold)


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


def cell(column: str, value: object, nok: Written = numbers.thousands) -> str:
    """One value as the report writes it in a table, Markdown-safe. nok: how an amount is written."""
    unit = FIELDS[column].unit
    if pd.isna(value):
        return "" if unit in EMPTY_IF_MISSING else numbers.NO_VALUE
    if isinstance(value, str) and value == SUM:
        return "Sum"
    if unit == "text":
        return plain(member(column, value))
    written = OF_COLUMN.get(column) or (nok if unit == "NOK" else FORMATS.get(unit, numbers.integer))
    return written(value)


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that Markdown would read as markup."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def _pipe_table(
    heads: list[str], is_name: list[bool], rows: list[list[str]], key: str, caption: str, strong: set[int]
) -> str:
    rows = [[f"**{text}**" if text and i in strong else text for text in row] for i, row in enumerate(rows)]
    rules = ["---" if name else "---:" for name in is_name]
    return "\n".join([_line(heads), _line(rules), *map(_line, rows), "", f": {caption} {{#tabell-{key}}}"])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
