"""Options that most commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rorikt_lib.config.folder import Folder

Workbook = Annotated[
    Path | None,
    typer.Option(
        "--workbook", metavar="DIR", help="The workbook, instead of RORIKT_WORKBOOK or the one in or above this folder."
    ),
]
Data = Annotated[Path | None, typer.Option("--data", help="Data root, instead of RORIKT_DATA or data/.")]


def open_folder(workbook: Path | None, data: Path | None = None) -> Folder:
    """The workbook that a command is given; see config.folder.open_folder."""
    from rorikt_lib.config import folder

    return folder.open_folder(workbook, data)
