"""What a report forecast is kept, and a later run of the same report changes nothing."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book, make_forecasts, make_postings

from rorikt_lib.ledger.forecast_log import additions
from rorikt_lib.month import keep
from rorikt_lib.month.keep import Recorded, record_report, recorder, settle, take_back
from rorikt_lib.report.forecast import forecast_rows, forecasts_by_month, model_bridge
from rorikt_lib.report.forecast_page import forecast_history
from rorikt_lib.report.records import COLUMNS
from rorikt_lib.store.drafts import draft_file
from rorikt_lib.store.folders import log_path
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.store.snapshots import read_snapshots

MONTHS = [f"{year}-{n:02d}" for year in (2023, 2024) for n in range(1, 13)][:21]


NO_FIGURES = pd.DataFrame(columns=COLUMNS)


@pytest.fixture
def book(tmp_path):
    postings = make_postings(*({"period": month, "amount_nok": 100.0 + n} for n, month in enumerate(MONTHS)))
    adopted = make_forecasts(*({"period": month, "amount_nok": 1100.0} for month in ("2024-06", "2024-08", "2024-09")))
    return make_book("2024-09", root=tmp_path, postings=postings, adopted_forecasts=adopted)


def record(book, now: str = "2024-10-05") -> Path:
    return record_report(book, dt.datetime.fromisoformat(f"{now}T06:00:00+00:00")).log


def test_a_second_run_leaves_the_log_byte_for_byte(book):
    before = record(book).read_bytes()
    assert record(book.at("2024-09"), "2024-10-07").read_bytes() == before


def test_the_interval_of_a_months_sum_is_its_own_in_the_reports_that_look_back_at_it(tmp_path):
    months = [f"{year}-{n:02d}" for year in range(2019, 2025) for n in range(1, 13)][:69]
    lines = {"Lønn": 7, "Konsulenter": 11, "Kjøp/leasing": 5}
    rows = [
        {"period": month, "line": line, "amount_nok": 100.0 + n * n % by * 10}
        for n, month in enumerate(months)
        for line, by in lines.items()
    ]
    book = make_book("2024-09", root=tmp_path, postings=make_postings(*rows))
    now = forecast_history(book.at("2024-08")).query("month == '2024-08' and line == 'SUM'")
    assert (now.high_nok - now.low_nok).item() > 0
    record(book.at("2024-08"), "2024-09-05")
    then = forecast_history(book).query("month == '2024-08' and line == 'SUM'")
    shown = ["model_nok", "low_nok", "high_nok"]
    assert then[shown].to_numpy().tolist() == [pytest.approx(now[shown].iloc[0].tolist(), abs=0.01)]
    lines = forecasts_by_month(book).query("period == '2024-08'")
    assert not lines[["sum_low_nok", "sum_high_nok"]].isna().any(axis=None)


def test_runs_at_the_same_time_write_each_forecast_once(book, monkeypatch):
    """What the log says is read and added to by one at a time, however long that takes."""

    def slowly(*given):
        time.sleep(0.05)
        return additions(*given)

    monkeypatch.setattr(keep, "additions", slowly)
    rows = forecast_rows(book)
    monkeypatch.setattr(keep, "forecast_rows", lambda _: rows)
    with ThreadPoolExecutor(6) as runs:
        (path,) = set(runs.map(lambda _: record(book), range(6)))
    assert len(pd.read_csv(path)) == len(rows)


def test_a_log_with_rows_twice_is_mended_by_the_next_run_and_read_as_mended_before(book):
    path = record(book)
    once = path.read_text("utf-8")
    header, _, rows = once.partition("\n")
    path.write_text(f"{header}\n{rows}{rows}", "utf-8")
    assert book.forecast_log.to_csv(index=False) == once
    assert record_report(book.at("2024-09")) == Recorded(path, is_mended=True)
    assert path.read_text("utf-8") == once
    assert record_report(book.at("2024-09")) == Recorded(path)


def test_a_log_where_two_runs_said_different_things_is_mended_and_told_too(book):
    path = record(book)
    header, _, rows = path.read_text("utf-8").partition("\n")
    path.write_text(f"{header}\n{rows.replace('1100.0', '1200.0')}{rows}", "utf-8")
    assert record_report(book.at("2024-09")) == Recorded(path, is_mended=True)
    log = pd.read_csv(path)
    assert log.revision.tolist() == [1] * (len(log) // 2) + [2] * (len(log) // 2)
    assert record_report(book.at("2024-09")) == Recorded(path)


def test_only_months_that_are_looked_back_at_are_worked_out_in_hindsight_and_none_is_recorded(book):
    record(book)
    made = forecasts_by_month(book).groupby("period").in_hindsight.all()
    assert made.to_dict() == {"2024-06": True, "2024-08": True, "2024-09": False}
    assert book.forecast_log.period.unique().tolist() == ["2024-09"]


def test_an_older_report_made_again_is_hindsight(book):
    record(book)
    record(book.at("2024-07"))
    assert book.forecast_log.groupby("period").in_hindsight.all().to_dict() == {"2024-07": True, "2024-09": False}


@pytest.mark.parametrize(("latest", "in_hindsight"), [("2024-10", False), ("2024-11", True)])
def test_a_report_made_when_two_months_more_are_booked_is_hindsight(book, latest, in_hindsight):
    later = pd.concat([book.table("postings"), make_postings({"period": latest, "source_line": 99})])
    record(replace(book, given={**book.given, "postings": later}, _made={}))
    assert book.forecast_log.in_hindsight.unique().tolist() == [in_hindsight]


def test_a_report_made_years_later_is_hindsight(book):
    record_report(book)
    assert book.forecast_log.in_hindsight.all()


def test_changed_data_add_a_revision_and_change_no_row(book):
    before = record(book).read_bytes()
    changed = book.table("postings").assign(amount_nok=lambda d: d.amount_nok * 2)
    after = record(replace(book, given={**book.given, "postings": changed}, _made={})).read_bytes()
    assert after.startswith(before)
    assert book.forecast_log.revision.tolist() == [1] * (len(book.forecast_log) // 2) + [2] * (
        len(book.forecast_log) // 2
    )


def test_the_report_looks_back_at_what_was_said_not_at_what_would_be_said_now(book):
    earlier = book.table("postings")[lambda d: d.period <= "2024-08"]
    record(replace(book.at("2024-08"), given={**book.given, "postings": earlier}), "2024-09-05")
    text = log_path(book.data_root).read_text(encoding="utf-8")
    said = forecast_rows(book.at("2024-08")).set_index("line").model_nok["Lønn"]
    log_path(book.data_root).write_text(text.replace(f"{round(said, 2)}", "777.0"), encoding="utf-8")
    bridge = model_bridge(book).set_index("line")
    assert bridge.loc["Lønn", "previous_nok"] == 777.0
    assert bridge.loc["SUM", "previous_nok"] == pytest.approx(777.0)


def kept(book) -> tuple[list[str], list[str]]:
    """The months in the log and the names of the snapshots."""
    log = log_path(book.data_root)
    months = pd.read_csv(log).period.unique().tolist() if log.exists() else []
    return months, sorted(one.folder.name for one in read_snapshots(book.data_root))


def test_what_is_kept_of_a_month_is_taken_back_by_the_next_run_unless_its_report_was_made(book):
    august = book.at("2024-08")
    with recorder(book.data_root, "2024-08"):
        keep.record(august, NO_FIGURES)
    settle(book.data_root, "2024-08")
    with recorder(book.data_root, "2024-09"):
        keep.record(book, NO_FIGURES)
    assert kept(book) == (["2024-08", "2024-09"], ["2024-08-1", "2024-09-1"])
    with recorder(book.data_root, "2024-07"):
        assert kept(book) == (["2024-08"], ["2024-08-1"])


def test_what_another_run_keeps_that_goes_on_is_left_alone(book):
    with recorder(book.data_root, "2024-09"):
        keep.record(book, NO_FIGURES)
    lock = draft_file(book.data_root, "2024-09").with_suffix(".lock")
    with one_at_a_time(lock), recorder(book.data_root, "2024-08"):
        assert kept(book) == (["2024-09"], ["2024-09-1"])
    with one_at_a_time(lock), recorder(book.data_root, "2024-09"):
        assert kept(book) == ([], [])


def test_what_is_taken_back_leaves_the_revisions_before_it_byte_for_byte(book):
    with recorder(book.data_root, "2024-09"):
        keep.record(book, NO_FIGURES)
    settle(book.data_root, "2024-09")
    before = log_path(book.data_root).read_bytes()
    changed = replace(book, given={**book.given, "postings": book.table("postings").assign(amount_nok=7.0)}, _made={})
    time.sleep(1.1)  # the log tells runs apart by their second
    with recorder(book.data_root, "2024-09"):
        keep.record(changed, NO_FIGURES)
    assert log_path(book.data_root).read_bytes() != before
    take_back(book.data_root, "2024-09")
    assert log_path(book.data_root).read_bytes() == before
