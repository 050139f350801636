"""content/meetings/DATE.yml: a meeting: what it is to treat and, when it is over, what was decided."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, model_validator

from rorikt_lib.config.complaints import line_of
from rorikt_lib.config.strict import CASE_NUMBER, PDF_FILE, Misplaced, Strict, distinct
from rorikt_lib.config.yaml_file import read_yaml, text_of
from rorikt_lib.errors import InputError

Text = Annotated[str, Field(min_length=1)]
Roles = list[Text]
# What stands after a key whose text begins on the next line.
_BELOW = re.compile(r"[|>][-+\d]*\s*(?:#.*)?$")


class Attachment(Strict):
    """What is attached to a case: a report or another document of this workbook, or a PDF file."""

    report: str | None = None
    """The document by its name, as 2024-09 or budsjett-2025. Attached is what was approved of it, as it was."""
    page: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.html$")] | None = None
    """A page beside that report instead of the report itself, as budsjett.html."""
    file: Annotated[str, Field(pattern=PDF_FILE)] | None = None
    """A PDF file in the folder that is called as the meeting's date, beside this file."""
    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """What it is called. Missing: as the document calls itself, and a file by its name."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.report is None) == (self.file is None):
            raise Misplaced("an attachment is either a report or a file")
        if self.page is not None and self.report is None:
            raise Misplaced("only a report has pages beside it", "page")
        return self


class Case(Strict):
    """One case of a meeting."""

    number: Annotated[str, Field(pattern=CASE_NUMBER)]
    """Its number, which begins with the meeting's year, as 2024/M10-031."""
    title: Annotated[str, Field(min_length=1, max_length=120)]
    """What it is called."""
    responsible: Text
    """The role that answers for it; no person's name."""
    lead: str | None = None
    """What it is about, in one sentence, for the list of cases."""
    text: str | None = None
    """The case itself, in the Markdown of narratives."""
    proposed: Text | None = None
    """The decision that is proposed, in Markdown. Missing: the case is for information."""
    attachments: list[Attachment] = Field(default=[])
    """What is attached to it, in order."""
    decision: Text | None = None
    """What was decided, or of a case for information what was noted, in Markdown; written after the meeting."""

    @property
    def is_for_decision(self) -> bool:
        """Whether the meeting is to decide something in it."""
        return self.proposed is not None


class Meeting(Strict):
    """One meeting."""

    body: Text
    """Who meets, as Styret."""
    time: Text
    """When it begins and ends, in quotes: "10.00–12.00"."""
    place: Text
    """Where it is held."""
    invited: Annotated[Roles, Field(min_length=1)]
    """The roles that are invited; no persons' names."""
    allow_drafts: bool = False
    """Whether reports that nobody has approved may be attached, as rorikt meeting --allow-drafts allows."""
    cases: Annotated[list[Case], Field(min_length=1)]
    """The cases, in the order of their numbers."""
    attended: Roles = Field(default=[])
    """The roles that were there; written after the meeting."""
    absent: Roles = Field(default=[])
    """The invited roles that were not there; written after the meeting."""

    @model_validator(mode="after")
    def _numbers_in_order(self) -> Self:
        numbers = [case.number for case in self.cases]
        distinct(numbers, "cases")
        for at, (before, number) in enumerate(pairwise(numbers), start=1):
            if _counted(number) < _counted(before):
                raise Misplaced(f"{number} stands after {before}", "cases", at, "number")
        return self

    @model_validator(mode="after")
    def _each_was_there_or_not(self) -> Self:
        if both := sorted({*self.attended} & {*self.absent}):
            raise Misplaced(f"{both[0]} was there, and was not", "absent")
        if unknown := [role for role in self.absent if role not in self.invited]:
            raise Misplaced(f"{unknown[0]} was not invited", "absent")
        return self


def _counted(number: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", number)]


def read_meeting(file: Path) -> Meeting:
    """The meeting that a file is of, which is called as the meeting's date; InputError for what does not fit."""
    if not file.exists():
        remedy = "write it; docs/meetings.md says how"
        raise InputError("no meeting is written for that day", file=file, remedy=remedy)
    meeting = read_yaml(file, Meeting)
    if meeting is None:
        raise InputError("the file is empty", file=file, remedy="write body, time, place, invited and cases")
    year = file.stem[:4]
    for at, case in enumerate(meeting.cases):
        if not case.number.startswith(f"{year}/"):
            problem, line = (
                f"{case.number} is a case of another year than the meeting",
                line_in(file, "cases", at, "number"),
            )
            raise InputError(problem, file=file, line=line, remedy=f"begin its number with {year}/")
    return meeting


def refuse_undecided(meeting: Meeting, file: Path) -> None:
    """InputError where the file does not say what minutes say: who was there, and what was decided in each case."""
    if not meeting.attended:
        remedy = "write the roles that were there under attended"
        raise InputError("nobody is said to have been there", file=file, remedy=remedy)
    for at, case in enumerate(meeting.cases):
        if case.is_for_decision and case.decision is None:
            problem, line = f"nothing is said to be decided in {case.number}", line_in(file, "cases", at, "number")
            raise InputError(problem, file=file, line=line, remedy="write what was decided under decision of the case")


def line_in(file: Path, *place: str | int) -> int:
    """The line of a key of a file; of a text that begins below its key, the line where it begins."""
    text = text_of(file)
    line = line_of(yaml.compose(text, yaml.SafeLoader), place) or 1
    return line + bool(_BELOW.search(text.splitlines()[line - 1]))
