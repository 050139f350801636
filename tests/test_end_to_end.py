"""From raw exports to site and PDF: what a reader opens is Norwegian, accessible, complete and equal to the figures."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pandas as pd
import pytest
from every_number import rows_of
from lxml import html
from pypdf import PdfReader

MONTH = "2024-09"
PUBLISHED = Path(__file__).parent / "published"


@pytest.fixture(scope="module")
def page(site):
    return html.parse(site / MONTH / "index.html").getroot()


@pytest.fixture(scope="module")
def pdf(site):
    (path,) = (site / MONTH).glob("okonomi-og-aktivitetsrapport-*.pdf")
    return PdfReader(path)


@pytest.fixture(scope="module")
def figures(site):
    return pd.read_csv(site / MONTH / "figures.csv")


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def cells(page, table_id: str) -> list[list[str]]:
    """Heads and rows of a table, what spans several rows or columns in each of them."""
    (found,) = page.xpath(f'//table[@id="{table_id}"]')
    return [[text_of(cell) for cell in row] for part in ("thead", "tbody") for row in rows_of(found, part)]


def number(text: str) -> float:
    return float(re.sub(r"\s", "", text).replace("\u2212", "-").replace(",", "."))


def test_the_month_has_a_page_a_pdf_and_the_figures(site):
    names = {path.suffix for path in (site / MONTH).iterdir()}
    assert {".html", ".pdf", ".csv"} <= names
    assert (site / "index.html").exists()


def test_figures_csv_is_tidy_unrounded_and_has_each_figure_once(figures):
    assert list(figures.columns) == ["figure", "period", "dimension", "member", "value", "unit"]
    assert not figures.duplicated(["figure", "dimension", "member"]).any()
    assert (figures.period == MONTH).all()
    assert figures.value.notna().all()
    money = figures[figures.figure == "operating_costs.actual"].value
    assert (money % 1000 != 0).any()


def test_the_front_page_links_to_the_month(site):
    front = html.parse(site / "index.html").getroot()
    links = front.xpath("//a/@href")
    assert any(link.startswith(f"{MONTH}/") or link.startswith(f"./{MONTH}/") for link in links)
    assert "Demodata" in text_of(front)


def test_the_page_is_norwegian_and_its_headings_follow_the_report(page):
    assert page.get("lang").startswith("nb")
    headings = [text_of(h) for h in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    expected = [
        "Sammendrag", "Økonomirapport", "Driftskostnader", "Investeringskostnader", "Aktiviteter", "Kundeservice",
        "Rullering av PC-er", "Kompetanseportalen", "Chatbot", "Service og support",
        "Nye feil og forespørsler per kategori", "Nye feil og forespørsler per kommune", "Feilmeldinger",
        "Tjenesteforespørsler", "Saker samlet", "Overholdelse av SLA", "Løsningstid", "Om tallene",
    ]  # fmt: skip
    places = [next(i for i, h in enumerate(headings) if h.endswith(name)) for name in expected]
    assert places == sorted(places)


def test_sections_carry_the_numbers_of_the_report(page):
    headings = [text_of(h) for h in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    for numbered in ("1 Økonomirapport", "1.1 Driftskostnader", "2.1.1 Rullering av PC-er", "2.1.4.7 Løsningstid"):
        assert numbered in headings


def test_every_picture_has_an_alt_text_and_every_table_a_caption(page):
    pictures = page.xpath("//main//img")
    tables = page.xpath("//main//table")
    assert len(pictures) >= 12
    assert len(tables) >= 12
    assert all(len(picture.get("alt", "")) > 40 for picture in pictures)
    captions = [text_of(t.xpath("./caption|ancestor::details/summary")[0]) for t in tables]
    behind = [bool(t.xpath("ancestor::details")) for t in tables]
    assert all(re.match("Tallene" if b else r"Tabell \d+\b", c) for b, c in zip(behind, captions, strict=True))
    figure_captions = [text_of(c) for c in page.xpath("//figcaption") if text_of(c).startswith("Figur")]
    assert len(figure_captions) == len(pictures)


def test_the_page_asks_nothing_of_other_hosts(site):
    for path in site.rglob("*.html"):
        root = html.parse(path).getroot()
        for link in root.xpath("//@src|//link/@href|//script/@src"):
            assert not re.match(r"(https?:)?//", link), (path, link)


def test_no_english_word_and_no_missing_value_reaches_the_reader(page):
    main = copy.deepcopy(page.xpath("//main")[0])
    # Names of figures and functions, as programs have them.
    for code in main.xpath("//code"):
        code.drop_tree()
    text = text_of(main)
    for word in (
        "nan",
        "None",
        "<NA>",
        "NaT",
        "incident",
        "request",
        "unknown",
        "staff",
        "pupil",
        "Figure",
        "Table",
        "total",
    ):
        assert not re.search(rf"\b{re.escape(word)}\b", text), word


def test_the_cells_of_the_cost_table_are_the_figures_in_thousands(page, figures):
    head, *rows = cells(page, "tabell-driftskostnader")
    assert head == ["Type utgift", "Regnskap", "Årsbudsjett", "Avvik", "Prognose"]
    values = figures.set_index(["figure", "member"]).value
    assert len(rows) == 8
    for name, *numbers in rows:
        member = "SUM" if name == "Sum" else name
        for column, shown in zip(("actual", "budget", "variance", "forecast"), numbers, strict=True):
            assert number(shown) == pytest.approx(values[f"operating_costs.{column}", member] / 1000, abs=0.5001)


def test_the_cells_of_the_sla_table_are_the_figures(page, figures):
    values = figures.set_index(["figure", "member"]).value
    months, heads, *rows = cells(page, "tabell-sla")
    assert [row[0] for row in rows] == ["Lav", "Medium", "Høy", "Kritisk", "Sum"]
    shown = {(row[0], *over): cell for row in rows for *over, cell in zip(months, heads, row, strict=True)}
    for month, name in (("2024-07", "juli 2024"), ("2024-08", "august 2024"), ("2024-09", "september 2024")):
        for priority in ("Lav", "Medium", "Høy", "Kritisk"):
            counts = [number(shown[priority, name, head]) for head in ("OK", "Brudd")]
            assert counts == [values[f"sla.{what}", f"{month}|{priority}"] for what in ("within", "breached")]
        sums = [number(shown["Sum", name, head]) for head in ("OK", "Brudd")]
        assert sums == [values[f"sla.{what}", month] for what in ("within", "breached")]


def test_the_pc_table_that_the_reader_sees_is_the_published_one(page):
    _, *rows = cells(page, "tabell-pc-rullering")
    # The name of the sum spans both columns.
    shown = {("SUM", "") if row[0] == "Sum" else (row[0], row[1]): row[2:] for row in rows}
    published = pd.read_csv(PUBLISHED / "pc_rollover_2024-09-27.csv", dtype="str", keep_default_na=False)
    assert len(rows) == len(published) == 11
    for place, group, *expected in published.itertuples(index=False):
        assert shown[place, group] == expected, (place, group)


def test_the_plan_s_cells_are_the_figures(page, figures):
    values = figures.set_index(["figure", "member"]).value
    for table, figure, per in (("tabell-pc-plan", "to_buy", 1), ("tabell-pc-plan-kroner", "cost", 1000)):
        head, *rows = cells(page, table)
        assert head[2:] == [str(year) for year in range(2024, 2030)]
        for place, group, *numbers in rows:
            for year, shown in zip(head[2:], numbers, strict=True):
                member = year if place == "Sum" else f"{place}|{group}|{year}"
                assert number(shown) == pytest.approx(values[f"devices.{figure}", member] / per, abs=0.5001), (
                    place,
                    year,
                )


def test_the_pdf_is_tagged_norwegian_pdf_ua(pdf):
    root = pdf.trailer["/Root"]
    assert str(root["/Lang"]).startswith("nb")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "Økonomi- og aktivitetsrapport" in pdf.metadata.title
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part(>|=['\"])1", xmp)


def test_every_picture_of_the_pdf_has_an_alt_text(pdf, page):
    figures = [e for e in _structure(pdf.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Figure"]
    assert len(figures) == len(page.xpath("//main//img"))
    assert all(len(str(e.get("/Alt", ""))) > 40 for e in figures)


def test_the_pdf_says_demodata_on_every_page_and_holds_the_numbers(pdf):
    texts = [p.extract_text() for p in pdf.pages]
    assert len(texts) > 8
    assert all("Demodata" in text for text in texts)
    whole = re.sub(r"\s", "", "".join(texts))
    for shown in ("52009", "89477", "2.1.4.7", "Tabell1"):
        assert shown in whole


def _structure(node):
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from _structure(kid)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from _structure(node["/K"])
