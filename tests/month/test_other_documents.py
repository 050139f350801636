"""A document of a new kind is one YAML file and one notebook: its page, PDF, status, archive and search, and no code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import rorikt
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell
from notebook_files import parameters, write_notebook
from pypdf import PdfReader
from quick_book import quick_book, request_of

from rorikt_lib.config.folder import Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError
from rorikt_lib.month.approval import approve_document, withdraw_revision
from rorikt_lib.month.document import make_document
from rorikt_lib.month.make import How, make_month
from rorikt_lib.month.stamp import as_it_was, document_as_it_was
from rorikt_lib.month.verify import verify
from rorikt_lib.publish.job import Job, job_of
from rorikt_lib.publish.kinds import document_of, named
from rorikt_lib.store.manifest import sums_of
from rorikt_lib.store.records_file import read_records

NAME, TEXTS, MONTH = "kvartalsbrev-2024-q3", "kvartalsbrev/2024-q3", "2024-09"
KIND = """
title: Kvartalsbrev
period: quarter
cover: {Til: mottakere, Sendes: sendes}
chapters:
  - {title: Til eierne, narrative: innledning}
  - {notebook: letter}
"""
OPENS = (
    "from IPython.display import Markdown\n"
    "from rorikt_lib.report import economy\n"
    "from rorikt_lib.report.show import say, table\n"
    "from rorikt_lib.workbook import open_month\n\n"
    "book = open_month(period, workbook, data)"
)
OWN = "mottakere: [Aukra kommune, Molde kommune]\nsendes: 2024-10-15\n"


def _write(folder: Folder, name: str, text: str) -> Path:
    file = folder.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def with_letter(folder: Folder) -> Folder:
    """A quarterly letter, as whoever wants one writes it."""
    _write(folder, "documents/kvartalsbrev.yml", KIND)
    write_notebook(
        folder.root / "notebooks" / "letter.ipynb",
        new_markdown_cell("# Økonomien i kvartalet"),
        parameters("period = None\nworkbook = None\ndata = None\ndocument = None"),
        new_code_cell(OPENS),
        new_code_cell('Markdown(f"Brev for {document}.")'),
        new_code_cell("table(economy.COSTS, book)"),
    )
    _write(folder, f"content/{TEXTS}/innledning.md", 'Det kom []{figure="tickets.created|month|2024-09"} saker.\n')
    _write(folder, f"content/{TEXTS}/report.yml", "version: 2024-10-04\n")
    _write(folder, f"content/{TEXTS}.yml", OWN)
    return folder


@pytest.fixture(scope="module")
def made_book(tmp_path_factory) -> Folder:
    """A workbook with a month and a letter on its site, each made by its command."""
    folder = with_letter(quick_book(tmp_path_factory.mktemp("book") / "book"))
    assert make_month(request_of(folder), MONTH).how == How.MADE
    made = rorikt("kvartalsbrev", "2024-q3", "--workbook", folder.root, "--renderer", "embedded")
    assert made.returncode == 0, made.stderr
    assert NAME in made.stdout + made.stderr
    return folder


@pytest.fixture
def book(made_book, tmp_path) -> Folder:
    """The same, to be changed: made where it is, since a document is of its folder."""
    saved = tmp_path / "saved"
    shutil.copytree(made_book.root, saved, symlinks=True)
    yield made_book
    for file in made_book.root.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o644)
    shutil.rmtree(made_book.root)
    shutil.copytree(saved, made_book.root, symlinks=True)


def make(folder: Folder, **how):
    return make_document(request_of(folder), document_of(folder, "kvartalsbrev", "2024-q3"), **how)


def job(folder: Folder) -> Job:
    return job_of(named(folder, NAME), folder, None, "embedded")


def page(folder: Folder, name: str = NAME) -> html.HtmlElement:
    return html.parse(folder.site / name / "index.html").getroot()


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_its_page_has_its_chapters_its_period_and_what_its_kind_has_on_the_cover(made_book):
    root = page(made_book)
    assert text_of(root.find(".//h1")) == "Kvartalsbrev"
    assert text_of(root.find_class("subtitle")[0]) == "3. kvartal 2024"
    assert [text_of(each) for each in root.xpath("//main//h2")][:2] == ["1 Til eierne", "2 Økonomien i kvartalet"]
    said = text_of(root.find(".//main"))
    assert "Det kom 8 saker." in said
    assert "Brev for 2024-q3." in said
    facts = {text_of(dt): text_of(dt.getnext()) for dt in root.xpath("//dl[@class='facts']//dt")}
    assert facts["Versjon"] == "4. oktober 2024"
    assert facts["Status"] == "Utkast"
    assert (facts["Til"], facts["Sendes"]) == ("Aukra kommune, Molde kommune", "15. oktober 2024")
    assert "Rapporten" not in text_of(root.find_class("banner")[0])


def test_its_pdf_has_the_same_text_and_is_tagged(made_book):
    (file,) = (made_book.site / NAME).glob("*.pdf")
    assert file.name == "kvartalsbrev-2024-q3.pdf"
    read = PdfReader(file)
    said = " ".join(" ".join(sheet.extract_text().split()) for sheet in read.pages)
    for part in ("Kvartalsbrev", "3. kvartal 2024", "Det kom 8 saker.", "Aukra kommune"):
        assert part in said
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in read.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_its_figures_are_those_of_its_months_data(made_book):
    own, monthly = (read_records(made_book.site / name / "figures.csv") for name in (NAME, MONTH))
    assert own.equals(monthly)
    listed = rorikt("figures", NAME, "--workbook", made_book.root)
    assert listed.stdout == (made_book.site / NAME / "figures.csv").read_text(encoding="utf-8")


def test_the_front_page_leads_to_it_below_the_months(made_book):
    root = html.parse(made_book.site / "index.html").getroot()
    (section,) = root.xpath("//section[@aria-labelledby='dokumenter']")
    assert [text_of(each) for each in section.xpath(".//h2 | .//h3 | .//h4")] == [
        "Andre dokumenter", "Kvartalsbrev", "3. kvartal 2024",
    ]  # fmt: skip
    leads = section.xpath(".//a/@href")
    assert leads[:2] == [f"{NAME}/index.html", f"{NAME}/kvartalsbrev-2024-q3.pdf"]
    assert all((made_book.site / each).is_file() for each in leads)
    assert "Utkast" in text_of(section)
    assert [text_of(each) for each in root.xpath("//section[@aria-labelledby='rapporter']//h4")] == ["september 2024"]


def test_the_search_finds_it_after_the_months(made_book):
    script = (made_book.site / "assets" / "search-index.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("window.searchIndex = ").strip().removesuffix(";"))
    assert [(one["name"], one["month"], one["status"]) for one in index["folders"]] == [
        (MONTH, "September 2024", "Utkast"), (NAME, "Kvartalsbrev 3. kvartal 2024", "Utkast"), (".", "", ""),
    ]  # fmt: skip
    found = [v for _, _, variants in index["places"] for v in variants if "Det kom 8 saker" in v[2]]
    assert [of for *_, of in found] == [[1]]


def test_it_is_left_as_it_is_where_nothing_has_changed_by_its_word_and_by_its_name(made_book):
    before = sums_of(made_book.site)
    for words in (["kvartalsbrev", "2024-q3"], ["document", "kvartalsbrev", "2024-q3"]):
        made = rorikt(*words, "--workbook", made_book.root, "--renderer", "embedded")
        assert "is as it was made" in made.stdout + made.stderr
    assert make(made_book).how == How.UNCHANGED
    monthly = rorikt("document", "report", MONTH, "--workbook", made_book.root, "--renderer", "embedded")
    assert f"{MONTH} is as it was made" in monthly.stdout + monthly.stderr
    assert sums_of(made_book.site) == before


def stands(folder: Folder) -> tuple[bool, bool]:
    """Whether the month and the letter stand as they were made."""
    request = request_of(folder)
    letter = document_as_it_was(request, document_of(folder, "kvartalsbrev", "2024-q3"), TEXTS)
    return as_it_was(request, MONTH) is not None, letter is not None


@pytest.mark.parametrize(
    ("file", "month_stands", "letter_stands"),
    [
        (f"content/{TEXTS}/innledning.md", True, False),
        (f"content/{TEXTS}.yml", True, False),
        ("content/kvartalsbrev/2024-q2/innledning.md", True, True),
        (f"content/{MONTH}/teknisk.md", False, False),
        ("content/2024-08/teknisk.md", True, True),
        ("documents/kvartalsbrev.yml", False, False),
        ("notebooks/letter.ipynb", False, False),
    ],
)
def test_what_is_changed_makes_those_anew_that_may_be_made_of_it(book, file, month_stands, letter_stands):
    assert stands(book) == (True, True)
    path = book.root / file
    _write(book, file, (path.read_text(encoding="utf-8") if path.exists() else "") + "\n")
    assert stands(book) == (month_stands, letter_stands)


def test_a_new_letter_leaves_the_months_folder_and_what_is_kept_of_months(book):
    def kept() -> dict:
        rows = {name: sums_of(book.data / name) for name in ("forecasts", "snapshots", "lists")}
        return rows | {"site": sums_of(book.site / MONTH)}

    before = kept()
    _write(book, f"content/{TEXTS}/innledning.md", "Ny tekst.\n")
    assert make(book).how == How.MADE
    assert kept() == before
    assert "Ny tekst." in text_of(page(book).find(".//main"))


def test_it_is_approved_revised_withdrawn_and_verified_by_its_name(book):
    approved = approve_document(job(book), "Styret")
    assert approved.folder == book.data / "approved" / f"{NAME}-r1"
    assert approved.manifest.sources.keys() >= {
        "documents/kvartalsbrev.yml", "notebooks/letter.ipynb", f"content/{TEXTS}/innledning.md", f"content/{TEXTS}.yml",
    }  # fmt: skip
    assert not any(file.startswith("content/2024-08") for file in approved.manifest.sources)
    assert "Godkjent avStyret" in text_of(page(book).find_class("facts")[0])
    assert make(book).how == How.APPROVED
    with pytest.raises(InputError, match=r"is approved already.*rorikt kvartalsbrev 2024-q3 --revise"):
        approve_document(job(book), "Styret")

    _write(book, f"content/{TEXTS}/innledning.md", "Rettet tekst.\n")
    made = make(book, revise="Feil i teksten")
    assert made.page.parent.name == f"{NAME}-r2"
    assert "Rettet tekst." not in text_of(page(book))
    first = page(book, f"{NAME}-r2")
    assert "Feil i teksten" in text_of(first)
    assert f"../{NAME}-r1/index.html" in first.xpath("//a/@href")
    assert withdraw_revision(job(book)) == f"{NAME}-r2"
    assert not (book.site / f"{NAME}-r2").exists()

    make(book, revise="Feil i teksten")
    again = approve_document(job(book), "Styret")
    assert (again.folder.name, again.manifest.revision) == (f"{NAME}-r2", 2)
    assert "Rettet tekst." in text_of(page(book))
    revisions = html.parse(book.site / "index.html").getroot().xpath("//p[contains(@class, 'revisions')]//a/@href")
    assert revisions == [f"{NAME}-r1/index.html", f"{NAME}-r2/index.html"]
    assert verify(job(book), NAME) == verify(job(book), None) == []
    shutil.rmtree(book.site / f"{NAME}-r1")
    assert [found.how for found in verify(job(book), NAME)] == ["missing"]
    assert make(book).how == How.APPROVED
    assert verify(job(book), None) == []
    # What was approved outlives the kind.
    (book.root / "documents" / "kvartalsbrev.yml").unlink()
    assert rorikt("verify", NAME, "--workbook", book.root).returncode == 0
    _write(book, "documents/kvartalsbrev.yml", KIND)
    # What is approved of it is no approval of a month, of whose forecasts later months would tell.
    assert as_it_was(request_of(book), MONTH) is not None


WITHOUT_DATA = """
title: Innkalling
period: date
data: none
approved_by_each: true
words: {draft-note: Innkallingen er ikke sendt.}
chapters:
  - {title: Saker, narrative: saker}
