"""A draft as it was rendered becomes what is approved: the same pages and figures, with the stamp of who did."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from lxml import html

from rorikt_lib.errors import InputError
from rorikt_lib.publish import quarto, site
from rorikt_lib.publish.build import render
from rorikt_lib.publish.checks import check_folder
from rorikt_lib.publish.front_matter import Stamp, stamped_anew
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.privacy.gate import gate_of
from rorikt_lib.publish.spreadsheets import write_again
from rorikt_lib.store.approved import copy_published
from rorikt_lib.store.drafts import Draft
from rorikt_lib.store.manifest import differences
from rorikt_lib.store.snapshots import FIGURES
from rorikt_lib.terms.enums import ReportStatus


def refuse_edited(job: Job, draft: Draft | None, folder: Path) -> Draft:
    """The draft of a folder of the site, if that has just what was rendered; else InputError that names the file."""
    remedy = f"run {job.command_line} again, and have that read"
    if draft is None:
        raise InputError("nothing is kept of how it was rendered", file=folder, remedy=remedy)
    if found := differences(draft.published, folder):
        raise InputError(f"it is not as it was rendered ({found[0].how})", file=found[0].file, remedy=remedy)
    return draft


@contextmanager
def stamped(job: Job, draft: Draft, folder: Path, by: str, on: dt.date) -> Iterator[Path]:
    """A folder, while it lasts, with the files of a draft, whose report says that it is approved.

    folder: the draft's files. The pages beside the report are byte for byte those of the draft. InputError where the
    report would say anything else that is not in the draft, or must not be published.
    """
    stamp = Stamp(ReportStatus.APPROVED, draft.version or draft.rendered_at.date(), on, by)
    with TemporaryDirectory(dir=job.build) as scratch:
        made, final = Path(scratch) / "made", Path(scratch) / "final"
        copy_published(draft.published, folder, made)
        _render(job, draft, made, stamp)
        copy_published(draft.published, made, final)
        site.write_facts(final, site.read_facts(folder), stamp)
        _refuse_another_text(folder / REPORT_PAGE, final / REPORT_PAGE, job)
        refuse_private(job, final)
        yield final


def refuse_private(job: Job, folder: Path) -> None:
    """InputError where what is to be approved must not be published, with who approved it: see checks.check_folder."""
    figures = pd.read_csv(folder / FIGURES, keep_default_na=False)
    check_folder(folder, job.machine_paths, gate_of(job.folder, figures), job.folder)


def _render(job: Job, draft: Draft, made: Path, stamp: Stamp) -> None:
    """By the renderer that the draft was rendered with."""
    try:
        renderer, _ = quarto.renderer(draft.renderer)
    except InputError as error:
        remedy = f"install it, or run {job.command_line} --renderer embedded and have that read"
        raise error.instead(remedy) from None
    page = made / REPORT_PAGE
    document = page.with_suffix(".qmd")
    document.write_text(stamped_anew(draft.document, stamp), encoding="utf-8")
    facts = site.read_facts(made)
    if draft.tables:
        write_again(made, facts["excel"], draft.tables, stamp)
    render(renderer, document, page, made / facts["pdf"])


def _refuse_another_text(read: Path, approved: Path, job: Job) -> None:
    """What was read and what is approved have one text, whatever has been installed in between."""
    before, after = (html.tostring(html.parse(file).getroot().xpath("//main")[0]) for file in (read, approved))
    if before != after:
        problem = "another version of the renderer makes another page of what was read"
        raise InputError(problem, file=read, remedy=f"run {job.command_line} again, and have that read")
