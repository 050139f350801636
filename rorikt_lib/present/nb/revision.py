"""What a revised report says of the one before it: why it was made, and every figure that is another."""

import re
from collections.abc import Callable, Sequence

import pandas as pd

from rorikt_lib.present import numbers, tables
from rorikt_lib.present.language import label, members, shown_member, sum_name
from rorikt_lib.present.nb.grammar import count
from rorikt_lib.terms.fields import SUM

HEADING = "Endringer fra revisjon {before} til revisjon {revision}"
ABSENT = "ikke med"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_UNITS = {"NOK": "kr"}
DECIMALS = (0, 1, 2, 4, 6, 9)
POINTS = "prosentpoeng"


def name(revision: int) -> str:
    """`Revisjon 2`."""
    return f"Revisjon {revision}"


def summary(changes: pd.DataFrame, before: int) -> str:
    """How many figures are others than in the revision before; changes: see terms.figure_changes."""
    if changes.empty:
        return f"Ingen tall er andre enn i revisjon {before}."
    return f"{count(len(changes), 'tall er et annet', 'tall er andre')} enn i revisjon {before}, se tabell R."


def table(changes: pd.DataFrame, named: Callable[[str], str], before: int, revision: int) -> str:
    """A Markdown table of every figure that is another, old and new side by side; named: what a figure is called."""
    heads = ["Tall", "Gjelder", name(before), name(revision), label("change")]
    rows = [_row(row, named) for row in changes.itertuples(index=False)]
    lines = [heads, ["---", "---", "---:", "---:", "---:"], *rows]
    caption = f": Tabell R. Hvert tall som er et annet enn i revisjon {before}. {{#tabell-revisjon}}"
    return "\n".join([*(f"| {' | '.join(cells)} |" for cells in lines), "", caption])


def _row(row: object, named: Callable[[str], str]) -> list[str]:
    then, now = _told_apart(row.published, row.now, row.unit)
    return [tables.plain(named(row.figure)), place(row.member), then, now, _change(row.change, row.unit)]


def place(record: str) -> str:
    """Which line, month or municipality a record is of: `september 2024, Medium`."""
    parts = [sum_name() if part == SUM else shown_member(part) for part in record.split("|") if part]
    return tables.plain(", ".join(numbers.month_name(part) if _MONTH.fullmatch(part) else part for part in parts))


def _told_apart(then: float, now: float, unit: str) -> list[str]:
    """Old and new in their unit, with so many decimals that they are seen to differ."""
    texts: list[str] = []
    for decimals in _decimals(unit, [then, now]):
        texts = [ABSENT if pd.isna(value) else _in_unit(value, unit, decimals) for value in (then, now)]
        if texts[0] != texts[1]:
            break
    return texts


def _change(change: float, unit: str) -> str:
    if pd.isna(change):
        return numbers.NO_VALUE
    for decimals in _decimals(unit, [change]):
        text = numbers.signed(_in_unit(change, unit, decimals).replace("%", POINTS))
        if text.startswith(("+", numbers.MINUS)):
            break
    return text


def _decimals(unit: str, values: Sequence[float]) -> Sequence[int]:
    """How many decimals to try: from none for kroner and for what is counted in whole numbers."""
    is_whole = all(float(value).is_integer() for value in values if pd.notna(value))
    return DECIMALS if unit == "NOK" or (is_whole and unit != "share") else DECIMALS[1:]


def _in_unit(value: float, unit: str, decimals: int) -> str:
    if unit == "share":
        return numbers.percent(value, decimals)
    called = _UNITS.get(unit, members("unit").get(unit, ""))
    return "\u00a0".join(filter(None, (numbers.decimal(value, decimals), called)))
