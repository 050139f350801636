"""Threads that show what is being done, and stand still while this process forks another: a fork copies one thread."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# How long the system may take to forget a thread that has ended.
_SECONDS = 0.1
# Arrow's memory has a thread that tidies up.
_STAND_FORKS = {"jemalloc_bg_thd"}
# Of each of these threads: how it is stopped, and begun again.
_shown: list[tuple[Callable[[], object], Callable[[], object]]] = []


@contextmanager
def shown_by(stop: Callable[[], object], start: Callable[[], object]) -> Iterator[None]:
    """While it lasts a thread shows something, which is stopped and started so."""
    _shown.append((stop, start))
    try:
        yield
    finally:
        _shown.pop()


@contextmanager
def alone() -> Iterator[bool]:
    """While it lasts nothing is shown. Yields whether no thread but this one is in the way of a fork.

    For Linux, which tells.
    """
    for stop, _ in _shown:
        stop()
    try:
        yield _is_alone()
    finally:
        for _, start in _shown:
            start()


def _is_alone() -> bool:
    latest = time.monotonic() + _SECONDS
    while len([thread for thread in Path("/proc/self/task").iterdir() if not _stands_forks(thread)]) > 1:
        if time.monotonic() > latest:
            return False
        time.sleep(_SECONDS / 20)
    return True


def _stands_forks(thread: Path) -> bool:
    """Whether it is one that its library looks after where the process forks, or has just ended."""
    try:
        return (thread / "comm").read_text().strip() in _STAND_FORKS
    except OSError:
        return True
