"""What a revised report says of the one before it: why it was made, and every figure that is another."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from rorikt_lib.present import numbers, tables
from rorikt_lib.present.language import SUM_NAME, label, members
from rorikt_lib.present.nb.grammar import count
from rorikt_lib.present.stated import number
from rorikt_lib.terms.fields import SUM

HEADING = "Endringer fra revisjon {before} til revisjon {revision}"
ABSENT = "ikke med"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DECIMALS = (0, 1, 2, 4, 6, 9)
_SHORT, _LONG = 1, 2
_UNITS = {"NOK": "kr", "share": ""}


def name(revision: int) -> str:
    """`Revisjon 2`."""
    return f"Revisjon {revision}"


def summary(changes: pd.DataFrame, before: int) -> str:
    """How many figures are others than in the revision before; changes: see terms.figure_changes."""
    if changes.empty:
        return f"Ingen tall er andre enn i revisjon {before}."
    return f"{count(number(changes.figure), 'tall er et annet', 'tall er andre')} enn i revisjon {before}."


def table(changes: pd.DataFrame, named: Callable[[str], str], before: int, revision: int) -> str:
    """A Markdown table of every figure that is another, old and new side by side; named: what a figure is called."""
    heads = ["Tall", "Gjelder", name(before), name(revision), label("change")]
    rows = [_row(row, named) for row in changes.itertuples(index=False)]
    lines = [heads, ["---", "---", "---:", "---:", "---:"], *rows]
    caption = f": Tabell R. Hvert tall som er et annet enn i revisjon {before}. {{#tabell-revisjon}}"
    return "\n".join([*(f"| {' | '.join(cells)} |" for cells in lines), "", caption])


def _row(row: object, named: Callable[[str], str]) -> list[str]:
    then, now, change = _written([row.published, row.now, row.change], row.unit)
    signed = numbers.signed(change) if change else numbers.NO_VALUE
    return [tables.plain(named(row.figure)), place(row.member), then or ABSENT, now or ABSENT, signed]


def place(record: str) -> str:
    """Which line, month or municipality a record is of: `september 2024, Medium`."""
    parts = [SUM_NAME if part == SUM else part for part in record.split("|") if part]
    return tables.plain(", ".join(numbers.month_name(part) if _MONTH.fullmatch(part) else part for part in parts))


def _written(values: Sequence[float], unit: str) -> list[str]:
    """The values in their unit, with so many decimals that what differs is seen to; missing is empty."""
    known = [value for value in values if pd.notna(value)]
    for decimals in _decimals(unit, known):
        texts = [_in_unit(value, unit, decimals) if pd.notna(value) else "" for value in values]
        if len(known) == 1 or texts[0] != texts[1]:
            break
    return texts


def _decimals(unit: str, values: Sequence[float]) -> Sequence[int]:
    """How many decimals to try: from none for what is counted in whole numbers."""
    is_whole = unit == "NOK" or all(float(value).is_integer() for value in values)
    return _DECIMALS[0 if is_whole else _SHORT :]


def _in_unit(value: float, unit: str, decimals: int) -> str:
    write = (
        partial(numbers.percent, decimals=decimals) if unit == "share" else partial(numbers.decimal, decimals=decimals)
    )
    called = _UNITS.get(unit, members("unit").get(unit, ""))
    return f"{write(value)}\u00a0{called}" if called else write(value)
