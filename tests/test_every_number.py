"""Every number that a reader sees is a record of the month's figures.csv, or a stated function of records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from every_number import Records, sentences, texts_with_digits, wrong_cells, wrong_numbers
from lxml import html

from rorikt_lib.report import economy
from rorikt_lib.workbook import open_month

MONTHS = ["2023-12", "2024-09", "2024-10"]


@pytest.fixture(scope="module", params=MONTHS)
def month(request):
    return request.param


@pytest.fixture(scope="module")
def records(sites, month):
    return Records(sites, month)


@pytest.fixture(scope="module")
def pages(sites, month):
    return {file.name: html.parse(file).getroot() for file in sorted((sites / month).glob("*.html"))}


@pytest.fixture(scope="module")
def book(month, demo):
    return open_month(month, demo)


def test_every_number_in_every_published_table_is_its_record(pages, book, records):
    wrong = [f"{name}: {w}" for name, page in pages.items() for w in wrong_cells(page, book, records)]
    assert not wrong
    assert sum(len(page.xpath("//table")) for page in pages.values()) > 40


def test_a_number_in_a_name_or_text_of_a_table_is_a_part_of_a_record(pages, records):
    assert not [f"{name}: {w}" for name, page in pages.items() for w in texts_with_digits(page, records)]


def test_every_number_in_a_computed_sentence_is_a_record_or_made_of_records_as_stated(sites, month, records):
    computed = list(sentences(sites.parent / "_build" / month))
    wrong = {f"{chapter}: {text}": w for chapter, text, of in computed if (w := wrong_numbers(text, of, records))}
    assert not wrong
    assert sum(len(of) for *_, of in computed) > 300


def test_what_the_chapters_computed_stands_on_the_pages(sites, month, pages):
    shown = plain(" ".join(" ".join([page.text_content(), *page.xpath("//@alt")]) for page in pages.values()))
    for _, text, numbers in sentences(sites.parent / "_build" / month):
        said = [plain(n["text"]) for n in numbers if n["how"] != "date" and n["text"] in text.split("\n\n")[0]]
        assert not [number for number in said if number not in shown]


def plain(text):
    return text.replace("\u200b", "").replace("\u202f", " ").replace("\u00a0", " ")


# What these tests are worth: each fault that they are there to find, made on purpose.


@pytest.fixture(scope="module")
def september(sites):
    return Records(sites, "2024-09"), html.parse(sites / "2024-09" / "index.html").getroot()


def test_a_number_changed_on_the_page_is_found(september, demo):
    records, page = september
    cell = page.xpath("//table[@id='tabell-driftskostnader']/tbody/tr[1]/td[1]")[0]
    was, cell.text = cell.text, "20\u202f475"
    assert list(wrong_cells(page, open_month("2024-09", demo), records))
    cell.text = was


def test_a_table_that_nobody_declared_is_found(september, demo):
    records, page = september
    table = page.xpath("//table[@id='tabell-driftskostnader']")[0]
    table.set("id", "tabell-annen")
    assert "annen: no such table is declared" in list(wrong_cells(page, open_month("2024-09", demo), records))
    table.set("id", "tabell-driftskostnader")


def test_a_column_that_is_added_without_a_figure_is_refused():
    with pytest.raises(TypeError, match="no figure"):
        replace(economy.COSTS, columns=["line", "actual_nok", "change_nok"])


def test_a_column_that_is_added_as_a_figure_but_not_recorded_is_found(september, demo, monkeypatch):
    records, page = september
    wider = replace(economy.COSTS, figures=economy.COSTS.figures | {"variance_nok": "operating_costs.other"})
    monkeypatch.setattr("every_number.tables", lambda: {wider.key: wider})
    wrong = list(wrong_cells(page, open_month("2024-09", demo), records))
    assert any("has no record ('operating_costs.other'" in w for w in wrong)


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Det er 3 saker.", []),
        ("Det er 3,7 saker.", [{"text": "3,7", "value": 3.7123, "how": "", "of": ()}]),
        ("Det er 12 % flere.", [{"text": "12", "value": 0.12, "how": "share", "of": (3.7123, 1.0)}]),
    ],
    ids=["written by hand", "of no figure", "made of what is no figure"],
)
def test_a_number_in_a_sentence_that_no_record_gives_is_found(september, text, noted):
    assert wrong_numbers(text, noted, september[0])


def test_a_number_of_a_record_is_none(september):
    value = september[0].by_key["operating_costs.actual", "expense_type", "SUM"]
    assert not wrong_numbers("Det er 60,0.", [{"text": "60,0", "value": value, "how": "", "of": ()}], september[0])
    made = {"text": "60,0", "value": 1.0, "how": "share", "of": (value, value)}
    assert not wrong_numbers("Det er 60,0.", [made], september[0])


def test_records_are_looked_up_unrounded():
    records = object.__new__(Records)
    records._sizes = sorted([1.25, 1000.0])
    assert records.has(-1.25)
    assert not records.has(1.2500001)
    assert not records.has(1000.5)
