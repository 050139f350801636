"""Kernels of a process that has one thread are forked from its zygote, and say what any other kernel says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from notebook_files import write_notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks")
READS = "from rorikt_lib.store import traces\ntraces.month_is_open('2024-09')"
BEGINS = """
import json, sys, os, signal
from pathlib import Path
import rorikt_lib.month.make, rorikt_lib.commands.report
from rorikt_lib.publish.zygote import begin_zygote, zygote
if "no" not in sys.argv:
    begin_zygote()
from rorikt_lib.publish.execute import execute
def run(name, kept=None):
    made = execute([Path("one.ipynb")], Path(name), {}, {}, lambda name: None, kept)[0]
    return ["".join(o["text"]) for c in json.loads(made.read_text())["cells"] for o in c["outputs"]]
"""


def ran(folder: Path, script: str, *options: str) -> dict:
    """What a script prints as JSON, run in an interpreter of its own."""
    run = [sys.executable, "-c", BEGINS + script, *options]
    told = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert (told.returncode, told.stderr) == (0, "")
    return json.loads(told.stdout)


def noted(folder: Path, *options: str) -> set[str]:
    """Files of the library that a chapter is made from."""
    kept = "from rorikt_lib.publish.kept_chapters import KeptChapters\nrun('x', KeptChapters(Path('kept'), '', str))\n"
    reads = ran(folder, kept + "print(json.dumps(json.loads(Path('kept/one.json').read_text())['reads']))", *options)
    return {name for kind, name, _ in reads if kind == "code"}


def runs(process: str) -> bool:
    """Whether it has not ended; where nobody asks for its exit code, there is still something of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_kernel_is_forked_from_the_zygote_of_who_builds(tmp_path):
    write_notebook(tmp_path / "one.ipynb", new_code_cell("import os; print(os.getppid())"))
    one, two, builder = ran(tmp_path, "print(json.dumps([*run('a'), *run('b'), f'{os.getpid()}\\n']))")
    assert one == two != builder


def test_a_process_with_another_thread_has_no_zygote(tmp_path):
    script = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    assert ran(tmp_path, script + "begin_zygote()\nprint(json.dumps(bool(zygote())))", "no") is False


def test_a_chapter_is_made_of_nothing_more_for_having_been_forked_from_who_builds(tmp_path):
    write_notebook(tmp_path / "one.ipynb", new_code_cell(READS))
    forked, other = noted(tmp_path), noted(tmp_path, "no")
    assert {name.split("/")[0] for name in forked - other} <= {"store"}
    assert other - forked <= {f"publish/{name}.py" for name in ("__init__", "one_thread", "warm_kernel", "warm_server")}


def test_a_chapter_that_imports_what_makes_reports_is_made_of_it(tmp_path):
    write_notebook(tmp_path / "one.ipynb", new_code_cell(READS + "\nimport rorikt_lib.month.make"))
    assert "month/make.py" in noted(tmp_path)


def test_where_the_zygote_was_killed_the_next_kernel_comes_from_elsewhere(tmp_path):
    write_notebook(tmp_path / "one.ipynb", new_code_cell("import os; print(os.getppid())"))
    script = "first = run('a')\nos.kill(int(first[0]), signal.SIGKILL)\nprint(json.dumps([first, run('b')]))"
    first, second = ran(tmp_path, script)
    assert first != second


@pytest.mark.deep
@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGTERM])
def test_zygote_and_kernel_end_with_who_builds(tmp_path, ended):
    waits = "import os, time; open('kernel', 'w').write(f'{os.getpid()} {os.getppid()}'); time.sleep(600)"
    write_notebook(tmp_path / "one.ipynb", new_code_cell(waits))
    with subprocess.Popen([sys.executable, "-c", BEGINS + "run('a')"], cwd=tmp_path, stderr=subprocess.PIPE) as builder:
        while not (tmp_path / "kernel").exists() or not (tmp_path / "kernel").read_text():
            time.sleep(0.1)
        builder.send_signal(ended)
        # Read to its end, which comes when nobody holds it any more.
        builder.communicate(timeout=60)
    processes = (tmp_path / "kernel").read_text().split()
    end = time.monotonic() + 20
    while any(map(runs, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(runs, processes))
    assert builder.returncode != os.EX_OK
