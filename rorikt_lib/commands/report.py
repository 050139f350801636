"""rorikt report and figures: a month as site and PDF, or its figures alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rorikt_lib.commands.exports import cleaned
from rorikt_lib.commands.options import (
    Data,
    Fresh,
    Name,
    Out,
    Parameters,
    Renderer,
    Workbook,
    Workers,
    name_value,
    open_folder,
)
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import done, progress, progress_of, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rorikt_lib.month.span import Outcome
    from rorikt_lib.month.stamp import Request

NewestMonth = Annotated[
    str | None,
    typer.Argument(
        metavar="[PERIOD]",
        help="The report's month, YYYY-MM, or months, 2023-01..2024-12; default the newest.",
    ),
]
Workbooks = Annotated[
    list[Path] | None,
    typer.Option(
        "--workbook",
        metavar="DIR",
        help="The workbook, instead of RORIKT_WORKBOOK or the one in or above this folder; repeat it for several.",
    ),
]


def report(
    month: NewestMonth = None,
    workbook: Workbooks = None,
    listed: Annotated[
        Path | None, typer.Option("--workbooks", metavar="FILE", help="A file with the folder of a workbook a line.")
    ] = None,
    data: Data = None,
    out: Out = None,
    renderer: Renderer = "auto",
    parameters: Parameters = None,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a report that lacks a chapter's exports.")] = False,
    revise: Annotated[
        str | None, typer.Option("--revise", metavar="REASON", help="Why an approved month is made anew, as a draft.")
    ] = None,
    fresh: Fresh = False,
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask cluster's, tcp://host:8786.")
    ] = None,
) -> None:
    """Render the month's report as site and PDF; cleans the exports first where they have changed.

    What has not changed since it was made is not made again. A month that is approved is not rendered again, unless it
    is revised.
    """
    from rorikt_lib.month.stamp import Request
    from rorikt_lib.terms.months import span

    given = [*(workbook or []), *_listed(listed)] or [None]
    folders = list({one.root: one for one in (open_folder(one, data) for one in given)}.values())
    months = span(month or "")
    if len(folders) > 1 and (data or out):
        raise InputError("--data and --out are of one workbook", remedy="leave them out where there are several")
    if workers and scheduler:
        raise InputError("--workers is of this machine", remedy="leave it out: a cluster has as many as were started")
    if revise and (months or len(folders) > 1):
        raise InputError("--revise is of one month", remedy="revise one month of one workbook at a time")
    given = renderer, dict(map(name_value, parameters or [])), strict
    requests = [Request(folder, (out or folder.site).resolve(), *given) for folder in folders]
    if len(folders) > 1 or scheduler:
        _everywhere(requests, months or [month], workers, scheduler, fresh)
    elif months:
        _months(requests[0], months, workers, fresh)
    else:
        _month(requests[0], month, revise, fresh, workers)


def _listed(file: Path | None) -> list[Path]:
    """The folders that a list names, seen from where it lies; empty lines and those after # name none."""
    if file is None:
        return []
    lines = [line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines()]
    if not (folders := [file.parent / line for line in lines if line]):
        raise InputError("the list names no workbook", file=file, remedy="write the folder of a workbook a line")
    return folders


def _month(request: Request, month: str | None, revise: str | None, fresh: bool, workers: int | None) -> None:
    from rorikt_lib.month.make import make_month

    with progress(f"Report of {month or 'the newest month'}") as step:
        made = make_month(request, month, step, say, revise=revise, fresh=fresh, at_a_time=workers)
    done(made.told)


def _months(request: Request, months: list[str], workers: int | None, fresh: bool) -> None:
    from rorikt_lib.month.span import make_months

    with progress_of(f"Reports of {months[0]} to {months[-1]}", len(months)) as step:
        outcomes = make_months(request, months, workers, step, fresh=fresh)
    _conclude([("", outcome) for outcome in outcomes], f"the site is {request.out}")


def _everywhere(
    requests: list[Request], months: Sequence[str | None], workers: int | None, scheduler: str | None, fresh: bool
) -> None:
    from rorikt_lib.month.cluster import make_everywhere

    with progress_of("Reports of the workbooks", len(requests) * len(months)) as step:
        made = make_everywhere(requests, months, workers, scheduler, step, fresh=fresh)
    _conclude([(f"{of.root}: ", of.outcome) for of in made], "each in its workbook's own site")


def _conclude(outcomes: list[tuple[str, Outcome]], where: str) -> None:
    """Says what came of each month that was made or could not be, and how many there are of each."""
    from rorikt_lib.month.make import How
    from rorikt_lib.month.span import summary

    for place, outcome in outcomes:
        if outcome.how != How.UNCHANGED:
            for line in outcome.said:
                say(f"{place}{outcome.month}: {line}")
    failed = [(place, outcome) for place, outcome in outcomes if outcome.how is None]
    for place, outcome in failed:
        say(f"rorikt: {place}{outcome.month}{': ' * bool(outcome.month)}{outcome.told}")
    done(f"{summary(outcome for _, outcome in outcomes)}; {where}.")
    if failed:
        raise typer.Exit(2)


def figures(name: Name, workbook: Workbook = None, data: Data = None) -> None:
    """Write a document's figures to standard output as CSV, unrounded; cleans the exports first if they changed."""
    with progress("Starting"):
        from rorikt_lib.month.report import figures_of
        from rorikt_lib.publish.kinds import named, with_month
        from rorikt_lib.store.spreadsheets import inert_texts

    folder = open_folder(workbook, data)
    document = named(folder, name)
    cleaned(folder, only_if_changed=True)
    with progress(f"Computing the figures of {name}"):
        table = figures_of(with_month(folder, document), folder)
    inert_texts(table).to_csv(sys.stdout, index=False, lineterminator="\n")
    done(f"{len(table)} figures of {name} on standard output.")
