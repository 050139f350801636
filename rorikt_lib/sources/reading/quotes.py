"""Quotation marks that stand astray: what is a cell of several lines, and what are rows that a cell has swallowed."""

import csv
import re

import numpy as np
import pandas as pd

from rorikt_lib.errors import InputError

_LETTER = r"[^\W\d_]"
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
_MODEL_ROWS = 1000
_SHOWN = 10


def cells_alone(line: str, delimiter: str) -> list[str]:
    """The cells of one line that stands alone; a quotation mark without its twin is a character as any other."""
    return line.split(delimiter) if line.count('"') % 2 else next(csv.reader([line], delimiter=delimiter), [])


def refuse_swallowed_rows(rows: pd.DataFrame, breaks: np.ndarray, content: bytes, delimiter: str, name: str) -> None:
    """InputError where a quoted cell of several lines has lines in it that look like rows of the file.

    rows: index = the line each begins on. breaks: line breaks within each row. A line looks like a row where it has
    as many cells, and they are another row's, as a header's, or most of those have no letters that have none in the
    rows of one line: amounts, dates, accounts.
    """
    spanning = np.flatnonzero(breaks)
    if not len(spanning):
        return
    lines, enough = _LINE_BREAK.split(content), rows.shape[1] - 1
    mark = delimiter.encode()
    inner = {
        number: [cell.strip() for cell in cells]
        for first, count in zip(rows.index[spanning], breaks[spanning], strict=True)
        for number in range(first + 1, first + count + 1)
        if lines[number - 1].count(mark) >= enough
        and len(cells := cells_alone(lines[number - 1].decode(errors="replace"), delimiter)) == rows.shape[1]
    }
    found = _like(pd.DataFrame.from_dict(inner, orient="index", columns=rows.columns, dtype="str"), rows[breaks == 0])
    if len(found):
        first = int(rows.index[rows.index < found[0]][-1])
        shown = ", ".join(map(str, found[:_SHOWN])) + f" and {len(found) - _SHOWN} more" * (len(found) > _SHOWN)
        problem = f"a cell in quotation marks runs on over lines that look like rows of their own: {shown}"
        remedy = "remove the quotation mark that has no twin on its own line, or double it"
        raise InputError(problem, file=name, line=first, remedy=remedy)


def _like(inner: pd.DataFrame, rows: pd.DataFrame) -> list[int]:
    """The lines of `inner` that are rows, or have cells without letters where these have; all where no column tells."""
    if inner.empty:
        return []
    model = rows.head(_MODEL_ROWS)
    plain = [c for c in rows.columns if _plain(model[c]).sum() >= max(1, _lettered(model[c]).sum())]
    if not plain:
        return [*inner.index]
    texts = {*map(tuple, model.fillna("").itertuples(index=False))}
    copies = pd.Series([tuple(cells) in texts for cells in inner.fillna("").itertuples(index=False)], inner.index)
    with_none = sum(_plain(inner[c]).astype(int) for c in plain)
    with_some = sum(_lettered(inner[c]).astype(int) for c in plain)
    return [*inner.index[copies | (with_none > with_some)]]


def _lettered(cells: pd.Series) -> pd.Series:
    return cells.str.contains(_LETTER).fillna(False).astype(bool)


def _plain(cells: pd.Series) -> pd.Series:
    """Filled, and without letters."""
    return cells.fillna("").str.strip().ne("") & ~_lettered(cells)
