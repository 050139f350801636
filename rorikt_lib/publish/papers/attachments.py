"""What a meeting's cases have attached, found: of documents what was approved, else a draft where that is allowed."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from rorikt_lib.config.document_kind import ALLOW_DRAFTS
from rorikt_lib.config.meeting_file import Attachment, Meeting, line_in
from rorikt_lib.errors import InputError
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.kinds import named
from rorikt_lib.publish.month_facts import FACTS, read_facts
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.papers.agenda import Attached
from rorikt_lib.publish.papers.look import look, look_through
from rorikt_lib.store.approved import intact, read_approved
from rorikt_lib.store.checksums import sum_of_file


@dataclass(frozen=True)
class _Wanted:
    """An attachment as it is asked for: at a line of the meeting's file, with the number it is to have."""

    attachment: Attachment
    number: int
    file: Path
    line: int

    def refused(self, problem: str, remedy: str) -> InputError:
        """Why it cannot be attached."""
        return InputError(problem, file=self.file, line=self.line, remedy=remedy)


def found(job: Job, meeting: Meeting, file: Path) -> list[list[Attached]]:
    """Case by case, what is attached, numbered throughout; InputError where one is not there, or may not be attached.

    job: of the meeting's papers. file: the meeting's own.
    """
    numbers, drafts = count(1), meeting.allow_drafts or bool(job.parameters.get(ALLOW_DRAFTS))
    wanted = [
        [
            _Wanted(each, next(numbers), file, line_in(file, "cases", at, "attachments", nth))
            for nth, each in enumerate(case.attachments)
        ]
        for at, case in enumerate(meeting.cases)
    ]
    return [[_document(job, each, drafts) if each.attachment.report else _file(each) for each in of] for of in wanted]


def _file(wanted: _Wanted) -> Attached:
    pdf = wanted.file.with_suffix("") / wanted.attachment.file
    if not pdf.exists():
        remedy = f"put it in the folder {wanted.file.stem} beside the meeting's file, or take it out"
        raise wanted.refused(f"{wanted.attachment.file} is not there", remedy)
    watched = _sums(pdf)
    return Attached(wanted.number, wanted.attachment.title or pdf.stem, pdf, look_through(pdf), watched=watched)


def _sums(*files: Path) -> dict[str, str]:
    """Before they are read: what is changed meanwhile is seen to be another."""
    return {str(file): sum_of_file(file) for file in files}


def _document(job: Job, wanted: _Wanted, drafts: bool) -> Attached:
    of, page = _job_of(job, wanted), wanted.attachment.page or REPORT_PAGE
    titles = {REPORT_PAGE: of.title} | {link["file"]: link["title"] for link in of.links}
    if page not in titles:
        raise wanted.refused(f"{of.name} has no page {page}", f"use one of: {', '.join(list(titles)[1:]) or 'none'}")
    kept = next(reversed(read_approved(of.folder.data, of.name)), None)
    folder = intact(kept).site if kept else of.out / of.name
    read = _sums(*(file for file in [folder / FACTS] if file.exists()))
    facts = read_facts(folder)
    if facts is None:
        raise wanted.refused(f"{of.name} has not been made", f"run {of.command_line}")
    if facts["draft"] and not drafts:
        remedy = f"have it approved (rorikt approve {of.name}), or write allow_drafts: true, or run with --allow-drafts"
        raise wanted.refused(f"{of.name} is a draft that nobody has approved", remedy)
    pdf = facts["pdf"] if page == REPORT_PAGE else of.pdf_of(page)
    if not (folder / pdf).exists():
        raise wanted.refused(f"{of.name} has nothing on its page {page}", "attach the document, or take it out")
    watched = read | _sums(folder / pdf, of.out / of.name / pdf)
    return Attached(
        wanted.number,
        wanted.attachment.title or f"{titles[page]}, {of.called}",
        folder / pdf,
        look(folder / pdf),
        is_draft=facts["draft"],
        address=f"../{of.name}/{page}",
        # A page beside a report is not part of what is approved.
        approved=_day(facts["approved_on"]) if page == REPORT_PAGE else None,
        watched=watched,
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _job_of(job: Job, wanted: _Wanted) -> Job:
    """The job of the document that is attached."""
    name = wanted.attachment.report
    if name == job.name:
        raise wanted.refused(f"{name} cannot be attached to itself", "take it out")
    try:
        return replace(job, document=named(job.folder, name))
    except InputError as error:
        raise wanted.refused(f"no document is called '{name}'", "write 2024-09, or as budsjett-2025") from error
