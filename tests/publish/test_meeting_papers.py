"""The papers of a meeting say what its file says, on the web and on paper, with what is attached where it belongs."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from lxml import html
from papers_merged import attached as compiled_attachment
from papers_merged import untagged, wrong_tags
from pdf_reading import tables_without_headers
from pypdf import PdfReader

from rorikt_lib.config.meeting_file import read_meeting
from rorikt_lib.errors import InputError
from rorikt_lib.present.language import page_words
from rorikt_lib.present.sentences import meeting as words
from rorikt_lib.publish import embedded
from rorikt_lib.publish.document import written
from rorikt_lib.publish.papers.agenda import Attached, minutes, papers
from rorikt_lib.publish.papers.filled import facts_of, fill_papers
from rorikt_lib.publish.papers.look import look
from rorikt_lib.publish.pdf_tags import tag_row_headers
from rorikt_lib.publish.site import copy_assets
from rorikt_lib.terms.language import using

FACTS = {
    "title": "Møtepapirer",
    "subtitle": "9. oktober 2024",
    "lang": "nb-NO",
    "organisation": "IT",
    "responsible-unit": "IT",
    "status": "Utkast",
    "demo": False,
    "meeting": True,
    "words": page_words(is_demo=True),
}
MEETING = """body: Styret
time: "10.00–12.00"
place: Møterom 1
invited: [Styreleder, IT-leder]
cases:
  - number: 2024/M10-031
    title: Rapport for september
    responsible: IT-leder
    lead: Rapporten viser økonomi og drift.
    text: |
      Saken gjelder *rapporten*.

      # Bakgrunn

      - Punkt en
    proposed: Rapporten tas til etterretning.
    decision: Enstemmig som foreslått.
  - number: 2024/M10-032
    title: Om lisenser
    responsible: Systemeier
