"""Frames as Markdown tables: named as the language has it, numbers aligned right, the sum row in bold."""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from rorikt_lib.present import numbers
from rorikt_lib.present.language import label, member, sum_name
from rorikt_lib.present.markdown import plain
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.fields import unit as unit_of


def _plain_number(value: float) -> str:
    return numbers.integer(value) if float(value).is_integer() else numbers.decimal(value, 1)


# The class of a table that is folded away under the chart drawn from it.
FOLDED = " .folded"
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
    "positions": _plain_number,
    "change": lambda value: numbers.signed(numbers.integer(value)),
    # A month must not break over two lines of a narrow column.
    "month": lambda month: numbers.month_name(month).replace(" ", "\u00a0"),
    "date": lambda date: f"{date:%d.%m.%Y}",
}
# Units of columns that name a row, aligned left; and of those where nothing is better shown than a dash.
NAMES = {"text", "month", "date"}
# Columns that have an order of their own, whatever order their rows have.
TIMES = {"month", "year"}
EMPTY_IF_MISSING = {"text", "PCs"}


@dataclass(frozen=True)
class Column:
    """A column as it is shown: ours, its head, and the values that stand in it.

    name: of our column. over: the head that it has together with the columns beside it. blank: whether what is missing
    is left empty.
    """

    name: str
    head: str
    unit: str
    values: tuple[object, ...]
    over: str = ""
    blank: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it names rows, and is aligned left."""
        return self.unit in NAMES

    def cells(self, nok: Wording) -> list[str]:
        """Its values as the report writes them. nok: how amounts are written."""
        return ["" if self.blank and pd.isna(v) else cell(self.name, v, self.unit, nok) for v in self.values]


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
    folded: bool = False,
) -> str:
    """A pandoc pipe table of `frame` with caption and id `tabell-key`.

    unit: column → its unit. nok: how amounts are written. total: the last row is a sum and is in bold, as do rows
    whose first cell is in `strong`. across: see `columns_of`. folded: the page shows it to those who ask, paper does
    not. A head over several columns is written at each of them, `[september 2024]{.over} Brudd`, and a name that holds
    for several rows in each, `[Nordvik]{.again}`: whoever renders the table shows them once.
    """
    columns = columns_of(frame, key, unit=unit, across=across)
    heads = [(f"[{plain(c.over)}]{{.over}} " if c.over else "") + plain(c.head) for c in columns]
    rows = [list(row) for row in zip(*(column.cells(nok) for column in columns), strict=True)]
    last = {len(rows) - 1} if total else set()
    bold = last | {i for i, first in enumerate(columns[0].values) if first in strong}
    rows = [[f"**{text}**" if text and i in bold else text for text in row] for i, row in enumerate(rows)]
    is_name = [column.is_name for column in columns]
    return _pipe_table(heads, is_name, _once(rows) if all(is_name[:2]) else rows, key, caption, folded)


def _once(rows: list[list[str]]) -> list[list[str]]:
    """The rows, whose first cell is marked where it is that of the row before, and a second one tells them apart."""
    before = [None, *(row[0] for row in rows[:-1])]
    return [
        [f"[{first}]{{.again}}" if first and first == above and others[0] else first, *others]
        for above, (first, *others) in zip(before, rows, strict=True)
    ]


def columns_of(frame: pd.DataFrame, key: str, *, unit: Unit = unit_of, across: str = "") -> list[Column]:
    """The columns of a table as the report shows them, with our values.

    across: the column whose values stand side by side, times in order and others as they come, the sum last. What is
    before it in the frame names a row, and what is after it is measured at each of its values: one column each, or
    several below one head.
    """
    if not across:
        return [Column(c, label(c, key), unit(c), tuple(frame[c])) for c in frame.columns]
    wide = wide_of(frame, across)
    names = wide.index.to_frame(index=False)
    columns = [Column(c, label(c, key), unit(c), tuple(names[c])) for c in names]
    several = wide.columns.get_level_values(1).nunique() > 1
    for value, measure in wide.columns:
        head = numbers.month_name(value) if across == "month" else _name(across, value)
        heads = {"head": label(measure, key), "over": head} if several else {"head": head}
        # A municipality that has no part in a row has an empty cell there.
        blank = across == "municipality"
        columns.append(Column(measure, unit=unit(measure), values=tuple(wide[value, measure]), blank=blank, **heads))
    return columns


def wide_of(frame: pd.DataFrame, across: str) -> pd.DataFrame:
    """The columns after `across` for each of its values: (value, measure); times in order, others as they come."""
    place = frame.columns.get_loc(across)
    names, measures = frame.columns[:place], frame.columns[place + 1 :]
    wide = frame.set_index([*names, across])[[*measures]].unstack(sort=False)
    values = dict.fromkeys(frame[across])
    # Our names of priorities and weekdays have no order that a reader knows.
    ordered = sorted(values) if across in TIMES else sorted(values, key=SUM.__eq__)
    return wide.swaplevel(axis=1)[[(value, measure) for value in ordered for measure in measures]]


def _name(column: str, value: object) -> str:
    """What a value that others stand below is called, as text."""
    if value == SUM:
        return sum_name()
    return " ".join(member(column, value).split())


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
    heads: list[str], is_name: list[bool], rows: list[list[str]], key: str, caption: str, folded: bool
) -> str:
    rules = ["---" if name else "---:" for name in is_name]
    return "\n".join(
        [_line(heads), _line(rules), *map(_line, rows), "", f": {caption} {{#tabell-{key}{FOLDED * folded}}}"]
    )


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
