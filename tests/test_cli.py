"""The command line: what a user can get wrong is one line with the remedy, exit code 2, and nothing half-written."""

from __future__ import annotations

import os
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from command_line import refused, refused_last, rorikt, rorikt_process, told

from rorikt_lib.demo.make import DEMO
from rorikt_lib.publish.provenance import library_version

LEDGER = "Bilagsnr;Bilagsdato;Periode;Konto;Ansvar;Prosjekt;Tekst;Beløp\n"
CASES = (
    "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)\n"
    "1;Feilmelding;Medium;Ny;Nettverk;Molde kommune;Telefon;02.09.2024 08:00;;;\n"
)


def raw_file(root: Path, name: str, text: str) -> Path:
    path = root / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_month_that_is_none_is_refused_with_an_example():
    assert "2024-13" in refused("report", "2024-13", run=rorikt_process)
    assert "2024-09" in refused("figures", "september")


def test_a_file_of_no_known_format_is_refused_with_the_headers_found_and_expected(tmp_path):
    raw_file(tmp_path, "ledger/odd.csv", "Bilagsnr;Dato;Sum\n1;2;3\n")
    line = refused("clean", "--data", tmp_path)
    assert "odd.csv" in line
    assert "line 1" in line
    assert "Sum" in line
    assert "Beløp" in line
    assert "Remedy" in line


def test_check_reads_on_after_a_bad_file_and_names_them_all(tmp_path):
    raw_file(tmp_path, "a.csv", "Bilagsnr;Dato;Sum\n1;2;3\n")
    raw_file(tmp_path, "b.csv", LEDGER + "1;01.01.2024;202401;010;100;;Tekst;10,00\n")
    raw_file(tmp_path, "c.csv", LEDGER + "1;01.01.2024;202401;010;100;;Tekst;#####\n")
    raw_file(tmp_path, "d.xlsx", "no spreadsheet")
    run = rorikt("check", "--data", tmp_path)
    assert run.returncode == 2
    lines = told(run)
    assert lines[0] == "b.csv: ledger_list, 1 of 1 rows used"
    assert [line.split(":")[1].strip() for line in lines[1:]] == ["a.csv, line 1", "d.xlsx", "c.csv, line 2"]
    assert all("Remedy: " in line for line in lines[1:])


def test_a_check_of_one_bad_file_is_one_line(tmp_path):
    raw_file(tmp_path, "a.csv", "Bilagsnr;Dato;Sum\n1;2;3\n")
    assert "a.csv" in refused("check", "--data", tmp_path)


def test_a_file_name_that_is_not_utf8_is_one_line_in_every_command(tmp_path):
    file = tmp_path / os.fsdecode(b"n\xf8kler.csv")
    file.write_text("Kommune;Antall\nMolde;1\n", encoding="utf-8")
    assert rorikt("share", file, "--amount", "10").returncode in (0, 2)
    raw_file(tmp_path / os.fsdecode(b"l\xf8nn"), "a.csv", LEDGER)
    assert "Remedy" in refused("check", "--data", tmp_path / os.fsdecode(b"l\xf8nn"))


def test_an_account_that_no_expense_type_claims_is_named(tmp_path):
    raw_file(tmp_path, "ledger/list.csv", LEDGER + "1;01.01.2024;202401;999;100;;Tekst;10,00\n")
    line = refused("clean", "--data", tmp_path)
    assert "999" in line
    assert "workbook.yml" in line


def test_a_refused_clean_leaves_the_earlier_tables_as_they_were(tmp_path):
    raw_file(tmp_path, "ledger/list.csv", LEDGER + "1;01.01.2024;202401;010;100;;Tekst;10,00\n")
    assert rorikt("clean", "--data", tmp_path).returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "clean").rglob("*.parquet")}
    raw_file(tmp_path, "ledger/odd.csv", "a;b\n1;2\n")
    refused("clean", "--data", tmp_path)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "clean").rglob("*.parquet")}
    assert before


@pytest.mark.deep
def test_debug_shows_the_traceback():
    run = rorikt_process("report", "2024-13", "--debug")
    assert run.returncode != 0
    assert "Traceback" in run.stderr


def test_figures_without_exports_says_where_to_put_them(tmp_path):
    line = refused("figures", "2024-09", "--data", tmp_path)
    assert str(tmp_path / "raw") in line
    assert "Remedy" in line


