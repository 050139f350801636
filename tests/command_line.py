"""The command line at work: in this process, as `rorikt` runs it, or in one of its own."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from unittest.mock import patch

from rorikt_lib.cli import main


def rorikt(*arguments: object) -> subprocess.CompletedProcess:
    """What a command says and ends with, run in this process: starting Python and pandas takes most of the time."""
    command = ["rorikt", *map(str, arguments)]
    stdout, stderr = io.StringIO(), io.StringIO()
    code = 0
    with patch.object(sys, "argv", command), redirect_stdout(stdout), redirect_stderr(stderr):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return subprocess.CompletedProcess(command, code, stdout.getvalue(), stderr.getvalue())


def rorikt_process(*arguments: object) -> subprocess.CompletedProcess:
    """The same in a process of its own: the entry point as a shell starts it."""
    command = [sys.executable, "-c", "from rorikt_lib.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


# What a command says of what takes over a second, where standard error is no terminal.
PROGRESS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]")


def refused(*arguments: object, run=rorikt) -> str:
    """The one line of a refused command."""
    lines = _refusal(run(*arguments))
    assert len(lines) == 1, lines
    return lines[0]


def refused_last(*arguments: object) -> str:
    """The last line of a refused command that had done something before, and told it."""
    return _refusal(rorikt(*arguments))[-1]


def _refusal(run: subprocess.CompletedProcess) -> list[str]:
    assert run.returncode == 2, run
    assert "Traceback" not in run.stderr
    return told(run)


def told(run: subprocess.CompletedProcess) -> list[str]:
    """The lines on standard error, without those of progress: how long a busy machine takes is no matter of the tests."""
    return [line for line in run.stderr.strip().splitlines() if not PROGRESS.match(line)]