"""


def test_a_document_without_data_needs_no_exports_and_stands_on_a_site_without_months(tmp_path):
    shutil.copy(DEMO / "workbook.yml", tmp_path)
    folder = Folder(tmp_path, tmp_path / "data")
    _write(folder, "documents/innkalling.yml", WITHOUT_DATA)
    _write(folder, "content/innkalling/2024-10-09/saker.md", "Én sak.\n")
    of = document_of(folder, "innkalling", "2024-10-09")
    made = make_document(request_of(folder), of)
    assert made.how == How.MADE
    assert "innkalling-2024-10-09.pdf" in made.told
    # Its page leads to no figures, so what was made is not said to be some.
    assert ".xlsx" not in made.told
    assert "figures.csv" not in made.told
    assert make_document(request_of(folder), of).how == How.UNCHANGED
    root_of_page = page(folder, "innkalling-2024-10-09")
    assert text_of(root_of_page.find_class("subtitle")[0]) == "9. oktober 2024"
    assert "Innkallingen er ikke sendt." in text_of(root_of_page.find_class("banner")[0])
    front = html.parse(folder.site / "index.html").getroot()
    assert [text_of(each) for each in front.xpath("//section//h2")] == ["Andre dokumenter"]

    members = [member.name for member in folder.settings.members("2024-10")]
    days = "".join(f"  {name}: 2024-10-09\n" for name in members[1:])
    own = _write(folder, "content/innkalling/2024-10-09.yml", f"members_approved:\n{days}")
    make_document(request_of(folder), of)
    of_it = job_of(of, folder, None, "embedded")
    with pytest.raises(InputError, match=f"2024-10-09.yml: innkalling-2024-10-09 is not approved by {members[0]}"):
        approve_document(of_it, "Styret")
    _write(folder, str(own.relative_to(folder.root)), f"members_approved:\n{days}  {members[0]}: 2024-10-09\n")
    # The page may say that one has not approved it: it must be made anew, and read.
    with pytest.raises(
        InputError, match=r"was made before this was changed\. Remedy: run rorikt innkalling 2024-10-09"
    ):
        approve_document(of_it, "Styret")
    make_document(request_of(folder), of)
    assert approve_document(of_it, "Styret").folder.name == "innkalling-2024-10-09-r1"


def test_words_of_kinds_are_among_the_commands_and_known_commands_come_first(made_book, monkeypatch):
    assert "kvartalsbrev" not in rorikt("--help").stdout
    monkeypatch.setenv("RORIKT_WORKBOOK", str(made_book.root))
    assert "kvartalsbrev" in rorikt("--help").stdout
    assert "Kvartalsbrev, of a quarter as 2024-q3" in " ".join(rorikt("kvartalsbrev", "--help").stdout.split())
    wrong = rorikt("kvartalsbrev", "2024-09", "--workbook", made_book.root)
    assert wrong.returncode == 2
    assert "'2024-09' is not a quarter. Remedy: write it as 2024-q3" in wrong.stderr
    unknown = rorikt("halvaarsbrev", "2024-09", "--workbook", made_book.root)
    assert unknown.returncode == 2
    assert "No such command" in unknown.stderr


def test_the_help_without_the_words_of_kinds_that_cannot_be_read_says_why(tmp_path, monkeypatch):
    shutil.copy(DEMO / "workbook.yml", tmp_path)
    _write(Folder(tmp_path, tmp_path / "data"), "documents/kvartalsbrev.yml", "title: [")
    monkeypatch.setenv("RORIKT_WORKBOOK", str(tmp_path))
    run = rorikt("--help")
    assert run.returncode == 0
    assert "kvartalsbrev.yml, line" in run.stderr
    assert "withdraw" in run.stdout
