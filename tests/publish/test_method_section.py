"""From a table to its files, to how it was computed, and to its figures: the links lead somewhere, in the page and in the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from pypdf import PdfReader

from rorikt_lib.present.sheets import Sheet, SheetColumn
from rorikt_lib.publish.assemble import Body
from rorikt_lib.publish.methods import with_methods, write_figures
from rorikt_lib.publish.outputs import Chapter
from rorikt_lib.report.method import Method

TABLE = "| Linje | Beløp |\n|---|---:|\n| Lønn | 3 |\n\n: Kostnader. {#tabell-kostnader}"
OTHER = TABLE.replace("kostnader}", "annen}")
FIGURES = pd.DataFrame(
    [("costs.actual", "2024-09", "line", line, 3.5, "NOK") for line in ("Lønn", "Drift", "SUM")],
    columns=["figure", "period", "dimension", "member", "value", "unit"],
)
METHOD = Method(
    "kostnader",
    "Kilder: [regnskapet](#kilde-postings).\n\nRegnet ut av en funksjon.",
    {"postings": ("regnskapet", "Posteringer.")},
    [["costs.actual", "line", "Lønn"], ["costs.actual", "line", "SUM"]],
)
SHEET = Sheet("tabell-kostnader", "Kostnader.", (), (SheetColumn("Linje", "@", ("Lønn",)),))
BEHIND = replace(SHEET, file="tabell-bak")
CHAPTERS = [Chapter("", methods=(METHOD,), sheets=(SHEET, BEHIND))]


def test_a_table_gets_its_links_and_the_page_a_last_section():
    folded = TABLE.replace("#tabell-kostnader", "#tabell-bak .folded")
    body = with_methods(Body((f"# Økonomi\n\n{TABLE}\n\n{OTHER}\n\n{folded}",)), CHAPTERS)
    files = "".join(
        f"[{name}](nedlasting/tabell-kostnader.{kind})\u00a0·\u00a0"
        for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))
    )
    links = f"[[{files}]{{.web}}[Beregning](#beregning-kostnader)]{{.of-table}}"
    assert f": Kostnader. {links} {{#tabell-kostnader}}" in body.texts[0]
    assert ": Kostnader. {#tabell-annen}" in body.texts[0]
    own = files.replace("kostnader", "bak").removesuffix("\u00a0·\u00a0")
    assert f": Kostnader. [[{own}]{{.web}}]{{.of-table}} {{#tabell-bak .folded}}" in body.texts[0]
    assert body.texts[1].startswith(
        '# Slik er tabellene regnet ut {.unnumbered unfolds="Vis kilder og beregninger"}\n\nFor hver tabell'
    )
    said = body.markdown
    assert "[Regnskapet]{#kilde-postings}\n:   Posteringer." in said
    assert (
        "[Om [tabell 1](#tabell-kostnader)]{#beregning-kostnader}\n:   Kilder: [regnskapet](#kilde-postings).\n" in said
    )
    assert ": Tabell 1. Kostnader. [[" in said


def test_a_page_without_declared_tables_is_left_as_it_is():
    body = Body((f"# Økonomi\n\n{OTHER}",), (Path("x.md"),))
    assert with_methods(body, CHAPTERS) == body
    assert with_methods(Body((TABLE,), (Path("x.md"),)), CHAPTERS).missing == (Path("x.md"),)


def test_a_table_without_figures_has_no_file_of_them(tmp_path):
    write_figures(tmp_path, [Chapter("", methods=(Method("kostnader", "Slik."),))], FIGURES)
    assert not list(tmp_path.iterdir())


def test_the_figures_of_a_table_are_a_file_with_its_rows_of_figures_csv(tmp_path):
    (tmp_path / "nedlasting").mkdir()
    write_figures(tmp_path, CHAPTERS, FIGURES)
    written = pd.read_csv(tmp_path / "nedlasting" / "figures-kostnader.csv")
    pd.testing.assert_frame_equal(written, FIGURES.iloc[[0, 2]].reset_index(drop=True))


@pytest.fixture(scope="module")
def month(site) -> Path:
    return site / "2024-09"


@pytest.fixture(scope="module")
def pages(month) -> dict[str, html.HtmlElement]:
    return {file.name: html.parse(file).getroot() for file in sorted(month.glob("*.html"))}


def test_each_table_of_the_site_leads_to_its_files_its_figures_and_to_how_it_was_computed(month, pages):
    known = set(pd.read_csv(month / "figures.csv", dtype=str).itertuples(index=False, name=None))
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        for shown in page.xpath("//table[not(ancestor::details)]"):
            targets = shown.xpath("./caption//a[not(@class='permalink')]/@href")
            anchor = targets[-1].removeprefix("#")
            assert anchor == shown.get("id").replace("tabell-", "beregning-", 1)
            term = page.xpath(f"//dt[.//@id='{anchor}']")[0]
            assert term.xpath(f".//a[@href='#{shown.get('id')}']")
            said = " ".join(d.text_content() for d in _definitions(term))
            assert "Kilder: " in said
            assert re.search(r"Regnet ut av rorikt_lib\.\w+", said)
            led = [target for d in _definitions(term) for target in d.xpath(".//a/@href")]
            assert all(target[1:] in ids for target in led if target.startswith("#"))
            assert [Path(file).suffix for file in targets[:-1]] == [".xlsx", ".csv"]
            files = [target for target in led if not target.startswith("#")]
            assert [file for file in [*targets[:-1], *files] if not (month / file).is_file()] == []
            for file in files:
                own = list(pd.read_csv(month / file, dtype=str).itertuples(index=False, name=None))
                assert own
                assert set(own) <= known
                assert len(own) == len(set(own))
            assert bool(files) == ("I figures.csv: " in said)


def _definitions(term):
    for element in term.itersiblings():
        if element.tag != "dd":
            return
        yield element


def test_the_links_are_part_of_no_tables_name(pages):
    for shown in pages["index.html"].xpath("//table[not(ancestor::details)]"):
        name = shown.xpath(f"./caption/*[@id='{shown.get('id')}-tekst']")[0]
        assert "Beregning" not in name.text_content()


def test_how_tables_are_computed_unfolds_and_the_glossary_stands_open(pages):
    for name, page in pages.items():
        folded = page.xpath("//details[@class='unfolds'][summary='Vis kilder og beregninger']//dt/*/@id")
        assert [key for key in page.xpath("//dt/*/@id") if not key.startswith("def-")] == folded, name
        assert folded, name


def test_the_pdf_leads_to_how_each_table_was_computed(month, pages):
    reader = PdfReader(next(month.glob("okonomi-og-aktivitetsrapport-*.pdf")))
    text = "".join(page.extract_text() for page in reader.pages)
    joined = re.sub(r"\s", "", text)
    assert "Slik er tabellene regnet ut" in text
    assert "Beregning" in text
    assert "Excel ·" not in text
    assert "rorikt_lib.report.economy.published_costs" in joined
    for sum_of_file in pages["index.html"].xpath("//table[@id='tabell-sjekksummer']/tbody/tr/td"):
        assert re.fullmatch("[0-9a-f]{64}", sum_of_file.text_content())
        assert sum_of_file.text_content() in joined
