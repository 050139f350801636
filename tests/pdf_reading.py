"""A PDF as its readers meet it: its structure elements, and how far down each page its text goes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from rorikt_lib.publish.pdf_tags import attributes, elements, kids

RESOLUTION = 36  # dots an inch
PAPER = 245  # of 255: what is darker is ink
HEIGHT, TOP, BOTTOM = 29.7, 3.1, 2.5  # cm: of a page, and of its margins in month.typ


def root_of(pdf: Path) -> DictionaryObject:
    """The root of the tag tree."""
    return PdfReader(pdf).trailer["/Root"]["/StructTreeRoot"]


def tables_without_headers(pdf: Path) -> tuple[int, list[str]]:
    """How many tables a PDF has, and what is wrong in any."""
    tables = list(elements(root_of(pdf), "/Table"))
    return len(tables), [f"table {n}: {wrong}" for n, table in enumerate(tables, 1) for wrong in _wrong_in(table)]


def _wrong_in(table: DictionaryObject) -> Iterator[str]:
    heads = [cell for head in elements(table, "/THead") for cell in elements(head, "/TH")]
    if not heads or any(attributes(cell).get("/Scope") != "/Column" for cell in heads):
        yield "a column without header"
    rows = [row for body in elements(table, "/TBody") for row in kids(body)]
    for n, row in enumerate(rows, 1):
        headers = [cell for cell in kids(row) if cell["/S"] == "/TH"]
        if not headers or any(attributes(cell).get("/Scope") != "/Row" for cell in headers):
            yield f"row {n} without header"
        if any("/Headers" in attributes(cell) for cell in kids(row)):
            yield f"row {n} has a cell that names its headers one by one"


def spans_as_blocks(place: DictionaryObject) -> list[str]:
    """The kinds of what no paragraph holds though it is text of its own, with the kind of what it is in."""
    wrong = []
    for kid in kids(place):
        said = kid.get("/A", [])
        is_block = any(a.get_object().get("/Placement") == "/Block" for a in said)
        if kid["/S"] in ("/Span", "/Strong", "/Em") and (is_block or place.get("/S") in ("/Document", "/Div")):
            wrong.append(f"{kid['/S']} in {place.get('/S')}")
        wrong += spans_as_blocks(kid)
    return wrong


def ink(pdf: Path, folder: Path) -> list[np.ndarray]:
    """Of each page, which of its rows of dots within the margins have ink; skips the test where there is no poppler."""
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm here")
    folder.mkdir(parents=True, exist_ok=True)
    command = ["pdftoppm", "-gray", "-r", str(RESOLUTION), str(pdf), str(folder / "page")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return [_rows(np.asarray(Image.open(file))) for file in sorted(folder.glob("page-*"))]


def _rows(page: np.ndarray) -> np.ndarray:
    height = len(page)
    within = page[round(height * TOP / HEIGHT) : round(height * (1 - BOTTOM / HEIGHT))]
    return (within < PAPER).any(axis=1)


def filled(rows: np.ndarray) -> float:
    """The share of a page's height down to its last ink; 0 of an empty one."""
    return (np.flatnonzero(rows).max(initial=-1) + 1) / len(rows)


def headings(pdf: Path) -> list[tuple[int, int, float]]:
    """Of each heading its level, its page (from 1) and where it stands, as a share of the height within the margins."""
    reader = PdfReader(pdf)

    def within(entries: list, level: int) -> Iterator[tuple[int, int, float]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from within(entry, level + 1)
            else:
                down = HEIGHT - float(entry.top) / 72 * 2.54
                yield level, reader.get_destination_page_number(entry) + 1, (down - TOP) / (HEIGHT - TOP - BOTTOM)

    return list(within(reader.outline, 1))