attended: [Styreleder]
absent: [IT-leder]
"""


@pytest.fixture
def meeting_file(tmp_path) -> Path:
    file = tmp_path / "2024-10-09.yml"
    file.write_text(MEETING, encoding="utf-8")
    return file


def rendered(folder: Path, file: Path, pdfs: list[Path]) -> tuple[html.HtmlElement, Path]:
    """The papers as page and PDF; the first PDF belongs to the first case and is a report, the others to the second."""
    made = folder / "made"
    (made / "nedlasting").mkdir(parents=True)
    (made / "figures.csv").write_text("figure\n", encoding="utf-8")
    copy_assets(made)
    found = [
        Attached(n, f"Nummer {n}", pdf, look(pdf), n == 1, "../2024-09/index.html" if n == 1 else None)
        for n, pdf in enumerate(pdfs, 1)
    ]
    for each in found:
        shutil.copy(each.pdf, made / "nedlasting" / f"{each.key}.pdf")
    body = papers(read_meeting(file), file, [found[:1], found[1:]], "nedlasting")
    document, pdf = made / "index.qmd", made / "papers.pdf"
    facts = FACTS | {"attachments": facts_of(found, "nedlasting")}
    document.write_text(written(facts, body.markdown), encoding="utf-8")
    embedded.render(document, made / "index.html", pdf)
    fill_papers(document, pdf)
    return html.parse(made / "index.html").getroot(), pdf


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_lists_the_cases_and_leads_to_them_and_to_what_is_attached(meeting_file, tmp_path):
    source = compiled_attachment(tmp_path / "a.pdf")
    page, _ = rendered(tmp_path, meeting_file, [source, untagged(tmp_path / "b.pdf", source)])
    rows = [[text(cell) for cell in row.xpath("th|td")] for row in page.xpath("//table//tr")]
    assert rows == [
        ["Sak", "Tittel", "Type", "Ansvarlig"],
        ["2024/M10-031", "Rapport for september. Rapporten viser økonomi og drift.", "Vedtak", "IT-leder"],
        ["2024/M10-032", "Om lisenser", "Orientering", "Systemeier"],
    ]
    headings = [text(each) for each in page.xpath("//main//*[self::h2 or self::h3]")]
    assert headings == [
        "Innkalling", "Saksliste", "Sak 2024/M10-031: Rapport for september", "Bakgrunn", "Forslag til vedtak", "Vedlegg",
        "Sak 2024/M10-032: Om lisenser", "Vedlegg",
    ]  # fmt: skip
    ids = set(page.xpath("//@id"))
    links = [a.get("href") for a in page.xpath("//main//table//a[not(contains(@class, 'permalink'))]")]
    assert links == ["#sak-2024-m10-031", "#sak-2024-m10-032"]
    assert {each[1:] for each in links} <= ids
    attached = [text(each) for each in page.xpath("//main//li")][1:]
    assert attached == [
        "Vedlegg 1: Nummer 1 (PDF, 2 sider, utkast) Les nettsiden",
        "Vedlegg 2: Nummer 2 (PDF, 2 sider, ikke merket for skjermlesere)",
    ]
    assert page.xpath("//main//li//a/@href") == [
        "nedlasting/vedlegg-1.pdf", "../2024-09/index.html", "nedlasting/vedlegg-2.pdf",
    ]  # fmt: skip


def test_on_paper_each_case_begins_a_page_and_its_attachments_follow_it(meeting_file, tmp_path):
    source = compiled_attachment(tmp_path / "a.pdf")
    tag_row_headers(source)
    _, pdf = rendered(tmp_path, meeting_file, [source, source])
    reader = PdfReader(pdf)
    begins = [page.extract_text() for page in reader.pages]
    assert len(begins) == 9  # cover, contents, notice, case, two of the first, case, two of the second
    for page, said in {
        2: "Innkalling",
        3: "Sak 2024/M10-031",
        4: "avsnitt to",
        5: "avsnitt to",
        6: "Sak 2024/M10-032",
    }.items():
        assert said in begins[page]
    for page in (4, 5):
        assert f"Vedlegg 1 · side {page + 1} av 9" in begins[page]
    assert "Vedlegg 1: Nummer 1, side 5 (PDF, 2 sider, utkast)" in re.sub(r"\s+", " ", begins[3])
    assert [re.sub(r"\s+", " ", line) for line in begins[1].splitlines()[2:-1]] == [
        "Innkalling 3",
        "Sak 2024/M10-031: Rapport for september 4",
        "Vedlegg 1: Nummer 1 5",
        "Sak 2024/M10-032: Om lisenser 7",
        "Vedlegg 2: Nummer 2 8",
    ]
    assert "Les nettsiden" not in " ".join(begins)
    assert wrong_tags(pdf) == []
    assert tables_without_headers(pdf) == (3, [])
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_minutes_say_who_was_there_and_each_decision_and_nothing_of_what_was_proposed(meeting_file):
    said = minutes(read_meeting(meeting_file), meeting_file).markdown
    assert "Til stede\n:   Styreleder\n" in said
    assert "Forfall\n:   IT\\-leder" in said or "Forfall\n:   IT-leder" in said
    assert [line for line in said.splitlines() if line.startswith("#")] == [
        "# Møtet {.unnumbered}",
        "# Saker {.unnumbered}",
        "## Sak 2024/M10-031: Rapport for september {.unnumbered}",
        "## Sak 2024/M10-032: Om lisenser {.unnumbered}",
    ]
    assert "Enstemmig som foreslått." in said
    assert "Tatt til orientering." in said
    assert "etterretning" not in said


def test_papers_and_minutes_are_in_the_language_of_the_workbook(meeting_file):
    meeting = read_meeting(meeting_file)
    with using("nn"):
        told = papers(meeting, meeting_file, [[], []], "nedlasting").markdown + minutes(meeting, meeting_file).markdown
    for word in ("Innkalla", "Stad", "Ansvarleg", "Saker til handsaming", "Til stades", "Teke til orientering."):
        assert word in told


def test_what_a_case_says_and_a_document_cannot_show_is_named_by_its_line_in_the_file(meeting_file):
    meeting_file.write_text(MEETING.replace("- Punkt en", "<div>en</div>"), encoding="utf-8")
    with pytest.raises(InputError, match=r"2024-10-09.yml, line 15: "):
        papers(read_meeting(meeting_file), meeting_file, [[], []], "nedlasting")


def test_what_is_said_of_an_attachment_is_whether_it_is_approved_and_can_be_read(tmp_path):
    with using("nb"):
        said = words.of_attachment(1, True, False, dt.date(2024, 10, 11))
        assert said == "PDF, 1 side, godkjent 11. oktober 2024"
        assert words.of_attachment(2, False, True, None) == "PDF, 2 sider, utkast, ikke merket for skjermlesere"
        assert words.undeclared([1, 3], [3]).startswith("Vedlegg 3 er ikke merket for skjermlesere")
        assert "Vedlegg 1 og 3 oppgir ikke" in words.undeclared([1, 3], [3])
