"""Replacing what stands on disk: the new is made beside it, and the old stands until the new is whole.

A folder cannot be exchanged in one step. A run that is cut short between the two steps leaves the old one aside, and
the next replacement puts it back before it begins.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """A file with this content, in place of the one that is there; its folder is made where it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = _new(path, path.parent)
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
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
        fill(new)
        _swap(new, place, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _new(place: Path, aside: Path) -> Path:
    """Where this process makes what is to stand at `place`; another process makes its own elsewhere."""
    return aside / f".{place.name}-{os.getpid()}-new"


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
