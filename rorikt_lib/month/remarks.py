"""What is not as it should be with a report that can be made: said in English on the command line, in the report's
language in a notification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.month_file import read_report
from rorikt_lib.month.freshness import Age, State
from rorikt_lib.present.sentences import unattended as words
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import NAMES

if TYPE_CHECKING:
    import pandas as pd

    from rorikt_lib.month.keep import Recorded


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


def known_before(month: str, folder: Folder, lacking: Sequence[Source]) -> list[Remark]:
    """What is known before a report is made; lacking: see Workbook.lacking."""
    found = []
    if folder.settings.organisation.accessibility is None:
        told = "the site has no accessibility statement, which a public body's must have"
        found.append(Remark("no_statement", f"{told}: set organisation.accessibility in workbook.yml"))
    found += map(_without_exports, lacking)
    if read_report(month, folder.content).says_approved:
        told = "status in its report.yml approves nothing: it is a draft, until rorikt approve keeps it"
        found.append(Remark("approves_nothing", f"{month}: {told}"))
    return found


def of_ages(ages: Sequence[Age]) -> list[Remark]:
    """The sources that are late. Those without exports are among what the report lacks."""
    return [_late(age) for age in ages if age.state == State.LATE]


def what_is_missing(ages: Sequence[Age]) -> list[Remark]:
    """Each source that is not as new as expected, or of which there is nothing: where no report can be made of it."""
    return [_absent(age) if age.state == State.ABSENT else _late(age) for age in ages if age.state != State.FRESH]


def _absent(age: Age) -> Remark:
    return Remark("absent", f"no exports of {NAMES[age.source]}", {"source": age.source})


def _late(age: Age) -> Remark:
    return Remark("late", f"late: {age}", {"source": age.source, "newest": age.newest})


def _without_exports(source: Source) -> Remark:
    told = f"no exports of {NAMES[source]}: the report is without, and says so"
    return Remark("no_exports", told, {"source": source})


def of_log(log: Recorded | None) -> list[Remark]:
    """What was found in the forecast log."""
    told = "had rows twice, of reports made at the same time: it is mended"
    return [Remark("mended", f"{log.log} {told}")] if log and log.is_mended else []


def found_after(log: Recorded | None, notes: pd.DataFrame | None) -> list[Remark]:
    """What only shows when a report is made. log, notes: see report.Reported."""
    found = of_log(log)
    if notes is not None and len(notes):
        count = len(notes)
        found.append(Remark("no_case", f"hendelser.yml: no such case by the cut-off ({count})", {"count": count}))
    return found
