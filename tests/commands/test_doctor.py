"""rorikt doctor: a line for each thing, with the remedy; 0 where a report can be made, 1 where something stops it."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from builders import make_book, make_tickets
from command_line import rorikt
from unwatched import CASES, export, small_workbook

from rorikt_lib.commands.doctor.documents import documents
from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.demo.make import DEMO


def looked(*arguments: object) -> tuple[int, dict[str, str]]:
    """Exit code, and what was looked at → its line."""
    run = rorikt("doctor", *arguments)
    lines = [line for line in run.stdout.splitlines() if line]
    return run.returncode, {line[7:].partition(":")[0]: line for line in lines}


def test_the_demo_has_all_that_its_report_needs(demo: Folder):
    code, lines = looked("2024-09", "--workbook", demo.root)
    assert code == 0
    assert list(lines)[:5] == ["version", "renderer", "fonts", "disk", "settings"]
    assert {name for name, line in lines.items() if not line.startswith("ok ")} == {
        "accessibility", "exports", "approval",
    }  # fmt: skip
    assert 'run rorikt approve 2024-09 --by "Styret"' in lines["approval"]
    assert "rorikt check" in lines["exports"]
    assert "newest 2024-12-31" in lines["cases"]
    assert lines["report"].endswith("nothing stops a report of 2024-09")


def test_what_a_month_would_lack_is_named_with_its_remedy(demo: Folder):
    code, lines = looked("2024-11", "--workbook", demo.root)
    assert code == 0
    lacking = {name for name, line in lines.items() if line.startswith("lacks ")}
    assert lacking == {"accessibility", "exports", "adopted forecasts", "texts", "approval"}
    assert "newest 2024-10, before 2024-11. Remedy: put the export in" in lines["adopted forecasts"]
    assert "rorikt new 2024-11" in lines["texts"]


def test_a_month_that_the_exports_do_not_reach_cannot_be_reported(demo: Folder):
    code, lines = looked("2025-01", "--workbook", demo.root)
    assert code == 1
    assert lines["report"].startswith("stops ")
    assert lines["budget"].startswith("lacks ")
    assert "before 2025. " in lines["budget"]


def test_a_source_that_is_too_old_for_the_month_is_named_with_its_days(tmp_path):
    root = small_workbook(tmp_path)
    assert looked("2024-09", "--workbook", root)[1]["freshness"] == "ok     freshness: no source is too old for 2024-09"
    export(root, "cases.csv", CASES.format(day="20.09.2024"))
    code, lines = looked("2024-09", "--workbook", root)
    assert code == 0
    assert lines["freshness"].startswith(
        "lacks  freshness: cases: newest day 2024-09-20, expected 2024-09-30. Remedy: "
    )


def test_an_empty_workbook_is_told_where_to_begin(tmp_path):
    (tmp_path / SETTINGS).write_text((DEMO / SETTINGS).read_text(encoding="utf-8"), encoding="utf-8")
    code, lines = looked("--workbook", tmp_path)
    assert code == 1
    assert lines["exports"].startswith("stops ")
    assert "there are no exports. Remedy:" in lines["exports"]
    assert lines["settings"].startswith("ok ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "rorikt init"),
        ("organisation: [", "not valid YAML"),
        ("organisation: {name: A}", "organisation.report_title"),
    ],
)
def test_broken_settings_are_named_and_the_machine_is_looked_at_anyway(tmp_path, text, told):
    if text:
        (tmp_path / SETTINGS).write_text(text, encoding="utf-8")
    code, lines = looked("--workbook", tmp_path)
    assert code == 1
    assert lines["settings"].startswith("stops ")
    assert told in lines["settings"]
    assert {"version", "renderer", "fonts"} <= lines.keys()


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("documents/brev.yml", "title: Brev\nperiod: week\n", "brev.yml, line 2: 'period' is 'week'"),
        ("documents/brev.yml", "title: Brev\nperiod: year\nchapters: [{notebook: none}]\n", "none.ipynb: no such chapter"),
        ("documents/brev.yml", "title: Brev\nperiod: year\ncommand: budget\nchapters: [{notebook: 10-economy}]\n",
         "brev and budsjett are both made by rorikt budget"),
        ("content/budgets/2025.yml", "steps: {}\n", "2025.yml, line 1"),
        ("content/annual/2024.yml", "staffing: [{name: Drift, positions: -1}]\n", "2024.yml, line 1"),
        ("content/meetings/2024-10-09.yml", "body: Styret\n", "2024-10-09.yml"),
    ],
)  # fmt: skip
def test_documents_that_would_be_refused_are_named_and_stop_no_month(tmp_path, file, text, told):
    folder = Folder(tmp_path, tmp_path / "data")
    assert [str(line) for line in documents(folder)] == [
        "ok     documents: made by rorikt annual, budget, meeting, minutes, report"
    ]
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    found = [str(line) for line in documents(folder)]
    assert len(found) == 1
    assert found[0].startswith("lacks  documents: ")
    assert told in found[0]
    assert "Remedy: " in found[0]


def test_a_full_disk_and_a_missing_typeface_are_told(tmp_path, monkeypatch):
    from rorikt_lib.commands.doctor import machine

    monkeypatch.setattr(machine.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 5e8})())
    monkeypatch.setattr(machine.fonts, "FILES", [])
    said = [str(machine.disk(tmp_path, tmp_path)), *map(str, machine.installed())]
    assert "lacks  disk: 0.5 GB free. Remedy: make 1 GB free" in said
    assert any(line.startswith("lacks  fonts: Inter is missing") for line in said)


def test_every_table_with_exports_has_a_line():
    from rorikt_lib.commands.doctor.sources import _FOLDER, TABLES
    from rorikt_lib.sources.read_file import FORMATS

    assert TABLES.keys() == {form.table for form in FORMATS} == _FOLDER.keys()


def test_how_new_a_source_is_goes_by_what_its_column_holds():
    from rorikt_lib.commands.doctor.sources import _newest

    assert _newest(pd.Series(["2023-13", "2023-11"])) == "2023-12"
    assert _newest(pd.Series([2024, 2025])) == "2025"
    assert _newest(pd.to_datetime(pd.Series(["2024-09-02", "2024-09-30"]))) == "2024-09-30"


@pytest.fixture
def noted(tmp_path):
    """noted(text, page) → what the doctor says of references, of a narrative and an own page of a month with cases."""
    from rorikt_lib.commands.doctor.texts import references

    def said(text: str, page: str = "") -> list[str]:
        (tmp_path / "content" / "2024-09").mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / "2024-09" / "teknisk.md").write_text(text, encoding="utf-8")
        (tmp_path / "content" / "definisjoner.md").write_text(page, encoding="utf-8")
        return [str(line) for line in references(make_book(root=tmp_path, tickets=make_tickets({}, {})), ["teknisk"])]

    return said


@pytest.mark.parametrize(
    "text",
    [
        "Uten navn.",
        'Det kom [2]{figure="tickets.created|month|2024-09"} saker.',
        "Se [](#tabell-kategorier), [figuren](#figur-saker) og [](#tabell-scenario-ny-kommune).",
        "| A |\n|---|\n| b |\n\n: Egen tabell. {#tabell-egen}\n\nSe [](#tabell-egen).",
        "<!-- Se [](#tabell-borte). -->\nTekst.",
    ],
)
def test_what_a_text_names_and_is_there_is_well(noted, text):
    assert noted(text, "[Sak]{#def-sak}\n:   {{ deadlines }}.") == [
        "ok     references: the figures, tables and charts that texts name are there"
    ]


@pytest.mark.parametrize(
    ("text", "page", "told"),
    [
        ('En.\n\nDet kom []{figure="tickets.made|month|2024-09"}.', "", r"teknisk\.md, line 3: no figures are called 'tickets\.made"),
        ('Det kom []{figure="tickets.created|month|2024-10"}.', "", r"teknisk\.md, line 1: no figures are called"),
        ('Det kom [3]{figure="tickets.created|month|2024-09"}.', "", r"line 1: '3' contradicts .* Remedy: write '2'"),
        ("En.\nSe [](#tabell-kategori).", "", r"line 2: a reference to 'tabell-kategori', which no report has\. Remedy: "),
        ("Se [den](#figur-borte).", "", r"line 1: a reference to 'figur-borte'"),
        ("Tekst.", "En.\n\n{{ dedlines }}", r"definisjoner\.md.*no such fact: 'dedlines'"),
    ],
)  # fmt: skip
def test_a_name_that_names_nothing_is_found_with_file_and_line(noted, text, page, told):
    (line,) = noted(text, page)
    assert line.startswith("stops  references: ")
    assert re.search(told, line)


def test_each_text_that_names_nothing_has_its_line(noted):
    assert len(noted("Se [](#tabell-borte).", "{{ dedlines }}")) == 2
