"""One raw file → its clean parts. What it is, its content says, not its name or folder."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.dated import dated
from rorikt_lib.sources.formats import (
    adopted_forecast,
    allocation,
    budget,
    device_register,
    device_stock,
    forecast_form,
    intune,
    ledger_list,
    mapped,
    saft,
    saft_persons,
    ticket_api,
    ticket_list,
    usage,
)
from rorikt_lib.sources.formats.mapped_tickets import clean_logs
from rorikt_lib.sources.known import is_unknown, refuse_unknown
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.format import Cleaned, Format, RawTable, with_aliases
from rorikt_lib.sources.reading.names import LISTED
from rorikt_lib.sources.reading.parse import UnclearSign
from rorikt_lib.sources.reading.parts import refuse_alone
from rorikt_lib.sources.reading.persons import persons_of_rows
from rorikt_lib.sources.reading.recognise import header_rows, refuse_unknown_header, split
from rorikt_lib.sources.reading.rows import DELIMITED, EXCEL, PARQUET, Beside, content_suffix, read_rows
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

_OF_ONE_FORMAT = (
    ledger_list, budget, adopted_forecast, forecast_form, ticket_list, intune, device_register, device_stock,
)  # fmt: skip
_OF_SEVERAL = (usage.PORTAL, usage.PORTAL_MONTHS, usage.CHATBOT, allocation.KEYS, allocation.COSTS)
FORMATS = [*(module.FORMAT for module in _OF_ONE_FORMAT), *_OF_SEVERAL]
# So few unreadable rows are always put up with, as each is listed, unless they are a large part of the file.
_FEW_ROWS = 5
_LARGE_PART = 0.25
# Name of the format, number of rows read, and what they gave.
Table = tuple[str, int, Cleaned]


@dataclass(frozen=True)
class ReadFile:
    """A file's row of the sources table, but for the checksum, and its clean parts with source_file and source_line.

    dated: its rows of source_rows.
    """

    source: dict[str, Any]
    parts: list[Cleaned]
    dated: pd.DataFrame


def read_file(path: Path, source_file: str, settings: Settings) -> ReadFile:
    """Recognise, parse and clean one file. InputError when it is not recognised or too much of it is unreadable."""
    refuse_alone(path, source_file)
    (tables,) = joined([read_tables(path, source_file, settings)], settings)
    file = accounted(tables, source_file, settings)
    refuse_unknown_names([file], settings)
    return file


def read_tables(path: Path, source_file: str, settings: Settings) -> list[Table]:
    """Recognise, parse and clean one file by itself. InputError when it is not recognised."""
    return list(_tables(path, source_file, settings))


def read_parts(files: dict[Path, str], settings: Settings) -> list[list[Table]]:
    """The tables of each part of one export in several files. InputError where one of them cannot be read."""
    return [
        [(saft.NAME, len(raw.frame), replace(saft.clean(raw, settings), persons=saft_persons.persons(path, name)))]
        for raw, (path, name) in zip(saft.read_parts(files), files.items(), strict=True)
    ]


def accounted(tables: list[Table], source_file: str, settings: Settings) -> ReadFile:
    """A file's tables as one; InputError when too much of it is unreadable."""
    parts = [_placed(cleaned, source_file, rows_read) for _, rows_read, cleaned in tables]
    taken_on, dated_rows = dated(parts, source_file)
    source = {
        "source_file": source_file,
        "format": " + ".join(dict.fromkeys(name for name, _, _ in tables)),
        "table": " + ".join(dict.fromkeys(part.table for part in parts)),
        "taken_on": taken_on,
        "rows_read": sum(rows_read for _, rows_read, _ in tables),
        "rows_clean": sum(len(part.frame) for part in parts),
        "rows_quarantined": sum(len(part.quarantine) for part in parts),
        "rows_set_aside": sum(part.set_aside for part in parts),
    }
    refused = pd.concat([part.quarantine for part in parts], ignore_index=True)
    check_readable(refused[~is_unknown(refused)], source["rows_read"], source_file, settings.quality.quarantine_limit)
    return ReadFile(source, parts, dated_rows)


def refuse_unknown_names(files: list[ReadFile], settings: Settings) -> None:
    """InputError where files say what the settings do not explain: see known.refuse_unknown."""
    refused = [part.quarantine for file in files for part in file.parts]
    formats = {file.source["source_file"]: file.source["format"] for file in files}
    refuse_unknown(pd.concat([empty("quarantine"), *refused], ignore_index=True), formats, settings)


def _tables(path: Path, source_file: str, settings: Settings) -> Iterator[Table]:
    suffix = content_suffix(path, source_file)
    if suffix == ".xml":
        raw = saft.read(path, source_file)
        yield (
            saft.NAME,
            len(raw.frame),
            replace(saft.clean(raw, settings), persons=saft_persons.persons(path, source_file)),
        )
    elif ticket_api.recognises(path):
        cleaned = ticket_api.clean_file(path, source_file, settings)
        yield ticket_api.NAME, len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside, cleaned
    elif has_rows(path, source_file):
        yield from tables_of_rows(*read_rows(path, source_file), source_file, settings, known_formats(settings))
    else:
        remedy = "export as .csv, .txt, .xlsx, .parquet, .xml (SAF-T) or .json (ticket pages), or move it elsewhere"
        raise InputError("not a kind of file that is read here", file=source_file, remedy=remedy)


