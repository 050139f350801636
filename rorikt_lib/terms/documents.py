"""What a document is called, and which period it is of. Imports nothing that takes long."""

import datetime as dt
import re
from dataclasses import dataclass

from rorikt_lib.errors import InputError
from rorikt_lib.terms.months import is_month

# The kind of the monthly report, which is called as its month.
REPORT = "report"
# How the period of a document is written, by what it is.
PERIODS = {
    "month": r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])",
    "quarter": r"(?:19|20)\d\d-q[1-4]",
    "year": r"(?:19|20)\d\d",
    "date": r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
}
_EXAMPLES = {"month": "2024-09", "quarter": "2024-q3", "year": "2025", "date": "2024-10-09"}
_CALLED = {"month": "a month", "quarter": "a quarter", "year": "a year", "date": "a date"}
KIND = r"[a-z]+(?:-[a-z]+)*"
_NAME = re.compile(rf"({KIND})-({'|'.join(PERIODS.values())})")
_REVISION_OF_MONTH, _REVISION = re.compile(r"(.*)-([1-9]\d*)"), re.compile(r"(.*)-r([1-9]\d*)")


@dataclass(frozen=True)
class Document:
    """One document. kind: as its file in documents/ is called. period: what it is of, as PERIODS has it.

    month: whose data it is made of; of one that is made of none, the last of its period. Empty where it is not known.
    """

    kind: str
    period: str
    month: str

    @property
    def is_month(self) -> bool:
        """Whether it is a monthly report."""
        return self.kind == REPORT

    @property
    def name(self) -> str:
        """What it is called in commands, on the site, and where it is kept: `2024-09`, `budsjett-2025`."""
        return self.period if self.is_month else f"{self.kind}-{self.period}"


def told_as(of: str) -> str:
    """A kind of period in words, with one as it is written: `a year as 2025`."""
    return f"{_CALLED[of]} as {_EXAMPLES[of]}"


def monthly(month: str) -> Document:
    """The report of a month."""
    return Document(REPORT, month, month)


def parts_of(name: str) -> tuple[str, str] | None:
    """Kind and period of a document by its name; None where it cannot be the name of one."""
    if is_month(name):
        return REPORT, name
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None


def folder_of(name: str, revision: int) -> str:
    """The folder of a revision, by the document's name: `2024-09-2`, and `budsjett-2025-r2`."""
    return f"{name}-{revision}" if is_month(name) else f"{name}-r{revision}"


def revision_in(folder: str) -> tuple[str, int] | None:
    """Name and revision of the document that a folder is of; None where it is none of `folder_of`."""
    of_month, of_other = _REVISION_OF_MONTH.fullmatch(folder), _REVISION.fullmatch(folder)
    if of_month and is_month(of_month[1]):
        return of_month[1], int(of_month[2])
    if of_other and _NAME.fullmatch(of_other[1]):
        return of_other[1], int(of_other[2])
    return None


def is_document(folder: str) -> bool:
    """Whether a folder of a site has a document, or a revision of one."""
    # Of months as it always was: whatever begins as one.
    return is_month(folder[:7]) or parts_of(folder) is not None or revision_in(folder) is not None


def period_kind(period: str) -> str | None:
    """What a period is, by how it is written: see PERIODS; None where it is none."""
    return next((of for of, pattern in PERIODS.items() if re.fullmatch(pattern, period)), None)


def check_period(text: str, of: str) -> str:
    """The period unchanged; InputError where it is not one of that kind. of: see PERIODS."""
    if period_kind(text) != of or not _is_possible(text, of):
        raise InputError(f"'{text}' is not {_CALLED[of]}", remedy=f"write it as {_EXAMPLES[of]}")
    return text


def _is_possible(text: str, of: str) -> bool:
    """Whether the calendar has it: there is no 31 February."""
    try:
        return of != "date" or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def last_month(period: str) -> str:
    """The last month of a period; that of a date is the one it is in."""
    match period_kind(period):
        case "year":
            return f"{period}-12"
        case "quarter":
            return f"{period[:4]}-{3 * int(period[-1]):02d}"
        case "month" | "date":
            return period[:7]
    raise InputError(f"'{period}' is no period", remedy=f"write it as one of: {', '.join(_EXAMPLES.values())}")
