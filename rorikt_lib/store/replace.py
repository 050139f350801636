"""Replacing what stands on disk: the new is made beside it, and the old stands until the new is whole.

Linux exchanges two folders in one step, so that at any moment one of them stands. Elsewhere it takes two: a run that is
cut short between them leaves the old one aside, and the next replacement puts it back before it begins.
"""

import ctypes
import os
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def replace_file(path: Path, content: bytes) -> None:
    """A file with this content, in place of the one that is there; its folder is made where it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = _new(path, path.parent)
    _forget_abandoned(path, path.parent)
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def replace_folder(place: Path, fill: Callable[[Path], None], aside: Path | None = None) -> None:
    """A folder that `fill(folder)` has filled, in place of the one that is there, which stands if that fails.

    While it is filled the old one can be read at its place. aside: a folder on the same disk for what is in the
    making, by default the one that the place is in.
    """
    aside = aside or place.parent
    new, old = _new(place, aside), aside / f".{place.name}-old"
    _recover(place, old)
    _forget_abandoned(place, aside)
    try:
        new.mkdir(parents=True)
        fill(new)
        if not _exchanged(new, place):
            _swap(new, place, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def link_or_copy(old: Path, new: Path) -> None:
    """A file at a second place, for what is never written again: without a copy where the disk can do so."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _new(place: Path, aside: Path) -> Path:
    """Where this thread makes what is to stand at `place`; others make their own elsewhere."""
    return aside / f".{place.name}-{_HOST}-{os.getpid()}-{threading.get_native_id()}-new"


_HOST = re.sub(r"\W+", "", socket.gethostname()) or "host"


def _forget_abandoned(place: Path, aside: Path) -> None:
    """Removes what processes of this machine that are no more have left half-made; others know of their own."""
    for left in aside.glob(f".{place.name}-{_HOST}-*-new"):
        process = left.name.removeprefix(f".{place.name}-{_HOST}-").split("-")[0]
        if process.isdigit() and not _runs(int(process)):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # where asking is a signal to it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _exchanged(new: Path, place: Path) -> bool:
    """Whether the two folders could be exchanged in one step."""
    if not place.exists() or sys.platform != "linux":
        return False
    with suppress(AttributeError):  # a C library that does not have it
        names = os.fsencode(new), os.fsencode(place)
        return ctypes.CDLL(None).renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0
    return False


def _swap(new: Path, place: Path, old: Path) -> None:
    try:
        if place.exists():
            place.rename(old)
        new.rename(place)
    finally:
        _recover(place, old)


def _recover(place: Path, old: Path) -> None:
    """Puts back what stood at `place` where nothing has come instead, and leaves nothing aside."""
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)
