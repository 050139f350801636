"""Reopened, merged, deleted and impossible cases: each has one answer, and is counted for the data-quality page."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.combine.tickets import combine_tickets
from rorikt_lib.sources.formats.ticket_list import HEADERS, clean
from rorikt_lib.sources.reading.format import RawTable

USUAL = dict.fromkeys(HEADERS.values()) | {
    "request_no": "1", "type": "Feilmelding", "priority": "Lav", "status": "Lukket", "municipality": "Molde",
    "created_at": "2024-09-02 08:00",
}  # fmt: skip


def cleaned(settings=None, **cells: str):
    frame = pd.DataFrame([USUAL | cells], dtype="str", index=[2])
    return clean(RawTable("a.csv", frame), settings or demo_settings())


def found(findings: pd.DataFrame) -> dict[str, int]:
    return findings.set_index("finding")["count"].to_dict()


def members(key: str = "left", **months: str):
    settings = demo_settings()
    changed = [m.model_copy(update={key: months.get(m.name)}) for m in settings.municipalities]
    return settings.model_copy(update={"municipalities": changed})


@pytest.mark.parametrize("time", ["resolved_at", "closed_at"])
def test_an_open_case_with_a_resolved_or_closed_time_was_opened_again_and_is_not_resolved(time):
    part = cleaned(status="Gjenåpnet", **{time: "2024-09-03 09:00"})
    assert part.frame[["resolved_at", "closed_at"]].isna().all(axis=None)
    assert found(part.findings) == {"reopened": 1}


def test_a_merged_case_counts_as_deleted_as_it_goes_on_in_another():
    part = cleaned(status="Sammenslått", closed_at="2024-09-03 09:00")
    cases, findings = combine_tickets([part.frame])
    assert cases[["status", "is_deleted", "resolved_at_imputed"]].iloc[0].tolist() == ["closed", True, False]
    assert found(part.findings) == {"merged_cases": 1}
    assert found(findings) == {"deleted_cases": 1}


def test_a_case_that_a_later_export_has_merged_is_open_no_more():
    earlier, later = (cleaned(status=status).frame for status in ("Åpen", "Sammenslått"))
    later = later.assign(closed_at=pd.Timestamp("2024-09-05", tz="Europe/Oslo"))
    cases, _ = combine_tickets([later, earlier])
    assert cases.is_deleted.tolist() == [True]


def test_a_later_list_keeps_how_often_an_earlier_page_said_a_case_was_reopened():
    page, row = (cleaned(resolved_at=f"2024-09-03 0{hour}:00").frame for hour in (8, 9))
    cases, _ = combine_tickets([page.assign(reopened=pd.array([2], dtype="Int64")), row])
    assert cases[["reopened"]].values.tolist() == [[2]]


def test_a_change_that_was_merged_is_set_aside_once():
    part = cleaned(status="Sammenslått", type="Endring")
    assert (len(part.frame), part.set_aside, found(part.findings)) == (0, 1, {"changes_set_aside": 1})


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"resolved_at": "2024-09-01 08:00"}, "resolved_before_created"),
        ({"resolved_at": "2024-09-02 09:00", "responded_at": "2024-09-01 08:00"}, "responded_before_created"),
        ({"resolved_at": "2024-09-02 09:00", "responded_at": "2024-09-02 08:00"}, None),
    ],
)
def test_times_in_an_impossible_order_are_counted(cells, finding):
    cases, findings = combine_tickets([cleaned(**cells).frame])
    assert len(cases) == 1
    assert found(findings) == ({finding: 1} if finding else {})


def test_a_deleted_case_is_flagged_and_counted():
    part = cleaned(resolved_at="2024-09-02 09:00").frame.assign(is_deleted=True)
    cases, findings = combine_tickets([part])
    assert (cases.is_deleted.tolist(), found(findings)) == ([True], {"deleted_cases": 1})


@pytest.mark.parametrize("unknown", ["Haster", None])
def test_a_case_whose_priority_nobody_knows_is_quarantined(unknown):
    part = cleaned(priority=unknown)
    assert (len(part.frame), len(part.quarantine)) == (0, 1)


@pytest.mark.parametrize(
    ("created", "name", "place", "count"),
    [
        ("2024-08-31 23:59", "Molde", "Molde", {}),
        ("2024-09-01 00:00", "Molde kommune", None, {"left_municipality": 1}),
        ("2024-09-01 00:00", "Aukra", "Aukra", {}),
    ],
)
def test_a_municipality_that_left_keeps_the_cases_from_before_and_gets_no_new_ones(created, name, place, count):
    part = cleaned(members(Molde="2024-09"), created_at=created, municipality=name)
    (given,) = part.frame.municipality
    assert (None if pd.isna(given) else given, found(part.findings)) == (place, count)


def test_a_municipality_shares_the_service_until_the_month_it_left():
    settings = members(Molde="2024-09")
    assert "Molde" in [m.name for m in settings.members("2024-08")]
    assert "Molde" not in [m.name for m in settings.members("2024-09")]


@pytest.mark.parametrize(
    ("created", "name", "place", "count"),
    [
        ("2024-08-31 23:59", "Molde", None, {"not_yet_joined": 1}),
        ("2024-08-31 23:59", "Molde kommune", None, {"not_yet_joined": 1}),
        ("2024-09-01 00:00", "Molde kommune", "Molde", {}),
        ("2024-08-31 23:59", "Aukra", "Aukra", {}),
    ],
)
def test_a_municipality_that_joined_has_the_cases_from_then_on_and_none_from_before(created, name, place, count):
    part = cleaned(members("joined", Molde="2024-09"), created_at=created, municipality=name)
    (given,) = part.frame.municipality
    assert (None if pd.isna(given) else given, found(part.findings)) == (place, count)


def test_a_municipality_shares_the_service_from_the_month_it_joined():
    settings = members("joined", Molde="2024-09")
    assert [m.name for m in settings.members("2024-08")] == ["Aukra", "Hustadvika", "Rauma", "Vestnes"]
    assert [m.name for m in settings.members("2024-09")] == settings.municipality_names


def test_a_case_of_a_priority_that_the_organisation_does_not_use_is_quarantined():
    whole = demo_settings()
    names = {"Lav": "low", "Medium": "medium", "Kritisk": "high"}
    few = whole.tickets.model_copy(update={
        "sla": {name: target for name, target in whole.tickets.sla.items() if name != "critical"},
        "values": whole.tickets.values.model_copy(update={"priority": names}),
    })  # fmt: skip
    settings = whole.model_copy(update={"tickets": few})
    assert cleaned(settings, priority="Kritisk").frame.priority.tolist() == ["high"]
    assert [len(cleaned(settings, priority=name).quarantine) for name in ("critical", "high", "Høy")] == [1, 0, 1]
