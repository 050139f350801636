"""The log of a run: whole lines of JSON, a file a run, the newest kept; a disk that is full stops no report."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from rorikt_lib.errors import Busy
from rorikt_lib.store import run_log
from rorikt_lib.store.run_log import OnlyRun, begin_log, logs_folder


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_log_is_called_by_when_the_run_began_and_its_process(tmp_path):
    log = begin_log(tmp_path)
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d{{6}}Z-{os.getpid()}\.jsonl", log.path.name)
    assert log.path.parent == tmp_path / "logs"


def test_each_line_says_when_which_run_what_and_how_grave(tmp_path):
    log = begin_log(tmp_path)
    log.write("start", version="0.1.0")
    log.write("warning", "warning", what="late\nå", newest=None)
    first, second = lines(log.path)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["time"])
    assert list(first) == ["time", "run", "event", "level", "version"]
    assert first["run"] == second["run"] == log.path.stem
    assert (second["event"], second["level"], second["what"], second["newest"]) == (
        "warning",
        "warning",
        "late\nå",
        None,
    )


def test_the_newest_are_kept_and_nothing_else_is_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(run_log, "KEPT", 3)
    folder = logs_folder(tmp_path)
    folder.mkdir()
    old = [f"202{year}-01-03T060000Z-1.jsonl" for year in range(5)]
    for name in [*old, "notes.txt", run_log.LOCK]:
        (folder / name).touch()
    log = begin_log(tmp_path)
    assert {file.name for file in folder.iterdir()} == {*old[-2:], log.path.name, "notes.txt", run_log.LOCK}


def test_a_disk_that_takes_half_a_line_leaves_none_of_it_and_stops_nothing(tmp_path):
    log = begin_log(tmp_path)
    log.write("start")
    whole = log.path.read_bytes()

    class Full:
        def __init__(self, file) -> None:
            self.file = file

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

        def write(self, line: bytes) -> int:
            return self.file.write(line[:7])

    log._file = Full(log._file)
    log.write("made")
    assert log.path.read_bytes() == whole
    assert isinstance(log.failed, OSError)
    log._file = log._file.file
    log.write("end")
    assert [line["event"] for line in lines(log.path)] == ["start", "end"]


def test_only_one_run_is_at_work_and_the_next_may_when_it_is_over(tmp_path):
    logs_folder(tmp_path).mkdir()
    with OnlyRun(tmp_path), pytest.raises(Busy, match="another rorikt run is at work here"), OnlyRun(tmp_path):
        pass
    with OnlyRun(tmp_path):
        pass


WRITES = """
import sys
from pathlib import Path
from rorikt_lib.store.run_log import begin_log
log = begin_log(Path(sys.argv[1]))
for n in range(10**9):
    log.write("step", number=n, what="x" * 100)
    print(n, flush=True)
"""


def test_a_process_that_is_killed_while_it_writes_leaves_each_line_that_it_had_written_whole(tmp_path):
    for _ in range(3):
        command = [sys.executable, "-c", WRITES, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            said = [process.stdout.readline() for _ in range(500)][-1]
            process.send_signal(signal.SIGKILL)
        (file,) = tmp_path.glob(f"logs/*-{process.pid}.jsonl")
        # The system may cut the line that it was at.
        whole = [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1]]
        assert [line["number"] for line in whole] == [*range(len(whole))]
        assert len(whole) > int(said) >= 499
