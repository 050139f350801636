"""What makes a long export quick to read: a text that repeats is read once, and rows are copied only to leave some out.

Accounts, dates and names repeat; of a million lines there are a few hundred of each.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# So few cells are read as they are, and so many of more say whether texts repeat: those of which there are so many on
# average.
_FEW, _TIMES = 2000, 4


def each_once(cells: pd.Series, read: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """`read(cells)`, worked out of each text once; for what a text gives whatever row it stands in.

    Where texts repeat, `read` is given each in the order, and under the index, of the first row that has it: an error
    that names a row names the same one.
    """
    if len(cells) <= _FEW or not _repeat(cells.array[:: len(cells) // _FEW], len(cells)):
        return read(cells)
    codes, texts = pd.factorize(cells.array, use_na_sentinel=False)
    first = np.empty(len(texts), dtype="int64")
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    found = read(pd.Series(texts, index=cells.index[first], name=cells.name))
    return pd.Series(found.array.take(codes), index=cells.index, name=found.name)


def all_once(columns: pd.DataFrame, read: Callable[[pd.Series], pd.Series]) -> dict[str, pd.Series]:
    """The same for several columns of texts of one kind, as the times of a case are: read once in all of them."""
    if len(columns) <= _FEW:
        return {name: read(columns[name]) for name in columns}
    pieces = [pa.array(columns[name].array) for name in columns]
    chunks = [chunk for piece in pieces for chunk in (piece.chunks if isinstance(piece, pa.ChunkedArray) else [piece])]
    coded = pa.chunked_array(chunks).dictionary_encode(null_encoding="encode").combine_chunks()
    texts = pd.Series(pd.array(coded.dictionary, dtype="str"))
    found = read(texts).array
    codes = coded.indices.to_numpy().reshape(columns.shape[1], len(columns))
    return {n: pd.Series(found.take(own), index=columns.index) for n, own in zip(columns, codes, strict=True)}


def holds(cells: pd.Series, pattern: str) -> pd.Series:
    """Which cells have what a pattern says in them; a missing one has nothing."""
    return each_once(cells, lambda texts: texts.str.contains(pattern).fillna(False).astype(bool))


def rows_once(rows: pd.DataFrame, columns: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """The first of all rows that are alike in these columns, and of each row the place of its own among them."""
    filled = [name for name in columns if rows[name].notna().any()]
    if not filled:
        return np.zeros(len(rows), dtype="int64"), rows.head(1)
    alike = rows.groupby(filled, dropna=False, sort=False).ngroup().to_numpy()
    return alike, rows[~pd.Series(alike).duplicated().to_numpy()]


def without(rows: pd.DataFrame, gone: pd.Series) -> pd.DataFrame:
    """The rows but for those that are `gone`; they themselves, and no copy, where none is."""
    return rows[~gone] if gone.any() else rows


def without_blanks(texts: pd.Series) -> pd.Series:
    """The texts, missing where they are empty; they themselves, and no copy, where none is."""
    return texts.mask(blank) if (blank := texts == "").any() else texts


def stripped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column's texts without white space around them; itself, and no copy, where texts repeat and have none."""
    places = np.arange(0, len(column), max(1, len(column) // _FEW))
    if len(column) <= _FEW or not _repeat(column.take(places).to_numpy(), len(column)):
        return pc.utf8_trim_whitespace(column)
    coded = column.dictionary_encode()
    texts = coded.chunk(0).dictionary
    plain = pc.utf8_trim_whitespace(texts)
    if plain.equals(texts):
        return column
    return pa.chunked_array([plain.take(chunk.indices) for chunk in coded.chunks], plain.type)


def _repeat(sample: np.ndarray | pd.api.extensions.ExtensionArray, count: int) -> bool:
    """Whether each text of `count` cells stands there several times, as those in a sample that have been before tell.

    Of n texts drawn from k different ones, n² / 2k have. Blanks say nothing of the texts beside them.
    """
    texts = pd.Series(sample).dropna()
    texts = texts[texts != ""]
    return texts.duplicated().sum() > min(len(texts) / 2, _TIMES * len(sample) * len(texts) / (2 * count))
