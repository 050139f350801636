"""A clean table of postings as one Parquet file, as data/clean/postings.parquet or as somebody else made it."""

import numpy as np
import pandas as pd
import pyarrow as pa

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.sources.reading.parquet_rows import TEXT, text_cells
from rorikt_lib.sources.reading.parse import parse_accounting_period, parse_date
from rorikt_lib.terms.enums import Kind

NEEDED = {"period", "amount_nok"}
_REMEDY = "give --mapping NAME, which says how the file is written"
_TEXTS = ["period", "posted_on", "supplier_id", "supplier_name", "kind", "amount_nok"]


def is_clean(table: pa.Table) -> bool:
    """Whether the columns are named as a clean table of postings has them."""
    return set(table.column_names) >= NEEDED


def clean_postings(table: pa.Table, name: str, group: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per posting that can be read, and the quarantine of the others; index = line, the column names being 1.

    Columns: period, posted_on, line (the text of the column `group`), supplier_id, supplier_name, kind, amount_nok,
    is_duplicate; missing where the file has no such column, but kind is then operating and no row a duplicate.
    InputError where period is not YYYY-MM, or amount_nok no number.
    """
    texts = pd.DataFrame({field: _text(table, field, name) for field in _TEXTS}).assign(line=_text(table, group, name))
    period = parse_accounting_period(texts["period"])
    _refuse_period(texts["period"][texts["period"].notna() & (period != texts["period"])], name)
    amounts = _cast(table, "amount_nok", pa.float64(), name)
    duplicate = _cast(table, "is_duplicate", pa.bool_(), name) if "is_duplicate" in table.column_names else False
    parsed = texts.assign(
        posted_on=parse_date(texts["posted_on"]),
        kind=texts["kind"].fillna(Kind.OPERATING),
        amount_nok=amounts.where(np.isfinite(amounts)),
        is_duplicate=duplicate,
    )
    return accept("postings", RawTable(name, texts), parsed, ["period", "amount_nok"])


def _text(table: pa.Table, field: str, name: str) -> pd.Series:
    """The column's cells as text, missing where they are blank or the file has no such column."""
    lines = range(2, table.num_rows + 2)
    if field not in table.column_names:
        return pd.Series(None, index=lines, dtype="str")
    cells = text_cells(table.column(field), field, name).to_pandas().astype(TEXT).set_axis(lines)
    return cells.mask(cells == "")


def _cast(table: pa.Table, field: str, kind: pa.DataType, name: str) -> pd.Series:
    column = table.column(field)
    try:
        cells = column.cast(kind).fill_null(np.nan if pa.types.is_floating(kind) else False)
    except pa.ArrowException:
        raise InputError(f"column {field} is {column.type}, not {kind}", file=name, remedy=_REMEDY) from None
    return cells.to_pandas().set_axis(range(2, table.num_rows + 2))


def _refuse_period(wrong: pd.Series, name: str) -> None:
    if len(wrong):
        problem = f"column period has '{wrong.iloc[0][:60]}', which is no text as YYYY-MM"
        raise InputError(problem, file=name, line=int(wrong.index[0]), remedy=_REMEDY)
