from __future__ import annotations

import json
from itertools import permutations

import pandas as pd
import pytest
from golden_pairs import GOLDEN, clean_path
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.combine.tickets import combine_tickets
from rorikt_lib.sources.formats import ticket_api
from rorikt_lib.sources.formats.ticket_list import FORMAT, HEADERS, clean
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.terms.schemas import validate


def part(source_file: str, *rows: dict) -> pd.DataFrame:
    """A list export's cases; only what matters to a test is given."""
    usual = dict.fromkeys(HEADERS.values()) | {
        "type": "Feilmelding", "priority": "Lav", "status": "Ny", "created_at": "2024-09-01 08:00",
    }  # fmt: skip
    frame = pd.DataFrame([usual | row for row in rows], dtype="str", index=range(2, 2 + len(rows)))
    cleaned = clean(RawTable(source_file, frame), demo_settings())
    assert cleaned.quarantine.empty
    return cleaned.frame


def counts(findings: pd.DataFrame) -> dict[str, int]:
    return findings.set_index("finding")["count"].to_dict()


OPEN = part("a.csv", {"request_no": "1"}, {"request_no": "2"})
RESOLVED = part("b.csv", {"request_no": "1", "status": "Løst", "resolved_at": "2024-09-03 09:00"})


@pytest.mark.parametrize("parts", list(permutations([OPEN, RESOLVED])))
def test_the_later_state_of_a_case_is_kept_in_whatever_order_the_files_come(parts):
    cases, findings = combine_tickets(list(parts))
    assert cases.set_index("ticket_id")["status"].to_dict() == {"1": "closed", "2": "open"}
    assert counts(findings)["overlapping_rows"] == 1


def test_a_case_opened_again_is_open_in_a_later_extract():
    later = part(
        "a.csv", {"request_no": "1", "status": "Gjenåpnet"}, {"request_no": "9", "created_at": "2024-09-20 08:00"}
    )
    cases, _ = combine_tickets([later, RESOLVED])
    assert cases.set_index("ticket_id").loc["1", "status"] == "open"


def test_of_equally_late_exports_the_later_file_name_counts():
    first, second = (part(name, {"request_no": "1", "category": name}) for name in ("x_1.csv", "x_2.csv"))
    cases, _ = combine_tickets([second, first])
    assert cases["category"].tolist() == ["x_2.csv"]


def test_a_case_twice_in_one_file_counts_once_with_its_last_line():
    cases, findings = combine_tickets(
        [part("a.csv", {"request_no": "1", "category": "old"}, {"request_no": "1", "category": "new"})]
    )
    assert cases["category"].tolist() == ["new"]
    assert counts(findings) == {"overlapping_rows": 1}


def test_the_list_and_the_api_page_overlap_by_the_number_people_see_and_waiting_time_survives(settings):
    listed = clean_path(GOLDEN / "ticket_list" / "raw.csv", FORMAT, settings).frame
    page = ticket_api.clean_file(GOLDEN / "ticket_api" / "raw.json", "raw.json", settings).frame
    later = page.assign(modified_at=page["modified_at"] + pd.Timedelta(days=90))
    cases, findings = combine_tickets([later, listed])
    assert cases["ticket_id"].is_unique
    assert counts(findings)["overlapping_rows"] == 1
    assert cases.set_index("ticket_id").loc["10001", ["source_file", "paused_minutes"]].tolist() == ["raw.json", 120]


def test_waiting_time_that_no_export_tells_is_none(settings):
    cases, _ = combine_tickets([ticket_api.clean_file(GOLDEN / "ticket_api" / "raw.json", "raw.json", settings).frame])
    assert cases["paused_minutes"].eq(0).all()


def test_the_pages_modified_time_says_which_state_is_the_later(tmp_path, settings):
    page = json.loads((GOLDEN / "ticket_api" / "raw.json").read_text(encoding="utf-8"))
    first = page["tickets"][1]
    later = first | {"modified": "2024-10-02T00:00:00Z", "isMarkedForDeletion": False}
    for name, ticket in (("p1.json", later), ("p2.json", first)):
        (tmp_path / name).write_text(json.dumps(page | {"tickets": [ticket]}), encoding="utf-8")
    parts = [ticket_api.clean_file(tmp_path / name, name, settings).frame for name in ("p1.json", "p2.json")]
    assert combine_tickets(parts)[0]["is_deleted"].tolist() == [False]


def test_contradictions_between_status_and_times_are_counted():
    rows = [
        {"request_no": "1", "status": "Lukket"},
        {"request_no": "3", "status": "Lukket", "resolved_at": "2024-08-03 09:00"},
        {"request_no": "4", "status": "Lukket", "closed_at": "2024-09-03 09:00"},
    ]
    assert counts(combine_tickets([part("a.csv", *rows)])[1]) == {
        "closed_without_time": 1, "resolved_before_created": 1, "resolved_at_imputed": 1,
    }  # fmt: skip


def test_the_combined_cases_fit_the_clean_table():
    assert len(validate("tickets", combine_tickets([OPEN, RESOLVED])[0])) == 2
    assert validate("tickets", combine_tickets([])[0]).empty


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("1234"), st.integers(1, 9)), max_size=12), st.randoms()
)
def test_each_case_counts_once_and_the_order_of_files_does_not_matter(rows, random):
    by_file: dict[str, list[dict]] = {}
    for file, number, day in rows:
        case = {"request_no": number, "status": "Løst", "resolved_at": f"2024-09-0{day} 09:00"}
        by_file.setdefault(file, []).append(case)
    parts = [part(file, *cases) for file, cases in by_file.items()]
    shuffled = random.sample(parts, len(parts))
    cases, findings = combine_tickets(parts)
    again, _ = combine_tickets(shuffled)
    numbers = {number for _, number, _ in rows}
    assert sorted(cases["ticket_id"]) == sorted(numbers)
    assert counts(findings).get("overlapping_rows", 0) == len(rows) - len(numbers)
    pd.testing.assert_frame_equal(
        cases.sort_values("ticket_id", ignore_index=True), again.sort_values("ticket_id", ignore_index=True)
    )
