"""rorikt meeting: the papers of a meeting with what is attached to them, or its minutes."""

from __future__ import annotations

from typing import Annotated

import typer

from rorikt_lib.commands.document import Revise, document
from rorikt_lib.commands.options import Data, Fresh, Out, Renderer, Workbook
from rorikt_lib.config.document_kind import ALLOW_DRAFTS
from rorikt_lib.errors import InputError

# The kinds of documents, as their files in documents/ are called.
_PAPERS, _MINUTES = "mote", "referat"


def meeting(
    date: Annotated[str, typer.Argument(metavar="DATE", help="The meeting's day, as its file is called: 2024-10-09.")],
    minutes: Annotated[bool, typer.Option("--minutes", help="The minutes, from the decisions in its file.")] = False,
    allow_drafts: Annotated[
        bool, typer.Option("--allow-drafts", help="Attach reports that nobody has approved, too.")
    ] = False,
    workbook: Workbook = None,
    data: Data = None,
    out: Out = None,
    renderer: Renderer = "auto",
    revise: Revise = None,
    fresh: Fresh = False,
) -> None:
    """Render the papers of a meeting as page and PDF, from content/meetings/DATE.yml, or its minutes.

    The PDF has the notice, a page for each case, and what is attached, with page numbers throughout.
    """
    if minutes and allow_drafts:
        raise InputError("minutes have nothing attached", remedy="leave --allow-drafts out")
    given = [f"{ALLOW_DRAFTS}=true"] if allow_drafts else []
    document(_MINUTES if minutes else _PAPERS, date, workbook, data, out, renderer, given, revise, fresh)
