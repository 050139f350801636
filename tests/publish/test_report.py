"""The small project's page and PDF, opened as a reader would."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from lxml import html
from project import FIGURES
from pypdf import PdfReader


def text_of(element) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def page(built):
    return html.parse(built.page).getroot()


@pytest.fixture(scope="module")
def pdf(built):
    return PdfReader(built.pdf)


@pytest.fixture(scope="module")
def pdf_text(pdf) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in pdf.pages))


def test_the_build_says_what_it_made_and_what_nobody_wrote(built):
    assert built.page.exists()
    assert built.pdf.name == "okonomi-og-aktivitetsrapport-2024-09.pdf"
    assert built.missing == ("content/2024-09/teknisk.md",)
    pd.testing.assert_frame_equal(pd.read_csv(built.figures), FIGURES, check_dtype=False)


def test_headings_are_numbered_in_one_title_and_levels_below_it(page):
    headings = [(h.tag, text_of(h)) for h in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    assert headings == [
        ("h1", "Økonomi- og aktivitetsrapport"), ("h2", "Sammendrag"), ("h2", "1 Aktiviteter"),
        ("h3", "1.1 Kundeservice"), ("h4", "1.1.1 Service og support"), ("h5", "1.1.1.1 Nye saker"),
        ("h2", "2 Definisjoner"),
    ]  # fmt: skip


def test_the_contents_lead_to_every_heading(page):
    targets = page.xpath("//nav//a/@href")
    assert targets == [f"#{id_}" for id_ in page.xpath("//main//*[self::h2 or self::h3 or self::h4 or self::h5]/@id")]


def test_the_page_is_norwegian_and_carries_the_facts_of_the_cover(page):
    assert page.get("lang") == "nb-NO"
    facts = {text_of(dt): text_of(dt.getnext()) for dt in page.xpath("//header//dt")}
    assert facts == {
        "Versjon": "4. oktober 2024", "Status": "Utkast", "Godkjent dato": "Ikke godkjent", "Ansvarlig enhet": "ROR-IKT",
    }  # fmt: skip
    assert "Demodata" in text_of(page.xpath('//p[contains(@class, "banner")]')[0])


def test_a_table_has_caption_scopes_and_a_marked_sum_row(page):
    (table,) = page.xpath('//table[@id="tabell-kostnader"]')
    assert text_of(table.xpath("./caption")[0]) == "Tabell 1. Kostnader. Tall i hele 1000."
    assert table.xpath(".//thead//th/@scope") == ["col"] * 3
    assert table.xpath(".//tbody//th/@scope") == ["row"] * 2
    rows = [[text_of(cell) for cell in row.xpath("./*")] for row in table.xpath(".//tr")]
    assert rows[1:] == [["Lønn", "20 474", "32 527"], ["Sum", "75 018", "89 477"]]
    assert [row.get("class") for row in table.xpath(".//tbody/tr")] == [None, "sum"]
    assert not table.xpath(".//col")


def test_a_figure_has_caption_and_alt_text_and_is_there(page, built):
    (figure,) = page.xpath('//figure[@id="figur-saker"]')
    (image,) = figure.xpath(".//img")
    assert image.get("alt") == "Sakene økte fra 12 til 18."
    assert text_of(figure.xpath("./figcaption")[0]) == "Figur 1. Saker per måned."
    assert (built.page.parent / image.get("src")).exists()


def test_what_may_have_to_scroll_is_named_by_its_caption_and_a_region_only_where_it_has_to(page):
    boxes = page.xpath("//*[@data-named]")
    names = [text_of(page.xpath(f'//*[@id="{box.get("data-named")}"]')[0]) for box in boxes]
    assert names == ["Tabell 1. Kostnader. Tall i hele 1000.", "Tabell 2. Løste saker."]
    assert not page.xpath(
        '//main//*[@tabindex or @role="region"]'
    )  # the page's script says where they are wider than shown


def test_headings_tables_and_figures_have_permalinks_that_say_where_they_lead(page):
    links = {link.get("href"): link.get("aria-label") for link in page.xpath('//a[@class="permalink"]')}
    headings = page.xpath("//main//*[self::h2 or self::h3 or self::h4 or self::h5]")
    shown = {f"#{h.get('id')}": f"Lenke til {text_of(h)}" for h in headings}
    shown |= {"#tabell-kostnader": "Lenke til Tabell 1", "#figur-saker": "Lenke til Figur 1"}
    assert links == shown | {"#tabell-saker": "Lenke til Tabell 2"}


def test_each_chapter_ends_with_ways_to_the_chapters_and_months_beside_it(page):
    ways = page.xpath('//div[@class="ways"]')
    assert [[(a.get("rel"), text_of(a)) for a in way.xpath("./a[@rel]")] for way in ways] == [
        [("next", "Neste kapittel 1 Aktiviteter")],
        [("prev", "Forrige kapittel Sammendrag"), ("next", "Neste kapittel 2 Definisjoner")],
        [("prev", "Forrige kapittel 1 Aktiviteter")],
    ]
    places = [a.get("data-place") for way in ways for a in way.xpath("./a[@data-month]")]
    assert places == [f"#{h.get('id')}" for h in page.xpath("//main//h2") for _ in range(2)]


def test_the_site_says_which_months_its_pages_lead_to(built, page):
    assert (page.body.get("data-month"), page.body.get("data-page")) == ("2024-09", "index.html")
    text = (built.page.parent.parent / "assets" / "months.js").read_text("utf-8")
    (month,) = json.loads(text.removeprefix("window.siteMonths = ").rstrip(";\n"))
    assert month == {"month": "2024-09", "name": "September 2024", "files": ["index.html", "forlop.html"]}


def test_a_term_is_explained_where_it_stands_first_in_a_chapter_and_where_it_is_linked(page):
    terms = page.xpath('//button[@class="term"]')
    assert [text_of(term) for term in terms] == ["sak"]
    (told,) = page.xpath("//*[@popover]")
    assert terms[0].get("popovertarget") == told.get("id")
    assert text_of(told) == "Sak Noe som skal gjøres. Alle begreper"
    assert told.xpath(".//a/@href") == ["#def-sak"]


def test_text_refers_to_numbers_glossary_and_quotes_the_norwegian_way(page):
    text = text_of(page.xpath("//main")[0])
    assert "se tabell 1." in text
    assert "1\u202f245 saker" in page.xpath("//main")[0].text_content()
    assert "kan «haste»" in text
    assert "Periode 2024-09, 3 på topp." in text
    assert page.xpath('//dt//*[@id="def-sak"]')


def test_the_page_carries_its_own_style_and_typeface(page, built):
    folder = built.page.parent
    style, _ = page.xpath('//link[@rel="stylesheet"]/@href')
    faces = re.findall(r'url\("([^"]+)"\)', (folder / style).read_text("utf-8"))
    assert len(faces) == 4
    assert all((folder / style).parent.joinpath(face).exists() for face in faces)
    assert page.xpath("//script/@src") == ["../assets/search.js", "../assets/months.js", "assets/page.js"]


POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def test_every_page_has_the_strict_policy_and_nothing_that_it_keeps_from_being_shown(page, beside, built):
    front = html.parse(built.page.parent.parent / "index.html").getroot()
    for one in (page, beside, front):
        assert one.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content') == [POLICY]
        before = one.xpath("//head/*")[:2]
        assert [element.tag for element in before] == ["meta", "meta"]  # nothing is fetched before the policy is read
        assert not one.xpath("//style|//@style|//script[not(@src)]|//@*[starts-with(name(), 'on')]")
        assert not one.xpath("//@href[starts-with(., 'data:')]|//@src[starts-with(., 'data:')]")


def test_columns_of_numbers_stand_right_by_class(page):
    (table,) = page.xpath('//table[@id="tabell-kostnader"]')
    classes = [[cell.get("class") for cell in row] for row in table.xpath(".//tr")]
    assert classes == [[None, "number", "number"]] * 3


def test_a_printed_page_says_in_its_margins_what_it_is_of(page, beside, built):
    for one, said in ((page, "Demodata · Utkast"), (beside, "Demodata")):
        (file,) = one.xpath('//link[@media="print"]/@href')
        margins = (built.page.parent / file).read_text("utf-8")
        assert f'@top-left {{ content: "{text_of(one.xpath("//title")[0])}"; }}' in margins
        assert f'@top-right {{ content: "{said}"; }}' in margins
        assert '@bottom-right { content: "Side " counter(page) " av " counter(pages) ""; }' in margins


@pytest.fixture(scope="module")
def beside(built):
    """The page beside the report."""
    return html.parse(built.page.with_name("forlop.html")).getroot()


def test_a_page_has_its_own_title_and_text_and_the_demo_mark_of_its_month(page, beside):
    assert text_of(beside.xpath("//title")[0]) == "Forløpet, september 2024"
    assert [text_of(h) for h in beside.xpath("//h1|//h2|//h3")] == ["Forløpet", "Hele året"]
    assert "Så langt i 2024-09." in text_of(beside.xpath("//main")[0])
    subtitle = '//p[@class="subtitle"]'
    assert text_of(beside.xpath(subtitle)[0]) == text_of(page.xpath(subtitle)[0])
    assert "Demodata" in text_of(beside.xpath('//p[contains(@class, "banner")]')[0])


def test_a_page_beside_the_report_has_no_stamp_of_the_report(page, beside):
    assert {text_of(dt): text_of(dt.getnext()) for dt in beside.xpath("//header//dt")} == {"Ansvarlig enhet": "ROR-IKT"}
    told = text_of(beside)
    assert "Siden hører til rapporten for september 2024, men er ikke en del av det som godkjennes." in told
    assert not re.search(r"Utkast|Godkjent|4\. oktober 2024", told)
    assert "Utkast" in text_of(page.xpath('//p[contains(@class, "banner")]')[0])
    assert "Utkast" in text_of(page.xpath("//footer")[0])


def test_the_report_leads_to_its_pages_and_they_lead_back(page, beside):
    files = '//p[@class="files"]/a/@href'
    assert page.xpath(files) == ["forlop.html", "../index.html"]
    assert beside.xpath(files) == ["index.html", "../index.html"]


def test_downloads_stand_at_the_top_of_each_page(page, beside):
    downloads = '//header/div/p[@class="downloads"]/a'
    assert [(a.get("href"), text_of(a)) for a in page.xpath(downloads)] == [
        ("okonomi-og-aktivitetsrapport-2024-09.pdf", "Rapporten (PDF)"), ("okonomi-og-aktivitetsrapport-2024-09.xlsx", "Alle tabeller (Excel)"), ("figures.csv", "Alle tall (CSV)"),
    ]  # fmt: skip
    assert [a.get("href") for a in beside.xpath(downloads)] == ["forlop-2024-09.pdf", "figures.csv"]


def test_a_page_numbers_its_own_figures_and_they_are_there(built, beside, pdf_text):
    (image,) = beside.xpath("//main//img")
    assert (built.page.parent / image.get("src")).exists()
    assert text_of(beside.xpath("//figcaption")[0]) == "Figur 1. Forløpet."
    assert "Forløpet" not in pdf_text


def test_the_pdf_is_tagged_norwegian_pdf_ua_with_a_title(pdf):
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert root["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title == "Økonomi- og aktivitetsrapport, september 2024"
    assert re.search(r"pdfuaid:part(>|=['\"])1", root["/Metadata"].get_object().get_data().decode())


def test_the_pdf_says_the_same_as_the_page(page, pdf_text):
    for said in ("1.1.1.1", "Tabell 1. Kostnader. Tall i hele 1000.", "Figur 1. Saker per måned.", "kan «haste»"):
        assert said in pdf_text
    assert "Versjon 4. oktober 2024" in pdf_text
    assert re.sub(r"\s", "", "Sum75 01889 477") in re.sub(r"\s", "", pdf_text)


def test_every_page_of_the_pdf_says_demodata_and_all_but_the_cover_its_number(pdf):
    texts = [page.extract_text() for page in pdf.pages]
    assert all("Demodata" in text for text in texts)
    assert [re.findall(r"Side (\d+) av (\d+)", text) for text in texts[1:]] == [
        [(str(number), str(len(texts)))] for number in range(2, len(texts) + 1)
    ]


def test_the_pdf_has_an_outline_and_header_cells(pdf):
    assert [entry.title for entry in pdf.outline if not isinstance(entry, list)] == [
        "Sammendrag", "1 Aktiviteter", "2 Definisjoner",
    ]  # fmt: skip
    kinds = set(_kinds(pdf.trailer["/Root"]["/StructTreeRoot"]))
    assert {"/TH", "/TD", "/Caption", "/Figure", "/H1", "/H2", "/TOC"} <= kinds


def _kinds(node):
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from _kinds(kid)
    elif isinstance(node, dict):
        yield node.get("/S")
        if "/K" in node:
            yield from _kinds(node["/K"])
