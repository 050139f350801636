"""What is said of work that takes its time: a bar on a terminal, lines elsewhere, nothing of what is done at once."""

from __future__ import annotations

import io
import re
import sys
import threading
import time

import pytest
from command_line import PROGRESS
from rich.console import Console

from rorikt_lib import terminal
from rorikt_lib.alone import alone


@pytest.fixture
def said(monkeypatch) -> io.StringIO:
    """What goes to standard error, which is a file; a hundredth of a second stands for one."""
    out = io.StringIO()
    monkeypatch.setattr(terminal, "console", Console(file=out, highlight=False, markup=False, width=40))
    monkeypatch.setattr(terminal, "_SECONDS", 0.01)
    return out


def until(said: io.StringIO, text: str) -> None:
    """Works on until that is said."""
    end = time.monotonic() + 20
    while text not in said.getvalue() and time.monotonic() < end:
        time.sleep(0.002)


def test_each_thing_that_takes_its_time_has_one_line_with_the_time(said):
    with terminal.progress("Rendering") as step:
        until(said, "Rendering\n")
        for name in ("chapter one", "a chapter with a name that is much longer than the line of a terminal"):
            step(name)
            until(said, f"Rendering: {name}\n")
        time.sleep(0.05)
    lines = said.getvalue().splitlines()
    assert [PROGRESS.sub("", line) for line in lines] == [
        "endering",
        "endering: chapter one",
        "endering: a chapter with a name that is much longer than the line of a terminal",
    ]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d Rendering", line) for line in lines)


def test_nothing_is_said_of_what_is_done_at_once(said, monkeypatch):
    monkeypatch.setattr(terminal, "_SECONDS", 60)
    begun = time.monotonic()
    with terminal.progress("Rendering") as step:
        step("site")
    assert said.getvalue() == ""
    assert time.monotonic() - begun < 30


def test_a_line_has_no_control_characters_whatever_files_are_called(said):
    with terminal.progress("Reading") as step:
        step("a\x1b[31m\r\nb\u2028.csv")
        until(said, ".csv")
    assert said.getvalue().rstrip("\n").endswith("Reading: a [31m b .csv")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said.getvalue())


def test_of_what_is_counted_there_is_a_line_each_tenth(said):
    with terminal.counted_progress("Trying 40 lines") as step:
        for done in (1, 2, 3, 20):
            step(done, 40)
            until(said, f"{done // 4 * 10} %\n")
            time.sleep(0.03)
    assert [line.rpartition(": ")[2] for line in said.getvalue().splitlines() if ": " in line] == ["0 %", "50 %"]


def test_on_a_terminal_it_is_a_bar_and_no_lines(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(terminal, "console", Console(file=out, force_terminal=True, width=80, _environ={}))
    with terminal.progress("Rendering") as step:
        step("site")
    assert "Rendering: site" in out.getvalue()
    assert not PROGRESS.search(out.getvalue())


def test_an_error_goes_through_and_the_lines_end(said):
    with pytest.raises(ValueError, match="wrong"), terminal.progress("Rendering"):
        raise ValueError("wrong")
    before = said.getvalue()
    time.sleep(0.05)
    assert said.getvalue() == before


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells which threads there are")
@pytest.mark.parametrize("is_terminal", [False, True])
def test_while_the_process_forks_no_thread_shows_anything_and_then_it_goes_on(said, monkeypatch, is_terminal):
    console = Console(file=said, highlight=False, markup=False, width=60, force_terminal=is_terminal)
    monkeypatch.setattr(terminal, "console", console)
    before = threading.active_count()
    with terminal.progress("Rendering") as step:
        until(said, "Rendering")
        assert threading.active_count() == before + 1
        with alone():
            assert threading.active_count() == before
        step("site")
        until(said, "site")
    with alone():
        assert threading.active_count() == before
