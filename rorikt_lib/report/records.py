"""A declared table's numbers as records of figures.csv: figure, period, dimension, member, value, unit (unrounded)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rorikt_lib.present.language import stable_member
from rorikt_lib.report.declare import Figure, Table
from rorikt_lib.terms.fields import unit
from rorikt_lib.workbook import Workbook, if_there

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]
_NONE = pd.DataFrame(columns=COLUMNS).astype({"value": float})
# Units that the frame has in its column `unit`.
IN_COLUMN = {"decimal", "number"}


def records(table: Table, book: Workbook) -> pd.DataFrame:
    """One row per row and figure of the table whose value is known; none where the report has not its source."""
    frame = if_there(table.frame, book)
    if frame is None:
        return _NONE
    figures = {c: _figure(given, table) for c, given in table.figures.items() if c in frame}
    parts = [_of_column(frame, column, figure, table) for column, figure in figures.items()]
    made = pd.concat(parts, ignore_index=True) if parts else _NONE
    return made.assign(period=book.month)[COLUMNS].dropna(subset="value").reset_index(drop=True)


def _figure(given: str | Figure, table: Table) -> Figure:
    named = given if isinstance(given, Figure) else Figure(given)
    return named if named.by is not None else Figure(named.name, table.by)


def _of_column(frame: pd.DataFrame, column: str, figure: Figure, table: Table) -> pd.DataFrame:
    known = frame[frame[column].notna()]
    dimension, members = key_of(known, figure.by)
    return pd.DataFrame(
        {
            "figure": figure.name,
            "dimension": dimension,
            "member": members,
            "value": known[column].astype(float),
            "unit": known["unit"] if unit(column) in IN_COLUMN and "unit" in known else table.unit(column),
        }
    )


def key_of(frame: pd.DataFrame, by: Sequence[str] | Mapping[str, str]) -> tuple[list[str], list[str]]:
    """dimension and member of each row: what is missing in it, as in a row of sums, is left out of both."""
    names = by if isinstance(by, Mapping) else {column: column for column in by}
    written = {c: ["" if pd.isna(value) else _text(name, value) for value in frame[c]] for c, name in names.items()}
    texts = pd.DataFrame(written, index=range(len(frame)))
    dimensions, members = [], []
    for row in texts.to_numpy():
        known = [(name, text) for name, text in zip(names.values(), row, strict=True) if text]
        dimensions.append("|".join(name for name, _ in known))
        members.append("|".join(text for _, text in known))
    return dimensions, members


def _text(dimension: str, value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    # A year beside a missing one is a float.
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else stable_member(dimension, value)
    # The bar is what parts of a member are joined by.
    return text.replace("|", "¦")
