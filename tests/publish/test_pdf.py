"""PDFs as a screen reader, a reader on paper and one without the site meet them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst
from pdf_reading import root_of, spans_as_blocks, tables_without_headers
from pypdf import PdfReader

from rorikt_lib.present.language import page_words
from rorikt_lib.publish import embedded
from rorikt_lib.publish.document import written
from rorikt_lib.publish.pdf_tags import attributes, elements, kids, tag_row_headers
from rorikt_lib.publish.site import copy_assets

FACTS = {
    "title": "Rapport",
    "subtitle": "September 2024",
    "lang": "nb-NO",
    "organisation": "IT",
    "demo": False,
    "words": page_words(is_demo=True),
}


def pdf_of(text: str, folder: Path, **facts: object) -> PdfReader:
    """A document of that text, as the embedded renderer makes it."""
    (folder / "figures.csv").write_text("figure\n", encoding="utf-8")
    copy_assets(folder)
    document, pdf = folder / "index.qmd", folder / "made.pdf"
    document.write_text(written(FACTS | {"figures": "figures.csv"} | facts, text), encoding="utf-8")
    embedded.render(document, folder / "index.html", pdf)
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def long_table(tmp_path_factory) -> PdfReader:
    rows = "\n".join(f"| Rad {n} | {n} |" for n in range(1, 61))
    caption = ": Tabell 1. Mange rader. {#tabell-mange}"
    text = f"# Del {{.unnumbered}}\n\nInnledning.\n\n| Navn | Antall |\n|---|---:|\n{rows}\n\n{caption}\n"
    return pdf_of(text, tmp_path_factory.mktemp("long"), report="index.html")


def test_every_table_has_headers_of_columns_and_of_rows(built):
    for pdf, tables in ((built.pdf, 2), (built.pdf.with_name("forlop-2024-09.pdf"), 0)):
        assert tables_without_headers(pdf) == (tables, [])


def test_a_name_that_stands_for_several_rows_heads_them_all_and_the_next_column_each(tmp_path):
    rows = "table.cell(rowspan: 2)[Molde], [Ansatt], [1], [Elev], [2], [Rauma], [Elev], [3]"
    source, pdf = tmp_path / "a.typ", tmp_path / "a.pdf"
    table = f"#table(columns: 3, table.header([Kommune], [Gruppe], [PC-er]), {rows})"
    source.write_text(f'#set document(title: "a")\n#set text(lang: "nb")\n{table}', encoding="utf-8")
    typst.compile(source, output=pdf, pdf_standards=["ua-1"])
    version = PdfReader(pdf).pdf_header
    tag_row_headers(pdf)
    (body,) = elements(root_of(pdf), "/TBody")
    assert [[cell["/S"] for cell in kids(row)] for row in kids(body)] == [
        ["/TH", "/TH", "/TD"], ["/TH", "/TD"], ["/TH", "/TH", "/TD"],
    ]  # fmt: skip
    first, *_ = kids(kids(body)[0])
    assert (attributes(first)["/Scope"], attributes(first)["/RowSpan"]) == ("/Row", 2)
    assert PdfReader(pdf).pdf_header == version


def test_every_text_is_in_a_paragraph(built, tmp_path):
    pdf_of(
        "> Sitat.\n\nEt ord\n:   To ord.\n\n    Tre ord.\n\n::: {.x}\nI en boks.\n:::\n", tmp_path, lacking="Uten alt."
    )
    beside = built.pdf.with_name("forlop-2024-09.pdf")
    for pdf in (built.pdf, beside, tmp_path / "made.pdf"):
        assert spans_as_blocks(root_of(pdf)) == []


def test_a_paragraph_is_read_before_the_table_that_it_introduces(built):
    (document,) = kids(root_of(built.pdf))
    kinds = [kid["/S"] for kid in kids(document)]
    assert kinds[kinds.index("/Table") - 1] == "/P"


def test_a_table_that_continues_repeats_its_head_says_so_and_brings_more_than_its_last_row(long_table):
    first, *others = [page.extract_text() for page in long_table.pages]
    assert len(others) == 1
    assert "forts." not in first
    for text in others:
        assert "Tabell 1 (forts.)" in text
        assert "Navn" in text
        assert len(re.findall(r"Rad \d+", text)) >= 3
    assert len(list(elements(long_table.trailer["/Root"]["/StructTreeRoot"], "/THead"))) == 1


@pytest.mark.parametrize("status", ["Utkast", "Godkjent"])
def test_every_page_says_its_status_and_revision(tmp_path, status):
    text = "# En\n\n" + "Tekst. " * 1500
    said = {"status": status, "draft": status == "Utkast", "revision": "Revisjon 2", "reason": "R.", "changes": "C."}
    pages = [page.extract_text() for page in pdf_of(text, tmp_path, **said).pages]
    assert len(pages) > 3
    assert all(status in page and "Revisjon 2" in page for page in pages)


def test_the_report_carries_its_figures_and_those_of_its_tables(tmp_path):
    (tmp_path / "nedlasting").mkdir()
    (tmp_path / "nedlasting" / "tabell-a.csv").write_text("Navn;Antall\n", encoding="utf-8")
    links = "[[[Tall](nedlasting/tabell-a.csv) · ]{.web}[Beregning](#del)]{.of-table}"
    table = f"| Navn | Antall |\n|---|---:|\n| A | 1 |\n\n: Tabell 1. Tall. {links} {{#tabell-a}}\n"
    made = pdf_of(f"# Del {{#del}}\n\n{table}", tmp_path)
    assert {name: files[0].decode() for name, files in made.attachments.items()} == {
        "figures.csv": "figure\n", "nedlasting/tabell-a.csv": "Navn;Antall\n",
    }  # fmt: skip


def test_a_page_beside_the_report_has_a_pdf_of_its_own(built):
    made = PdfReader(built.pdf.with_name("forlop-2024-09.pdf"))
    text = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert made.metadata.title == "Forløpet, september 2024"
    assert "Figur 1. Forløpet." in text
    assert "ikke en del av det som godkjennes" in text
    assert "Utkast" not in text
    assert "Demodata" in text
