"""Executed chapters and narratives become one Markdown document, the same for both renderers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import yaml

from rorikt_lib.content import Report
from rorikt_lib.errors import InputError
from rorikt_lib.present import numbers, tables
from rorikt_lib.publish.narrative import read_narrative
from rorikt_lib.publish.order import Section
from rorikt_lib.publish.outputs import FIGURES, Chapter
from rorikt_lib.settings import Organisation

DEEPEST_HEADING = 5

_HEADING = re.compile(r"^(#+)\s+(.+?)\s*$")
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}$")
_TABLE_CAPTION = re.compile(r"^: (?P<text>.*?)(?:\s*\{#(?P<id>[\w-]+)\})?\s*$")
_FIGURE = re.compile(rf"^!\[(?P<text>.*)\](?P<rest>\({FIGURES}/.*\{{#(?P<id>[\w-]+) .*)$")
_REFERENCE = re.compile(r"\[\]\(#((?:tabell|figur)-[\w-]+)\)")


@dataclass
class Body:
    """The document's text, and the narratives that nobody wrote."""

    texts: list[str] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """The whole text, with tables and figures numbered."""
        return number_captions("\n\n".join(self.texts)) + "\n"


def assemble(
    order: list[Section], chapters: dict[str, Chapter], content: Path, month: str, figures: pd.DataFrame
) -> Body:
    """The document in the order of _quarto.yml. chapters: name of the notebook → what it says."""
    body = Body()
    for section in order:
        _add(section, 1, body, chapters, content, month, figures)
    return body


def _add(section: Section, level: int, body: Body, chapters: dict[str, Chapter], *rest) -> None:
    below = Body()
    if section.notebook:
        text = with_top_heading(chapters[section.notebook].markdown, level)
    else:
        text = _written(section, level, below, *rest)
    for chapter in section.chapters:
        _add(chapter, level + 1, below, chapters, *rest)
    texts = [text] * bool(text) + below.texts
    if texts and section.title:
        texts = [f"{'#' * level} {section.title}", *texts]
    body.texts += [unnumbered(text) for text in texts] if section.unnumbered else texts
    body.missing += below.missing


def _written(section: Section, level: int, below: Body, content: Path, month: str, figures: pd.DataFrame) -> str:
    """The narrative or page of a section, its own headings below the section's."""
    if section.narrative is None and section.page is None:
        return ""
    file = content / month / f"{section.narrative}.md" if section.narrative else content / f"{section.page}.md"
    text = read_narrative(file, figures)
    if text is None:
        below.missing.append(file)
    return with_top_heading(text or "", level + 1)


def with_top_heading(text: str, level: int) -> str:
    """`text` with all headings moved so that the highest is of `level`."""
    found = [len(match[1]) for match in map(_HEADING.match, text.splitlines()) if match]
    by = level - min(found, default=level)
    if max(found, default=0) + by > DEEPEST_HEADING:
        raise InputError(f"a heading below level {DEEPEST_HEADING}", remedy="use fewer levels of headings")
    return _each_heading(text, lambda marks, words: f"{'#' * (len(marks) + by)} {words}")


def unnumbered(text: str) -> str:
    """`text` with every heading marked as unnumbered."""
    def mark(marks: str, words: str) -> str:
        attributes = _ATTRIBUTES.search(words)
        told = f"{attributes[1]} " if attributes else ""
        return f"{marks} {_ATTRIBUTES.sub('', words)} {{{told}.unnumbered}}"

    return _each_heading(text, mark)


def _each_heading(text: str, change) -> str:
    lines = text.splitlines()
    matches = [(line, _HEADING.match(line)) for line in lines]
    return "\n".join(change(match[1], match[2]) if match else line for line, match in matches)


def number_captions(text: str) -> str:
    """`text` with tables and figures numbered in their captions, and empty references to them filled in.

    An id used twice and a reference to nothing are InputErrors.
    """
    numbered: dict[str, str] = {}
    lines = [_numbered(line, before, numbered) for line, before in _with_text_before(text.splitlines())]

    def name(reference: re.Match[str]) -> str:
        if reference[1] not in numbered:
            problem = f"a reference to '{reference[1]}', which is not in the report"
            raise InputError(problem, remedy="mend the reference")
        return f"[{numbered[reference[1]].lower()}](#{reference[1]})"

    return _REFERENCE.sub(name, "\n".join(lines))


def _with_text_before(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    before = ""
    for line in lines:
        yield line, before
        before = line if line.strip() else before


def _numbered(line: str, before: str, numbered: dict[str, str]) -> str:
    figure = _FIGURE.match(line)
    table = _TABLE_CAPTION.match(line) if before.startswith("|") else None
    if figure:
        return f"![{_claim('Figur', figure['id'], numbered)}. {figure['text']}]{figure['rest']}"
    if table:
        key = table["id"] or f"tabell-{len(numbered) + 1}"
        return f": {_claim('Tabell', key, numbered)}. {table['text']} {{#{key}}}"
    return line


def _claim(kind: str, key: str, numbered: dict[str, str]) -> str:
    if key in numbered:
        raise InputError(f"two tables or figures are called '{key}'", remedy="give one another id")
    name = f"{kind} {sum(other.startswith(kind) for other in numbered.values()) + 1}"
    numbered[key] = name
    return name


def front_matter(month: str, report: Report, organisation: Organisation, demo: bool, files: dict[str, str]) -> str:
    """The YAML block that both renderers' templates read. files: what the page links to, by the template's name."""
    told = {
        "title": organisation.report_title,
        "subtitle": numbers.month_name(month).capitalize(),
        "lang": "nb-NO",
        "organisation": organisation.name,
        "responsible-unit": organisation.responsible_unit,
        "version": day_text(report.version),
        "status": report.status,
        "approved-on": day_text(report.approved_on),
        "approved-by": report.approved_by,
        **files,
    }
    known = {key: tables.plain(text) for key, text in told.items() if text}
    draft = report.status == "Utkast"
    flags = {"draft": draft, "demo": demo, "marked": draft or demo}
    return f"---\n{yaml.safe_dump(known | flags, allow_unicode=True, sort_keys=False)}---\n\n"


def day_text(date: dt.date | None) -> str | None:
    """`27. september 2024`, in metadata that Markdown and Typst read: with an ordinary space it would be a list."""
    return numbers.day(date).replace(". ", ".\u00a0") if date else None
