"""What a cell opens by itself is noted, what the library opens for it is not, and what is loaded is told at any moment."""

from __future__ import annotations

import subprocess
import sys
import threading

from rorikt_lib.store import traces
from rorikt_lib.store.traces import Read, read_trace

CELL = """
from rorikt_lib.store import traces
traces.begin()
traces.note("before", "1")
traces.month_is_open("2024-09")
traces.note("postings", "2")
exec(compile({code!r}, "<ipython-input-1>", "exec"))
traces._traces[0].flush()
"""


def noted(tmp_path, code: str) -> list[Read]:
    """What a process notes that runs this code as a cell."""
    trace = tmp_path / "chapter.trace"
    env = {"RORIKT_TRACE": str(trace), "PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", CELL.format(code=code)], check=True, env=env, timeout=60)
    return read_trace(trace)


def test_inputs_are_noted_from_when_the_month_is_open_and_modules_of_the_library_with_them(tmp_path):
    found = noted(tmp_path, "pass")
    assert Read(traces.INPUT, "postings", "2") in found
    assert "before" not in {read.name for read in found}
    assert "store/traces.py" in {read.name for read in found if read.kind == traces.CODE}


def test_files_and_programs_of_a_cell_are_noted_and_those_of_the_library_are_not(tmp_path):
    own, other = tmp_path / "own.txt", tmp_path / "other.txt"
    own.write_text("own"), other.write_text("other")
    code = (
        f"from pathlib import Path\nopen({str(own)!r}).close()\nimport subprocess, sys\n"
        f"from rorikt_lib.store.checksums import sum_of_file\nsum_of_file(Path({str(other)!r}))\n"
        "subprocess.run([sys.executable, '-c', ''])"
    )
    found = noted(tmp_path, code)
    assert [read.name for read in found if read.kind == traces.FILE] == [str(own)]
    assert {read.name for read in found if read.kind == traces.UNKNOWN} == {"subprocess.Popen"}


def test_where_nobody_asks_nothing_is_noted(tmp_path):
    subprocess.run([sys.executable, "-c", "from rorikt_lib.store import traces; traces.begin(); assert not traces._traces"],
                   check=True, env={"PYTHONPATH": ":".join(sys.path)}, timeout=60)  # fmt: skip
    assert read_trace(tmp_path / "none") == []


def test_what_is_loaded_is_told_while_other_threads_import(monkeypatch):
    stop = threading.Event()

    def imports() -> None:
        while not stop.is_set():
            for n in range(200):
                sys.modules[f"made_up_{n}"] = sys
            for n in range(200):
                del sys.modules[f"made_up_{n}"]

    other = threading.Thread(target=imports)
    other.start()
    try:
        assert all(list(traces.modules_loaded()) for _ in range(30))
    finally:
        stop.set()
        other.join()
