"""A document that is made of a meeting's file: what it says, and what it brings besides."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rorikt_lib.config.document_kind import PAPERS
from rorikt_lib.config.meeting_file import read_meeting
from rorikt_lib.present.sentences import meeting as words
from rorikt_lib.publish.assemble import Body
from rorikt_lib.publish.job import Job
from rorikt_lib.publish.papers.agenda import Attached, minutes, papers
from rorikt_lib.publish.papers.attachments import found
from rorikt_lib.publish.papers.filled import ATTACHMENTS, facts_of
from rorikt_lib.report.show import DOWNLOADS


@dataclass(frozen=True)
class Brought:
    """body: what the document says. attached: to it, in order. facts: what its templates are told."""

    body: Body = field(default_factory=Body)
    attached: tuple[Attached, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def read(self) -> dict[str, str]:
        """The files that it would be another of, were they others → their checksums when they were looked at."""
        return {file: checksum for each in self.attached for file, checksum in each.watched.items()}

    def write(self, made: Path) -> None:
        """What is attached, beside the document in the folder `made`: its page leads there, its PDF takes it in."""
        for each in self.attached:
            shutil.copyfile(each.pdf, made / DOWNLOADS / f"{each.key}.pdf")


# Of a document that is of no meeting.
NOTHING = Brought()


def brought(job: Job) -> Brought:
    """What the job's document says by its meeting's file; InputError where that or an attachment is refused."""
    file = job.own_file
    meeting = read_meeting(file)
    if job.kind.meeting != PAPERS:
        return Brought(minutes(meeting, file))
    of_cases = found(job, meeting, file)
    attached = tuple(each for of_case in of_cases for each in of_case)
    facts = {"meeting": True, ATTACHMENTS: facts_of(attached, DOWNLOADS), "undeclared": _undeclared(attached)}
    return Brought(papers(meeting, file, of_cases, DOWNLOADS), attached, facts)


def _undeclared(attached: tuple[Attached, ...]) -> str | None:
    """What of it does not say that it is PDF/UA, and so why the papers do not; None where they do."""
    lacking = [each for each in attached if not each.look.is_declared]
    untagged = [each.number for each in lacking if not each.look.is_tagged]
    return words.undeclared([each.number for each in lacking], untagged) if lacking else None
