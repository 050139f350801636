"""rorikt report and figures: a month as site and PDF, or its figures alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from rorikt_lib.commands.exports import cleaned
from rorikt_lib.commands.options import Data, Workbook, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import done, progress, say

if TYPE_CHECKING:
    pass

Month = Annotated[str, typer.Argument(metavar="PERIOD", help="The report's month, YYYY-MM.")]
NewestMonth = Annotated[
    str | None, typer.Argument(metavar="[PERIOD]", help="The report's month, YYYY-MM; default the newest with data.")
]


def report(
    month: NewestMonth = None,
    workbook: Workbook = None,
    data: Data = None,
    out: Annotated[Path | None, typer.Option("--out", help="The site's folder, instead of _site/.")] = None,
    renderer: Annotated[str, typer.Option("--renderer", help="auto, quarto or embedded.")] = "auto",
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="A notebook parameter.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a report that lacks a chapter's exports.")] = False,
    revise: Annotated[
        str | None, typer.Option("--revise", metavar="REASON", help="Why an approved month is made anew, as a draft.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make all of it anew, also what has not changed.")] = False,
) -> None:
    """Render the month's report as site and PDF; cleans the exports first where they have changed.

    What has not changed since it was made is not made again. A month that is approved is not rendered again, unless it
    is revised.
    """
    from rorikt_lib.month.make import make_month
    from rorikt_lib.month.stamp import Asked

    folder = open_folder(workbook, data)
    asked = Asked(folder, (out or folder.site).resolve(), renderer, dict(map(_name_value, parameters or [])), strict)
    with progress(f"Report of {month or 'the newest month'}") as step:
        made = make_month(asked, month, step, say, revise=revise, fresh=fresh)
    done(made.told)


def figures(month: Month, workbook: Workbook = None, data: Data = None) -> None:
    """Write the month's figures to standard output as CSV, unrounded; cleans the exports first if they changed."""
    from rorikt_lib.month.report import figures_of
    from rorikt_lib.store.spreadsheets import inert_texts
    from rorikt_lib.terms.period import check_month

    check_month(month)
    folder = open_folder(workbook, data)
    cleaned(folder, only_if_changed=True)
    with progress(f"Computing the figures of {month}"):
        table = figures_of(month, folder)
    inert_texts(table).to_csv(sys.stdout, index=False, lineterminator="\n")
    done(f"{len(table)} figures of {month} on standard output.")


def _name_value(text: str) -> tuple[str, object]:
    """A notebook parameter; the value is read as YAML, so that 25 is a number."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError(f"'{text}' is not NAME=VALUE", remedy="write for example -p trend_months=25")
    if name.strip() in {"period", "data"}:
        raise InputError(f"-p {name} contradicts the command's own", remedy="use the argument PERIOD and --data")
    try:
        return name.strip(), yaml.safe_load(value)
    except yaml.YAMLError:
        raise InputError(f"-p {text} cannot be read", remedy="put the value in quotes") from None
