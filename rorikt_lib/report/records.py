"""A declared table's numbers as records of figures.csv: figure, period, dimension, member, value, unit (unrounded)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

import numpy as np
import pandas as pd

from rorikt_lib.present.language import stable_member
from rorikt_lib.report.declare import Figure, Table
from rorikt_lib.terms.fields import unit
from rorikt_lib.workbook import Workbook, if_there

COLUMNS = ["figure", "period", "dimension", "member", "value", "unit"]
_TYPES = {column: "float" if column == "value" else "str" for column in COLUMNS}
_NONE = pd.DataFrame(columns=COLUMNS).astype(_TYPES)
# Units that the frame has in its column `unit`.
IN_COLUMN = {"decimal", "number"}


def records(table: Table, book: Workbook) -> pd.DataFrame:
    """One row per row and figure of the table whose value is known; none where the report has not its source."""
    return all_records([table], book)


def all_records(tables: Iterable[Table], book: Workbook) -> pd.DataFrame:
    """The records of several tables, one after the other."""
    parts = [part for table in tables for part in _parts(table, book)]
    if not parts:
        return _NONE
    # A frame for each figure, or each table, would take most of the time.
    made = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return pd.DataFrame(made).assign(period=book.month)[COLUMNS].astype(_TYPES)


def _parts(table: Table, book: Workbook) -> list[dict[str, np.ndarray]]:
    frame = if_there(table.frame, book)
    figures = {} if frame is None else {c: _figure(given, table) for c, given in table.figures.items() if c in frame}
    keys = {str(figure.by): key_of(frame, figure.by) for figure in figures.values()}
    return [_of_column(frame, column, figure.name, keys[str(figure.by)], table) for column, figure in figures.items()]


def _figure(given: str | Figure, table: Table) -> Figure:
    named = given if isinstance(given, Figure) else Figure(given)
    return named if named.by is not None else Figure(named.name, table.by)


def _of_column(
    frame: pd.DataFrame, column: str, figure: str, key: tuple[list[str], list[str]], table: Table
) -> dict[str, np.ndarray]:
    value = frame[column].to_numpy(float, na_value=np.nan)
    known = np.flatnonzero(~np.isnan(value))
    is_given = unit(column) in IN_COLUMN and "unit" in frame
    units = frame["unit"].to_numpy(object)[known] if is_given else _repeated(table.unit(column), known)
    dimension, member = (np.array(names, dtype=object)[known] for names in key)
    named = {"figure": _repeated(figure, known), "dimension": dimension, "member": member}
    return named | {"value": value[known], "unit": units}


def _repeated(text: str, known: np.ndarray) -> np.ndarray:
    return np.full(len(known), text, dtype=object)


def key_of(frame: pd.DataFrame, by: Sequence[str] | Mapping[str, str]) -> tuple[list[str], list[str]]:
    """dimension and member of each row: what is missing in it, as in a row of sums, is left out of both."""
    names = by if isinstance(by, Mapping) else {column: column for column in by}
    columns = [_texts(name, frame[column]) for column, name in names.items()]
    dimensions, members = [], []
    for row in zip(*columns, strict=True) if columns else repeat((), len(frame)):
        known = [(name, text) for name, text in zip(names.values(), row, strict=True) if text]
        dimensions.append("|".join(name for name, _ in known))
        members.append("|".join(text for _, text in known))
    return dimensions, members


def _texts(dimension: str, values: pd.Series) -> list[str]:
    return ["" if missing else _text(dimension, value) for value, missing in zip(values, values.isna(), strict=True)]


def _text(dimension: str, value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    # A year beside a missing one is a float.
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else stable_member(dimension, value)
    # The bar is what parts of a member are joined by.
    return text.replace("|", "¦")
