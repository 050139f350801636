"""One at a time: the system's own locks on files, which go with the process that holds them, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def one_at_a_time(lock: Path, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """While it lasts, nobody else gets past the same file `lock`; others wait. waits: called where this one has to."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = FileLock(lock)
    try:
        held.acquire(timeout=0)
    except Timeout:
        waits()
        held.acquire()
    try:
        yield
    finally:
        held.release()


@contextmanager
def if_free(lock: Path) -> Iterator[bool]:
    """Whether nobody holds the file `lock`; then nobody else gets past it while this lasts."""
    held = FileLock(lock)
    try:
        held.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        held.release()
