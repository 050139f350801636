"""Options that most commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from rorikt_lib.errors import InputError

if TYPE_CHECKING:
    from rorikt_lib.config.folder import Folder

Workbook = Annotated[
    Path | None,
    typer.Option(
        "--workbook", metavar="DIR", help="The workbook, instead of RORIKT_WORKBOOK or the one in or above this folder."
    ),
]
Data = Annotated[Path | None, typer.Option("--data", help="Data root, instead of RORIKT_DATA or data/.")]
Out = Annotated[Path | None, typer.Option("--out", help="The site's folder, instead of _site/.")]
Renderer = Annotated[str, typer.Option("--renderer", help="auto, quarto or embedded.")]
Parameters = Annotated[
    list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A notebook parameter.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Make all of it anew, also what has not changed.")]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="How much is made at a time; default one a processor.")
]
Name = Annotated[
    str,
    typer.Argument(metavar="PERIOD", help="The report's month, YYYY-MM; another document's name, budsjett-2025."),
]


def open_folder(workbook: Path | None, data: Path | None = None) -> Folder:
    """The workbook that a command is given; see config.folder.open_folder."""
    from rorikt_lib.config import folder

    return folder.open_folder(workbook, data)


def name_value(text: str) -> tuple[str, object]:
    """A notebook parameter; the value is read as YAML, so that 25 is a number."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"'{text}' is not NAME=VALUE", remedy="write for example -p trend_months=25")
    if name.strip() in {"period", "data", "workbook"}:
        raise InputError(
            f"-p {name} contradicts the command's own", remedy="use the argument PERIOD, --workbook and --data"
        )
    try:
        return name.strip(), yaml.safe_load(value)
    except yaml.YAMLError:
        raise InputError(f"-p {text} cannot be read", remedy="put the value in quotes") from None
