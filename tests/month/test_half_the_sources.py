"""Organisations that do not have all there is: each gets a report of what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from pypdf import PdfReader

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError
from rorikt_lib.month.report import report_month
from rorikt_lib.publish.job import job_of
from rorikt_lib.store.clean_tables import read_clean, write_clean
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty
from rorikt_lib.workbook import newest_month, open_month

MONTH = "2024-09"
LEDGER = {"postings", "budget_lines", "adopted_forecasts"}
TICKETS = {"tickets", "ticket_events"}
SHARING = {"allocation_keys", "allocation_costs"}
DESK = ["2 Aktiviteter", "2.1 Kundeservice", "2.1.4 Service og support"]
ECONOMY = ["1 Økonomirapport", "1.1 Driftskostnader", "1.2 Investeringskostnader"]
USAGE = ["2.1.2 Kompetanseportalen", "2.1.3 Chatbot"]
RESTATED, METHODS = "Tall som er endret siden de ble publisert", "Slik er tabellene regnet ut"
FORECAST = [
    "Hele året", "Linje for linje", "Hvor godt har prognosene truffet?", "Modellen prøvd på tidligere år",
    "Slik regner modellen",
]  # fmt: skip
# Tables that there are exports of; the report's headings, the headings of its other pages, the first page's sentence,
# and the figures there must be none of.
CASES = {
    "tickets only": (
        TICKETS, ["Sammendrag", *DESK], {}, "økonomi, PC-er og bruk av portal og chatbot",
        r"operating_costs|investment|forecast|expected|devices|usage|sharing|settlement|budget",
    ),
    "ledger only": (
        {"postings"}, ["Sammendrag", *ECONOMY], {"prognose.html": FORECAST},
        "kundeservice, PC-er og bruk av portal og chatbot",
        r"tickets|backlog|sla|response|resolution|breach|serious|channels|devices|usage|sharing|operating_costs\.budget",
    ),
    "everything but PCs": (
        LEDGER | TICKETS | SHARING | {"usage"},
        ["Sammendrag", *ECONOMY, *DESK[:2], *USAGE, DESK[2]],
        {
            "prognose.html": [*FORECAST[:2], "Endringer i vedtatt prognose", *FORECAST[2:]],
            "budsjett.html": ["Endring fra året før", "Avregning"],
            "kostnadsfordeling.html": ["Hva kommunene betaler"],
        },
        "PC-er", "devices",
    ),
}  # fmt: skip


def workbook_of(tables: set[str], demo: Folder, root: Path, settings: str = "") -> Folder:
    """A workbook with these of the demo's clean tables, no text, and more about the organisation in its settings."""
    root.mkdir(exist_ok=True)
    text = (demo.root / "workbook.yml").read_text("utf-8")
    (root / "workbook.yml").write_text(text.replace("organisation:\n", f"organisation:\n{settings}", 1), "utf-8")
    kept = {name: read_clean(name, demo.data) if name in tables else empty(name) for name in CLEAN_TABLES}
    sources = read_clean("sources", demo.data)
    kept["sources"] = sources[sources.table.isin(tables)].reset_index(drop=True)
    rows = read_clean("source_rows", demo.data)
    kept["source_rows"] = rows[rows.table.isin(tables)].reset_index(drop=True)
    write_clean(kept, root / "data")
    return Folder(root, root / "data")


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def headings(file: Path) -> list[str]:
    return [text_of(h) for h in html.parse(file).getroot().xpath("//main//h2|//main//h3|//main//h4")]