def test_a_month_that_the_ledger_does_not_reach_is_refused_and_not_published_as_nothing(demo_root, tmp_path):
    for command in (["figures", "2025-01"], ["report", "2025-06", "--out", tmp_path / "_site"]):
        assert "cover 2022-01 to 2024-12" in refused(*command, "--data", demo_root)
    assert not (tmp_path / "_site").exists()


def test_a_failed_check_stops_the_report_and_leaves_the_site_as_it_was(tmp_path):
    raw_file(tmp_path, "ledger/list.csv", LEDGER + "1;01.09.2024;202409;010;100;;Tekst;10,00\n")
    raw_file(tmp_path, "budget.csv", "År;Versjon;Konto;Beløp\n2024;Vedtatt;010;1200,00\n2024;Vedtatt;700;-200,00\n")
    raw_file(tmp_path, "forecast.csv", "Periode;Type;Linje;Beløp\n2024-09;drift;Inntekter;300,00\n")
    raw_file(tmp_path, "cases.csv", CASES)
    site = tmp_path / "_site"
    (site / "2024-08").mkdir(parents=True)
    (site / "2024-08" / "report.json").write_text("earlier", encoding="utf-8")
    line = refused_last("report", "2024-09", "--data", tmp_path, "--out", site)
    assert "SUM (1,000.00 against 89,477,000.00)" in line
    assert "Inntekter (300.00 against -200.00)" in line
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*")) == ["2024-08", "2024-08/report.json"]
    assert (site / "2024-08" / "report.json").read_text(encoding="utf-8") == "earlier"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    assert "data" in refused("demo", tmp_path / "data")


def test_a_misspelt_notebook_parameter_is_refused_and_the_known_ones_are_named(tmp_path):
    line = refused("report", "2024-09", "--data", tmp_path, "--out", tmp_path / "_site", "-p", "trend_month=3")
    assert "trend_month" in line
    assert "trend_months" in line
    assert not (tmp_path / "_site").exists()


@pytest.mark.parametrize("renderer", ["quatro", "pdf"])
def test_an_unknown_renderer_is_refused(tmp_path, renderer):
    line = refused("report", "2024-09", "--data", tmp_path, "--out", tmp_path / "_site", "--renderer", renderer)
    assert renderer in line
    assert "embedded" in line


def test_each_command_ends_by_saying_what_it_made_and_where(tmp_path):
    raw_file(tmp_path, "ledger/list.csv", LEDGER + "1;01.01.2024;202401;010;100;;Tekst;10,00\n")
    cleaned = rorikt("clean", "--data", tmp_path)
    assert str(tmp_path / "clean") in cleaned.stderr
    checked = rorikt("check", "--data", tmp_path)
    assert "1 files" in checked.stderr or "1 file" in checked.stderr


def test_the_schemas_are_written_into_the_workbook_and_named_in_its_files(tmp_path):
    shutil.copy(DEMO / "workbook.yml", tmp_path)
    text = (DEMO / "workbook.yml").read_bytes().split(b"\n", 1)[1]
    (tmp_path / "workbook.yml").write_bytes(text)
    run = rorikt("schema", "--workbook", tmp_path)
    assert run.returncode == 0
    assert "first line of workbook.yml" in run.stderr
    assert (tmp_path / "workbook.yml").read_bytes() == (DEMO / "workbook.yml").read_bytes()
    assert {file.name for file in (tmp_path / ".rorikt").iterdir()} == {
        file.name for file in (DEMO / ".rorikt").iterdir()
    }


def test_the_version_is_told_with_the_commit():
    run = rorikt_process("--version")
    assert run.returncode == 0
    assert run.stdout == f"rorikt {library_version()}\n"
    assert run.stdout.startswith(f"rorikt {version('rorikt')}")
    assert run.stderr == ""


def test_a_key_of_an_older_version_is_told_once_on_standard_error(tmp_path):
    text = (DEMO / "workbook.yml").read_text(encoding="utf-8")
    (tmp_path / "workbook.yml").write_text(text.replace("first_response_minutes: 15", "first_response: 0.25"), "utf-8")
    raw_file(tmp_path / "data", "ledger/list.csv", LEDGER + "1;01.01.2024;202401;010;100;;Tekst;10,00\n")
    run = rorikt("check", "--workbook", tmp_path)
    assert run.returncode == 0
    assert run.stderr.count("'first_response_minutes' now") == 1
    assert run.stdout == ""
