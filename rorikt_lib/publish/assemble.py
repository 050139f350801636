"""Executed chapters and narratives become one Markdown document, the same for both renderers."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Self

import pandas as pd

from rorikt_lib.config.order import Section
from rorikt_lib.errors import InputError
from rorikt_lib.present.language import heading, mark, pages
from rorikt_lib.present.markdown import plain
from rorikt_lib.publish.outputs import CHARTS, Chapter
from rorikt_lib.report.narrative import read_narrative

DEEPEST_HEADING = 5
# The kinds of what has a number; the language has a mark for each.
TABLE, FIGURE = "table", "figure"

_HEADING = re.compile(r"^(#+)\s+(.+?)\s*$")
_ATTRIBUTES = re.compile(r"\s*(?<!\\)\{([^{}]*)(?<!\\)\}$")
_TABLE_CAPTION = re.compile(r"^: (?P<text>.*?)(?:\s*\{#(?P<id>[\w-]+)(?P<folded> \.folded)?\})?\s*$")
_FIGURE = re.compile(rf"^!\[(?P<text>.*)\](?P<rest>\({CHARTS}/.*\{{#(?P<id>[\w-]+) .*)$")
_REFERENCE = re.compile(r"\[\]\(#((?:tabell|figur)-[\w-]+)\)")


@dataclass(frozen=True)
class Material:
    """What a document is made of.

    chapters: name of the notebook → what it says. content: the workbook's. texts: the folder of narratives in it.
    figures: one row per figure, dimension and member, for the numbers in the narratives. facts: what pages that serve
    all months may name.
    """

    chapters: dict[str, Chapter]
    content: Path
    texts: str
    figures: pd.DataFrame
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """Text in the order of the report, one piece a chapter or section, and the narratives that nobody wrote."""

    texts: tuple[str, ...] = ()
    missing: tuple[Path, ...] = ()

    def __add__(self, other: "Body") -> Self:
        return Body(self.texts + other.texts, self.missing + other.missing)

    @property
    def markdown(self) -> str:
        """The whole text, with tables and figures numbered; what has no text is left out, but keeps its number."""
        return number_captions(without_empty("\n\n".join(self.texts))) + "\n"


def assemble(order: list[Section], material: Material, level: int = 1) -> Body:
    """The sections of `order`, whose headings are of `level`, and all below them."""
    return sum((_section(section, level, material) for section in order), start=Body())


def _section(section: Section, level: int, material: Material) -> Body:
    body = _own_text(section, level, material) + assemble(section.chapters, material, level + 1)
    if section.title:
        body = Body((f"{'#' * level} {plain(heading(section.title))}",)) + body
    return replace(body, texts=tuple(map(unnumbered, body.texts))) if section.unnumbered else body


def _own_text(section: Section, level: int, material: Material) -> Body:
    if section.notebook:
        return Body((with_top_heading(_in_language(material.chapters[section.notebook].markdown), level),))
    if section.narrative:
        file = material.content / material.texts / f"{section.narrative}.md"
    elif section.page:
        own = material.content / f"{section.page}.md"
        file = own if own.exists() else pages() / own.name
    else:
        return Body()
    text = read_narrative(file, material.figures, material.facts if section.page else None)
    return Body((with_top_heading(text, level + 1),)) if text else Body(missing=(file,))


def _in_language(text: str) -> str:
    """A chapter of the library's with its headings in the report's language."""

    def named(signs: str, words: str) -> str:
        attributes = _ATTRIBUTES.search(words)
        return f"{signs} {heading(_ATTRIBUTES.sub('', words))}{attributes[0] if attributes else ''}"

    return _each_heading(text, named)


def with_top_heading(text: str, level: int) -> str:
    """`text` with all headings moved so that the highest is of `level`."""
    found = [len(match[1]) for match in map(_HEADING.match, text.splitlines()) if match]
    by = level - min(found, default=level)
    if max(found, default=0) + by > DEEPEST_HEADING:
        raise InputError(f"a heading below level {DEEPEST_HEADING}", remedy="use fewer levels of headings")
    return _each_heading(text, lambda marks, words: f"{'#' * (len(marks) + by)} {words}")


def unnumbered(text: str) -> str:
    """`text` with every heading marked as unnumbered."""

    def marked(signs: str, words: str) -> str:
        attributes = _ATTRIBUTES.search(words)
        others = f"{attributes[1]} " if attributes else ""
        return f"{signs} {_ATTRIBUTES.sub('', words)} {{{others}.unnumbered}}"

    return _each_heading(text, marked)


def without_empty(text: str) -> str:
    """`text` without headings that nothing stands under. They keep their numbers: those after them say their own."""
    lines = text.splitlines()
    has_text, found = _with_text(lines), [_HEADING.match(line) for line in lines]
    kept = [n for n in range(len(lines)) if not found[n] or has_text[n]]
    numbered = {n: m for n, m in enumerate(found) if m and ".unnumbered" not in m[2]}
    own = _numbers({n: len(m[1]) for n, m in numbered.items()})
    counted = _numbers({n: len(m[1]) for n, m in numbered.items() if has_text[n]})
    return "\n".join(
        lines[n] if own.get(n) == counted.get(n) else _with_attribute(lines[n], f'number="{own[n]}"') for n in kept
    )


def _with_text(lines: list[str]) -> list[bool]:
    """Whether each line is text, or a heading that has some under it or under its own headings."""
    has_text, below = [], 0
    for line in reversed(lines):
        heading = _HEADING.match(line)
        level = len(heading[1]) if heading else DEEPEST_HEADING + 1
        if not heading:
            below = level if line.strip() else below
        elif level < below:
            below = level
        else:
            level = 0
        has_text.append(bool(level))
    return has_text[::-1]


def _numbers(levels: dict[int, int]) -> dict[int, str]:
    """Line → number of each heading, `2.1`, by its level."""
    counts, made = [0] * (DEEPEST_HEADING + 1), {}
    for line, level in levels.items():
        counts[level - 1 :] = [counts[level - 1] + 1] + [0] * (DEEPEST_HEADING + 1 - level)
        made[line] = ".".join(map(str, counts[:level]))
    return made


def _with_attribute(line: str, attribute: str) -> str:
    found = _ATTRIBUTES.search(line)
    return f"{_ATTRIBUTES.sub('', line)} {{{f'{found[1]} ' if found else ''}{attribute}}}"


def _each_heading(text: str, change: Callable[[str, str], str]) -> str:
    matches = [(line, _HEADING.match(line)) for line in text.splitlines()]
    return "\n".join(change(match[1], match[2]) if match else line for line, match in matches)


def number_captions(text: str) -> str:
    """`text` with tables and figures numbered in their captions, and empty references to them filled in.

    An id used twice and a reference to nothing are InputErrors.
    """
    lines = text.splitlines()
    captions = list(map(_caption, lines, _texts_before(lines)))
    names = _names([caption for caption in captions if caption])
    numbered = [caption.line(names) if caption else line for line, caption in zip(lines, captions, strict=True)]
    return _REFERENCE.sub(lambda reference: _refer(reference[1], names), "\n".join(numbered))


@dataclass(frozen=True)
class _Caption:
    kind: str
    id: str
    start: str
    text: str
    end: str
    is_numbered: bool = True

    def line(self, names: dict[str, str]) -> str:
        number = f"{names[self.id]}. " if self.is_numbered else ""
        return f"{self.start}{number}{self.text}{self.end}"


def _caption(line: str, before: str) -> _Caption | None:
    if figure := _FIGURE.match(line):
        return _Caption(FIGURE, figure["id"], "![", figure["text"], f"]{figure['rest']}")
    if before.startswith("|") and (table := _TABLE_CAPTION.match(line)):
        key = table["id"] or "tabell-" + re.sub(r"\W+", "-", table["text"].lower()).strip("-")
        folded = table["folded"] or ""
        return _Caption(TABLE, key, ": ", table["text"], f" {{#{key}{folded}}}", not folded)
    return None


def _texts_before(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        yield before
        before = line if line.strip() else before


def _names(captions: list[_Caption]) -> dict[str, str]:
    names: dict[str, str] = {}
    counts = {TABLE: count(1), FIGURE: count(1)}
    for caption in captions:
        if caption.id in names:
            raise InputError(f"two tables or figures are called '{caption.id}'", remedy="give one another id")
        numbered = caption.is_numbered
        names[caption.id] = f"{mark(caption.kind)} {next(counts[caption.kind])}" if numbered else ""
    return names


def _refer(key: str, names: dict[str, str]) -> str:
    # A table that is folded away has no number, and paper does not have it.
    if not names.get(key):
        raise InputError(f"a reference to '{key}', which is not in the report", remedy="mend the reference")
    return f"[{names[key].lower()}](#{key})"
