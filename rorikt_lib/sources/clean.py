"""All raw exports → all clean tables."""

from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.sources.combine.allocation import combine_costs, combine_keys
from rorikt_lib.sources.combine.case_numbers import spelled_alike
from rorikt_lib.sources.combine.counts import combine_stock, combine_usage
from rorikt_lib.sources.combine.devices import combine_devices, combine_register
from rorikt_lib.sources.combine.duplicates import originals
from rorikt_lib.sources.combine.ledger import combine_budgets, combine_forecasts, combine_postings
from rorikt_lib.sources.combine.tickets import combine_cases, refuse_shared_numbers
from rorikt_lib.sources.read_file import (
    ReadFile,
    Table,
    accounted,
    joined,
    read_parts,
    read_tables,
    refuse_unknown_names,
)
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.sources.reading.format import Cleaned
from rorikt_lib.sources.reading.parts import exports, whole
from rorikt_lib.store.files_read import FilesRead
from rorikt_lib.store.folders import checksums, raw_files
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty

Made = TypeVar("Made")


def clean_raw(
    raw_root: Path,
    settings: Settings,
    progress: Callable[[str], None] | None = None,
    refused: Callable[[InputError], None] | None = None,
    sums: dict[Path, str] | None = None,
    read_before: FilesRead | None = None,
) -> dict[str, pd.DataFrame]:
    """Every clean table by name. progress is given the name of each file before it is read. sums: of all files, as
    folders.checksums has them, where somebody has them already. read_before: what files gave that have not changed.

    InputError: a file that is not recognised, has too many unreadable rows, or contradicts itself or another. Where
    `refused` is given, it gets what is wrong with each file by itself, and the tables are made of the other files.
    """
    sums = checksums(raw_files(raw_root)) if sums is None else sums
    if not sums:
        raise Undelivered("there are no exports", file=raw_root, remedy="put them there")
    paths = [*sums]
    first = originals(sums)
    names = {path: path.relative_to(raw_root).as_posix() for path in paths}
    by_name = {name: path for path, name in names.items()}
    own: dict[Path, list[Table]] = {}
    for export in exports(names):
        for path in chain.from_iterable(export.values()) if progress else ():
            progress(names[path])
        if any(first[path] == path for path in chain.from_iterable(export.values())):
            read = partial(_read, export, names, settings)
            if read_before is not None:
                files = [*chain.from_iterable(export.values())]
                parts = [(names[path], sums[path]) for path in files]
                read = partial(read_before.recalled, parts, sum(path.stat().st_size for path in files), read)
            tables = _unless(refused, read) or {}
            own |= {path: of for name, of in tables.items() if first[path := by_name[name]] == path}
    logs = dict(zip(own, joined([*own.values()], settings), strict=True))
    tried = {path: _unless(refused, accounted, tables, names[path], settings) for path, tables in logs.items()}
    files = {path: file for path, file in tried.items() if file is not None}
    _unless(refused, refuse_unknown_names, [*files.values()], settings)
    read = {
        path: files[path] if path in files else _copy(files[first[path]], names[path])
        for path in paths
        if first[path] in files
    }
    parts = [part for file in read.values() for part in file.parts]
    tables, found = _combined(parts, settings)
    sources = [file.source | {"sha256": sums[path]} for path, file in read.items()]
    return tables | {
        "persons": pd.concat([empty("persons"), *(part.persons for part in parts)]).drop_duplicates("key"),
        "sources": pd.DataFrame(sources),
        "source_rows": pd.concat([empty("source_rows"), *(file.dated for file in read.values())], ignore_index=True),
        "quarantine": pd.concat([empty("quarantine"), *(part.quarantine for part in parts)], ignore_index=True),
        "findings": pd.concat([empty("findings"), *(part.findings for part in parts), *found], ignore_index=True),
    }


def _read(export: dict[int, list[Path]], names: dict[Path, str], settings: Settings) -> dict[str, list[Table]]:
    """The tables of each file of an export by its name; most often that is one file."""
    if 0 in export:
        (path,) = export[0]
        return {names[path]: read_tables(path, names[path], settings)}
    paths = whole(export, names)
    tables = read_parts({path: names[path] for path in paths}, settings)
    return {names[path]: of for path, of in zip(paths, tables, strict=True)}


def _unless(refused: Callable[[InputError], None] | None, make: Callable[..., Made], *given: object) -> Made | None:
    """What `make` gives; None where it refuses and somebody takes the refusal."""
    try:
        return make(*given)
    except InputError as error:
        if refused is None:
            raise
        refused(error)
        return None


def _copy(original: ReadFile, source_file: str) -> ReadFile:
    """What a file gives that is byte for byte another: nothing but a finding; all its rows are set aside."""
    source = original.source
    rows = source["rows_read"]
    counts = {"source_file": source_file, "rows_clean": 0, "rows_quarantined": 0, "rows_set_aside": rows}
    table = source["table"]
    found = finding(table, source_file, Finding.IDENTICAL_FILE, 1, source["source_file"])
    dated = original.dated.assign(source_file=source_file, rows=0)
    return ReadFile(source | counts, [Cleaned(table, pd.DataFrame(), findings=found, set_aside=rows)], dated)


def _combined(parts: list[Cleaned], settings: Settings) -> tuple[dict[str, pd.DataFrame], list[pd.DataFrame]]:
    """The clean tables, and what was found in combining the files."""

    def of(table: str) -> list[pd.DataFrame]:
        return [part.frame for part in parts if part.table == table and len(part.frame)]

    register, of_register = combine_register(of("device_register"))
    tickets, told = spelled_alike(of("tickets"), [part.events for part in parts if len(part.events)])
    refuse_shared_numbers(tickets, settings)
    cases, events, of_cases = combine_cases(tickets, told)
    results = {
        "postings": combine_postings(of("postings"), settings),
        "budget_lines": combine_budgets(of("budget_lines"), settings),
        "adopted_forecasts": combine_forecasts(of("adopted_forecasts")),
        "tickets": (cases, of_cases),
        "ticket_events": (events, empty("findings")),
        "devices": combine_devices(of("devices"), register),
        "device_register": (register, of_register),
        "device_stock": combine_stock(of("device_stock")),
        "usage": combine_usage(of("usage")),
        "allocation_keys": combine_keys(of("allocation_keys")),
        "allocation_costs": combine_costs(of("allocation_costs")),
    }
    return {table: frame for table, (frame, _) in results.items()}, [found for _, found in results.values()]
