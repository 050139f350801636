"""Months of several workbooks on a Dask cluster are those that each workbook makes by itself, in its own folder."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import refused, rorikt
from quick_book import quick_book, request_of, site_of, write_text

from rorikt_lib.config.folder import Folder
from rorikt_lib.month import cluster
from rorikt_lib.month.cluster import make_everywhere
from rorikt_lib.month.make import How, make_month
from rorikt_lib.month.stamp import as_it_was

MONTHS = ["2024-08", "2024-09"]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "cluster.md"


def commands(word: str) -> list[list[str]]:
    """The commands of the document that begin with a word, after what they set in the environment."""
    lines = [line.partition("#")[0] for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("    ")]
    return [shlex.split(line) for line in lines if word in line.split()]


@pytest.fixture
def books(tmp_path) -> list[Folder]:
    """Two workbooks, of which one has a text more."""
    made = [quick_book(tmp_path / name) for name in ("fjord", "vidde")]
    write_text(made[1].root, "2024-09", "På vidda.")
    return made


@pytest.fixture
def scheduler(tmp_path) -> Iterator[str]:
    """The example of the document: a scheduler and two workers, as commands of their own; the scheduler's address."""
    (start,) = commands("scheduler")
    (work,) = commands("worker")
    bin_folder = Path(sys.executable).parent
    port = "18786"
    env = os.environ | dict(part.split("=", 1) for part in work if re.match(r"[A-Z_]+=", part))
    work = [part.replace("tcp://scheduler:8786", f"tcp://127.0.0.1:{port}") for part in work if "=" not in part]
    start = [part.replace("8786", port) for part in start]
    started = [
        subprocess.Popen(
            [bin_folder / command[0], *command[1:], *more], env=env, cwd=tmp_path, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for command, more in ((start, ["--no-dashboard"]), (work, ["--no-dashboard"]))
    ]  # fmt: skip
    yield f"tcp://127.0.0.1:{port}"
    for process in started:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.deep
def test_two_workers_make_what_each_workbook_makes_by_itself(books, scheduler):
    listed = books[0].root.parent / "workbooks.txt"
    listed.write_text("# ours\nfjord\nvidde  # theirs\n", encoding="utf-8")
    given = ["2024-08..2024-09", "--workbooks", listed, "--scheduler", scheduler, "--renderer", "embedded"]
    run = rorikt("report", *given)
    assert run.returncode == 0, run.stderr
    assert run.stderr.splitlines()[-1].startswith("4 months: 4 made; ")
    on_cluster = [site_of(book) for book in books]
    for book, made in zip(books, on_cluster, strict=True):
        assert {name.partition("/")[0] for name in made} >= {"2024-08", "2024-09", "index.html"}
        for month in MONTHS:
            assert make_month(request_of(book), month, fresh=True).how == How.MADE
        assert site_of(book) == made
    assert rorikt("report", *given).stderr.splitlines()[-1].startswith("4 months: 4 as they were; ")


@pytest.mark.deep
def test_a_worker_that_is_lost_is_replaced_and_what_it_was_at_is_made(books):
    killed: list[int] = []

    def kill_one(done: int, doing: str) -> None:
        """A worker of this process's cluster, once something is done."""
        from distributed import get_client

        if not killed:
            killed.append(next(iter(get_client().run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    made = make_everywhere([request_of(book) for book in books], MONTHS, 2, progress=kill_one)
    assert killed
    # What the lost worker had made is found as it was made.
    assert {one.outcome.how for one in made} <= {How.MADE, How.UNCHANGED}, made
    assert all(as_it_was(request_of(book), month) for book in books for month in MONTHS)


def test_the_document_s_reports_are_commands_that_there_are(books, monkeypatch):
    """Each is understood up to where Dask or the reports would begin."""
    reports = commands("rorikt")
    assert len(reports) == 6
    for command in reports:
        help_of = rorikt(*command[1:2], "--help").stdout
        for option in (part for part in command if part.startswith("--")):
            assert option in help_of, option


def test_a_scheduler_that_does_not_answer_is_told(books, monkeypatch):
    monkeypatch.setattr(cluster, "_ANSWERS_WITHIN", "1s")
    said = refused("report", "2024-09", "--workbook", books[0].root, "--scheduler", "tcp://127.0.0.1:1")
    assert "no scheduler answers at tcp://127.0.0.1:1" in said


def test_without_dask_it_is_said_how_to_get_it(books, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    both = [part for book in books for part in ("--workbook", book.root)]
    assert "pip install 'rorikt[cluster]'" in refused("report", "2024-09", *both)
