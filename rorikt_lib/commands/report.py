"""rorikt report and figures: a month as site and PDF, or its figures alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from rorikt_lib.commands.exports import cleaned
from rorikt_lib.commands.options import Data, Workbook, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.terminal import console, done, progress

if TYPE_CHECKING:
    from rorikt_lib.month.report import Reported
    from rorikt_lib.publish.job import Job

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
) -> None:
    """Render the month's report as site and PDF; cleans the exports first where they have changed.

    A month that is approved is not rendered again, unless it is revised.
    """
    folder = open_folder(workbook, data)
    with progress("Starting"):
        from rorikt_lib.month.remarks import of_log
        from rorikt_lib.month.report import report_month
        from rorikt_lib.publish.job import job_of
        from rorikt_lib.workbook import newest_month

        job = job_of(month, folder, out, renderer, dict(map(_name_value, parameters or [])))
    if month and _is_settled(job, revise):
        return
    cleaned(folder, only_if_changed=True)
    job = job if month else replace(job, month=newest_month(folder))
    if not month and _is_settled(job, revise):
        return
    with progress(f"Rendering {job.month}") as step:
        made = report_month(job, step, strict=strict, revise=revise)
    _say_what_lacks(job, made)
    if made.lists or "devices" not in made.lacking:
        lists = made.lists or "none this month"
        console.print(f"PCs to follow up, by serial number and not published: {lists}", soft_wrap=True)
    for remark in of_log(made.log):
        console.print(f"Warning: {remark.text}", soft_wrap=True)
    kept = {"forecasts": made.log and made.log.log, "the months' figures": made.snapshot}
    told = ", ".join(f"{what} in {file}" for what, file in kept.items() if file)
    if told:
        console.print(f"Kept: {told}", soft_wrap=True)
    built = made.built
    done(
        f"Rendered {job.month} with the {job.renderer} renderer: "
        f"{built.page}, {built.pdf}, {built.excel}, {built.figures}."
    )


def figures(month: Month, workbook: Workbook = None, data: Data = None) -> None:
    """Write the month's figures to standard output as CSV, unrounded; cleans the exports first if they changed."""
    with progress("Starting"):
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


def _is_settled(job: Job, revise: str | None) -> bool:
    """Whether the month is approved and not to be revised; if so, that is said, and the site has it as it was."""
    from rorikt_lib.month.approval import serve_approved
    from rorikt_lib.month.life import refuse_approved
    from rorikt_lib.publish.order import REPORT_PAGE

    if revise is not None:
        refuse_approved(job, revise)
        return False
    with progress(f"Looking whether {job.month} is approved"):
        life = serve_approved(job)
    if life is None:
        return False
    said = life.last.manifest
    if life.draft:
        console.print(f"There is a draft of its next revision: {life.draft / REPORT_PAGE}", soft_wrap=True)
    done(
        f"{job.month} was approved on {said.approved_on} by {said.approved_by} (revision {said.revision}), and is not "
        f'rendered again: {job.out / job.month / REPORT_PAGE}. To change what it says: --revise "why".'
    )
    return True


def _say_what_lacks(job: Job, made: Reported) -> None:
    from rorikt_lib.month.remarks import known_before

    if job.notice:
        console.print(job.notice)
    for remark in known_before(job, made.lacking):
        console.print(f"Warning: {remark.text}", soft_wrap=True)
    for note in [] if made.notes is None else made.notes.itertuples():
        console.print(f"hendelser.yml: no such case by the cut-off: {note.date:%Y-%m-%d}, {note.municipality}")
    if made.built.missing:
        console.print(f"Left out, not written: {', '.join(made.built.missing)}", soft_wrap=True)


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
