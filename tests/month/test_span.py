"""Several months: what is missing or changed is made, each after what the one before it says is kept; what failed is told."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from itertools import groupby
from pathlib import Path

import pytest
from command_line import refused, rorikt
from quick_book import MONTHS, quick_book, request_of, write_text
from unwatched import small_workbook

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError
from rorikt_lib.month.make import How, make_month
from rorikt_lib.month.span import Outcome, make_months, summary
from rorikt_lib.month.stamp import as_it_was
from rorikt_lib.store.manifest import sums_of
from rorikt_lib.terms.months import months_between, span


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2024-11..2025-02", ["2024-11", "2024-12", "2025-01", "2025-02"]),
        ("2024-09..2024-09", ["2024-09"]),
        ("2024-09", None),
        ("", None),
    ],
)
def test_a_span_is_all_months_from_the_first_to_the_last(text, months):
    assert span(text) == months


@pytest.mark.parametrize("text", ["2024-09..2024-08", "2024..2025", "..2024-09", "2024-09..", "2024-09...2024-10"])
def test_what_is_no_span_is_refused_with_how_to_write_one(text):
    with pytest.raises(InputError, match=r"no span of months.*2023-01\.\.2024-12"):
        span(text)


def test_months_between_is_one_for_each():
    assert len(months_between("2000-01", "2024-12")) == 300


def sites(folder: Folder) -> dict[str, str]:
    """The months' files on the site, and those that all share."""
    return sums_of(folder.site)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Folder, list[Outcome], list[tuple[int, str]]]:
    """A workbook of which two months were made side by side, after one that cannot be; what came of each, and was told."""
    folder, told = quick_book(tmp_path_factory.mktemp("span") / "book"), []
    write_text(folder.root, "2024-07", 'Et [tall]{figure="no.such|month|figure"}.')
    outcomes = make_months(request_of(folder), MONTHS, 2, lambda done, doing: told.append((done, doing)))
    return folder, outcomes, told


def test_the_others_are_made_where_one_cannot_be_and_it_is_said_why(made):
    _, outcomes, _ = made
    assert [(one.month, one.how) for one in outcomes] == [
        ("2024-07", None),
        ("2024-08", How.MADE),
        ("2024-09", How.MADE),
    ]
    assert "no figures are called" in outcomes[0].told
    assert "Remedy: " in outcomes[0].told
    assert summary(outcomes) == "3 months: 2 made, 1 failed"


def test_it_is_told_how_many_are_done_and_what_is_being_done(made):
    _, _, told = made
    assert (told[0][0], told[-1][0]) == (0, 3)
    assert any("2024-08: " in doing and "2024-09: " in doing for _, doing in told), told


def test_what_stands_as_it_was_made_is_left_alone_and_what_failed_is_tried_again(made):
    folder, _, _ = made
    again = make_months(request_of(folder), MONTHS, 2)
    assert [one.how for one in again] == [None, How.UNCHANGED, How.UNCHANGED]


def test_what_an_earlier_month_says_anew_is_told_by_those_after_it_in_the_same_run(tmp_path):
    folder = quick_book(tmp_path / "book")
    assert {one.how for one in make_months(request_of(folder), MONTHS, 2)} == {How.MADE}
    shutil.rmtree(folder.data / "snapshots" / "2024-07-1")
    outcomes = make_months(request_of(folder), MONTHS, 2)
    assert all(as_it_was(request_of(folder), month) for month in MONTHS)
    assert outcomes[0].how == How.MADE
    again = make_months(request_of(folder), MONTHS, 2)
    assert {one.how for one in again} == {How.UNCHANGED}


def test_the_month_whose_process_is_killed_is_told_of_and_the_others_are_made(tmp_path):
    folder, killed = quick_book(tmp_path / "book"), []

    def kill(done: int, doing: str) -> None:
        if not killed and "2024-07: " in doing and "begins" not in doing:
            killed.extend(one.pid for one in multiprocessing.active_children())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    outcomes = make_months(request_of(folder), MONTHS, 1, kill)
    assert [one.how for one in outcomes] == [None, How.MADE, How.MADE]
    assert "ended from outside" in outcomes[0].told
    assert len(killed) == 1


@pytest.mark.deep
def test_where_it_is_interrupted_the_front_page_tells_of_the_months_that_were_made(tmp_path):
    folder, ended = quick_book(tmp_path / "book"), []

    def interrupt(done: int, doing: str) -> None:
        if not ended and done == 1:
            ended.append(doing)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_months(request_of(folder), MONTHS, 1, interrupt)
    assert as_it_was(request_of(folder), "2024-07")
    assert 'href="2024-07/index.html"' in (folder.site / "index.html").read_text("utf-8")


@pytest.mark.deep
def test_where_the_front_page_is_refused_the_months_are_made_and_it_is_said_why(tmp_path):
    folder = quick_book(tmp_path / "book")
    make_months(request_of(folder), MONTHS[:2], 1)
    before = (folder.site / "index.html").read_bytes()
    (folder.root / "index.qmd").write_text("---\ntitle: Rapporter\n---\n\nRing 912 34 567.\n", encoding="utf-8")
    told = []
    outcomes = make_months(request_of(folder), MONTHS[:2], 1, lambda done, doing: told.append(doing))
    assert [(one.month, one.how) for one in outcomes] == [("2024-07", How.MADE), ("2024-08", How.MADE), ("", None)]
    # Each is begun once: what it tells is not what was refused.
    begun = [doing for doing, _ in groupby(told) if doing.endswith(": begins")]
    assert begun == [f"{month}: begins" for month in MONTHS[:2]]
    assert "a telephone number" in outcomes[-1].told
    assert (folder.site / "index.html").read_bytes() == before
    assert summary(outcomes) == "2 months: 2 made"


@pytest.mark.deep
def test_months_made_side_by_side_are_byte_for_byte_those_made_one_by_one(tmp_path):
    """At one place, since a report is of its folder: first by two, then all anew and in turn."""
    folder = quick_book(tmp_path / "book")
    assert {one.how for one in make_months(request_of(folder), MONTHS, 2)} == {How.MADE}
    by_two = sites(folder)
    for name in ("_site", "_build", "data/memory", "data/forecasts", "data/snapshots", "data/drafts", "data/clean"):
        _remove(folder.root / name)
    for month in MONTHS:
        make_month(request_of(folder), month)
    assert sites(folder) == by_two


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)


def test_the_command_ends_with_a_summary_what_failed_and_a_code(made):
    folder, _, _ = made
    run = rorikt("report", "2024-07..2024-09", "--workbook", folder.root, "--renderer", "embedded")
    assert run.returncode == 2
    *_, failed, last = run.stderr.splitlines()
    assert failed.startswith("rorikt: 2024-07: ")
    assert last == f"3 months: 2 as they were, 1 failed; the site is {folder.site}."


def test_what_is_of_one_month_or_one_workbook_is_refused_for_several(made, tmp_path):
    folder, _, _ = made
    other = small_workbook(tmp_path / "other")
    both = ["--workbook", folder.root, "--workbook", other]
    assert "--revise is of one month" in refused("report", "2024-08..2024-09", "--revise", "x", *both[:2])
    assert "--revise is of one month" in refused("report", "2024-08", "--revise", "x", *both)
    assert "--out are of one workbook" in refused("report", "2024-08", "--out", tmp_path / "_site", *both)
    (tmp_path / "books.txt").write_text("# none yet\n\n")
    assert "names no workbook" in refused("report", "2024-08", "--workbooks", tmp_path / "books.txt")
