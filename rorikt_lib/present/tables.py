"""Frames as Markdown tables: named as the language has it, numbers aligned right, the sum row in bold."""

import math
from collections.abc import Callable, Collection, Iterable
from functools import partial

import pandas as pd

from rorikt_lib.present import numbers
from rorikt_lib.present.language import label, member, sum_name
from rorikt_lib.present.markdown import plain
from rorikt_lib.store.spreadsheets import inert
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.fields import unit as unit_of


def _plain_number(value: float) -> str:
    return numbers.integer(value) if float(value).is_integer() else numbers.decimal(value, 1)


Wording = Callable[[object], str]
Unit = Callable[[str], str]


def _key(value: float) -> str:
    """A sharing key as it was given: 2 044, 0,25; one that is a municipality's share, in percent."""
    if isinstance(value, numbers.Portion):
        return numbers.percent(
            value, next(n for n in range(5) if n == 4 or math.isclose(value * 100, round(value * 100, n)))
        )
    decimals = next((n for n in range(5) if float(value) * 10**n % 1 == 0), 5)
    return numbers.decimal(value, decimals)


# Decimals say nothing of what is as large as this.
LARGE = 10_000


def _told_apart(value: float) -> str:
    """A count, an amount in kroner, or with two decimals: two numbers that differ are to look so."""
    is_whole = float(value).is_integer() or abs(value) >= LARGE
    return numbers.integer(value) if is_whole else numbers.decimal(value, 2)


# Columns written otherwise than their unit.
OF_COLUMN: dict[str, Wording] = (
    dict.fromkeys(["cost_share", "share_before", "share_now"], lambda value: numbers.percent(value, 2))
    | dict.fromkeys(["published", "now"], _told_apart)
    | {"key": _key, "change": lambda value: numbers.signed(_told_apart(value))}
)
# How a unit is written; any other unit is a count.
FORMATS: dict[str, Wording] = {
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


def table(
    frame: pd.DataFrame,
    key: str,
    caption: str,
    *,
    unit: Unit = unit_of,
    nok: Wording = numbers.thousands,
    total: bool = False,
    across: str = "",
    strong: Collection[str] = (),
) -> str:
    """A pandoc pipe table of `frame` with caption and id `tabell-key`.

    unit: column → its unit. nok: how amounts are written. total: the last row is a sum and is in bold, as do rows
    whose first cell is in `strong`. across: see `grid`.
    """
    heads, is_name, rows = grid(frame, key, unit=unit, nok=nok, across=across)
    last = {len(rows) - 1} if total else set()
    firsts = dict.fromkeys(frame.iloc[:, 0]) if across else frame.iloc[:, 0]
    bold = last | {i for i, first in enumerate(firsts) if first in strong}
    return _pipe_table(heads, is_name, rows, key, caption, bold)


def grid(
    frame: pd.DataFrame, key: str, *, unit: Unit = unit_of, nok: Wording = numbers.thousands, across: str = ""
) -> tuple[list[str], list[bool], list[list[str]]]:
    """The heads of a table as the report writes it, which of its columns name a row, and its rows' cells.

    across: the column whose values have a column each, as they come, the sum last; the frame's last column is then the
    measure, and those before the two name a row.
    """
    if across:
        return _grid_across(frame, key, unit, nok, across)
    units = [unit(c) for c in frame.columns]
    rows = [
        [cell(*given, nok) for given in zip(frame.columns, row, units, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    return [label(c, key) for c in frame.columns], [of in NAMES for of in units], rows


def _grid_across(
    frame: pd.DataFrame, key: str, unit: Unit, nok: Wording, across: str
) -> tuple[list[str], list[bool], list[list[str]]]:
    measure, wide = frame.columns[-1], wide_of(frame, across)
    names = list(wide.index.names)
    of_column = numbers.month_name if across == "month" else partial(cell, across)
    heads = [*(label(name, key) for name in names), *map(of_column, wide.columns)]
    rows = []
    for name, row in zip(wide.index, wide.to_numpy(dtype=object), strict=True):
        first = map(cell, names, name if isinstance(name, tuple) else [name])
        rows.append([*first, *(_value(measure, value, unit, nok, across) for value in row)])
    return heads, [i < len(names) for i in range(len(heads))], rows


def wide_of(frame: pd.DataFrame, across: str) -> pd.DataFrame:
    """The frame's last column with the values of `across` as columns; municipalities as they come, sums last."""
    *names, measure = frame.columns.drop(across)
    wide = frame.set_index([*names, across])[measure].unstack(sort=False)
    return wide[sorted(wide.columns, key=SUM.__eq__)] if across == "municipality" else wide.sort_index(axis=1)


def _value(measure: str, value: object, unit: Unit, nok: Wording, across: str) -> str:
    # A municipality that has no part in a row has an empty cell there.
    return "" if across == "municipality" and pd.isna(value) else cell(measure, value, unit(measure), nok)


def csv(frame: pd.DataFrame, unit: Unit = unit_of) -> str:
    """`frame` as a Norwegian spreadsheet reads it: semicolons, decimal commas, labels and terms in Norwegian.

    A text that a spreadsheet would take for a formula is written after an apostrophe.
    """
    names = [c for c in frame.columns if unit(c) == "text"]
    texts = {c: frame[c].map(lambda value, c=c: inert(member(c, value)), na_action="ignore") for c in names}
    days = {c: frame[c].dt.strftime("%d.%m.%Y") for c in frame.columns if unit(c) == "date"}
    written = frame.assign(**texts, **days).rename(columns=label)
    return written.to_csv(sep=";", decimal=",", index=False, float_format="%.2f", lineterminator="\n")


def cell(column: str, value: object, unit: str = "", nok: Wording = numbers.thousands) -> str:
    """One value as the report writes it in a table, Markdown-safe. nok: how an amount is written."""
    unit = unit or unit_of(column)
    if pd.isna(value):
        return "" if unit in EMPTY_IF_MISSING else numbers.NO_VALUE
    if isinstance(value, str) and value == SUM:
        return sum_name()
    if unit == "text":
        return plain(member(column, value))
    written = OF_COLUMN.get(column) or (nok if unit == "NOK" else FORMATS.get(unit, numbers.integer))
    return written(value)


def _pipe_table(
    heads: list[str], is_name: list[bool], rows: list[list[str]], key: str, caption: str, strong: set[int]
) -> str:
    rows = [[f"**{text}**" if text and i in strong else text for text in row] for i, row in enumerate(rows)]
    rules = ["---" if name else "---:" for name in is_name]
    return "\n".join([_line(heads), _line(rules), *map(_line, rows), "", f": {caption} {{#tabell-{key}}}"])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
