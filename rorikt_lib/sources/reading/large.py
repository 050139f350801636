"""What makes a long export quick to read: a text that repeats is read once, and rows are copied only to leave some out.

Accounts, dates and names repeat; of a million lines there are a few hundred of each.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from rorikt_lib.sources.reading.parquet_rows import TEXT

# So few cells are read as they are, and so many of more say whether texts repeat: those of which there are so many on
# average.
_FEW, _TIMES = 2000, 4
# The bytes that a blank at an end of a text may begin or end with: those of ASCII, and all of letters of several.
_MAY_BE_BLANK = np.array([chr(byte).isspace() or byte >= 0x80 for byte in range(256)])


def each_once(cells: pd.Series, read: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """`read(cells)`, worked out of each text once; for what a text gives whatever row it stands in.

    Where texts repeat, `read` is given each in the order, and under the index, of the first row that has it: an error
    that names a row names the same one.
    """
    if len(cells) <= _FEW or not _repeat(pa.array(cells.array)):
        return read(cells)
    codes, texts = pd.factorize(cells.array, use_na_sentinel=False)
    first = np.empty(len(texts), dtype="int64")
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    found = read(pd.Series(texts, index=cells.index[first], name=cells.name))
    return pd.Series(found.array.take(codes), index=cells.index, name=found.name)


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


def masked(values: pd.Series, where: pd.Series, *by: object) -> pd.Series:
    """The values, missing (or `by`) where a condition holds; they themselves, and no copy, where it never does."""
    return values.mask(where, *by) if where.any() else values


def without_blanks(texts: pd.Series) -> pd.Series:
    """The texts, missing where they are empty: the same bytes in memory, and beside them which are filled."""
    chunks = _chunks(texts)
    filled = [_filled(chunk) for chunk in chunks]
    if all(of.all() for of in filled):
        return texts
    known = pa.chunked_array(map(_with_known, chunks, filled), pa.large_string())
    return known.to_pandas(types_mapper={pa.large_string(): TEXT}.get).set_axis(texts.index).rename(texts.name)


def _with_known(chunk: pa.LargeStringArray, known: np.ndarray) -> pa.LargeStringArray:
    """The same texts, missing where they are not known."""
    bits = np.packbits(np.concatenate([np.zeros(chunk.offset, dtype=bool), known]), bitorder="little")
    _, *texts = chunk.buffers()
    return pa.Array.from_buffers(chunk.type, len(chunk), [pa.py_buffer(bits), *texts], offset=chunk.offset)


def stripped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column's texts (large_string) without white space around them; itself, and no copy, where none has any."""
    if not any(_may_have_blanks_around(chunk) for chunk in column.chunks):
        return column
    if len(column) <= _FEW or not _repeat(column):
        return pc.utf8_trim_whitespace(column)
    coded = column.dictionary_encode()
    texts = coded.chunk(0).dictionary
    plain = pc.utf8_trim_whitespace(texts)
    if plain.equals(texts):
        return column
    return pa.chunked_array([plain.take(chunk.indices) for chunk in coded.chunks], plain.type)


def _may_have_blanks_around(chunk: pa.LargeStringArray) -> bool:
    """Whether a text begins or ends with a blank, or with a letter of several bytes, which may be one."""
    return any(bool(_MAY_BE_BLANK[signs].any()) for signs in _ends(chunk))


def first_bytes(texts: pd.Series) -> np.ndarray:
    """The first byte of each text in UTF-8; 0 where it is empty or missing."""
    found = np.zeros(len(texts), dtype="uint8")
    start = 0
    for chunk in _chunks(texts):
        found[start : start + len(chunk)][_filled(chunk)] = _ends(chunk)[0]
        start += len(chunk)
    return found


def _chunks(texts: pd.Series) -> list[pa.LargeStringArray]:
    column = pa.array(texts.array).cast(pa.large_string())
    return column.chunks if isinstance(column, pa.ChunkedArray) else [column]


def _filled(chunk: pa.LargeStringArray) -> np.ndarray:
    return pc.fill_null(pc.greater(pc.binary_length(chunk), 0), False).to_numpy(zero_copy_only=False)


def _ends(chunk: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last byte of each text that has any."""
    filled = _filled(chunk)
    if not filled.any():
        return np.zeros(0, dtype="uint8"), np.zeros(0, dtype="uint8")
    _, borders, signs = (buffer and np.frombuffer(buffer, dtype="uint8") for buffer in chunk.buffers())
    borders = borders.view("int64")[chunk.offset :][: len(chunk) + 1]
    begins, ends = borders[:-1], borders[1:] - 1
    return (signs[begins], signs[ends]) if filled.all() else (signs[begins[filled]], signs[ends[filled]])


def _repeat(column: pa.Array | pa.ChunkedArray) -> bool:
    """Whether each text of a column stands there several times, as those in a sample that have been before tell.

    Of n texts drawn from k different ones, n² / 2k have. Blanks say nothing of the texts beside them, but a sample of
    blanks alone is of one text.
    """
    sample = _sample(column)
    texts = sample.dropna()
    texts = texts[texts != ""]
    if texts.empty:
        return True
    return texts.duplicated().sum() > min(len(texts) / 2, _TIMES * len(sample) * len(texts) / (2 * len(column)))


def _sample(column: pa.Array | pa.ChunkedArray) -> pd.Series:
    """Some texts of a long column, in even distances; of each piece by itself, as else all are put together first."""
    places = np.arange(0, len(column), len(column) // _FEW)
    pieces = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    ends = np.cumsum([len(piece) for piece in pieces])
    own = [
        places[(places >= end - len(piece)) & (places < end)] - (end - len(piece))
        for piece, end in zip(pieces, ends, strict=True)
    ]
    return pd.concat([piece.take(pa.array(at)).to_pandas() for piece, at in zip(pieces, own, strict=True)])
