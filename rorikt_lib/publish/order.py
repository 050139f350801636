"""The order of the report: the key `rorikt: chapters:` of _quarto.yml, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, model_validator

from rorikt_lib.settings import Strict
from rorikt_lib.yaml_file import read_yaml


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
    chapters: list[Section] = Field(default=[])

    @model_validator(mode="after")
    def _one_text(self) -> Section:
        if sum(text is not None for text in (self.notebook, self.narrative, self.page)) > 1:
            raise ValueError("a chapter is either a notebook, a narrative or a page")
        if (self.title is None) == (self.notebook is None):
            raise ValueError("a chapter has a title, unless it is a notebook, which has its own")
        return self


def read_order(file: Path) -> list[Section]:
    """The sections in _quarto.yml; InputError names the key that does not fit."""
    return read_yaml(file, list[Section], "rorikt", "chapters") or []


def notebooks(order: list[Section]) -> Iterator[str]:
    """Names of the chapters that are notebooks, in the order of the report."""
    for section in order:
        if section.notebook:
            yield section.notebook
        yield from notebooks(section.chapters)
