"""Keys that older versions of the library wrote, and what they are called today: an old file is read as a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Renamed(NamedTuple):
    """A key that has another name. model: the name of the model of the file. place: the keys above it, `*` for any.

    value: the old value → the new one, where that is not the same.
    """

    model: str
    place: tuple[str, ...]
    old: str
    new: str
    value: Callable[[Any], Any] = lambda value: value


# Newest last. A key that is no longer read stands here for as long as files may have it.
RENAMED = [
    Renamed(
        "Settings",
        ("tickets", "sla", "*"),
        "first_response",
        "first_response_minutes",
        lambda hours: float(hours) * 60,
    ),
]

# Who is told, a sentence at a time. The command line is; a notebook's pages are no place for it.
_listeners: list[Callable[[str], None]] = []
_told: set[str] = set()


def tell(listener: Callable[[str], None]) -> None:
    """From now on, `listener` is told of each file that has old keys, once of each."""
    _listeners[:] = [listener]


def renewed(content: Any, kind: Any, file: Path) -> Any:
    """`content` of a file with the keys of today. Where both an old key and its new one stand, both are left there."""
    for rename in RENAMED:
        if rename.model == getattr(kind, "__name__", None):
            for group in _groups(content, rename.place):
                _rename(group, rename, file)
    return content


def _groups(content: Any, place: tuple[str, ...]) -> list[dict]:
    if not isinstance(content, dict):
        return []
    if not place:
        return [content]
    below = content.values() if place[0] == "*" else [content.get(place[0])]
    return [group for each in below for group in _groups(each, place[1:])]


def _rename(group: dict, rename: Renamed, file: Path) -> None:
    if rename.old not in group or rename.new in group:
        return
    try:
        value = rename.value(group[rename.old])
    except (TypeError, ValueError):
        return
    group[rename.new] = value
    del group[rename.old]
    where = ".".join((*rename.place, rename.old))
    _tell(f"{file}: '{where}' is '{rename.new}' now: it was read as {value!r}. Write that when you next edit the file.")


def _tell(sentence: str) -> None:
    for listener in _listeners if sentence not in _told else []:
        _told.add(sentence)
        listener(sentence)
