"""Which parsed rows are good, and why the others are not."""

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.sources.reading.large import without
from rorikt_lib.sources.reading.parse import TOO_LARGE
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

# In English and in Norwegian.
_ERROR = r"#(?:N/A|I/T|REF!|VALUE!|VERDI!|DIV/0!|NAME\?|NAVN\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#{2,}"


def accept(table: str, raw: RawTable, parsed: pd.DataFrame, required: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split `parsed` (same index as raw.frame) into good rows and quarantine; see refusals."""
    bad, refused = refusals(table, raw, parsed, required)
    return without(parsed, bad), refused


def refusals(table: str, raw: RawTable, parsed: pd.DataFrame, required: list[str]) -> tuple[pd.Series, pd.DataFrame]:
    """Which rows of `parsed` (same index as raw.frame) are refused, and their quarantine.

    A row is refused when a required field is empty, when any field had a text that could not be read, as a number too
    large to be held exactly, and when a cell has a spreadsheet's error value: what it should say is not known.
    """
    missing: dict[int, str] = {}
    unreadable: dict[int, str] = {}
    for name in parsed.columns.intersection(raw.frame.columns):
        read = parsed[name].notna()
        if parsed[name].dtype == "float64":
            read &= ~(parsed[name].abs() >= TOO_LARGE)
        bad = ~read if name in required or read.all() else ~read & raw.frame[name].notna()
        bad |= _is_error(raw.frame[name])
        for line, text in raw.frame.loc[bad, name].items() if bad.any() else ():
            if line in missing or line in unreadable:
                continue
            if pd.isna(text):
                missing[line] = name
            else:
                unreadable[line] = f"{name}: '{text[:60]}'"
    if not missing and not unreadable:
        return pd.Series(False, index=parsed.index), empty("quarantine")
    lacking, illegible = (pd.Series(details, dtype="str").sort_index() for details in (missing, unreadable))
    refused = [
        quarantine(table, raw.source_file, raw.frame.loc[lacking.index], Finding.MISSING_VALUE, lacking),
        quarantine(table, raw.source_file, raw.frame.loc[illegible.index], Finding.UNREADABLE_VALUE, illegible),
    ]
    return pd.Series(parsed.index.isin([*missing, *unreadable]), index=parsed.index), pd.concat(refused)


def _is_error(cells: pd.Series) -> pd.Series:
    """Where a spreadsheet has written an error in place of a value, or hashes in place of one that had no room."""
    suspects = cells.str.startswith("#").fillna(False).astype(bool)
    if suspects.any():
        suspects[suspects] = cells[suspects].str.fullmatch(_ERROR).astype(bool)
    return suspects


def quarantine(
    table: str, source_file: str, rows: pd.DataFrame, reason: Finding, detail: pd.Series | str = ""
) -> pd.DataFrame:
    """One row per refused raw row (index = line number), as the quarantine table has it."""
    if not len(rows):
        return empty("quarantine")
    return pd.DataFrame(
        {
            "table": table,
            "source_file": source_file,
            "source_line": rows.index,
            "reason": reason.value,
            "detail": detail,
            "raw": rows.fillna("").astype(str).agg(";".join, axis=1) if rows.shape[1] else "",
        }
    ).reset_index(drop=True)


def error_at(row: pd.Series, problem: str, remedy: str) -> InputError:
    """The error that names the file and line which a row of a clean table comes from."""
    return InputError(problem, file=row["source_file"], line=int(row["source_line"]), remedy=remedy)


def finding(table: str, source_file: str | None, name: Finding, count: int, detail: str | None = None) -> pd.DataFrame:
    """One row of the findings table, or none when the count is 0."""
    if not count:
        return empty("findings")
    return pd.DataFrame(
        {"table": [table], "source_file": [source_file], "finding": [name.value], "count": [count], "detail": [detail]}
    )
