"""Every number that a reader sees is a record of the month's figures.csv, or a stated function of records."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from every_number import (
    TEMPLATE,
    Records,
    as_written,
    computed,
    paragraphs,
    sentences,
    texts_with_digits,
    written_by_people,
    wrong_cells,
    wrong_number,
    wrong_numbers,
)
from lxml import html

from rorikt_lib.present.language import pages as own_pages
from rorikt_lib.present.nb.facts import of_settings
from rorikt_lib.present.numbers import Written, written
from rorikt_lib.report import economy
from rorikt_lib.report.narrative import read_narrative
from rorikt_lib.workbook import open_month

# A year's end and a month of another length take as long to build again: they are looked at by make test-deep.
DEEP = pytest.mark.deep
MONTHS = ["2024-09", *(pytest.param(month, marks=DEEP) for month in ("2023-12", "2024-10"))]


@pytest.fixture(scope="module", params=MONTHS)
def month(request):
    return request.param


@pytest.fixture(scope="module")
def sites(site_of, month):
    return site_of(month)


@pytest.fixture(scope="module")
def records(sites, book):
    return Records(sites, book)


@pytest.fixture(scope="module")
def narratives(book, month, demo_figures):
    """Text and noted numbers of what people wrote for the month, and of the pages that are the same every month."""
    told = []
    facts = of_settings(book.settings, month)
    for file in [*own_pages().glob("*.md"), *(book.content / month).glob("*.md")]:
        with written() as numbers:
            named = facts if file.parent == own_pages() else None
            told.append((read_narrative(file, demo_figures(month), named), numbers))
    return told


@pytest.fixture(scope="module")
def pages(sites, month):
    return {file.name: html.parse(file).getroot() for file in sorted((sites / month).glob("*.html"))}


@pytest.fixture(scope="module")
def book(month, demo):
    return open_month(month, demo)


def test_every_number_in_every_published_table_is_its_record(pages, book, records):
    wrong = [f"{name}: {w}" for name, page in pages.items() for w in wrong_cells(page, book, records)]
    assert not wrong
    assert sum(len(page.xpath("//table")) for page in pages.values()) > 25


def test_a_number_in_a_name_or_text_of_a_table_is_a_part_of_a_record(pages, records):
    assert not [f"{name}: {w}" for name, page in pages.items() for w in texts_with_digits(page, records)]


def test_every_number_in_a_computed_sentence_is_a_record_or_made_of_records_as_stated(sites, month, records):
    computed = list(sentences(sites.parent / "_build" / month))
    wrong = {f"{chapter}: {text}": w for chapter, text, of in computed if (w := wrong_numbers(text, of, records))}
    assert not wrong
    assert sum(len(of) for *_, of in computed) > 300


def test_every_number_that_people_name_is_that_figure(narratives, records):
    noted = [asdict(number) for _, numbers in narratives for number in numbers]
    assert noted
    assert not [wrong for number in noted if (wrong := wrong_number(number, records))]
    assert all(len(records.among(number["among"])) > len(records.rules) for number in noted)


def test_every_paragraph_with_a_number_is_computed_or_written_by_people(sites, month, pages, narratives):
    build = sites.parent / "_build" / month
    shown, own = set().union(*map(paragraphs, pages.values())), computed(build)
    assert own - shown == set()
    others = shown - own - written_by_people(build, [text for text, _ in narratives])
    assert [text for text in others if not TEMPLATE.fullmatch(text)] == []
    assert len(own) > 50


# What these tests are worth: each fault that they are there to find, made on purpose.


@pytest.fixture(scope="module")
def september(site, demo):
    return Records(site, open_month("2024-09", demo)), html.parse(site / "2024-09" / "index.html").getroot()


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
    monkeypatch.setattr("every_number.all_tables", lambda: {wider.key: wider})
    wrong = list(wrong_cells(page, open_month("2024-09", demo), records))
    assert any("has no record ('operating_costs.other'" in w for w in wrong)


def _noted(text: str, value: float, how: str = "", of: tuple[float, ...] = (), **changes: object) -> dict:
    return asdict(Written(text, value, how, of, among=("driftskostnader",))) | changes


def _of(september, member: str) -> float:
    return september[0].by_key["operating_costs.actual", "expense_type", member]


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Det er 3 saker.", []),
        ("Det er 3,7 saker.", [_noted("3,7", 3.7123, decimals=1)]),
        ("Det er 12 % flere.", [_noted("12", 0.12, "share", (3.7123, 1.0), per=0.01)]),
    ],
    ids=["written by hand", "of no figure", "made of what is no figure"],
)
def test_a_number_in_a_sentence_that_no_record_gives_is_found(september, text, noted):
    assert wrong_numbers(text, noted, september[0])


def test_a_number_of_a_record_or_made_of_records_is_right_and_any_other_is_wrong(september):
    records, part, whole = september[0], _of(september, "Lønn"), _of(september, "SUM")
    costs = _noted(as_written(part, 1, 1e6), part, decimals=1, per=1e6)
    share = _noted(as_written(part / whole, 1, 0.01), part / whole, "share", (part, whole), decimals=1, per=0.01)
    assert (wrong_number(costs, records), wrong_number(share, records)) == (None, None)
    for change in ({"text": "77,7"}, {"value": 12345.0}, {"value": -part}, {"per": 1000}, {"among": ("nye-saker",)}):
        assert wrong_number(costs | change, records)
    turned = {"of": (whole, part), "value": whole / part, "text": as_written(whole / part, 1, 0.01)}
    for change in ({"text": "77,7"}, {"value": 0.5, "text": "50,0"}, {"of": (whole, part)}, turned, {"how": "growth"}):
        assert wrong_number(share | change, records)


def test_records_are_looked_up_unrounded_with_their_sign(september):
    value = _of(september, "Lønn")
    for other in (value + 0.01, -value):
        assert wrong_number(_noted(as_written(other, 0, 1), other), september[0])


@pytest.mark.deep
def test_nearly_every_number_of_a_sentence_that_is_made_wrong_is_found(site, september):
    records = september[0]
    told = [number for *_, of in sentences(site.parent / "_build" / "2024-09") for number in of]
    right = [number for number in told if number["value"] and not wrong_number(number, records)]
    whole = [n for n in right if n["per"] == 1 and n["decimals"] == 0 and float(n["value"]).is_integer()]
    made = [n for n in right if n["how"]]
    # A count may be wrong by one and be another's of its table.
    assert _found([_worth(n, n["value"] + by) for n in whole for by in (-1, 1)], records) > 0.9
    assert _found([_worth(n, -n["value"]) for n in right], records) > 0.97
    assert _found([_worth(n, 1.5 * n["value"] + 1) for n in made], records) == 1
    assert _found([n | {"value": 12345.0} for n in right], records) == 1
    shares = [n for n in made if n["how"].endswith("share")]
    assert _found([n | {"of": n["of"][::-1]} for n in shares if len(set(n["of"])) == 2], records) == 1


def _worth(noted: dict, value: float) -> dict:
    return noted | {"value": value, "text": as_written(value, noted["decimals"], noted["per"])}


def _found(wrong: list[dict], records: Records) -> float:
    return sum(wrong_number(number, records) is not None for number in wrong) / len(wrong)


def test_a_paragraph_that_nobody_computed_or_wrote_is_found(site):
    page = html.fromstring("<main><p>Det er 7 saker.</p></main>")
    assert paragraphs(page) - computed(site.parent / "_build" / "2024-09") == {"Det er 7 saker."}


def test_half_is_rounded_away_from_zero_as_the_report_does():
    assert [as_written(value, 1, 1) for value in (0.25, -0.25, 1234.55)] == ["0,3", "\u22120,3", "1\u202f234,6"]
    assert as_written(386950.0, -3, 1) == "387\u202f000"
