"""A Parquet file as cells of text, written as those of an Excel file are; whole columns at once."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rorikt_lib.errors import InputError

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


def parquet_rows(path: Path, name: str) -> pd.DataFrame:
    """The column names on line 1, the rows from line 2; columns 0, 1, … of text, "" where a value is missing."""
    table = parquet_table(path, name)
    columns = []
    for header, column in zip(table.column_names, table.columns, strict=True):
        text = pc.fill_null(text_cells(column, header, name), "")
        columns.append(pa.chunked_array([[header.strip()], *text.chunks], pa.string()))
    numbered = pa.table(columns, names=[str(place) for place in range(len(columns))])
    rows = numbered.to_pandas(types_mapper={pa.string(): TEXT}.get)
    return rows.set_axis(range(len(columns)), axis=1).set_axis(range(1, len(rows) + 1), axis=0)


def parquet_table(path: Path, name: str) -> pa.Table:
    """The file as it is; InputError where it is no Parquet or cut short, or two columns have the same name."""
    try:
        with pq.ParquetFile(path) as file:
            table = file.read()
    except (pa.ArrowException, OSError) as error:
        problem = f"not a readable Parquet file ({str(error).splitlines()[0][:120]})"
        raise InputError(problem, file=name, remedy="export it again") from None
    if twice := sorted({column for column in table.column_names if table.column_names.count(column) > 1}):
        remedy = "export again with one of them, or give the other one another name"
        raise InputError(f"two columns are called {', '.join(twice)}", file=name, remedy=remedy)
    return table


def text_cells(column: pa.ChunkedArray, header: str, name: str) -> pa.ChunkedArray:
    """A column as text without white space around it, null where it has no value. Times without a zone are ISO.

    A number is written the Norwegian way (1234,5), never with three decimals. InputError for a column of lists,
    records or bytes.
    """
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    try:
        text = column.cast(kind).cast(pa.string())
    except pa.ArrowException:
        remedy = "export it without that column, or as text"
        raise InputError(f"column {header} holds {kind}, which is no text", file=name, remedy=remedy) from None
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _number_text(text)
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        return pc.replace_substring_regex(text, r"(?: 00:00:00)?(?:\.0+)?$", "")
    return pc.utf8_capitalize(text) if pa.types.is_boolean(kind) else pc.utf8_trim_whitespace(text)


def _number_text(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """From texts such as 384, 1234.50, 1e-7 and nan (which is no value)."""
    text = pc.if_else(pc.equal(text, "nan"), None, _without_exponent(text))
    text = pc.replace_substring_regex(text, r"^(-?\d+(?:\.\d*[1-9])?)\.?0*$", r"\1")
    return pc.replace_substring_regex(pc.replace_substring(text, ".", ","), r"(,\d{3})$", r"\10")


def _without_exponent(text: pa.ChunkedArray) -> pa.ChunkedArray:
    exponent = pc.match_substring_regex(text, r"\d[eE]")
    if not pc.any(exponent).as_py():
        return text
    plain = [format(Decimal(number), "f") for number in text.filter(exponent).to_pylist()]
    return pa.chunked_array([pc.replace_with_mask(text.combine_chunks(), exponent.combine_chunks(), pa.array(plain))])
