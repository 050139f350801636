"""A run as a story: refuse what cannot be right, make the document; of a month, keep its figures and follow up."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rorikt_lib.config.document_kind import NO_DATA
from rorikt_lib.config.folder import Folder
from rorikt_lib.month.checks import contradictions, refuse_contradictions, refuse_failed
from rorikt_lib.month.coverage import refuse_lacking, refuse_missing
from rorikt_lib.month.keep import Recorded, record, recorder, settle, take_back
from rorikt_lib.month.life import record_draft, refuse_approved, refuse_unkept, revision_of
from rorikt_lib.month.pc_lists import write_lists
from rorikt_lib.publish.build import Built, build_report
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.kinds import kind_of
from rorikt_lib.report.breaches import notes_without_case
from rorikt_lib.report.figures import collect, frames
from rorikt_lib.report.narrative import NO_FIGURES
from rorikt_lib.store.memory import forget_old
from rorikt_lib.terms.documents import Document
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook, if_there, open_month

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Reported:
    """What a month's run made: the site's month, what was kept of it, and lists for those who follow up.

    log, snapshot: None without ledger, without cases. lists: None where no PC is to be followed up. notes: what people
    wrote of cases that the report does not have; None without cases. lacking: see Workbook.lacking.
    """

    built: Built
    log: Recorded | None
    snapshot: Path | None
    lists: Path | None
    notes: pd.DataFrame | None
    lacking: list[Source]


def report_month(
    job: Job,
    progress: Progress = lambda message: None,
    *,
    strict: bool = False,
    revise: str | None = None,
    recorded: Callable[[], None] = lambda: None,
) -> Reported:
    """The report, from the clean tables as they are. InputError, and the site as it was, where it is refused.

    For the only run of the month (see job.only_run). strict: it is refused where a chapter lacks its source, too.
    revise: why a month that was approved is made anew, as the draft of its next revision; without it, such a month is
    refused. recorded: called once what the month says is kept, so that the next may begin.
    """
    refuse_approved(job, revise)
    with recorder(job.folder.data, job.month, lambda: progress("waiting for another month's figures")):
        book = _opened(job, strict)
        refuse_unkept(job, book)
        progress("figures")
        figures = collect(book)
        # Chapters show the same tables.
        book.share(frames())
        refuse_contradictions(contradictions(book.unmasked), book)
        revision = revision_of(job, revise, figures)
        kept = record(book, figures)
    recorded()
    try:
        built = build_report(job, figures, progress, revision, book)
    except BaseException:
        take_back(job.folder.data, job.month)
        raise
    settle(job.folder.data, job.month)
    forget_old(job.folder.data)
    progress("what is kept of it")
    record_draft(job, book, built, revision)
    lists, notes = write_lists(book), if_there(notes_without_case, book)
    return Reported(built, kept.log, kept.snapshot, lists, notes, book.lacking)


def report_document(
    job: Job,
    progress: Progress = lambda message: None,
    *,
    strict: bool = False,
    revise: str | None = None,
) -> Reported:
    """As `report_month`, of a document that is no monthly report: nothing is kept of it that later months tell of."""
    refuse_approved(job, revise)
    book = _opened(job, strict) if job.has_data else None
    progress("figures")
    figures = collect(book, *job.kind.tables) if book else NO_FIGURES
    if book:
        book.share(frames())
        refuse_contradictions(contradictions(book.unmasked, *job.kind.tables), book)
    revision = revision_of(job, revise, figures)
    built = build_report(job, figures, progress, revision, book)
    forget_old(job.folder.data)
    progress("what is kept of it")
    record_draft(job, book, built, revision)
    return Reported(built, None, None, None, None, book.lacking if book else [])


def _opened(job: Job, strict: bool) -> Workbook:
    """The month, if it can be reported."""
    book = open_month(job.month, job.folder, **job.month_counts)
    refuse_missing(book)
    if strict:
        refuse_lacking(book)
    refuse_failed(book)
    return book


def figures_of(of: Document, folder: Folder) -> pd.DataFrame:
    """All figures of a document as it would have them, nothing kept; see report.figures.collect."""
    kind = kind_of(folder, of.kind)
    return NO_FIGURES if kind.data == NO_DATA else collect(open_month(of.month, folder), *kind.tables)
