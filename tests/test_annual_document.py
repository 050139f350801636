"""`rorikt annual 2016` says what the annual report of 2016 printed, from a ledger that gives it."""

from __future__ import annotations

import datetime as dt
import math
import re
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from annual_2016 import (
    CARRIED_OVER_NOK,
    EARLIER,
    FRAME_NOK,
    INHABITANTS,
    INVESTMENTS,
    OPERATING,
    PEOPLE,
    YEAR,
    annual_2016,
)
from every_number import Records, sentences, texts_with_digits, wrong_cells, wrong_numbers
from lxml import html
from pdf_reading import tables_without_headers
from pypdf import PdfReader
from test_end_to_end import PUBLISHED, cells, number, text_of

from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.errors import InputError
from rorikt_lib.month.approval import approve_document
from rorikt_lib.month.document import make_document
from rorikt_lib.month.make import How, Made
from rorikt_lib.month.stamp import Request
from rorikt_lib.publish.build import build_report
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.kinds import document_of
from rorikt_lib.report.figures import collect
from rorikt_lib.store.approved import Approved
from rorikt_lib.workbook import open_month

PRINTED = pd.read_csv(PUBLISHED / "annual_2016.csv")
TABLES = {"operating": "tabell-arsresultat", "investment": "tabell-arsinvesteringer"}


