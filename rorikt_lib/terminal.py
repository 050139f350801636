"""What a command says while it works, and when it is done: on standard error, so that results can be piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress as parts
from rich.console import Console
from rich.table import Table

console = Console(stderr=True, highlight=False, markup=False)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """A moving bar with elapsed time on the terminal; the yielded function says what is being done now."""
    with _bar(parts.BarColumn(bar_width=20), parts.TimeElapsedColumn()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda message: bar.update(task, description=f"{title}: {message}")


@contextmanager
def counted_progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that fills, with the time left; the yielded function says how many are done, of how many."""
    with _bar(parts.BarColumn(bar_width=20), parts.MofNCompleteColumn(), parts.TimeRemainingColumn()) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def progress_of(title: str, of: int) -> Iterator[Callable[[int, str], None]]:
    """A bar that fills up to `of`; the yielded function says how many are done, and what is being done."""
    with _bar(parts.BarColumn(bar_width=20), parts.MofNCompleteColumn(), parts.TimeElapsedColumn()) as bar:
        task = bar.add_task(title, total=of)
        yield lambda done, doing: bar.update(task, completed=done, description=f"{title}: {doing}")


def _bar(*columns: parts.ProgressColumn) -> parts.Progress:
    first = parts.SpinnerColumn(), parts.TextColumn("{task.description}")
    return parts.Progress(*first, *columns, console=console, transient=True, disable=not console.is_terminal)


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
