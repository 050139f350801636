"""documents/KIND.yml: a kind of document, whose name is that of its file."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from rorikt_lib.config.order import Order, Page, Section
from rorikt_lib.config.strict import FOLDER, WORD, Misplaced, Strict
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError

NO_DATA = "none"
PAPERS = "papers"
# What a command may say of the papers of a meeting, as of a notebook's parameter.
ALLOW_DRAFTS = "allow_drafts"


class Kind(Strict):
    """A kind of document: which chapters it has, of which period it is, and whose data it is made of."""

    title: str
    """What its documents are called, as Budsjettsak. Empty: as the monthly report is, organisation.report_title."""
    command: str | None = Field(default=None, pattern=WORD)
    """The word after rorikt that makes one. Missing: the name of this file."""
    period: Literal["month", "quarter", "year", "date"]
    """What one document is of: a month as 2024-09, a quarter as 2024-q3, a year as 2025, a date as 2024-10-09."""
    data: Literal["period", "year_before", "newest", "none"] = "period"
    """Whose data its notebooks open.

    period: the last month of the period. year_before: the newest month that there are data of, at the latest December
    before the period. newest: the newest month that there are data of, at the latest the last of the period. none: it
    has no notebooks.
    """
    content: str | None = Field(default=None, pattern=FOLDER)
    """The folder in content/ with its texts, a folder a period in it. Missing: called as this file."""
    order: Literal["_quarto.yml"] | None = None
    """The chapters and pages are those of the monthly report, in _quarto.yml, instead of those here."""
    chapters: list[Section] = Field(default=[])
    """The chapters, in order."""
    pages: list[Page] = Field(default=[])
    """Web pages beside the document."""
    tables: list[str] = Field(default=[])
    """Modules of the library's reports whose figures count besides those of the monthly report."""
    parameters: dict[str, Any] = Field(default={})
    """Parameters for the notebooks that have them, as trend_months: 25."""
    cover: dict[str, str] = Field(default={})
    """What else stands on the cover: what it is called → its key in content/FOLDER/PERIOD.yml, the document's own."""
    words: dict[str, str] = Field(default={})
    """Words around the text that are others here, by their names, as draft-note: Saken er ikke vedtatt."""
    meeting: Literal["papers", "minutes"] | None = None
    """Made of a meeting's file, content/FOLDER/DATE.yml: its papers with what is attached, or its minutes."""
    approved_by_each: bool = False
    """Whether each member approves it, with a date under members_approved in its own file, before it is approved."""

    @model_validator(mode="after")
    def _one_order(self) -> Self:
        if self.order is not None and (self.chapters or self.pages):
            raise Misplaced("the chapters stand in another file, and here too", "order")
        if self.data == NO_DATA and self.ordered.notebooks:
            raise Misplaced("without data there can be no notebooks", "data")
        if self.meeting and (self.period != "date" or self.data != NO_DATA):
            raise Misplaced("a meeting is of a date, and its papers are made of no data", "meeting")
        if self.data == NO_DATA and self.tables:
            raise Misplaced("without data there are no tables", "tables")
        return self

    @property
    def own_parameters(self) -> set[str]:
        """The parameters that it has besides those of its notebooks."""
        return {ALLOW_DRAFTS} if self.meeting == PAPERS else set()

    @property
    def ordered(self) -> Order:
        """The chapters and pages that stand in its own file."""
        return Order(chapters=self.chapters, pages=self.pages)


def read_kind(file: Path) -> Kind:
    """The kind that a file is of; InputError names the key that does not fit."""
    kind = read_yaml(file, Kind)
    if kind is None:
        remedy = "write title, period and chapters; see docs/documents.md"
        raise InputError("the file is empty", file=file, remedy=remedy)
    return kind


def read_own(file: Path) -> dict[str, Any]:
    """What a document's own file says, by its keys; nothing where there is no such file."""
    return (read_yaml(file, dict[str, Any]) if file.exists() else None) or {}
