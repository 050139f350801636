"""rorikt run, as the command line has it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from rorikt_lib.commands.options import Data, Out, Workbook, open_folder
from rorikt_lib.terminal import progress


def run(
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="last-month, newest (with data) or YYYY-MM.")
    ] = "last-month",
    wait: Annotated[
        str, typer.Option("--wait", metavar="DURATION", help="How long to wait for late exports: 30m, 12h, 3d.")
    ] = "0s",
    strict: Annotated[bool, typer.Option("--strict", help="What would be a warning is an error.")] = False,
    workbook: Workbook = None,
    data: Data = None,
    out: Out = None,
    renderer: Annotated[str, typer.Option("--renderer", help="auto, quarto or embedded.")] = "auto",
) -> None:
    """Make the draft of a month where nobody watches: for systemd, cron or the Task Scheduler.

    It checks that the exports are new enough, never touches an approved month, writes a log to data/logs and tells
    those whom workbook.yml names. Ends with 0: made, or nothing to do; 3: made with warnings; 4: sources missing;
    2: refused; 5: another run is at work; 1: failed. See docs/schedule.md.
    """
    from rorikt_lib.store.run_log import begin_log

    folder = open_folder(workbook, data)
    log = begin_log(folder.data)
    with _stopped_as_by_keyboard():
        with progress("Starting"):
            from rorikt_lib.commands.run.attempt import FAILED, attempt

        try:
            code = attempt(folder, log, period, wait, strict=strict, out=out, renderer=renderer)
        except KeyboardInterrupt:
            code = FAILED
    raise typer.Exit(code)


@contextmanager
def _stopped_as_by_keyboard() -> Iterator[None]:
    """Whoever ends the process from outside, as systemd does, lets it say so first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
