"""Which kinds of documents there are is what the files in documents/ say: the library's, and a workbook's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.config.document_kind import Kind, read_kind
from rorikt_lib.config.folder import DOCUMENTS, ORDER, SHIPPED, Folder, open_folder
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.publish.job import job_of
from rorikt_lib.publish.kinds import document_of, kind_of, kinds, named, order_of, texts_of, with_month, words_of
from rorikt_lib.publish.order import read_order
from rorikt_lib.terms.documents import Document, monthly

LETTER = """
title: Kvartalsbrev
period: quarter
chapters:
  - {title: Til eierne, narrative: innledning}
  - {notebook: letter}
"""


@pytest.fixture
def folder(project: Path) -> Folder:
    """The small project, with a kind of document of its own."""
    describe(project, "kvartalsbrev", LETTER)
    return open_folder(project)


def describe(root: Path, name: str, text: str) -> Path:
    file = root / DOCUMENTS / f"{name}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_monthly_report_is_the_first_kind_and_is_what_its_file_says():
    kind = read_kind(SHIPPED / DOCUMENTS / "report.yml")
    assert (kind.command, kind.period, kind.data) == ("report", "month", "period")
    assert (kind.tables, kind.parameters, kind.cover, kind.words, kind.approved_by_each) == ([], {}, {}, {}, False)
    library = Folder(SHIPPED, SHIPPED / "data")
    assert order_of(library, kind) == read_order(SHIPPED / ORDER)
    assert texts_of(kind, monthly("2024-09")) == "2024-09"


def test_a_job_of_a_month_is_made_of_what_that_file_says(folder):
    job = job_of("2024-09", folder, None, "embedded")
    assert job.order == read_order(folder.root / ORDER)
    assert (job.name, job.month, job.pdf) == ("2024-09", "2024-09", "okonomi-og-aktivitetsrapport-2024-09.pdf")


def test_a_workbook_has_the_librarys_kinds_and_its_own_and_its_own_comes_first(folder):
    assert {"report", "kvartalsbrev"} <= kinds(folder).keys()
    assert "kvartalsbrev" not in kinds(None)
    describe(folder.root, "report", "title: Månedsbrev\nperiod: month\ncontent: .\nchapters: [{notebook: desk}]\n")
    assert [one.notebook for one in job_of("2024-09", folder, None, "embedded").order.chapters] == ["desk"]
    assert job_of("2024-09", folder, None, "embedded").pdf == "manedsbrev-2024-09.pdf"


def test_a_document_is_found_by_kind_and_period_and_by_its_name(folder):
    letter = Document("kvartalsbrev", "2024-q3", "2024-09")
    assert document_of(folder, "kvartalsbrev", "2024-q3") == named(folder, "kvartalsbrev-2024-q3") == letter
    assert named(folder, "2024-09") == document_of(folder, "report", "2024-09") == monthly("2024-09")
    assert texts_of(kind_of(folder, "kvartalsbrev"), letter) == "kvartalsbrev/2024-q3"


@pytest.mark.parametrize(
    ("data", "period", "month"),
    [("period", "2025", "2025-12"), ("year_before", "2025", "2024-12"), ("newest", "2025", "2025-12")],
)
def test_the_month_whose_data_a_document_is_of_is_the_latest_that_it_may_be(folder, monkeypatch, data, period, month):
    describe(
        folder.root, "budsjett", f"title: Budsjettsak\nperiod: year\ndata: {data}\nchapters: [{{notebook: desk}}]\n"
    )
    found = document_of(folder, "budsjett", period)
    assert found.month == month
    for newest, expected in (("2024-09", "2024-09"), ("2026-03", month)):
        monkeypatch.setattr("rorikt_lib.workbook.newest_month", lambda folder, newest=newest: newest)
        assert with_month(folder, found).month == (month if data == "period" else expected)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("brev", "title: Brev\n", "period"),
        ("brev", "title: Brev\nperiod: week\nchapters: []\n", "brev.yml, line 2.*period"),
        ("brev", "title: Brev\nperiod: year\nchapter: []\n", "line 3.*chapter"),
        ("brev", "title: Brev\nperiod: year\ncommand: Lag brev\n", "line 3.*small letters"),
        ("brev", "title: Brev\nperiod: year\ncontent: ../andre\n", "line 3.*folder"),
        ("brev", "title: Brev\nperiod: year\ndata: none\nchapters: [{notebook: desk}]\n", "line 3.*no notebooks"),
        (
            "brev",
            "title: Brev\nperiod: year\ndata: none\ntables: [economy]\n",
            "line 4.*no tables",
        ),
        (
            "brev",
            "title: Brev\nperiod: year\norder: _quarto.yml\nchapters: [{notebook: desk}]\n",
            "line 3.*another file",
        ),
        ("brev", "title: Brev\nperiod: year\norder: brev-order.yml\n", "line 3.*_quarto.yml"),
        (
            "brev",
            "title: Brev\nperiod: year\nwords: {draft-not: Ikke sendt.}\n",
            "no words are called draft-not",
        ),
        ("brev", "", "the file is empty"),
        ("brev", "title: Brev\nperiod: year\nchapters: []\n", "brev.yml: the kind has no chapters"),
        ("Brev2", "title: Brev\nperiod: year\n", "called as its file"),
        ("report", "title: Rapport\nperiod: quarter\ncontent: .\n", "the monthly report is of a month"),
    ],
)
def test_what_no_kind_can_be_is_refused_with_file_and_remedy(project, name, text, told):
    describe(project, name, text)
    with pytest.raises(InputError, match=f"(?s){told}.*Remedy: "):
        kind_of(open_folder(project), name)


def test_two_kinds_of_the_same_word_are_refused_and_one_that_comes_before_the_librarys_is_not(folder):
    assert words_of(folder)["kvartalsbrev"][0] == "kvartalsbrev"
    describe(folder.root, "budsjett", "title: Budsjett\nperiod: year\ncommand: budget\nchapters: [{notebook: desk}]\n")
    assert words_of(folder)["budget"][1].title == "Budsjett"
    describe(folder.root, "kvartalsbrev", LETTER + "command: budget\n")
    with pytest.raises(InputError, match=r"budsjett and kvartalsbrev are both made by rorikt budget.*Remedy: "):
        words_of(folder)


def test_keys_alone_are_data_of_the_latest_month_that_a_document_may_be_made_of(folder, monkeypatch):
    def none(folder: Folder) -> str:
        raise Undelivered("no month is the newest", remedy="put exports there")

    monkeypatch.setattr("rorikt_lib.workbook.newest_month", none)
    assert with_month(folder, document_of(folder, "budsjett", "2025")).month == "2024-12"


def test_a_kind_or_a_period_that_is_not_there_is_refused_with_what_is(folder):
    with pytest.raises(InputError, match=r"no kind of document is called 'brev'.*kvartalsbrev.*report"):
        document_of(folder, "brev", "2024")
    with pytest.raises(InputError, match=r"'2024-09' is not a quarter.*2024-q3"):
        document_of(folder, "kvartalsbrev", "2024-09")
    with pytest.raises(InputError, match="'kvartalsbrev' is neither a month nor a document"):
        named(folder, "kvartalsbrev")


def test_every_key_of_a_kind_has_a_value_where_it_is_left_out_but_title_and_period():
    assert [name for name, field in Kind.model_fields.items() if field.is_required()] == ["title", "period"]
