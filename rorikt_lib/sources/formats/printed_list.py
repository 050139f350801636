"""A printed list: names, columns of numbers, and rows that say Sum."""

from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.parse import UnclearSign, parse_amount
from rorikt_lib.sources.reading.rows import read_rows
from rorikt_lib.sources.reading.totals import is_label
from rorikt_lib.sources.reading.written_numbers import read_numbers

COLUMNS = ["line", "name", "is_total", "column", "printed_nok"]


def read_list(path: Path, sign: str | None = None) -> pd.DataFrame:
    """One row per line and column of numbers: line, name, is_total, column (its header) and printed_nok (Fraction).

    A column of numbers is one where every filled cell is one; years and the like, that stand left of the first text,
    are names. InputError where no row says Sum or Total.
    """
    rows, _ = read_rows(path)
    heads, body = rows.iloc[0].fillna(""), rows.iloc[1:].where(rows.iloc[1:] != "")
    texts = [c for c in body.columns if not _are_numbers(body[c].astype("str"))]
    is_total = body[texts].apply(is_label).any(axis=1) if texts else pd.Series(False, index=body.index)
    if not is_total.any():
        remedy = "give a table with keys and printed amounts, or with a row that says Sum"
        raise InputError("nothing in the table can be recomputed", file=path, remedy=remedy)
    names = body[texts].fillna("").agg(" ".join, axis=1)
    lines = pd.Series(body.index, body.index)
    named = pd.DataFrame({"line": lines, "name": names, "is_total": is_total})
    parts = [
        named.assign(column=heads[c], printed_nok=read_numbers(body[c].rename(heads[c]), lines, path, sign))
        for c in body.columns[max(texts) + 1 :]
        if heads[c]
    ]
    if not parts:
        raise InputError("the table has no numbers", file=path, remedy="give a table with printed amounts")
    return pd.concat(parts, ignore_index=True)[COLUMNS].dropna(subset="printed_nok")


def _are_numbers(cells: pd.Series) -> bool:
    """Whether every filled cell is a number, be it one that can be read both ways."""
    try:
        return not (parse_amount(cells, None).isna() & cells.notna()).any()
    except UnclearSign:
        return True
