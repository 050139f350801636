"""What is not as it should be with a report that can be made: said in English on the command line, in the report's
language in a notification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rorikt_lib.config.month_file import read_report
from rorikt_lib.month.freshness import Age, State
from rorikt_lib.present.sentences import unattended as words
from rorikt_lib.publish.job import Job
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import NAMES

if TYPE_CHECKING:
    from rorikt_lib.month.keep import Recorded
    from rorikt_lib.month.report import Reported


@dataclass(frozen=True)
class Remark:
    """One thing. kind: what the language calls it, a function of its module unattended. given: what that takes."""

    kind: str
    text: str
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def translated(self) -> str:
        """In the report's language."""
        return getattr(words, self.kind)(**self.given)


def known_before(job: Job, lacking: Sequence[Source]) -> list[Remark]:
    """What is known before a report is made; lacking: see Workbook.lacking."""
    found = []
    if job.settings.organisation.accessibility is None:
        told = "the site has no accessibility statement, which a public body's must have"
        found.append(Remark("no_statement", f"{told}: set organisation.accessibility in workbook.yml"))
    for source in lacking:
        told = f"no exports of {NAMES[source]}: the report is without, and says so"
        found.append(Remark("no_exports", told, {"source": source}))
    if read_report(job.month, job.folder.content).says_approved:
        told = "status in its report.yml approves nothing: it is a draft, until rorikt approve keeps it"
        found.append(Remark("approves_nothing", f"{job.month}: {told}"))
    return found


def of_ages(ages: Sequence[Age]) -> list[Remark]:
    """The sources that are late. Those without exports are among what the report lacks."""
    late = [age for age in ages if age.state == State.LATE]
    return [Remark("late", f"late: {age}", {"source": age.source, "newest": age.newest}) for age in late]


def of_log(log: Recorded | None) -> list[Remark]:
    """What was found in the forecast log."""
    told = "had rows twice, of reports made at the same time: it is mended"
    return [Remark("mended", f"{log.log} {told}")] if log and log.is_mended else []


def found_after(made: Reported) -> list[Remark]:
    """What only shows when a report is made."""
    found = of_log(made.log)
    if made.notes is not None and len(made.notes):
        count = len(made.notes)
        found.append(Remark("no_case", f"hendelser.yml: no such case by the cut-off ({count})", {"count": count}))
    return found
