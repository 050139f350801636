from __future__ import annotations

import json

import pandas as pd
import pytest
from golden_pairs import GOLDEN, check_golden

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import ticket_api

RAW = GOLDEN / "ticket_api" / "raw.json"


@pytest.fixture
def clean_page(tmp_path, settings):
    """clean_page(change) → the golden page's cases after change(page)."""

    def clean(change):
        page = json.loads(RAW.read_text(encoding="utf-8"))
        change(page)
        path = tmp_path / "page.json"
        path.write_text(json.dumps(page), encoding="utf-8")
        return ticket_api.clean_file(path, "page.json", settings)

    return clean


def test_the_golden_page_gives_the_expected_cases(settings):
    check_golden("ticket_api", ticket_api.clean_file(RAW, "raw.json", settings))


def test_every_ticket_is_clean_quarantined_or_set_aside(settings):
    cleaned = ticket_api.clean_file(RAW, "raw.json", settings)
    assert (len(cleaned.frame), len(cleaned.quarantine), cleaned.set_aside) == (3, 1, 1)


def test_the_subject_is_kept_nowhere(settings):
    cleaned = ticket_api.clean_file(RAW, "raw.json", settings)
    assert "Kan ikke" not in cleaned.frame.to_csv() + cleaned.quarantine.to_csv()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '{"linked": {}, "tickets" : []}', True),
        ("a.JSON", '{"Tickets": []}', True),
        ("a.json", '{"users": []}', False),
        ("a.csv", '{"tickets": []}', False),
    ],
)
def test_a_page_is_recognised_by_its_tickets(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert ticket_api.recognises(tmp_path / name) is expected


def test_a_page_without_tickets_has_no_rows(clean_page):
    cleaned = clean_page(lambda page: page.update(tickets=[], linked={}))
    assert cleaned.frame.empty
    assert cleaned.quarantine.empty


@pytest.mark.parametrize("core_status", [49, 50])
def test_a_status_is_open_below_core_status_50_whatever_its_name(clean_page, core_status):
    cleaned = clean_page(lambda page: page["linked"]["statuses"][1].update(coreStatus=core_status, name="Ny"))
    assert cleaned.frame["status"].iloc[0] == {49: "open", 50: "closed"}[core_status]


def test_a_status_without_core_status_is_known_by_its_name(clean_page):
    cleaned = clean_page(lambda page: page["linked"]["statuses"].__setitem__(1, {"id": 4, "name": "Løst"}))
    assert cleaned.frame["status"].iloc[0] == "closed"


def test_a_user_or_company_that_is_not_linked_leaves_the_municipality_missing_and_counted(clean_page):
    def without_people(page):
        del page["linked"]["users"], page["linked"]["companies"]

    cleaned = clean_page(without_people)
    assert cleaned.frame["municipality"].isna().all()
    found = cleaned.findings.set_index("finding")["count"]
    assert found["missing_municipality"] == 3


@pytest.mark.parametrize("name", ["sources", "statuses", "categories"])
def test_a_page_that_lacks_a_linked_list_is_refused_and_the_list_named(clean_page, name):
    with pytest.raises(InputError, match=rf"page\.json.*linked\.{name}.*include="):
        clean_page(lambda page: page["linked"].pop(name))


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-07-01T10:00:00Z", "2024-07-01 10:00"),
        ("2024-07-01T10:00:00+02:00", "2024-07-01 08:00"),
        ("2024-07-01T10:00:00", "2024-07-01 10:00"),
        ("2024-12-01T10:00:00.5", "2024-12-01 10:00:00.5"),
    ],
)
def test_a_time_without_a_zone_is_utc(clean_page, written, utc):
    cleaned = clean_page(lambda page: page["tickets"][0].update(created=written))
    created = cleaned.frame["created_at"].iloc[0]
    assert created == pd.Timestamp(utc, tz="UTC")
    assert str(created.tz) == "Europe/Oslo"


def test_broken_json_is_an_error_with_its_line(tmp_path, settings):
    path = tmp_path / "page.json"
    path.write_text('{"tickets": [\n  {"id": 1},\n  {"id": }\n]}', encoding="utf-8")
    with pytest.raises(InputError, match=r"page\.json, line 3: not valid JSON"):
        ticket_api.clean_file(path, "page.json", settings)


@pytest.mark.parametrize(
    "text", ['{"tickets": 3}', '{"tickets": ["a"]}', '[{"tickets": []}]', '{"a": {"tickets": []}}']
)
def test_json_that_is_no_page_is_an_error(tmp_path, settings, text):
    path = tmp_path / "page.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="not a page of tickets"):
        ticket_api.clean_file(path, "page.json", settings)


def test_a_status_that_means_merged_is_merged_whatever_its_core_status(clean_page):
    plain = clean_page(lambda page: None).frame
    merged = clean_page(lambda page: [status.update(name="SAMMENSLÅTT") for status in page["linked"]["statuses"]]).frame
    assert not plain.is_deleted.all()
    assert merged.is_deleted.all()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"tickets": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"tickets": [{"id": ' + "9" * 5000 + "}]}", "not valid JSON"),
        ('{"tickets": [], "Tickets": []}', "not valid JSON .a key stands twice"),
        ('{"tickets": [1, 2]}', "not a page of tickets"),
        ('{"tickets": [{"statusId": [1]}], "linked": {"statuses": []}}', "not a page of tickets"),
        ('{"tickets": [{"statusId": 1}], "linked": {"statuses": [{"id": 1, "coreStatus": "x"}]}}', "not a page of"),
    ],
)
def test_json_that_is_no_page_of_tickets_is_refused_by_name(tmp_path, settings, text, problem):
    (tmp_path / "side.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"^side\.json: {problem}.* Remedy: "):
        ticket_api.clean_file(tmp_path / "side.json", "side.json", settings)
