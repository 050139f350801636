"""What a command says while it works, and when it is done: on standard error, so that results can be piped."""

import datetime as dt
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress as parts
from rich.console import Console
from rich.table import Table

from rorikt_lib.alone import shown_by

console = Console(stderr=True, highlight=False, markup=False)
# What a file's name may hold, and a line of a log may not.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Nothing is said of what is done at once.
_SECONDS = 1.0


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """A moving bar with elapsed time on the terminal; the yielded function says what is being done now.

    Where standard error is no terminal, lines: see `_lines`.
    """
    with _shown(title, parts.TimeElapsedColumn()) as show:
        yield lambda message: show(f"{title}: {message}", description=f"{title}: {message}")


@contextmanager
def counted_progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that fills, with the time left; the yielded function says how many are done, of how many.

    Where standard error is no terminal, a line each tenth: see `_lines`.
    """
    with _shown(title, parts.MofNCompleteColumn(), parts.TimeRemainingColumn()) as show:
        yield lambda done, of: show(f"{title}: {done * 10 // max(of, 1) * 10} %", completed=done, total=of)


@contextmanager
def progress_of(title: str, of: int) -> Iterator[Callable[[int, str], None]]:
    """A bar that fills up to `of`; the yielded function says how many are done, and what is being done.

    Where standard error is no terminal, lines: see `_lines`.
    """
    with _shown(title, parts.MofNCompleteColumn(), parts.TimeElapsedColumn(), of=of) as show:
        yield lambda done, doing: show(
            f"{title}: {done} of {of} done; {doing}", completed=done, description=f"{title}: {doing}"
        )


@contextmanager
def _shown(title: str, *columns: parts.ProgressColumn, of: int | None = None) -> Iterator[Callable[..., None]]:
    """The yielded function takes a line, and what a bar shows instead."""
    if not _draws():
        with _lines(title) as tell:
            yield lambda line, **_: tell(line)
        return
    first = parts.SpinnerColumn(), parts.TextColumn("{task.description}"), parts.BarColumn(bar_width=20)
    with parts.Progress(*first, *columns, console=console, transient=True) as bar, shown_by(bar.stop, bar.start):
        task = bar.add_task(title, total=of)
        yield lambda line, **shown: bar.update(task, **shown)


def _draws() -> bool:
    return console.is_terminal and not console.is_dumb_terminal


@contextmanager
def _lines(now: str) -> Iterator[Callable[[str], None]]:
    """What is being done, a line with its time: at most one a second, none of what takes less, each thing once.

    The yielded function says what is being done now.
    """
    told, over, watch = "", threading.Event(), threading.Thread()

    def tell() -> None:
        nonlocal told
        while not over.wait(_SECONDS):
            if now != told:
                told = now
                line = f"{dt.datetime.now():%Y-%m-%d %H:%M:%S} {_CONTROL.sub(' ', told)}"
                console.print(line, soft_wrap=True, emoji=False)

    def step(message: str) -> None:
        nonlocal now
        now = message

    def start() -> None:
        nonlocal watch
        over.clear()
        watch = threading.Thread(target=tell, daemon=True)
        watch.start()

    def stop() -> None:
        over.set()
        watch.join()

    start()
    try:
        with shown_by(stop, start):
            yield step
    finally:
        stop()


def say(line: str) -> None:
    """Something that whoever runs the command should know."""
    console.print(line, soft_wrap=True)


def done(message: str) -> None:
    """The last line of a command: what it made and where."""
    console.print(message, soft_wrap=True)


def on_standard_output() -> Console:
    """Where results go: in the terminal's width, or plain and uncut (wide enough for any line) where they are piped."""
    width = None if sys.stdout.isatty() else 240
    return Console(highlight=False, markup=False, emoji=False, width=width)


def plain_table() -> Table:
    """A table without lines; its columns are still to be added."""
    return Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
