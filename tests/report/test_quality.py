"""What the report says of its files: every file with its rows, and what was found, added up by finding and file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, oslo

from rorikt_lib.config.month_file import CutOff, Report
from rorikt_lib.present.language import label
from rorikt_lib.report import quality
from rorikt_lib.report.records import records
from rorikt_lib.terms.schemas import TIME_ZONE

SOURCES = pd.DataFrame(
    {
        "source_file": ["a.csv", "b.csv"], "format": ["portal", "budget"], "table": ["usage", "budget_lines"],
        "sha256": ["abcdef0123" + "0" * 54, "1" * 64], "taken_on": [pd.Timestamp("2024-09-30"), pd.NaT],
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


def rows(*given: tuple[str, str, str | None, str | None, int]) -> pd.DataFrame:
    """source_rows, from file, clean table, instant, day and number."""
    frame = pd.DataFrame(given, columns=["source_file", "table", "at", "dated_on", "rows"])
    at = [pd.NaT if pd.isna(text) else oslo(text) for text in frame["at"]]
    return frame.assign(at=pd.Series(at, dtype=f"datetime64[us, {TIME_ZONE}]"), dated_on=pd.to_datetime(frame.dated_on))


def test_each_file_stands_with_the_day_it_was_taken_its_rows_and_its_whole_checksum():
    book = make_book(sources=SOURCES, source_rows=rows(("a.csv", "usage", "2024-09-30", "2024-09-30", 3)))
    shown = quality.SOURCES.published(book)
    day = pd.Timestamp("2024-09-30")
    assert shown.iloc[0].tolist() == ["a.csv", "portal", day, day, 5, 3, 1, 1]
    assert quality.CHECKSUMS.published(book).to_numpy().tolist() == [
        ["a.csv", "abcdef0123" + "0" * 54],
        ["b.csv", "1" * 64],
    ]
    assert "SHA-256" in quality.CHECKSUMS.captioned(book)
    assert label("sha256") == "SHA-256"
    values = records(quality.FILES, book).set_index(["figure", "member"]).value
    assert values["sources.rows_set_aside", "a.csv"] == 1
    assert values["sources.rows_read", "b.csv"] == 7


@pytest.mark.parametrize(
    ("table", "last", "first_after"),
    [
        ("postings", "2024-09-01", "2024-10-01"),
        ("adopted_forecasts", "2024-09-01", "2024-10-01"),
        ("usage", "2024-09-30", "2024-10-01"),
        ("tickets", "2024-09-27 12:00", "2024-09-27 12:01"),
        ("devices", "2024-09-27", "2024-09-28"),
        ("device_stock", "2024-09-27", "2024-09-28"),
        ("budget_lines", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_file_with_nothing_up_to_the_cut_off_is_not_listed(table, last, first_after):
    cut_off = CutOff(tickets=dt.datetime(2024, 9, 27, 12), devices=dt.datetime(2024, 9, 27))
    given = rows(("a.csv", table, last, last[:10], 3), ("b.csv", table, first_after, first_after[:10], 7))
    book = replace(make_book(sources=SOURCES, source_rows=given), report=Report(cut_off=cut_off))
    assert quality.known_files(book).source_file.tolist() == ["a.csv"]
    assert quality.CHECKSUMS.published(book).source_file.tolist() == ["a.csv"]
    assert set(records(quality.FILES, book).member) == {"a.csv"}


def test_of_a_file_that_reaches_beyond_the_cut_off_the_rows_up_to_it_count_and_it_stands_apart():
    later = SOURCES.assign(taken_on=pd.Timestamp("2024-10-31"), rows_clean=[3, 7])
    given = rows(
        ("a.csv", "usage", "2024-09-29", "2024-09-29", 1), ("a.csv", "usage", "2024-10-31", "2024-10-31", 2),
        ("b.csv", "tickets", "2024-09-02 08:00", "2024-10-15", 6), ("b.csv", "tickets", "2024-09-01 08:00", None, 1),
    )  # fmt: skip
    book = make_book(sources=later, source_rows=given)
    assert quality.SOURCES.published(book).empty
    table = quality.LATER.published(book).set_index("source_file")
    assert table.rows_clean.tolist() == [1, 7]
    assert table.rows_later.tolist() == [2, 0]
    assert table.newest.tolist() == [pd.Timestamp("2024-09-29"), pd.NaT]
    assert quality.later_summary(book).startswith("2 filer er tatt ut etter skjæringstidspunktet")


def test_a_file_without_any_time_is_listed_and_one_with_two_months_stands_apart():
    forecasts = [("b.csv", "adopted_forecasts", month, None, 3) for month in ("2024-09-01", "2024-10-01")]
    undated = SOURCES.assign(taken_on=pd.NaT)
    book = make_book(sources=undated, source_rows=rows(*forecasts))
    assert quality.SOURCES.published(book).source_file.tolist() == ["a.csv"]
    assert quality.LATER.published(book).rows_later.tolist() == [3]
    nothing = make_book(sources=undated)
    assert len(quality.SOURCES.published(nothing)) == 2
    assert quality.later_summary(nothing) is None


def test_what_was_found_in_files_of_later_is_not_told_of():
    given = rows(("a.csv", "usage", "2024-09-29", None, 3), ("b.csv", "usage", "2024-10-02", None, 7))
    told = pd.DataFrame({"source_file": ["a.csv", "b.csv", None], "finding": "total_row", "count": 1})
    unread = pd.DataFrame({"source_file": ["a.csv", "b.csv"], "reason": "ragged_row"})
    book = make_book(sources=SOURCES, source_rows=given, findings=told, quarantine=unread)
    assert quality.FINDINGS.published(book).source_file.fillna("").tolist() == ["a.csv", ""]
    assert quality.UNREAD.published(book).source_file.tolist() == ["a.csv"]


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
