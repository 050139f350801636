"""What one process has worked out, another need not; what was made from something else is never taken."""

from __future__ import annotations

import os
import pickle
import shutil
import time

import pandas as pd
import pytest
from builders import make_book, make_budget, make_forecasts, make_tickets, make_usage

from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast_log import COLUMNS
from rorikt_lib.store.clean_tables import write_clean
from rorikt_lib.store.memory import MEMORY, Traced, forget_old, recalled
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.schemas import CLEAN_TABLES, empty
from rorikt_lib.workbook import Workbook, once, open_month

MADE = pd.DataFrame({"line": ["A", "SUM"], "model_nok": [1.5, float("nan")]}, index=[3, 7])
CALLS: list[str] = []
TABLES = {name: empty(name) for name in CLEAN_TABLES}


@once
def made(book: Workbook, part: str = "") -> pd.DataFrame:
    CALLS.append(f"{book.month}{part}")
    book.table("adopted_forecasts")
    return MADE


@once
def of_another_result(book: Workbook) -> int:
    CALLS.append("of another")
    return len(made(book))


@once
def of_whether_there_is(book: Workbook) -> bool:
    CALLS.append("whether")
    return book.has(Source.USAGE)


@once
def of_a_text(book: Workbook) -> bool:
    CALLS.append("text")
    return book.text("teknisk").exists()


@once
def of_what_is_written(book: Workbook) -> bool:
    CALLS.append("written")
    return book.written("kvartalsbrev/2024-q3.yml").exists()


@once
def of_what_was_forecast(book: Workbook) -> int:
    CALLS.append("forecast")
    return len(book.forecast_log)


def forecasts_of(book: Workbook) -> pd.DataFrame:
    CALLS.append("frame")
    return book.table("adopted_forecasts")


def usage_of(book: Workbook) -> pd.DataFrame:
    return book.table("usage")


FRAMES = {"forecasts": forecasts_of, "usage": usage_of}


@pytest.fixture(autouse=True)
def calls():
    CALLS.clear()


@pytest.fixture
def folder(tmp_path) -> Folder:
    write_clean(TABLES, tmp_path / "data", "made from these")
    shutil.copy(DEMO / SETTINGS, tmp_path)
    (tmp_path / "content" / "2024-09").mkdir(parents=True)
    (tmp_path / "content" / "2024-08").mkdir(parents=True)
    return Folder(tmp_path, tmp_path / "data")


def with_forecasts(folder: Folder, *lines: str) -> None:
    write_clean(TABLES | {"adopted_forecasts": make_forecasts(*({"line": name} for name in lines))}, folder.data)


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
    CALLS.clear()
    made(book), made(book, "a"), made(book.at("2024-08")), made(open_month("2024-09", folder, trend_months=5))
    assert CALLS == []


def test_frames_that_one_process_shares_another_takes_and_so_what_they_were_made_of(folder):
    with_forecasts(folder, "Lønn")
    open_month("2024-09", folder).share(FRAMES)
    book = open_month("2024-09", folder)
    book.take(FRAMES)
    assert list(book.frame(forecasts_of).line) == ["Lønn"]
    assert CALLS == ["frame"]
    assert book.sources_of(forecasts_of) == {"adopted_forecasts"}


def test_frames_of_other_inputs_are_not_taken(folder):
    open_month("2024-09", folder).share(FRAMES)
    with_forecasts(folder, "Lønn")
    book = open_month("2024-09", folder)
    book.take(FRAMES)
    assert list(book.frame(forecasts_of).line) == ["Lønn"]
    assert CALLS == ["frame", "frame"]


def test_a_frame_of_the_same_name_that_is_worked_out_otherwise_is_not_the_one_that_was_shared(folder):
    open_month("2024-09", folder).share({"forecasts": forecasts_of})
    book = open_month("2024-09", folder)
    book.take({"forecasts": forecasts_of})
    assert book.frame(lambda book: MADE) is MADE


def _settings(folder: Folder) -> None:
    text = (folder.root / SETTINGS).read_text("utf-8")
    (folder.root / SETTINGS).write_text(text.replace("report_title: ", "report_title: Ny "), "utf-8")


