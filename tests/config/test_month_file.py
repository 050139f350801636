"""What people write for a month, and the instants that its extracts were taken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.month_file import Incident, Report, read_incidents, read_report, refuse_written_approval
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.workbook import Workbook


def _write(folder: Path, name: str, text: str, month: str = "2024-09") -> Path:
    (folder / month).mkdir(parents=True, exist_ok=True)
    (folder / month / name).write_text(text, encoding="utf-8")
    return folder


def _book(root: Path, month: str = "2024-09") -> Workbook:
    return Workbook(month, demo_settings(), Folder(root, root / "data"), read_report(month, root / "content"))


def test_a_month_without_report_yml_is_a_draft_without_version_or_approval(tmp_path):
    report = read_report("2024-09", tmp_path)
    assert report.version is None
    assert not report.says_approved


def test_the_report_is_as_written(tmp_path):
    report = read_report(
        "2024-09", _write(tmp_path, "report.yml", "version: 2024-10-03\npages: {budsjett.html: Forslag}\n")
    )
    assert report == Report(version=dt.date(2024, 10, 3), pages={"budsjett.html": "Forslag"})


def test_an_approval_written_by_hand_is_read_and_refused_with_the_command_that_approves(tmp_path):
    text = "version: 2024-10-03\nstatus: Godkjent\napproved_on: 2024-10-07\napproved_by: Daglig leder\n"
    report = read_report("2024-09", _write(tmp_path, "report.yml", text))
    told = r'report\.yml, line 2: no approval is kept .*rorikt approve 2024-09 --by "Daglig leder" --on 2024-10-07'
    with pytest.raises(InputError, match=told):
        refuse_written_approval(report, "2024-09", tmp_path)
    refuse_written_approval(read_report("2024-08", tmp_path), "2024-08", tmp_path)
    refuse_written_approval(
        read_report("2024-10", _write(tmp_path, "report.yml", "status: Utkast", "2024-10")), "2024-10", tmp_path
    )


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2024-09", "2024-09-30T23:59:59.999999+02:00"),
        ("2024-12", "2024-12-31T23:59:59.999999+01:00"),
        ("2024-02", "2024-02-29T23:59:59.999999+01:00"),
        ("2024-03", "2024-03-31T23:59:59.999999+02:00"),
        ("2024-10", "2024-10-31T23:59:59.999999+01:00"),
    ],
)
def test_without_a_cut_off_the_whole_month_counts_in_its_own_summer_or_winter_time(month, expected):
    for source in ("tickets", "devices"):
        assert Report().cut_off_of(source, month).isoformat() == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-09-27T12:00", "2024-09-27T12:00:00+02:00"),
        ("2024-09-27T12:00:30", "2024-09-27T12:00:30+02:00"),
        ("2024-09-27 12:00:00", "2024-09-27T12:00:00+02:00"),
        ("2024-09-27", "2024-09-27T00:00:00+02:00"),
    ],
)
def test_a_cut_off_is_local_time(tmp_path, written, expected):
    _write(tmp_path / "content", "report.yml", f"cut_off: {{tickets: {written}}}\n")
    book = _book(tmp_path)
    assert book.ticket_cut_off == pd.Timestamp(expected)
    assert book.device_cut_off == Report().cut_off_of("devices", "2024-09")


def test_a_cut_off_in_winter_is_winter_time(tmp_path):
    _write(tmp_path / "content", "report.yml", "cut_off: {devices: 2024-11-20T08:00}\n", "2024-11")
    assert _book(tmp_path, "2024-11").device_cut_off.isoformat() == "2024-11-20T08:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("statsu: Godkjent\n", "statsu"),
        ("status: Ferdig\n", "status"),
        ("version: i dag\n", "version"),
        ("cut_off: {ticket: 2024-09-27T12:00}\n", "cut_off.ticket"),
        ("cut_off: {tickets: snart}\n", "cut_off.tickets"),
    ],
)
def test_a_misspelt_key_or_value_is_refused_and_named_with_its_file(tmp_path, text, key):
    _write(tmp_path, "report.yml", text)
    with pytest.raises(InputError) as refused:
        read_report("2024-09", tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / '2024-09' / 'report.yml'}, line 1: '{key}'")
    assert "\n" not in str(refused.value)


def test_broken_yaml_is_named_with_its_line(tmp_path):
    _write(tmp_path, "report.yml", "status: Utkast\nversion: 2024-10-03\ncut_off: {tickets: [\n")
    with pytest.raises(InputError, match=r"report\.yml, line 4: not valid YAML"):
        read_report("2024-09", tmp_path)


def test_incidents_are_read_in_their_order_with_our_terms(tmp_path):
    text = (
        "- {date: 2024-09-04, municipality: Vestnes, priority: Kritisk, summary: Alarmen var nede, cause: Feil hos leverandør}\n"
        "- {date: 2024-09-11, municipality: Aukra, priority: Høy, summary: Nettet var nede}\n"
    )
    _write(tmp_path / "content", "hendelser.yml", text)
    incidents = read_incidents("2024-09", tmp_path / "content")
    assert incidents[1] == Incident(
        date=dt.date(2024, 9, 11), municipality="Aukra", priority="Høy", summary="Nettet var nede", cause=None
    )
    notes = _book(tmp_path).incident_notes
    assert notes.columns.tolist() == ["date", "municipality", "priority", "summary", "cause"]
    assert notes.priority.tolist() == ["critical", "high"]
    assert notes.date.tolist() == [pd.Timestamp("2024-09-04"), pd.Timestamp("2024-09-11")]


def test_a_month_without_incidents_has_none(tmp_path):
    assert read_incidents("2024-09", tmp_path) == []
    assert _book(tmp_path).incident_notes.empty


@pytest.mark.parametrize(
    ("text", "key"), [("- {date: 2024-09-04}\n", "0.municipality"), ("- {dato: 2024-09-04}\n", "0.")]
)
def test_an_incident_that_lacks_something_is_named_by_its_place(tmp_path, text, key):
    _write(tmp_path, "hendelser.yml", text)
    with pytest.raises(InputError, match=rf"hendelser\.yml, line 1: '{key}"):
        read_incidents("2024-09", tmp_path)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cut_off: {tickets: 2024-09-27T12:00+02:00}", "offset"),
        ("cut_off: {tickets: 2024-08-27T12:00}", "another month"),
        ("status: Ferdig", "status"),
    ],
)
def test_a_report_yml_that_would_count_wrongly_is_refused_and_named(tmp_path, text, named):
    (tmp_path / "2024-09").mkdir()
    (tmp_path / "2024-09" / "report.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=named):
        read_report("2024-09", tmp_path)


def test_reasons_are_of_a_year_that_is_over(tmp_path):
    folder = _write(tmp_path, "report.yml", "reasons: {Lønn: Ledige stillinger.}\n", "2023-12")
    assert read_report("2023-12", folder).reasons == {"Lønn": "Ledige stillinger."}
    _write(tmp_path, "report.yml", "reasons: {Lønn: Ledige stillinger.}\n")
    with pytest.raises(InputError, match=r"2024-09/report.yml: reasons are of how the year ended, which it has not"):
        read_report("2024-09", folder)


def test_an_empty_report_yml_is_a_draft(tmp_path):
    (tmp_path / "2024-09").mkdir()
    (tmp_path / "2024-09" / "report.yml").write_text("", encoding="utf-8")
    assert read_report("2024-09", tmp_path) == Report()
