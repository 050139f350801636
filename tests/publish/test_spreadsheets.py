"""Excel files: numbers are numbers, texts are texts, the same tables are the same bytes, and a stamp is all that changes."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from rorikt_lib.present.sheets import DATE, MONTH, TEXT, Sheet, SheetColumn
from rorikt_lib.publish.assemble import Body
from rorikt_lib.publish.front_matter import Stamp
from rorikt_lib.publish.outputs import Chapter
from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.publish.shelf import shelved
from rorikt_lib.publish.spreadsheets import TABLES, About, Beside, write_again, write_spreadsheets
from rorikt_lib.terms.enums import ReportStatus

NAME = "rapport-2024-09.xlsx"
COSTS = Sheet(
    "tabell-kostnader",
    "Kostnader.",
    ("Bokført hittil.",),
    (
        SheetColumn("Type utgift", TEXT, ("Lønn", '=HYPERLINK("x")', None, "Sum")),
        SheetColumn("Måned", MONTH, ("2024-08-01", "2024-09-01", None, None)),
        SheetColumn("Regnskap (kr)", "#,##0", (1_234_567.891, -2.5, None, 1_234_565.391)),
        SheetColumn("Dato", DATE, ("2024-09-27", None, None, None)),
    ),
    bold=(3,),
    total=True,
)
BUDGET = Sheet("tabell-budsjett", "Budsjett.", (), (SheetColumn("Trinn", TEXT, ("Lønn",)),))
BREACHES = Sheet("brudd", "Hvert brudd.", (), (SheetColumn("Sak", "0", (1.0, 2.0)),))
ROWS = "| A | B |\n|---|---:|\n| a | 1 |\n\n"
BODIES = {
    "index.html": Body((f"{ROWS}: Kostnader. {{#tabell-kostnader}}\n\nSe [brudd.csv](nedlasting/brudd.csv).",)),
    "budsjett.html": Body((f"{ROWS}: Uten ark. {{#tabell-annen}}\n\n{ROWS}: Budsjett. {{#tabell-budsjett}}",)),
}
SHELVED = shelved(BODIES, [Chapter("", sheets=(COSTS, BUDGET, BREACHES))])
ABOUT = About(
    "Økonomi- og aktivitetsrapport",
    "ROR & IKT",
    "Leder",
    "2024-09",
    True,
    beside={"budsjett.html": Beside("Budsjett og plan", None)},
).stamped(Stamp(ReportStatus.DRAFT, dt.date(2024, 10, 4)))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "nedlasting").mkdir()
    write_spreadsheets(tmp_path, NAME, SHELVED, ABOUT)
    return tmp_path


def sheets_of(file) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def part(file, name: str) -> str:
    return zipfile.ZipFile(file).read(name).decode()


def test_sheets_are_called_as_the_pages_number_them():
    assert [(one.name, one.page) for one in SHELVED] == [
        ("Tabell 1", "index.html"), ("Brudd", "index.html"), ("Budsjett 2", "budsjett.html"),
    ]  # fmt: skip


def test_numbers_and_dates_are_read_back_as_what_they_are(folder):
    rows = sheets_of(folder / "nedlasting" / "tabell-kostnader.xlsx")["Tabell 1"]
    head = rows.index(["Type utgift", "Måned", "Regnskap (kr)", "Dato"])
    assert rows[head + 1] == ["Lønn", dt.date(2024, 8, 1), 1_234_567.891, dt.date(2024, 9, 27)]
    assert rows[head + 2] == ['=HYPERLINK("x")', dt.date(2024, 9, 1), -2.5, ""]
    assert rows[head + 3 :] == [["", "", "", ""], ["Sum", "", 1_234_565.391, ""]]
    assert rows[0][0] == "Tabell 1. Kostnader."


def test_no_text_is_a_formula_and_none_becomes_one_where_it_is_written_anew(folder):
    file = folder / NAME
    sheets = [name for name in zipfile.ZipFile(file).namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    assert not any("<f>" in part(file, name) for name in sheets)
    assert 'quotePrefix="1"' in part(file, "xl/styles.xml")


def test_the_contents_lead_to_each_sheet_and_say_what_it_is(folder):
    rows = sheets_of(folder / NAME)["Innhold"]
    told = [row[0] for row in rows]
    assert told[:2] == [
        "Økonomi- og aktivitetsrapport",
        "ROR & IKT · Økonomi- og aktivitetsrapport, september 2024 · Demodata",
    ]
    assert {"Periode: september 2024", "Status: Utkast", "Versjon: 4. oktober 2024", "Ansvarlig enhet: Leder"} <= {
        *told
    }
    head = rows.index(["Ark", "Innhold", "Del av", "Status", "Rader"])
    assert rows[head + 1 :] == [
        ["Tabell 1", "Kostnader.", "Rapporten", "Utkast", 4.0],
        ["Brudd", "Hvert brudd.", "Rapporten", "Utkast", 2.0],
        ["Budsjett 2", "Budsjett.", "Budsjett og plan", "Ikke en del av det som godkjennes", 1.0],
    ]
    links = part(folder / NAME, "xl/worksheets/sheet1.xml")
    assert [f"location=\"'{one.name}'!A1\"" in links for one in SHELVED] == [True] * 3


def test_the_head_stays_in_sight_and_on_each_printed_page(folder):
    made = part(folder / "nedlasting" / "tabell-kostnader.xlsx", "xl/worksheets/sheet1.xml")
    head = [row[0] for row in sheets_of(folder / "nedlasting" / "tabell-kostnader.xlsx")["Tabell 1"]].index(
        "Type utgift"
    )
    assert f'topLeftCell="C{head + 2}"' in made
    assert 'paperSize="9"' in made
    assert 'fitToHeight="0"' in made
    names = part(folder / "nedlasting" / "tabell-kostnader.xlsx", "xl/workbook.xml")
    assert f"${head + 1}:${head + 1}" in names
    assert "Side &amp;P av &amp;N" in made
    assert "ROR &amp;&amp; IKT" in made


def test_the_same_tables_are_the_same_bytes(folder):
    files = [folder / NAME, *sorted((folder / "nedlasting").iterdir())]
    first = [file.read_bytes() for file in files]
    write_spreadsheets(folder, NAME, SHELVED, ABOUT)
    assert [file.read_bytes() for file in files] == first
    assert "2024-10-01T00:00:00Z" in part(folder / NAME, "docProps/core.xml")


def test_an_approval_changes_what_the_files_say_of_it_and_no_cell_of_a_table(folder):
    before, beside = sheets_of(folder / NAME), (folder / "nedlasting" / "tabell-budsjett.xlsx").read_bytes()
    stamp = Stamp(ReportStatus.APPROVED, dt.date(2024, 10, 4), dt.date(2024, 10, 11), "Styret")
    write_again(folder, NAME, (folder / TABLES).read_text("utf-8"), stamp)
    after = sheets_of(folder / NAME)
    assert {"Status: Godkjent", "Godkjent dato: 11. oktober 2024", "Godkjent av: Styret"} <= {
        r[0] for r in after["Innhold"]
    }
    assert "Utkast" not in str(after)
    assert str(after["Budsjett 2"]) == str(before["Budsjett 2"])
    assert str(after["Tabell 1"]) == str(before["Tabell 1"]).replace("Utkast", "Godkjent")
    assert "Godkjent" in str(sheets_of(folder / "nedlasting" / "tabell-kostnader.xlsx"))
    assert (folder / "nedlasting" / "tabell-budsjett.xlsx").read_bytes() == beside
    assert not (folder / TABLES).exists()


@pytest.mark.parametrize("place", ["cell", "caption", "head", "organisation", "note", "number"])
def test_what_is_private_is_found_wherever_it_stands_in_an_excel_file(tmp_path, place):
    seed = "ola.nordmann@example.no"
    told = {"cell": "a", "caption": "b", "head": "c", "organisation": "d", "note": "e"} | {place: seed}
    values = (91_234_567.0,) if place == "number" else (told["cell"],)
    column = SheetColumn(told["head"], "#,##0" if place == "number" else TEXT, values)
    sheet = Sheet("tabell-kostnader", told["caption"], (told["note"],), (column,))
    (tmp_path / "nedlasting").mkdir()
    about = About("Rapport", told["organisation"], "Leder", "2024-09", False)
    write_spreadsheets(tmp_path, NAME, shelved(BODIES, [Chapter("", sheets=(sheet,))]), about)
    assert [leak.page for leak in Gate().leaks(tmp_path, [tmp_path / NAME])]
    assert not list(Gate(numbers={"91234567"}, allowed=[seed]).leaks(tmp_path, [tmp_path / NAME]))


def test_a_table_behind_a_chart_is_called_after_the_chart_on_each_page():
    behind = f"![Saker.](figures/figur-saker.svg){{#figur-saker alt='x'}}\n\n{ROWS}: Tallene i figuren {{#tabell-kostnader .folded}}"
    other = behind.replace("saker", "budsjett").replace("kostnader", "budsjett")
    bodies = {"index.html": Body((f"{behind}\n\n{ROWS}: Brudd. {{#tabell-brudd}}",)), "budsjett.html": Body((other,))}
    sheets = (COSTS, BUDGET, replace(BREACHES, file="tabell-brudd"))
    assert [(one.name, one.sheet.file) for one in shelved(bodies, [Chapter("", sheets=sheets)])] == [
        ("Figur 1", "tabell-kostnader"), ("Tabell 1", "tabell-brudd"), ("Budsjett figur 1", "tabell-budsjett"),
    ]  # fmt: skip


def test_a_file_without_tables_is_one_that_opens(tmp_path):
    write_spreadsheets(tmp_path, NAME, [], ABOUT)
    assert list(sheets_of(tmp_path / NAME)) == ["Innhold"]
