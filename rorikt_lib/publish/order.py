"""The order of the report: the key `rorikt: chapters:` of _quarto.yml, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter, ValidationError, model_validator

from rorikt_lib.errors import InputError
from rorikt_lib.settings import Strict


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
    try:
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        return TypeAdapter(list[Section]).validate_python(project["rorikt"]["chapters"])
    except FileNotFoundError:
        raise InputError("no such file", file=file, remedy="restore _quarto.yml") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not valid YAML ({error.problem})", file=file, line=line, remedy="mend the line") from None
    except (KeyError, TypeError):
        raise InputError("no chapters", file=file, remedy="list them under rorikt: chapters:") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, ("rorikt", "chapters", *first["loc"])))
        raise InputError(f"'{key}': {first['msg']}", file=file, remedy="mend the chapter") from None


def notebooks(order: list[Section]) -> Iterator[str]:
    """Names of the chapters that are notebooks, in the order of the report."""
    for section in order:
        if section.notebook:
            yield section.notebook
        yield from notebooks(section.chapters)
