"""What is about to be published, as the pieces that a reader or a program reads at a time."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree, html

from rorikt_lib.publish.privacy.pdf import APART, pdf_texts
from rorikt_lib.publish.privacy.xlsx import xlsx_texts

READ = {".html", ".svg", ".csv", ".xlsx", ".json", ".css", ".pdf", ".txt", ".md", ".xml", ".yml"}
_SHOWN = ("alt", "title", "aria-label", "content", "href", "src", "value", "placeholder", "id", "desc")
# Within a line of text; all other elements stand apart from what is beside them.
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i",
    "br", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var",
    "wbr",
}  # fmt: skip
_UNREAD = {"style", "script"}
# What a row, a list of terms and a chart are read as: each may be read on from one to the next.
_CELLS = ("{*}th", "{*}td", "{*}dt", "{*}dd", "{*}text")


class Piece(NamedTuple):
    """A text; line: its row in the file, where that is what a reader counts by. is_figure: a number of the report."""

    text: str
    line: int | None = None
    is_figure: bool = False


def pieces_of(file: Path) -> Iterator[Piece]:
    """All that can be read in a file, and its name; nothing in a kind that holds no text, as a typeface.

    What stands side by side, as the cells of a row or the labels of a chart, is a piece besides, its parts apart.
    """
    suffix = file.suffix.lower()
    yield Piece(file.stem)
    if suffix == ".pdf":
        yield from map(Piece, pdf_texts(file))
    elif suffix in (".html", ".svg"):
        yield from map(Piece, _of_page(file.read_bytes(), suffix))
    elif suffix == ".csv":
        yield from _of_table(file.read_text(encoding="utf-8-sig"))
    elif suffix == ".xlsx":
        yield from map(Piece, xlsx_texts(file))
    elif suffix == ".json":
        yield from _of_json(json.loads(file.read_text(encoding="utf-8")))
    elif suffix in READ:
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from (Piece(text, line) for line, text in enumerate(lines, start=1))


def _of_page(content: bytes, suffix: str) -> Iterator[str]:
    """Each line of text and each attribute that is read out: words within a line run together, cells never do."""
    parse = html.fromstring if suffix == ".html" else etree.fromstring
    root, line = parse(content), []
    yield from (_side_by_side(row) for row in root.iter("{*}tr", "{*}svg", "{*}dl"))

    def said(text: str | None) -> None:
        if text:
            line.append(text)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield element.text or ""
            continue
        name = _name(element)
        if name == "br" and event == "start":
            said(" ")
        if name not in _INLINE and line:
            yield "".join(line)
            line.clear()
        if event == "start":
            values = filter(None, map(element.get, _SHOWN))
            yield from (unquote(value) for value in values if not value.startswith("data:"))
            said(None if name in _UNREAD else element.text)
        else:
            said(element.tail)
    yield "".join(line)


def _side_by_side(row: etree._Element) -> str:
    return APART.join("".join(cell.itertext()) for cell in row.iter(*_CELLS))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of_table(text: str) -> Iterator[Piece]:
    """Each cell with its row; a number in a column of nothing but numbers is a figure."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    numeric = _columns_of_numbers(rows)
    for line, row in enumerate(rows, start=1):
        yield from (Piece(cell, line, column in numeric and line > 1) for column, cell in enumerate(row) if cell)
        yield Piece(APART.join(cell for column, cell in enumerate(row) if column not in numeric), line)


def _columns_of_numbers(rows: list[list[str]]) -> set[int]:
    """Columns in which some number has decimals and nothing is but numbers: those of measures, not of names."""
    columns = zip(*rows[1:], strict=False)
    return {n for n, cells in enumerate(columns) if any(map(_has_decimals, cells)) and all(map(_is_number, cells))}


def _has_decimals(cell: str) -> bool:
    return _is_number(cell) and ("." in cell or "," in cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ".") or 0)
    except ValueError:
        return False
    return True


def _of_json(value: object) -> Iterator[Piece]:
    if isinstance(value, dict):
        for name, held in value.items():
            yield Piece(name)
            yield from _of_json(held)
    elif isinstance(value, list):
        for held in value:
            yield from _of_json(held)
    elif isinstance(value, str):
        yield Piece(value)
