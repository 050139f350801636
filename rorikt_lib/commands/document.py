"""rorikt document, and the words of the kinds of documents that a workbook has: rorikt budget 2025."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from rorikt_lib.commands.options import (
    Data,
    Fresh,
    Out,
    Parameters,
    Renderer,
    Workbook,
    Workers,
    name_value,
    open_folder,
)
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import done, progress, say
from rorikt_lib.terms.documents import told_as

if TYPE_CHECKING:
    from typer.core import TyperCommand as Command

    from rorikt_lib.config.folder import Folder

Kind = Annotated[str, typer.Argument(metavar="KIND", help="The kind of document, as its file in documents/ is called.")]
Period = Annotated[
    str, typer.Argument(metavar="PERIOD", help="What it is of: 2024-09, 2024-q3, 2025 or 2024-10-09, by its kind.")
]
Revise = Annotated[
    str | None, typer.Option("--revise", metavar="REASON", help="Why an approved document is made anew, as a draft.")
]


def document(
    kind: Kind,
    period: Period,
    workbook: Workbook = None,
    data: Data = None,
    out: Out = None,
    renderer: Renderer = "auto",
    parameters: Parameters = None,
    revise: Revise = None,
    fresh: Fresh = False,
    workers: Workers = None,
) -> None:
    """Render a document of a kind that documents/ describes, as site and PDF; cleans the exports first where they have
    changed.

    What has not changed since it was made is not made again. What is approved is not rendered again, unless it is
    revised.
    """
    from rorikt_lib.month.document import make_document
    from rorikt_lib.month.make import make_month
    from rorikt_lib.month.stamp import Request
    from rorikt_lib.publish.kinds import document_of

    folder = open_folder(workbook, data)
    of = document_of(folder, kind, period)
    given = renderer, dict(map(name_value, parameters or []))
    request = Request(folder, (out or folder.site).resolve(), *given, strict=False)
    how: dict[str, Any] = {"revise": revise, "fresh": fresh, "at_a_time": workers}
    with progress(of.name) as step:
        if of.is_month:
            made = make_month(request, of.month, step, say, **how)
        else:
            made = make_document(request, of, step, say, **how)
    done(made.told)


def of_kind(kind: str, title: str, of: str) -> Callable[..., None]:
    """The command of one kind of document. of: what its period is, as year."""

    def make(
        period: Period,
        workbook: Workbook = None,
        data: Data = None,
        out: Out = None,
        renderer: Renderer = "auto",
        parameters: Parameters = None,
        revise: Revise = None,
        fresh: Fresh = False,
        workers: Workers = None,
    ) -> None:
        document(kind, period, workbook, data, out, renderer, parameters, revise, fresh, workers)

    make.__doc__ = f"{title}, of {told_as(of)}: the same as rorikt document {kind}."
    return make


class Commands(TyperGroup):
    """The commands, and after them the words of the workbook's kinds of documents, which are looked for last."""

    def list_commands(self, ctx: typer.Context) -> list[str]:
        """Their names, as the help lists them."""
        own = super().list_commands(ctx)
        try:
            return [*own, *sorted({*_words(_folder_of(ctx, []))} - {*own})]
        except InputError as error:
            # The help is of use without them.
            say(f"The words of the workbook's documents are not listed: {error}")
            return own

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Command | None:
        """One of them; None where there is none of that name."""
        return super().get_command(ctx, cmd_name) or _command_of(ctx, cmd_name, [])

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that arguments begin with, which may name the workbook that has it."""
        name, *others = args
        if super().get_command(ctx, name) is None and (command := _command_of(ctx, name, others)):
            return name, command, others
        return super().resolve_command(ctx, args)


def _command_of(ctx: typer.Context, word: str, others: list[str]) -> Command | None:
    words = _words(_folder_of(ctx, others))
    if word not in words:
        return None
    app = typer.Typer(add_completion=False)
    app.command(word)(of_kind(*words[word]))
    return typer.main.get_command(app)


def _words(folder: Folder | None) -> dict[str, tuple[str, str, str]]:
    """Word after rorikt → the kind of document that it makes, what that is called, and what its period is."""
    from rorikt_lib.publish.kinds import words_of

    return {word: (name, kind.title or name, kind.period) for word, (name, kind) in words_of(folder).items()}


def _folder_of(ctx: typer.Context, others: list[str]) -> Folder | None:
    """The workbook that the arguments, the options before them or the environment lead to; None where there is none."""
    given = ctx.params.get("workbook")
    for at, argument in enumerate(others):
        if argument == "--workbook" and at + 1 < len(others):
            given = Path(others[at + 1])
        elif argument.startswith("--workbook="):
            given = Path(argument.partition("=")[2])
    with suppress(InputError):
        return open_folder(given)
    return None
