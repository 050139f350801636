"""The chapters of a document, in order, and the pages beside it."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Strict

# A document's own page.
REPORT_PAGE = "index.html"


class Section(Strict):
    """One place in a document: a notebook, which brings its own headings, or a title with what stands below it."""

    title: str | None = None
    """The heading of anything but a notebook."""
    notebook: str | None = None
    """A chapter in notebooks/, without its ending."""
    narrative: str | None = None
    """A text of the document's own, in its folder in content/, without its ending; left out where nobody wrote it."""
    page: str | None = None
    """A text in content/ that serves all documents, without its ending."""
    unnumbered: bool = False
    """Whether its headings have no numbers."""
    chapters: list["Section"] = Field(default=[])
    """What stands below it, in order."""

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if sum(text is not None for text in (self.notebook, self.narrative, self.page)) > 1:
            raise ValueError("a chapter is either a notebook, a narrative or a page")
        if (self.title is None) == (self.notebook is None):
            raise ValueError("a chapter has a title, unless it is a notebook, which has its own")
        return self


class Page(Strict):
    """A web page beside the document, with its own title."""

    file: str = Field(pattern=r"^[a-z0-9-]+\.html$")
    """Its name in the document's folder of the site, as budsjett.html."""
    title: str
    """Its title."""
    yearly: bool = False
    """Whether it is about a year rather than the month, so that the front page leads to it from the year."""
    chapters: list[Section]
    """What stands on it, in order."""


class Order(Strict):
    """A document's chapters, and the pages beside it."""

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
        """Names of all notebooks, each once, in the order of the document and then of the pages."""
        return list(dict.fromkeys(each.notebook for each in self._sections if each.notebook))

    @property
    def narratives(self) -> dict[str, str]:
        """Name of each narrative → its section's title, in the order of the document and then of the pages."""
        return {each.narrative: each.title or "" for each in self._sections if each.narrative}

    @property
    def _sections(self) -> Iterator[Section]:
        return _all([*self.chapters, *(section for page in self.pages for section in page.chapters)])


def _all(sections: list[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.chapters)