@pytest.mark.deep
@pytest.mark.parametrize("case", CASES)
def test_what_is_there_is_reported_and_the_rest_left_out(case, demo, tmp_path):
    tables, chapters, pages, without, absent = CASES[case]
    made = report_month(job_of(MONTH, workbook_of(tables, demo, tmp_path / "own"), renderer="embedded"))
    folder = made.built.page.parent
    assert headings(made.built.page) == [*chapters, "3 Definisjoner og begreper", "Om tallene", RESTATED, METHODS]
    others = {file.name: headings(file) for file in folder.glob("*.html") if file != made.built.page}
    assert others == {file: [*those, METHODS] for file, those in pages.items()}

    page = html.parse(made.built.page).getroot()
    said = f"Det er ikke levert data om {without}, så det er ikke med i rapporten."
    assert text_of(page.xpath('//header//p[@class="lacking"]')[0]) == said
    assert said in re.sub(r"\s+", " ", PdfReader(made.built.pdf).pages[0].extract_text())
    assert set(page.xpath('//p[@class="files"]/a/@href')) >= set(pages)
    assert set(page.xpath('//p[@class="files"]/a/@href')).isdisjoint({"scenarioer.html"})

    figures = pd.read_csv(made.built.figures)
    assert not figures.figure[figures.figure.str.match(rf"(?:{absent})")].any()
    # What is not known is nothing in words either.
    text = text_of(page.xpath("//main")[0])
    assert not re.search(r"\b(?:0|ingen) PC-er|\b0,0 millioner|\b0 saker|\bnan\b|\bNone\b", text)
    assert not (made.log is None) ^ ("postings" not in tables)
    assert made.snapshot


def test_strict_refuses_what_lacks_and_publishes_nothing(demo, tmp_path):
    folder = workbook_of({"usage"}, demo, tmp_path / "own", "  chapters: [usage, devices]\n")
    job = job_of(MONTH, folder, renderer="embedded")
    with pytest.raises(InputError, match=r"the exports have no PCs\. Remedy: .*organisation\.chapters") as refused:
        report_month(job, strict=True)
    assert "\n" not in str(refused.value)
    assert not job.out.exists()


def test_a_month_without_anything_is_refused(demo, tmp_path):
    folder = workbook_of(set(), demo, tmp_path / "own")
    with pytest.raises(InputError, match="nothing to report"):
        report_month(job_of(MONTH, folder, renderer="embedded"))
    with pytest.raises(
        InputError, match="the exports have no ledger, no cases, no PCs, no usage, so no month is the newest"
    ):
        newest_month(folder)


def test_the_settings_say_what_the_report_tells_of(demo, tmp_path):
    folder = workbook_of(LEDGER | {"usage"}, demo, tmp_path / "own", "  chapters: [usage, sharing]\n")
    book = open_month(MONTH, folder)
    assert [source for source in Source if book.has(source)] == [Source.USAGE]
    assert book.lacking == [Source.SHARING]
    assert newest_month(folder) == "2024-12"


def test_what_ends_before_the_month_is_refused_in_one_line_in_notebooks_too(demo, tmp_path):
    folder = workbook_of({"postings", "usage"}, demo, tmp_path / "own")
    postings = read_clean("postings", folder.data)
    tables = {name: read_clean(name, folder.data) for name in CLEAN_TABLES}
    write_clean(tables | {"postings": postings[postings.period <= "2024-08"].reset_index(drop=True)}, folder.data)
    with pytest.raises(InputError, match="the exports of ledger cover 2022-01 to 2024-08, not 2024-09") as refused:
        open_month(MONTH, folder)
    (shown,) = refused.value._render_traceback_()
    assert shown == f"rorikt: {refused.value}"
    assert "\n" not in shown
    assert open_month("2024-08", folder).lacking == [Source.TICKETS, Source.DEVICES]


def test_budgets_of_other_years_only_are_refused(demo, tmp_path):
    folder = workbook_of({"postings", "budget_lines"}, demo, tmp_path / "own")
    tables = {name: read_clean(name, folder.data) for name in CLEAN_TABLES}
    budgets = tables["budget_lines"]
    write_clean(tables | {"budget_lines": budgets[budgets.year == 2023].reset_index(drop=True)}, folder.data)
    with pytest.raises(InputError, match="no budget of 2024, only of other years"):
        report_month(job_of(MONTH, folder, renderer="embedded"))
