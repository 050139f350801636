"""Narratives: Markdown that people write, whose numbers are filled in from, or checked against, the figures.

`[1 245]{figure="tickets.created|month|2024-09"}` is checked; `[]{figure="…"}` is filled in. The key is the
figure, its dimension and its member as in figures.csv; `format=` overrides the format of the figure's unit. What stands
in `<!-- … -->` is a note to who writes, and is not published; a text of nothing else is one that nobody wrote. The rest
is read in the dialect of report.prose.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.present import numbers, tables
from rorikt_lib.present.glyphs import is_shown
from rorikt_lib.present.sentences import grammar
from rorikt_lib.present.templates import told
from rorikt_lib.report.addresses import Refused
from rorikt_lib.report.figures import collect
from rorikt_lib.report.prose import rewritten
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
NO_FIGURES = pd.DataFrame(columns=COLUMNS)
FORMAT_OF_UNIT = {**tables.FORMATS, "days": FORMATS["decimal"]}

_SPAN = re.compile(r'\[(?P<text>[^\[\]]*)\]\{figure="(?P<key>[^"]*)"(?: format="(?P<format>\w+)")?\}')
# Code, which is shown as written whatever it says, between lines of three marks or more or within one; else a note.
_CODE_OR_NOTE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?:\\\\)*(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)|(?P<note><!--.*?-->)",
    re.DOTALL | re.MULTILINE,
)
_MARKED = re.compile(r"\{[^{}]*\bfigure=")
_REFUSED = {
    # Numbers of figures are grouped by spaces or are in a span; eight or eleven bare digits belong to a person.
    re.compile(r"(?<![\w.,-])(?:\d{8}|\d{6} ?\d{5})(?![\w-]|[.,]\d)"): (
        "a telephone or identity number",
        "leave it out, or group the digits of a number by spaces",
    ),
    re.compile(r"^---+\s*$"): ("a line of hyphens", "write *** for a rule, and # before a heading"),
}


def read_narrative(file: Path, figures: pd.DataFrame, facts: Mapping[str, str] | None = None) -> str | None:
    """The text of `file` with its figures filled in, in the dialect of documents, or None where nobody wrote it.

    figures: one row per figure, dimension and member, with value and unit. facts: what a page that serves all months
    may name in double braces; see present.templates. InputError names file and line of a number that contradicts its
    figure, of an unknown figure, and of what cannot be rendered.
    """
    text = written_text(file)
    if text is None:
        return None
    return _read(text, text, file, figures, file.parent) if facts is None else read_page(text, file, facts, figures)


def read_page(text: str, file: Path, facts: Mapping[str, str], figures: pd.DataFrame) -> str:
    """As read_narrative, of the `text` of a page that serves all months: `file`, or the last lines of it."""
    before = len(file.read_text(encoding="utf-8").splitlines()) - len(text.splitlines())
    padded = "\n" * before + text
    return _read(told(padded, facts, file), padded, file, figures, None)


def read_text(text: str, file: Path, line: int) -> str:
    """As read_narrative, of a text in `file` that begins on a line; it names no figures, and has no images."""
    padded = "\n" * (line - 1) + text
    return _read(padded, padded, file, NO_FIGURES, None)


def _read(shown: str, written: str, file: Path, figures: pd.DataFrame, images: Path | None) -> str:
    """What is shown of what is `written`, line by line of `file`, in the dialect of documents."""
    line_of = _lines(written, shown)
    for n, line in enumerate(shown.splitlines(), start=1):
        _refuse_unshown(line, file, line_of(n))
    text, codes = _without_code(shown)
    lines = [_checked(line, figures, file, line_of(n)) for n, line in enumerate(text.splitlines(), start=1)]
    try:
        return rewritten(_with_code("\n".join(lines), codes), images)
    except Refused as refused:
        line = line_of(refused.line)
        raise InputError(refused.problem, file=file, line=line, remedy=refused.remedy) from None


def _without_code(text: str) -> tuple[str, list[str]]:
    """The text with a mark in place of each piece of code, on as many lines, and the pieces."""
    codes: list[str] = []

    def marked(found: re.Match[str]) -> str:
        if found["note"]:
            return found[0]
        codes.append(found[0])
        return f"\0{len(codes) - 1}\0" + "\n\0" * found[0].count("\n")

    return _CODE_OR_NOTE.sub(marked, text), codes


def _with_code(text: str, codes: list[str]) -> str:
    return re.sub(r"\0(\d+)\0(?:\n\0)*", lambda mark: codes[int(mark[1])], text)


def _lines(written: str, shown: str) -> Callable[[int], int]:
    """Line of what is shown → line of what is written, which has parts for those who have a fact."""
    lines = {}
    if written == shown:
        return lambda line: line
    matched = SequenceMatcher(None, written.splitlines(), shown.splitlines(), autojunk=False)
    for _, first, end, to_first, to_end in matched.get_opcodes():
        lines |= {n + 1: max(first, min(first + n - to_first, end - 1)) + 1 for n in range(to_first, to_end)}
    return lambda line: lines.get(line, line)


def _checked(line: str, figures: pd.DataFrame, file: Path, number: int) -> str:
    _refuse(line, file, number)
    return _fill(line, figures, file, number)


def written_text(file: Path) -> str | None:
    """What is written in `file` without its notes, each line where it was; None where nobody wrote anything."""
    if not file.exists():
        return None
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError("not UTF-8", file=file, remedy="save the file as UTF-8") from None
    text = _CODE_OR_NOTE.sub(lambda found: "\n" * found[0].count("\n") if found["note"] else found[0], text)
    return text if text.strip() else None


def written(book: Workbook, section: str) -> Shown:
    """What people wrote for a section of the month, with its figures filled in; nothing where nobody did."""
    with numbers.written() as noted:
        text = _written(book, section) or ""
    return Shown({"text/markdown": text}, noted, narrative=section)


def _written(book: Workbook, section: str) -> str | None:
    file = book.text(section)
    if not file.exists():
        return None
    # All figures take seconds, and most texts name none.
    names_any = "figure" in file.read_text(encoding="utf-8", errors="replace")
    figures = collect(book) if names_any else NO_FIGURES
    return read_narrative(file, figures)


def _fill(text: str, figures: pd.DataFrame, file: Path, line: int) -> str:
    """`text` with each figure it names filled in or checked; InputError names `file` and `line`."""
    filled = _SPAN.sub(lambda span: _number(span, figures, file, line), text)
    if _MARKED.search(filled):
        remedy = 'write [number]{figure="name|dimension|member"} on one line'
        raise InputError("a figure that cannot be read", file=file, line=line, remedy=remedy)
    return filled


def _refuse_unshown(text: str, file: Path, line: int) -> None:
    if unshown := next((sign for sign in unicodedata.normalize("NFC", text) if not is_shown(sign)), None):
        problem = f"a sign that the PDF cannot show: '{unshown}'"
        raise InputError(problem, file=file, line=line, remedy="leave it out, or write a word for it")


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
