"""Narratives: Markdown that people write, whose numbers are filled in from, or checked against, the figures.

`[1 245]{figure="tickets.created|month|2024-09"}` is checked; `[]{figure="…"}` is filled in. The key is the
figure, its dimension and its member as in figures.csv; `format=` overrides the format of the figure's unit. What stands
in `<!-- … -->` is a note to who writes, and is not published; a text of nothing else is one that nobody wrote.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.present import numbers, tables
from rorikt_lib.present.sentences import grammar
from rorikt_lib.present.templates import filled
from rorikt_lib.report.figures import collect
from rorikt_lib.report.records import COLUMNS
from rorikt_lib.report.show import Shown
from rorikt_lib.workbook import Workbook

FORMATS: dict[str, Callable[[float], str]] = {
    "integer": numbers.integer,
    "decimal": partial(numbers.decimal, decimals=1),
    "thousands": numbers.thousands,
    "million": grammar.million,
    "percent": numbers.percent,
}
FORMAT_OF_UNIT = {**tables.FORMATS, "days": FORMATS["decimal"]}

_SPAN = re.compile(r'\[(?P<text>[^\[\]]*)\]\{figure="(?P<key>[^"]*)"(?: format="(?P<format>\w+)")?\}')
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKED = re.compile(r"\{[^{}]*\bfigure=")
_REFUSED = {
    re.compile(r"<(?!https?:)/?[A-Za-z][^<>]*>"): ("HTML, which does not reach the PDF", "write it as Markdown"),
    re.compile(r"!\[[^\]]*\]\("): ("a chart", "show it in a chapter, with caption and alt text"),
    # Numbers of figures are grouped by spaces or are in a span; eight or eleven bare digits belong to a person.
    re.compile(r"(?<![\w.,-])(?:\d{8}|\d{6} ?\d{5})(?![\w-]|[.,]\d)"): (
        "a telephone or identity number",
        "leave it out, or group the digits of a number by spaces",
    ),
    re.compile(r"^---+\s*$"): ("a line of hyphens", "write *** for a rule, and # before a heading"),
}


def read_narrative(file: Path, figures: pd.DataFrame, facts: Mapping[str, str] | None = None) -> str | None:
    """The text of `file` with its figures filled in, or None where nobody wrote it.

    figures: one row per figure, dimension and member, with value and unit. facts: what a page that serves all months
    may name in double braces; see present.templates. InputError names file and line of a number that contradicts its
    figure, of an unknown figure, and of what cannot be rendered.
    """
    text = written_text(file)
    if text is None:
        return None
    lines = (text if facts is None else filled(text, facts, file)).splitlines()
    for number, line in enumerate(lines, start=1):
        _refuse(line, file, number)
    return "\n".join(_fill(line, figures, file, number) for number, line in enumerate(lines, start=1)).strip()


def written_text(file: Path) -> str | None:
    """What is written in `file` without its notes, each line where it was; None where nobody wrote anything."""
    if not file.exists():
        return None
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=file, remedy="save the file as UTF-8") from None
    text = _NOTE.sub(lambda note: "\n" * note[0].count("\n"), text)
    return text if text.strip() else None


def written(book: Workbook, section: str) -> Shown:
    """What people wrote for a section of the month, with its figures filled in; nothing where nobody did."""
    with numbers.written() as noted:
        text = _written(book, section) or ""
    return Shown({"text/markdown": text}, noted, narrative=section)


def _written(book: Workbook, section: str) -> str | None:
    file = book.content / book.month / f"{section}.md"
    if not file.exists():
        return None
    # All figures take seconds, and most texts name none.
    names_any = "figure" in file.read_text(encoding="utf-8", errors="replace")
    figures = collect(book) if names_any else pd.DataFrame(columns=COLUMNS)
    return read_narrative(file, figures)


def _fill(text: str, figures: pd.DataFrame, file: Path, line: int) -> str:
    """`text` with each figure it names filled in or checked; InputError names `file` and `line`."""
    filled = _SPAN.sub(lambda span: _number(span, figures, file, line), text)
    if _MARKED.search(filled):
        remedy = 'write [number]{figure="name|dimension|member"} on one line'
        raise InputError("a figure that cannot be read", file=file, line=line, remedy=remedy)
    return filled


def _refuse(text: str, file: Path, line: int) -> None:
    for pattern, (problem, remedy) in _REFUSED.items():
        if pattern.search(text):
            raise InputError(problem, file=file, line=line, remedy=remedy)


def _number(span: re.Match[str], figures: pd.DataFrame, file: Path, line: int) -> str:
    value, unit = _look_up(span["key"], figures, file, line)
    if span["format"] not in (None, *FORMATS):
        remedy = f"use one of: {', '.join(FORMATS)}"
        raise InputError(f"unknown format '{span['format']}'", file=file, line=line, remedy=remedy)
    with numbers.reading(span["key"]):
        right = (FORMATS.get(span["format"]) or FORMAT_OF_UNIT.get(unit, numbers.integer))(value)
    if span["text"].strip() and _plain(span["text"]) != _plain(right):
        raise InputError(f"'{span['text']}' contradicts {span['key']}", file=file, line=line, remedy=f"write '{right}'")
    return right


def _look_up(key: str, figures: pd.DataFrame, file: Path, line: int) -> tuple[float, str]:
    figure, *place = key.split("|")
    half = len(place) // 2
    wanted = {"figure": figure, "dimension": "|".join(place[:half]), "member": "|".join(place[half:])}
    found = figures[(figures[list(wanted)] == pd.Series(wanted)).all(axis="columns")]
    if len(found) != 1:
        remedy = "write figure|dimension|member as in figures.csv; where the report is without it, take the number out"
        raise InputError(f"{len(found) or 'no'} figures are called '{key}'", file=file, line=line, remedy=remedy)
    return found["value"].iloc[0], found["unit"].iloc[0]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace("-", numbers.MINUS)
