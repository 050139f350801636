"""rorikt clean and check: the exports read, and what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rorikt_lib.commands.options import Data, Workbook, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import console, done, progress

if TYPE_CHECKING:
    from rorikt_lib.config.folder import Folder


def clean(
    workbook: Workbook = None,
    data: Data = None,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="Do nothing where the tables are up to date.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read every export, also what has not changed.")] = False,
) -> None:
    """Read data/raw and write the clean tables to data/clean."""
    cleaned(open_folder(workbook, data), only_if_changed=if_changed, fresh=fresh)


def check(workbook: Workbook = None, data: Data = None) -> None:
    """Read data/raw and say what was found in it, and all that is in the way; writes nothing."""
    folder, refused = open_folder(workbook, data), []
    with progress("Reading exports") as step:
        from rorikt_lib.sources.clean import clean_raw

        try:
            tables = clean_raw(folder.data / "raw", folder.settings, step, refused.append)
        except InputError as error:
            _refuse_all([*refused, error])
    for row in tables["sources"].itertuples():
        console.print(f"{row.source_file}: {row.format}, {row.rows_clean} of {row.rows_read} rows used")
    for row in tables["findings"].fillna("").itertuples():
        console.print(f"found: {row.finding} ({row.count}) {row.source_file or row.table} {row.detail}")
    for row in tables["quarantine"].itertuples():
        console.print(f"unreadable: {row.source_file}, line {row.source_line}: {row.reason} {row.detail}")
    _refuse_all(refused)
    done(
        f"Read {len(tables['sources'])} files: {len(tables['findings'])} findings, "
        f"{len(tables['quarantine'])} unreadable rows."
    )


def _refuse_all(refused: list[InputError]) -> None:
    """Says what is in the way, a line each, and ends the command; nothing where there is nothing."""
    for sentence in dict.fromkeys(map(str, refused)):
        console.print(f"rorikt: {sentence}", soft_wrap=True)
    if refused:
        raise typer.Exit(2)


def cleaned(folder: Folder, only_if_changed: bool, fresh: bool = False) -> None:
    """Make a workbook's clean tables anew, and tell of it; nothing where only changes count and there are none."""
    from rorikt_lib.month.clean import told_of

    with progress("Cleaning exports") as step:
        from rorikt_lib.month.clean import clean_exports

        tables = clean_exports(folder, step, only_if_changed=only_if_changed, fresh=fresh)
    if tables is not None:
        done(told_of(tables, folder))
