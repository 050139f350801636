"""rorikt approve, withdraw and verify: what was approved, kept as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rorikt_lib.commands.options import Data, Name, Out, Workbook, open_folder
from rorikt_lib.terminal import console, done, progress

if TYPE_CHECKING:
    from rorikt_lib.publish.job import Job


def approve(
    name: Name,
    by: Annotated[str, typer.Option("--by", metavar="ROLE", help="Who approved it: a role or a board, no person.")],
    on: Annotated[
        dt.datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day it was approved; default today.")
    ] = None,
    workbook: Workbook = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Keep a report, or another document, for good as it was rendered and read, and say on it who approved it and when.

    Nothing is computed anew. It is kept in data/approved, and the site has it from there from now on.
    """
    with progress("Starting"):
        from rorikt_lib.month.approval import approve_document

    job = _job(name, workbook, data, out)
    with progress(f"Approving {name}"):
        kept = approve_document(job, by, on.date() if on else None)
    said = kept.manifest
    if said.rendered_at and said.approved_on < said.rendered_at.date():
        told = f"Note: its figures were computed on {said.rendered_at:%Y-%m-%d}, after the day it was approved."
        console.print(told, soft_wrap=True)
    done(
        f"Approved {name}, revision {said.revision}: {len(said.published)} files kept in {kept.folder}, "
        f"on the site in {job.out / name}. Back up data/approved."
    )


def withdraw(name: Name, workbook: Workbook = None, data: Data = None, out: Out = None) -> None:
    """Take the draft of a revision off the site; what was approved stays as it is."""
    with progress("Starting"):
        from rorikt_lib.month.approval import withdraw_revision

    job = _job(name, workbook, data, out)
    with progress(f"Withdrawing the revision of {name}"):
        folder = withdraw_revision(job)
    done(f"Took {folder} off the site: {job.out}.")


def verify(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[PERIOD]", help="A month or another document's name; default all that are approved."),
    ] = None,
    workbook: Workbook = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Say which files are not what was approved, in data/approved and on the site, a line each.

    Ends with 0 where there are none, with 1 where there are.
    """
    with progress("Starting"):
        from rorikt_lib.month.verify import verify as differences
        from rorikt_lib.publish.kinds import check_name
        from rorikt_lib.store.approved import sound

    name = check_name(name) if name else None
    job = _job(None, workbook, data, out)
    with progress("Comparing with what was approved"):
        found = differences(job, name)
    for one in found:
        print(one)
    if found:
        remedy = "making it again puts it back on the site; what is kept comes from a backup"
        done(f"Not as approved: {len(found)}. Remedy: {remedy}.")
        raise typer.Exit(1)
    kept = sound(job.folder.data, name)
    files = sum(len(one.manifest.published) for one in kept)
    done(f"As approved: {len(kept)} revisions, {files} files." if kept else "Nothing is approved yet.")


def _job(name: str | None, workbook: Path | None, data: Path | None, out: Path | None) -> Job:
    from rorikt_lib.publish.job import job_of
    from rorikt_lib.publish.kinds import named

    folder = open_folder(workbook, data)
    return job_of(named(folder, name) if name else None, folder, out, "embedded")
