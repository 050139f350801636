"""What spreadsheets get of each declared table: every number is its figure, unrounded, and what is not known is empty."""

from __future__ import annotations

import math
import re
from importlib import import_module

import pytest
from books import rich
from every_number import expected_cells

from rorikt_lib.config.folder import SHIPPED
from rorikt_lib.present.language import caption
from rorikt_lib.report.declare import Table
from rorikt_lib.report.figures import all_chapters, collect, of_documents
from rorikt_lib.report.show import sheet
from rorikt_lib.workbook import if_there

NOTEBOOKS = "".join(path.read_text("utf-8") for path in sorted((SHIPPED / "notebooks").glob("*.ipynb")))
CALLS = re.findall(r"\b(?:table|download)\((\w+)\.([A-Z_]+), book\)", NOTEBOOKS)
SHOWN = [getattr(import_module(f"rorikt_lib.report.{chapter}"), name) for chapter, name in CALLS]


@pytest.fixture(scope="module")
def book():
    return rich()


@pytest.fixture(scope="module")
def figures(book):
    made = collect(book, *of_documents())
    return dict(zip(zip(made.figure, made.dimension, made.member, strict=True), made.value, strict=True))


def test_the_tables_of_all_chapters_are_compared():
    assert len(SHOWN) > 50
    assert {chapter for chapter, _ in CALLS} < {module.__name__.rpartition(".")[2] for module in all_chapters()}


@pytest.mark.parametrize("declared", SHOWN, ids=lambda declared: declared.key)
def test_each_number_is_its_figure_and_what_is_not_known_is_empty(declared: Table, book, figures):
    shown = if_there(declared.published, book)
    if shown is None or shown.empty:
        return
    made = sheet(declared, book)
    rows = list(zip(*(column.values for column in made.columns), strict=True))
    expected = list(expected_cells(declared, book))
    assert [len(row) for row in rows] == [len(row) for row in expected]
    for row, known in zip(rows, expected, strict=True):
        for value, record in zip(row, known, strict=True):
            if record and record[2]:
                assert math.isclose(value, figures[record[0]], rel_tol=1e-15), record
            elif record:
                assert value is None, record


@pytest.mark.parametrize("declared", SHOWN, ids=lambda declared: declared.key)
def test_titles_heads_and_notes_have_no_markup_and_no_head_is_said_twice(declared: Table, book):
    shown = if_there(declared.published, book)
    if shown is None or shown.empty:
        return
    made = sheet(declared, book, (declared.file or declared.key) if caption("downloads", declared.key) else "")
    heads = [column.head.casefold() for column in made.columns]
    assert len({*heads}) == len(heads)
    for text in (made.title, *made.notes, *heads):
        assert text.strip()
        assert not re.search(r"[\\*{}\[\]]|hele 1000", text), text
