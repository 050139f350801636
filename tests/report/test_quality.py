"""What the report says of its files: every file with its rows, and what was found, added up by finding and file."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import make_book

from rorikt_lib.report import quality
from rorikt_lib.report.records import records

SOURCES = pd.DataFrame(
    {
        "source_file": ["a.csv", "b.csv"], "format": ["portal", "budget"], "table": ["usage", "budget_lines"],
        "sha256": ["abcdef0123" + "0" * 54, "1" * 64], "newest": [pd.Timestamp("2024-09-30"), pd.NaT],
        "rows_read": [5, 7], "rows_clean": [3, 7], "rows_quarantined": [1, 0], "rows_set_aside": [1, 0],
    }
)  # fmt: skip
NONE = pd.DataFrame({"finding": [], "count": []})


@pytest.fixture
def found(monkeypatch):
    """The findings of a month with these in its files, and with these oddities of its cases."""

    def of(*rows: tuple[str, str | None, int], cases: pd.DataFrame = NONE) -> pd.DataFrame:
        monkeypatch.setattr(quality, "case_oddities", lambda book: cases)
        findings = pd.DataFrame(rows, columns=["finding", "source_file", "count"]).assign(table="tickets", detail=None)
        return quality.FINDINGS.published(make_book(findings=findings))

    return of


def test_each_file_stands_with_its_rows_and_the_beginning_of_its_checksum():
    book = make_book(sources=SOURCES)
    shown = quality.SOURCES.published(book)
    assert shown.iloc[0].tolist() == ["a.csv", "portal", pd.Timestamp("2024-09-30"), 5, 3, 1, 1, "abcdef01"]
    values = records(quality.SOURCES, book).set_index(["figure", "member"]).value
    assert values["sources.rows_set_aside", "a.csv"] == 1
    assert values["sources.rows_read", "b.csv"] == 7


def test_unreadable_rows_are_counted_by_file_and_reason():
    rows = pd.DataFrame(
        {"source_file": ["b.csv", "a.csv", "b.csv"], "reason": ["ragged_row", "unknown_value", "ragged_row"]}
    )
    book = make_book(quarantine=rows)
    assert quality.UNREAD.published(book).to_numpy().tolist() == [
        ["a.csv", "unknown_value", 1],
        ["b.csv", "ragged_row", 2],
    ]
    assert quality.UNREAD.published(make_book()).empty


def test_findings_stand_in_their_order_with_those_of_the_cases_last(found):
    cases = pd.DataFrame({"finding": ["reopened_cases"], "count": [43]})
    table = found(("total_row", "b.csv", 1), ("total_row", "a.csv", 2), ("deleted_cases", None, 85), cases=cases)
    assert table.fillna("").to_numpy().tolist() == [
        ["total_row", "b.csv", 1], ["total_row", "a.csv", 2], ["deleted_cases", "", 85], ["reopened_cases", "", 43],
    ]  # fmt: skip


def test_a_finding_of_two_sheets_of_a_file_is_one(found):
    assert found(("total_row", "a.xlsx", 1), ("total_row", "a.xlsx", 2)).to_numpy().tolist() == [
        ["total_row", "a.xlsx", 3]
    ]


def test_what_the_month_tells_of_its_own_pcs_is_no_finding(found):
    assert found(("no_purchase_date", None, 155), ("never_seen", None, 19), ("two_municipalities", None, 4)).empty