def _make(folder: Folder, year: int = YEAR) -> Made:
    request = Request(folder, folder.site, "embedded", {}, strict=False)
    return make_document(request, document_of(folder, "arsmelding", str(year)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Folder:
    """The workbook of 2016, whose annual report is made."""
    folder = open_folder(annual_2016(tmp_path_factory.mktemp("annual") / "book"))
    assert _make(folder).how == How.MADE
    return folder


@pytest.fixture(scope="module")
def site(folder) -> Path:
    return folder.site / f"arsmelding-{YEAR}"


@pytest.fixture(scope="module")
def page(site):
    return html.parse(site / "index.html").getroot()


@pytest.fixture(scope="module")
def text(page) -> str:
    return re.sub(r"[\u202f\u00a0]", " ", text_of(page.xpath("//main")[0]))


@pytest.fixture(scope="module")
def figures(site):
    table = pd.read_csv(site / "figures.csv")
    return table.set_index(["figure", "member"]).value


def _rows(page, table_id: str) -> dict[str, list[str]]:
    """First cell of each row below the heads → the others."""
    return {first: others for first, *others in cells(page, table_id)}


@pytest.mark.parametrize("row", [*PRINTED.itertuples()], ids=lambda row: f"{row.part} {row.line}")
def test_each_row_is_as_it_was_printed(page, row):
    shown = _rows(page, TABLES[row.part])["Sum" if row.line == "SUM" else row.line]
    assert [number(cell) for cell in shown] == [row.actual, row.budget, row.budget - row.actual]


@pytest.mark.parametrize("part", TABLES)
def test_the_rows_stand_as_they_were_printed_and_there_are_no_others(page, part):
    printed = PRINTED.line[PRINTED.part == part].replace("SUM", "Sum")
    assert [*_rows(page, TABLES[part])][1:] == printed.tolist()


def test_the_years_before_stand_beside_it(page):
    heads, *rows = cells(page, "tabell-resultat-ar")
    assert heads == ["Type utgift", *(str(year) for year in [*EARLIER, YEAR])]
    printed = PRINTED[PRINTED.part == "operating"].set_index("line").actual
    for line, *amounts in rows:
        assert number(amounts[-1]) == printed["SUM" if line == "Sum" else line]
        booked = OPERATING[line][1] if line != "Sum" else None
        for year, cell in zip(EARLIER, amounts[:-1], strict=True):
            parts = [round(ore * EARLIER[year]) for _, ore, _ in OPERATING.values()]
            ore = sum(parts) if booked is None else round(booked * EARLIER[year])
            assert abs(number(cell) * 100_000 - ore) <= 50_000


def test_the_overspend_is_the_part_of_the_frame_that_was_printed(page, figures):
    share = -figures["annual_outcome.variance_share", str(YEAR)]
    # The report printed 9.14 %, cut off: 3 065 of 33 502 is 9.149 %.
    assert math.floor(10_000 * share) / 100 == 9.14
    row = _rows(page, "tabell-arsresultat-ar")[str(YEAR)]
    assert [number(cell) for cell in row[:4]] == [33_502, 3_065, 0, -3_065]
    assert row[4].replace("\u00a0", " ") == "−9,1 %"


def test_thirty_per_cent_is_shared_equally_and_seventy_by_inhabitants(page, text):
    assert "30 % etter «Likt» og 70 % etter «Folketall»" in text
    total, shown = sum(INHABITANTS.values()), _rows(page, "tabell-finansiering")
    parts = _rows(page, "tabell-finansiering-kategori")
    places = [*INHABITANTS]
    for n, (place, inhabitants) in enumerate(INHABITANTS.items()):
        equal, by_inhabitants = Fraction(3, 10) / len(places), Fraction(7, 10) * Fraction(inhabitants, total)
        share, amount = shown[place]
        assert number(share.rstrip("%")) == pytest.approx(float(100 * (equal + by_inhabitants)), abs=0.005)
        assert abs(number(amount) - FRAME_NOK * (equal + by_inhabitants)) < 1
        assert abs(number(parts["Likt"][n]) - FRAME_NOK * equal) < 1
        assert abs(number(parts["Folketall"][n]) - FRAME_NOK * by_inhabitants) < 1
        assert number(parts["Sum"][n]) == number(amount)
    assert sum(number(shown[place][1]) for place in places) == number(shown["Sum"][1]) == FRAME_NOK


def test_what_people_wrote_of_the_year_is_told(page, text):
    staffing = _rows(page, "tabell-stillinger")
    assert [number(positions) for (positions,) in [*staffing.values()][1:]] == [2.4, 15, 5, 22.4]
    for told in (
        "Styret hadde 7 møter og behandlet 45 saker i 2016. Kundeservice behandlet om lag 17 700 henvendelser.",
        "mot et budsjett på 10,3 millioner kroner; 5,4 millioner kroner er ikke brukt. Av budsjettet er 4,3 millioner",
        "Av 5 kommuner har 2 godkjent årsmeldingen.",
    ):
        assert told in text
    assert _rows(page, "tabell-godkjenning")["Storby"] == ["Godkjent", "27.04.2017"]
    assert _rows(page, "tabell-arsaker")["Konsulenter"][1] == "Bistand til innføringen av felles arkiv."


def test_what_is_carried_over_is_a_figure(figures):
    assert figures["annual_investments.carried_over", str(YEAR)] == CARRIED_OVER_NOK


def test_the_settlement_is_the_overspend_by_the_years_shares_to_the_ore(page):
    shown = _rows(page, "tabell-avregning-drift")
    ore = -sum(booked for _, booked, _ in OPERATING.values())
    assert round(100 * number(shown["Sum"][1])) == ore
    assert sum(round(100 * number(shown[place][1])) for place in INHABITANTS) == ore
    total = sum(INHABITANTS.values())
    for place, inhabitants in INHABITANTS.items():
        share = Fraction(3, 10) / len(INHABITANTS) + Fraction(7, 10) * Fraction(inhabitants, total)
        assert abs(100 * number(shown[place][1]) - ore * share) < 1


def test_chapters_without_sources_are_left_out_and_named(page, text):
    headings = [text_of(heading) for heading in page.xpath("//main//h1|//main//h2|//main//h3")]
    assert not [heading for heading in headings if re.search(r"Aktivitet|Saker|SLA|PC|Løsningstid|Konklusjon", heading)]
    assert "Det er ikke levert data om kundeservice og PC-er for 2016, så det er ikke med i årsmeldingen." in text
    assert "Det ble ikke vedtatt eller publisert noen prognose for 2016." in text


def test_the_pdf_has_the_same_tables_with_their_headers(site, page):
    (file,) = site.glob("arsmelding-*.pdf")
    tables, wrong = tables_without_headers(file)
    assert wrong == []
    assert tables >= len(page.xpath("//main//table[not(contains(@class, 'folded'))]"))
    assert b"pdfuaid" in PdfReader(file).trailer["/Root"]["/Metadata"].get_data()


def test_every_number_in_its_tables_and_sentences_is_a_record_or_made_of_records(folder, page):
    book = open_month(f"{YEAR}-12", folder)
    records = Records(folder.site, book, f"arsmelding-{YEAR}")
    assert [*wrong_cells(page, book, records), *texts_with_digits(page, records)] == []
    told = [*sentences(folder.site.parent / "_build" / f"arsmelding-{YEAR}")]
    assert {text: wrong for _, text, of in told if (wrong := wrong_numbers(text, of, records))} == {}
    assert sum(len(of) for *_, of in told) > 60


def test_investments_are_the_ledgers_to_the_ore(figures):
    for name, (ore, _) in INVESTMENTS.items():
        assert round(100 * figures["annual_investments.actual", f"{YEAR}|{name}"]) == ore


@pytest.mark.parametrize(("year", "problem"), [(2017, "cover 2014-01 to 2016-12, not 2017-12"), (2013, "not 2013-12")])
def test_a_year_that_is_not_covered_is_refused(folder, year, problem):
    with pytest.raises(InputError, match=problem):
        _make(folder, year)


@pytest.mark.deep
def test_a_year_of_which_months_lack_is_refused(tmp_path):
    folder = open_folder(annual_2016(tmp_path / "book"))
    ledger = folder.data / "raw" / "ledger.csv"
    rows = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(row for row in rows if ";201605;" not in row), encoding="utf-8")
    with pytest.raises(InputError, match="no postings of 2016-05, so 2016 has no annual report"):
        _make(folder)


def _approve(folder: Folder) -> Approved:
    job = job_of(document_of(folder, "arsmelding", str(YEAR)), folder, folder.site, "embedded")
    return approve_document(job, "Styret", dt.date(2017, 5, 2))


def test_it_is_not_approved_before_each_member_has(folder):
    with pytest.raises(InputError, match="not approved by Nordnes, Sørdal, Vesthavn"):
        _approve(folder)
    assert _make(folder).how == How.UNCHANGED


@pytest.mark.deep
def test_it_is_approved_as_it_stands_when_each_member_has(folder):
    days = ", ".join(f"{place}: 2017-04-27" for place in INHABITANTS)
    own = folder.content / "annual" / f"{YEAR}.yml"
    own.write_text(re.sub(r"members_approved: .*", f"members_approved: {{{days}}}", PEOPLE), encoding="utf-8")
    assert _make(folder).how == How.MADE
    assert _approve(folder).manifest.approved_by == "Styret"
    page = html.parse(folder.site / f"arsmelding-{YEAR}" / "index.html").getroot()
    assert "Alle kommunene har godkjent årsmeldingen." in text_of(page)
    assert _make(folder).how == How.APPROVED


# The demo's year, whose ledger and settlement were published too.


@pytest.fixture(scope="module")
def page_of_2023(demo, tmp_path_factory):
    site = tmp_path_factory.mktemp("site") / "_site"
    job = job_of(document_of(demo, "arsmelding", "2023"), demo, site, "embedded")
    build_report(job, collect(open_month("2023-12", demo), *job.kind.tables))
    return html.parse(site / "arsmelding-2023" / "index.html").getroot()


@pytest.mark.deep
@pytest.mark.parametrize(
    ("file", "line", "table"),
    [
        ("operating_costs", "expense_type", "tabell-arsresultat"),
        ("investment_costs", "project", "tabell-arsinvesteringer"),
    ],
)
def test_the_costs_of_2023_are_the_published_ones(page_of_2023, file, line, table):
    printed = pd.read_csv(PUBLISHED / f"{file}.csv")
    printed = printed[printed.as_of == "2023-12-31"]
    shown = _rows(page_of_2023, table)
    assert len(printed) == len(shown) - 1
    for row in printed.itertuples():
        name = getattr(row, line)
        amounts = [number(cell) for cell in shown["Sum" if name == "SUM" else name]]
        assert amounts[:2] == [row.actual, row.budget]
        # The papers' variances are those of amounts not rounded.
        assert abs(amounts[2] - row.variance) <= 1


@pytest.mark.deep
def test_the_settlement_of_2023_is_the_published_one_but_for_one_ore(page_of_2023):
    """The published amounts are rounded each by itself and add up to an øre too little; the page says where it went."""
    shown, apart = _rows(page_of_2023, "tabell-avregning-drift"), {}
    for row in pd.read_csv(PUBLISHED / "overspend_settlement_2023.csv").itertuples():
        share, amount = shown["Sum" if row.municipality == "SUM" else row.municipality]
        assert number(share.rstrip("%")) == pytest.approx(100 * row.share)
        apart[row.municipality] = round(number(amount) - row.amount, 2)
    assert apart == {"Molde": -0.01, "Vestnes": 0, "Rauma": 0, "Aukra": 0, "Hustadvika": 0, "SUM": 0}
    assert "forskjellen er lagt på Molde (−0,01 kroner)" in text_of(page_of_2023)
