"""What one process has worked out, another need not; what was made from something else is never taken."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from builders import make_book, make_tickets

from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.store.clean_tables import write_clean
from rorikt_lib.store.memory import inputs_of, recalled
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty
from rorikt_lib.workbook import Workbook, once, open_month

MADE = pd.DataFrame({"line": ["A", "SUM"], "model_nok": [1.5, float("nan")]}, index=[3, 7])
CALLS: list[str] = []


@once
def made(book: Workbook, part: str = "") -> pd.DataFrame:
    CALLS.append(f"{book.month}{part}")
    return MADE


@pytest.fixture(autouse=True)
def calls():
    CALLS.clear()


@pytest.fixture
def folder(tmp_path) -> Folder:
    write_clean({name: empty(name) for name in CLEAN_TABLES}, tmp_path / "data", "made from these")
    shutil.copy(DEMO / SETTINGS, tmp_path)
    return Folder(tmp_path, tmp_path / "data")


def test_a_result_is_worked_out_once_for_all_that_open_the_same_inputs(folder):
    for _ in range(2):
        book = open_month("2024-09", folder)
        pd.testing.assert_frame_equal(made(book), MADE)
        pd.testing.assert_frame_equal(made(book), MADE)
    assert CALLS == ["2024-09"]


def test_another_month_and_other_arguments_are_worked_out_for_themselves(folder):
    book = open_month("2024-09", folder)
    made(book), made(book, "a"), made(book.at("2024-08")), made(open_month("2024-09", folder, trend_months=5))
    assert CALLS == ["2024-09", "2024-09a", "2024-08", "2024-09"]


@pytest.mark.parametrize("change", ["tables", "content", "log"])
def test_a_result_of_other_inputs_is_not_taken(folder, change):
    (folder.content / "budgets").mkdir(parents=True)
    made(open_month("2024-09", folder))
    if change == "tables":
        write_clean({name: empty(name) for name in CLEAN_TABLES}, folder.data, "made from others")
    elif change == "content":
        (folder.content / "budgets" / "2025.yml").write_text("{}")
    else:
        (folder.data / "forecasts").mkdir()
        (folder.data / "forecasts" / "log.csv").write_text("")
    made(open_month("2024-09", folder))
    assert CALLS == ["2024-09", "2024-09"]


def test_what_is_made_of_given_tables_is_kept_in_the_process_alone(tmp_path):
    book = make_book(tickets=make_tickets({}))
    made(book), made(book), made(make_book(tickets=make_tickets({})))
    assert CALLS == ["2024-09", "2024-09"]
    assert not list(tmp_path.iterdir())


def test_a_damaged_result_is_worked_out_again_without_a_word(folder, caplog):
    made(open_month("2024-09", folder))
    for file in (folder.data / "clean" / "memory").rglob("output.pkl"):
        file.write_bytes(b"no pickle")
    pd.testing.assert_frame_equal(made(open_month("2024-09", folder)), MADE)
    assert CALLS == ["2024-09", "2024-09"]
    assert not caplog.records


def test_clean_tables_made_anew_take_what_was_made_of_the_old_ones_with_them(folder):
    made(open_month("2024-09", folder))
    write_clean({name: empty(name) for name in CLEAN_TABLES}, folder.data, "made from these")
    assert not (folder.data / "clean" / "memory").exists()


def test_the_checksum_tells_files_apart_by_name_and_bytes(tmp_path):
    (tmp_path / "a").write_text("1")
    before = inputs_of(tmp_path, [tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = inputs_of(tmp_path, [tmp_path])
    (tmp_path / "b").write_text("2")
    assert len({before, renamed, inputs_of(tmp_path, [tmp_path]), inputs_of(tmp_path, [tmp_path], "more")}) == 4


def test_what_cannot_be_worked_out_is_not_kept(tmp_path):
    def fail():
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            recalled(tmp_path, "inputs", ("what",), fail)
