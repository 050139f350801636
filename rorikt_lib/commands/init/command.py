"""rorikt init, as the command line has it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from rorikt_lib.terminal import done


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The workbook's folder, made if need be.")] = Path(
        "."
    ),
    name: Annotated[str | None, typer.Option("--name", help="Name of the organisation that reports.")] = None,
    municipalities: Annotated[
        list[str] | None,
        typer.Option("--municipality", metavar="NAME[=USERS]", help="One that shares the service; repeated."),
    ] = None,
    accounts: Annotated[
        str | None,
        typer.Option("--accounts", metavar="CHART", help="kostra, kostra-class (a class digit first) or ns4102."),
    ] = None,
) -> None:
    """Start a workbook of one's own: settings, folders for the exports, content. Never overwrites anything."""
    from rorikt_lib.commands.files import write_new
    from rorikt_lib.commands.init.ask import answers
    from rorikt_lib.commands.init.write import files_of
    from rorikt_lib.config.folder import SETTINGS, open_folder
    from rorikt_lib.config.schema import name_schemas, write_schemas

    write_new(folder, files_of(answers(name, municipalities or [], accounts)))
    write_schemas(folder)
    name_schemas(folder)
    # What was written must load.
    _ = open_folder(folder).settings
    done(
        f"Started a workbook in {folder}: see {SETTINGS}, and in data/raw which exports go where. "
        f"Then: rorikt doctor --workbook {shlex.quote(str(folder))}"
    )
