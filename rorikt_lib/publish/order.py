"""The order of the report and of the pages beside it: the key `rorikt:` of _quarto.yml, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Strict
from rorikt_lib.config.yaml_file import read_yaml

# The month's report itself.
REPORT_PAGE = "index.html"


class Section(Strict):
    """One place in the report.

    notebook: a chapter in notebooks/, which brings its own headings. narrative: a file of the month in
    content/YYYY-MM/. page: a file in content/ that serves all months. title: the heading of anything but a notebook.
    """

    title: str | None = None
    notebook: str | None = None
    narrative: str | None = None
    page: str | None = None
    unnumbered: bool = False
    chapters: list["Section"] = Field(default=[])

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if sum(text is not None for text in (self.notebook, self.narrative, self.page)) > 1:
            raise ValueError("a chapter is either a notebook, a narrative or a page")
        if (self.title is None) == (self.notebook is None):
            raise ValueError("a chapter has a title, unless it is a notebook, which has its own")
        return self


class Page(Strict):
    """A web page beside the month's report, with its own title. file: its name in the month's folder.

    yearly: it is about a year rather than the month, so that the front page leads to it from the year.
    """

    file: str = Field(pattern=r"^[a-z0-9-]+\.html$")
    title: str
    yearly: bool = False
    chapters: list[Section]


class Order(Strict):
    """The report's chapters, and the pages beside it."""

    chapters: list[Section]
    pages: list[Page] = Field(default=[])

    @model_validator(mode="after")
    def _one_page_a_file(self) -> Self:
        files = [REPORT_PAGE, *(page.file for page in self.pages)]
        if twice := [file for file in files if files.count(file) > 1]:
            raise ValueError(f"two pages are called {twice[0]}")
        return self

    @property
    def notebooks(self) -> list[str]:
        """Names of all notebooks, each once, in the order of the report and then of the pages."""
        sections = [*self.chapters, *(section for page in self.pages for section in page.chapters)]
        return list(dict.fromkeys(each.notebook for each in _all(sections) if each.notebook))

    @property
    def narratives(self) -> dict[str, str]:
        """Name of each narrative → its section's title, in the order of the report and then of the pages."""
        sections = [*self.chapters, *(section for page in self.pages for section in page.chapters)]
        return {each.narrative: each.title or "" for each in _all(sections) if each.narrative}


def read_order(file: Path) -> Order:
    """The order in _quarto.yml; InputError names the key that does not fit."""
    return read_yaml(file, Order, "rorikt") or Order(chapters=[])


def _all(sections: list[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.chapters)
