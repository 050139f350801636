"""One ledger file, whatever its format, → the postings that count, in lines by one of its columns."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.classify import classify
from rorikt_lib.sources.formats.clean_parquet import NEEDED, clean_postings, is_clean
from rorikt_lib.sources.read_file import (
    ReadFile,
    accounted,
    check_readable,
    has_rows,
    known_formats,
    read_file,
    refuse_unknown_names,
    tables_of_rows,
)
from rorikt_lib.sources.reading.format import Format, normalise
from rorikt_lib.sources.reading.parquet_rows import parquet_table
from rorikt_lib.sources.reading.recognise import header_rows
from rorikt_lib.sources.reading.rows import PARQUET, read_rows
from rorikt_lib.terms.enums import Kind

COLUMNS = ["period", "posted_on", "line", "supplier_id", "amount_nok"]
_CLASSIFIED = ["line", "kind"]
_GROUPS = [
    *_CLASSIFIED, "account", "account_name", "cost_centre", "function", "project", "supplier_id", "supplier_name",
    "text", "voucher_no",
]  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """The postings of one file that count, and how many of its rows do not.

    postings: one row per posting, COLUMNS as the clean table has them, but for line (the group's value, missing where
    it is blank) and supplier_id (the supplier's name where there is no number). format: what the file was read as.
    unreadable: rows that could not be read. left_out: rows that do not count, by reason.
    """

    postings: pd.DataFrame
    format: str
    unreadable: int
    left_out: dict[str, int]


def read_ledger(path: Path, settings: Settings, mapping_name: str | None = None, group: str = "line") -> Ledger:
    """The postings of one file in lines by `group`: one of our fields, or a header of the file's own, as written.

    By line the accounts are classified, and only operating postings count; by anything else they need not be
    known. mapping_name: the only format that is tried. A Parquet file with our columns is taken as it is.
    InputError where the file is no ledger, too much of it is unreadable, or there is no such mapping or group.
    """
    if not path.is_file():
        raise InputError("there is no such file", file=path, remedy="give the path of one export")
    if mapping_name is None and path.suffix.lower() in PARQUET:
        table = parquet_table(path, path.name)
        if is_clean(table):
            choices = [column for column in table.column_names if column not in NEEDED]
            rows, refused = clean_postings(table, path.name, group)
            check_readable(refused, table.num_rows, path.name, settings.quality.quarantine_limit)
            _check_group(rows["line"], group, choices, path.name)
            return _counted(rows, group, "clean Parquet", len(refused), {})
    return _of_export(path, settings, mapping_name, group)


def _of_export(path: Path, settings: Settings, mapping_name: str | None, group: str) -> Ledger:
    formats = _formats(path, settings, mapping_name)
    file, cells = _read(path, settings, formats)
    rows, unreadable, left_out = _postings(file)
    if group in _CLASSIFIED:
        rows = _classified(rows, settings)
    fields = [field for field in _GROUPS if field in rows and rows[field].notna().any()]
    headers = header_rows(cells, [form for form in formats if form.table == "postings"])
    if group in fields:
        line = rows[group]
    else:
        line = _as_written(cells, headers, group, settings, path.name).reindex(rows.index)
    own = [cell for row in headers for cell in cells.loc[row].dropna() if cell]
    _check_group(line, group, list(dict.fromkeys([*_CLASSIFIED, *fields, *own])), path.name)
    return _counted(rows.assign(line=line, is_duplicate=False), group, file.source["format"], unreadable, left_out)


def _classified(rows: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    try:
        return classify(rows, settings)
    except InputError as error:
        raise error.or_else("give --group with another column of the file, such as account") from None


def _formats(path: Path, settings: Settings, mapping_name: str | None) -> list[Format]:
    """The formats to try on the file: all, or that of the one mapping."""
    known = known_formats(settings)
    if mapping_name is None:
        return known
    ledgers = [name for name, mapping in settings.mappings.items() if mapping.table == "postings"]
    if mapping_name not in ledgers:
        remedy = f"use one of: {'; '.join(ledgers)}" if ledgers else "describe the export there, under mappings"
        raise InputError(f"no mapping of postings is called {mapping_name}", file="workbook.yml", remedy=remedy)
    if not has_rows(path, path.name):
        remedy = "leave out --mapping, or export as .csv, .xlsx or .parquet"
        raise InputError("a mapping does not read this kind of file", file=path.name, remedy=remedy)
    return [form for form in known if form.name == mapping_name][-1:]


def _read(path: Path, settings: Settings, formats: list[Format]) -> tuple[ReadFile, pd.DataFrame]:
    """The file as rorikt clean reads it, and its cells where it is one of rows."""
    if has_rows(path, path.name):
        cells, unread = read_rows(path, path.name)
        tables = tables_of_rows(cells, unread, path.name, settings, formats)
        file = accounted(list(tables), path.name, settings)
        refuse_unknown_names([file], settings)
        return file, cells
    return read_file(path, path.name, settings), pd.DataFrame()


def _postings(file: ReadFile) -> tuple[pd.DataFrame, int, dict[str, int]]:
    """The file's postings, not yet classified; how many were unreadable, and how many rows were something else."""
    parts = [part for part in file.parts if part.table == "postings"]
    if not parts:
        problem = f"read as {file.source['format']}, which is no ledger"
        raise InputError(problem, file=file.source["source_file"], remedy="give an export of postings")
    rows = pd.concat([part.frame for part in parts])
    unreadable, set_aside = sum(len(part.quarantine) for part in parts), sum(part.set_aside for part in parts)
    others = file.source["rows_read"] - len(rows) - unreadable - set_aside
    return rows, unreadable, {"set aside": set_aside, "another table": others}


def _as_written(
    cells: pd.DataFrame, headers: dict[int, Format], group: str, settings: Settings, name: str
) -> pd.Series:
    """The cells below the header `group` (index = line), missing where blank or where the mapping says so."""
    starts = [*cells.index.get_indexer(list(headers)), len(cells)]
    found = [pd.Series(dtype="str")]
    for (line, form), (start, end) in zip(headers.items(), pairwise(starts), strict=True):
        mapping = settings.mappings.get(form.name)
        places = [place for place, cell in cells.loc[line].dropna().items() if normalise(cell) == normalise(group)]
        if len(places) > 1:
            remedy = "export again with one of them, or give the other one another header"
            raise InputError(f"{len(places)} columns are called {group}", file=name, line=line, remedy=remedy)
        for place in places:
            below = cells[place].iloc[start + 1 : end]
            found.append(below.mask(below.isin(["", *(mapping.missing if mapping else [])])))
    return pd.concat(found)


def _check_group(line: pd.Series, group: str, choices: list[str], name: str) -> None:
    if line.empty:
        raise InputError("there are no postings in it", file=name, remedy="export it again")
    if line.isna().all():
        remedy = f"use one of: {'; '.join(choices)}"
        raise InputError(f"no posting has a value for the group {group}", file=name, remedy=remedy)


def _counted(rows: pd.DataFrame, group: str, form: str, unreadable: int, left_out: dict[str, int]) -> Ledger:
    """The ledger without duplicates, and by line without investments."""
    once = rows[~rows["is_duplicate"]]
    kept = once[once["kind"] == Kind.OPERATING] if group == "line" else once
    reasons = left_out | {"duplicate": len(rows) - len(once), Kind.INVESTMENT: len(once) - len(kept)}
    postings = kept.assign(supplier_id=kept["supplier_id"].fillna(kept["supplier_name"]))[COLUMNS]
    counted = {reason: count for reason, count in reasons.items() if count}
    return Ledger(postings.reset_index(drop=True), form, unreadable, counted)