CHANGES = {
    "tables that it reads": lambda folder: with_forecasts(folder, "Lønn"),
    "a file in content": lambda folder: (folder.content / "budgets.yml").write_text("{}"),
    "the month's own notes": lambda folder: (folder.content / "2024-09" / "hendelser.yml").write_text("[]"),
    "another month's cut-offs": lambda folder: (folder.content / "2024-08" / "report.yml").write_text("{}"),
    "settings": _settings,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_result_of_other_inputs_is_not_taken(folder, change):
    made(open_month("2024-09", folder))
    CHANGES[change](folder)
    made(open_month("2024-09", folder))
    assert CALLS == ["2024-09", "2024-09"]


OF_NO_MATTER = {
    "the same tables made anew": lambda folder: write_clean(TABLES, folder.data, "made from others"),
    "a table that it does not read": lambda folder: write_clean(
        TABLES | {"budget_lines": make_budget({})}, folder.data, "made from others"
    ),
    "a text": lambda folder: (folder.content / "2024-09" / "teknisk.md").write_text("Nytt."),
    "another month's notes": lambda folder: (folder.content / "2024-08" / "hendelser.yml").write_text("[]"),
}


@pytest.mark.parametrize("change", OF_NO_MATTER)
def test_what_a_result_is_not_made_of_is_of_no_matter_to_it(folder, change):
    made(open_month("2024-09", folder))
    OF_NO_MATTER[change](folder)
    made(open_month("2024-09", folder))
    assert CALLS == ["2024-09"]


def test_a_result_is_made_of_what_the_results_in_it_are_made_of_recalled_or_not(folder):
    made(open_month("2024-09", folder))
    of_another_result(open_month("2024-09", folder))
    with_forecasts(folder, "Lønn")
    of_another_result(open_month("2024-09", folder))
    assert CALLS == ["2024-09", "of another", "of another", "2024-09"]


def test_whether_there_is_a_source_depends_on_no_more_than_that(folder):
    assert of_whether_there_is(open_month("2024-09", folder)) is False
    write_clean(TABLES | {"usage": make_usage({})}, folder.data)
    assert of_whether_there_is(open_month("2024-09", folder)) is True
    write_clean(TABLES | {"usage": make_usage({}, {"channel": "chatbot"})}, folder.data)
    of_whether_there_is(open_month("2024-09", folder))
    assert CALLS == ["whether", "whether"]


def test_a_text_that_was_not_there_is_read_when_it_is(folder):
    assert of_a_text(open_month("2024-09", folder)) is False
    (folder.content / "2024-09" / "teknisk.md").write_text("Ny.")
    assert of_a_text(open_month("2024-09", folder)) is True
    (folder.content / "2024-08" / "teknisk.md").write_text("En annen måneds.")
    of_a_text(open_month("2024-09", folder))
    assert CALLS == ["text", "text"]


def test_a_documents_own_file_counts_for_what_reads_it_and_for_nothing_else(folder):
    assert of_what_is_written(open_month("2024-09", folder)) is False
    made(open_month("2024-09", folder))
    (folder.content / "kvartalsbrev").mkdir()
    (folder.content / "kvartalsbrev" / "2024-q3.yml").write_text("sendes: 2024-10-15\n")
    (folder.content / "kvartalsbrev" / "2024-q2.yml").write_text("sendes: 2024-07-15\n")
    for _ in range(2):
        assert of_what_is_written(open_month("2024-09", folder)) is True
        made(open_month("2024-09", folder))
    assert CALLS == ["written", "2024-09", "written"]


def test_what_was_forecast_before_counts_and_what_is_forecast_later_does_not(folder):
    log = folder.data / "forecasts" / "log.csv"
    log.parent.mkdir()
    row = "{},1,2024-10-05T06:00:00+00:00,False,operating,Lønn,1,1,1,1,1,1,1,1,steady,\n"
    header = ",".join(COLUMNS) + "\n"
    of_what_was_forecast(open_month("2024-09", folder))
    log.write_text(header + row.format("2024-08"))
    of_what_was_forecast(open_month("2024-09", folder))
    log.write_text(header + row.format("2024-08") + row.format("2024-09") + row.format("2024-07"))
    of_what_was_forecast(open_month("2024-09", folder))
    assert CALLS == ["forecast", "forecast"]


def test_inputs_that_change_while_a_month_is_open_are_told_of(folder):
    book = open_month("2024-09", folder)
    book.sum_of("adopted_forecasts")
    with_forecasts(folder, "Lønn")
    with pytest.raises(InputError, match=r"adopted_forecasts was changed while .*Remedy: run it again"):
        made(book)


def test_what_is_made_of_given_tables_is_kept_in_the_process_alone(tmp_path):
    book = make_book(tickets=make_tickets({}))
    of_whether_there_is(book), of_whether_there_is(book), of_whether_there_is(make_book(tickets=make_tickets({})))
    assert CALLS == ["whether", "whether"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"no pickle", b"", pickle.dumps({"made": 3})])
def test_a_damaged_result_is_worked_out_again_without_a_word(folder, caplog, content):
    made(open_month("2024-09", folder))
    (file,) = (folder.data / MEMORY).rglob("*.pkl")
    file.write_bytes(content)
    pd.testing.assert_frame_equal(made(open_month("2024-09", folder)), MADE)
    assert CALLS == ["2024-09", "2024-09"]
    assert not caplog.records


def test_what_nobody_asked_for_in_months_is_forgotten_and_what_is_asked_for_is_not(folder):
    made(open_month("2024-09", folder)), made(open_month("2024-09", folder), "a")
    old = time.time() - 100 * 24 * 3600
    for file in (folder.data / MEMORY).rglob("*.pkl"):
        os.utime(file, (old, old))
    made(open_month("2024-09", folder))
    forget_old(folder.data)
    CALLS.clear()
    made(open_month("2024-09", folder)), made(open_month("2024-09", folder), "a")
    assert CALLS == ["2024-09a"]


def test_what_cannot_be_worked_out_is_not_kept(tmp_path):
    def fail() -> Traced:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            recalled(tmp_path / "result.pkl", "base", str, fail)
    assert not list(tmp_path.iterdir())