def has_rows(path: Path, source_file: str) -> bool:
    """Whether read_rows reads this kind of file."""
    return content_suffix(path, source_file) in DELIMITED or path.suffix.lower() in EXCEL | PARQUET


def known_formats(settings: Settings) -> list[Format]:
    """The formats of rows that are read here, the mappings last, with the header aliases.

    InputError where the settings name a format that is none.
    """
    names = {form.name for form in FORMATS}
    if unknown := sorted({*settings.decimal_sign} - names):
        problem = f"decimal_sign: no format is called {', '.join(unknown)}"
        remedy = f"use one of: {'; '.join(sorted(names))}; a mapping has a decimal_sign of its own"
        raise InputError(problem, file="workbook.yml", remedy=remedy)
    formats = [*FORMATS, *mapped.formats(settings)]
    if settings.ledger.credit_amounts == "signed":
        formats = [replace(form, side_remedy=None) for form in formats]
    return with_aliases(formats, settings.header_aliases)


def tables_of_rows(
    rows: pd.DataFrame, beside: Beside, source_file: str, settings: Settings, formats: list[Format]
) -> Iterator[Table]:
    """The tables in a file's rows; beside: what the file holds besides them. InputError where there is none."""
    headers = header_rows(rows, formats)
    persons = persons_of_rows(rows, headers, source_file, settings)
    for form, raw, notes in split(rows, source_file, formats, headers):
        cleaned = _cleaned(form, raw, settings)
        refuse_unknown_header(raw, cleaned)
        aside = _beside(cleaned.table, source_file, beside)
        beside = Beside()
        none = finding(cleaned.table, source_file, Finding.NO_ROWS, int(raw.frame.empty))
        found = pd.concat([*aside, none, notes.findings])
        noted = replace(notes, table=cleaned.table, frame=cleaned.frame.head(0), findings=found, persons=persons)
        persons = persons.head(0)
        yield form.name, len(notes.quarantine) + notes.set_aside, noted
        yield form.name, len(raw.frame), cleaned


def _beside(table: str, source_file: str, beside: Beside) -> list[pd.DataFrame]:
    """Findings of what an Excel file holds besides the rows that are shown."""
    return [
        finding(table, source_file, Finding.UNREAD_SHEET, len(beside.sheets), "; ".join(beside.sheets)),
        finding(table, source_file, Finding.STRAY_CELL, len(beside.stray), "; ".join(beside.stray[:LISTED])),
        finding(table, source_file, Finding.HIDDEN_ROWS, beside.hidden_rows),
    ]


def _cleaned(form: Format, raw: RawTable, settings: Settings) -> Cleaned:
    try:
        return form.clean(replace(raw, decimal=settings.decimal_sign.get(form.name)), settings)
    except UnclearSign as error:
        mapped_by = form.name in settings.mappings
        place = f"mappings.{form.name}, decimal_sign: '.'" if mapped_by else f"decimal_sign: {{{form.name}: '.'}}"
        remedy = f"say what stands before the decimals in workbook.yml: {place}, or ','"
        raise error.instead(remedy).placed(raw.source_file) from None


def joined(files: list[list[Table]], settings: Settings) -> list[list[Table]]:
    """The tables of all files, in which several exports of one log are cleaned as the one log they are."""
    logs: dict[str, list[RawTable]] = {}
    for name, _, cleaned in chain.from_iterable(files):
        if cleaned.log is not None:
            logs.setdefault(name, []).append(cleaned.log)
    several = {name: exports for name, exports in logs.items() if len(exports) > 1}
    whole = {name: iter(clean_logs(of, settings, name, settings.mappings[name])) for name, of in several.items()}

    def as_one_log(table: Table) -> Table:
        name, rows_read, cleaned = table
        return (name, rows_read, next(whole[name])) if cleaned.log is not None and name in whole else table

    return [[as_one_log(table) for table in tables] for tables in files]


def _placed(cleaned: Cleaned, source_file: str, rows_read: int) -> Cleaned:
    """The same with source_file and source_line on each row, once every row read is accounted for."""
    accounted = len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside
    if accounted != rows_read:
        raise RuntimeError(f"{source_file}: {rows_read} rows read, but {accounted} accounted for")
    return replace(cleaned, frame=cleaned.frame.assign(source_file=source_file, source_line=cleaned.frame.index))


def check_readable(refused: pd.DataFrame, rows_read: int, source_file: str, limit: float) -> None:
    """InputError, which names the first refused row, when more than the limit (a share) of the rows are refused."""
    bad = len(refused)
    if bad <= limit * rows_read or (bad <= _FEW_ROWS and bad <= _LARGE_PART * rows_read):
        return
    first = refused.sort_values("source_line").iloc[0]
    problem = f"{bad} of {rows_read} rows cannot be read, this one for {first['reason']} {first['detail']}"
    remedy = "mend the rows or export again; quality.quarantine_limit in workbook.yml is the share allowed"
    raise InputError(problem, file=source_file, line=int(first["source_line"]), remedy=remedy)
