"""The month's Excel workbook, opened and read back: each number in it is a number, and that of figures.csv."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest
from every_number import Records, expected_cells, found
from lxml import html
from python_calamine import CalamineWorkbook

from rorikt_lib.report.breaches import BREACHES, DIFFERING
from rorikt_lib.workbook import open_month

MONTH = "2024-09"
DOWNLOADS = {declared.file or declared.key: declared for declared in (BREACHES, DIFFERING)}


@pytest.fixture(scope="module")
def told(site):
    """Name and what it was made of, of each sheet."""
    kept = json.loads((site.parent / "_build" / MONTH / "tables.json").read_text(encoding="utf-8"))
    return {one["name"]: one["sheet"] for one in kept["tables"]}


@pytest.fixture(scope="module")
def book(demo):
    return open_month(MONTH, demo)


def rows_below_head(workbook: CalamineWorkbook, name: str, sheet: dict) -> list[list]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows[rows.index([column["head"] for column in sheet["columns"]]) + 1 :]


def test_each_number_of_each_sheet_is_its_figure_unrounded(site, told, book):
    records = Records(site, book)
    workbook = CalamineWorkbook.from_path(site / MONTH / f"okonomi-og-aktivitetsrapport-{MONTH}.xlsx")
    assert workbook.sheet_names == ["Innhold", *told]
    compared = 0
    for name, sheet in told.items():
        declared = DOWNLOADS.get(sheet["file"]) or found(sheet["file"].removeprefix("tabell-"), book)
        rows, expected = rows_below_head(workbook, name, sheet), list(expected_cells(declared, book))
        assert [len(row) for row in rows] == [len(row) for row in expected], name
        for row, known in zip(rows, expected, strict=True):
            for cell, record in zip(row, known, strict=True):
                if record and record[2] and record[0] in records.by_key:
                    assert isinstance(cell, float), (name, record)
                    assert math.isclose(cell, records.by_key[record[0]], rel_tol=1e-14), (name, record)
                    compared += 1
                elif record:
                    assert cell == "", (name, record)
    assert compared > 1000


def test_each_table_of_the_site_has_a_sheet_and_a_file_with_the_same_cells(site, told):
    workbook = CalamineWorkbook.from_path(site / MONTH / f"okonomi-og-aktivitetsrapport-{MONTH}.xlsx")
    folder = site / MONTH / "nedlasting"
    files = {path.stem for path in folder.glob("*.xlsx")}
    assert files == {sheet["file"] for sheet in told.values()}
    pages = [html.parse(page) for page in (site / MONTH).glob("*.html")]
    assert {table for page in pages for table in page.xpath("//main//table/@id")} <= files
    assert files == {path.stem for path in folder.glob("*.csv") if not path.stem.startswith("figures-")}
    for name, sheet in told.items():
        (own,) = [CalamineWorkbook.from_path(folder / f"{sheet['file']}.xlsx")]
        assert rows_below_head(own, name, sheet) == rows_below_head(workbook, name, sheet)


def test_months_and_days_are_dates(site, told):
    workbook = CalamineWorkbook.from_path(site / MONTH / f"okonomi-og-aktivitetsrapport-{MONTH}.xlsx")
    kinds = {
        type(cell)
        for name, sheet in told.items()
        for row in rows_below_head(workbook, name, sheet)
        for cell, column in zip(row, sheet["columns"], strict=True)
        if column["head"] in ("Måned", "Dato", "Tatt ut") and cell not in ("", "Sum")
    }
    assert kinds == {date}
