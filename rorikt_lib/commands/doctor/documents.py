"""Whether the documents besides the monthly report can be read: their kinds, and what is written for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rorikt_lib.commands.doctor.line import Line, State, ok
from rorikt_lib.config.annual_file import read_annual
from rorikt_lib.config.budget_file import read_budget
from rorikt_lib.config.folder import NOTEBOOKS, Folder
from rorikt_lib.config.meeting_file import read_meeting
from rorikt_lib.errors import InputError
from rorikt_lib.publish.execute import declared_parameters
from rorikt_lib.publish.kinds import order_of, words_of

# Folder in content/ → what reads a file of it.
_READ: dict[str, Callable[[Path], Any]] = {
    "budgets": lambda file: read_budget(int(file.stem), file.parents[1]),
    "annual": lambda file: read_annual(int(file.stem), file),
    "meetings": read_meeting,
}


def documents(folder: Folder) -> Iterator[Line]:
    """A line for each kind or file that a document would be refused for; else one that says which words make them.

    None of them stops the report of a month.
    """
    words = []
    checks: list[Callable[[], Any]] = [lambda: words.extend(_of_kinds(folder))]
    checks += [lambda read=read, file=file: read(file) for read, file in _written(folder)]
    wrong = [error for check in checks if (error := _refusal(check))]
    yield from [Line(State.LACKS, "documents", str(error)) for error in wrong]
    if not wrong:
        yield ok("documents", f"made by rorikt {', '.join(words)}")


def _of_kinds(folder: Folder) -> list[str]:
    """The words of all kinds, in order; InputError where one cannot be read, or has a chapter that is not there."""
    found = words_of(folder)
    for _, kind in found.values():
        for name in order_of(folder, kind).notebooks:
            declared_parameters(folder.own_or_shipped(f"{NOTEBOOKS}/{name}.ipynb"))
    return sorted(found)


def _written(folder: Folder) -> Iterator[tuple[Callable[[Path], Any], Path]]:
    """What reads each file that is called as a year or a date."""
    for name, read in _READ.items():
        for file in sorted((folder.content / name).glob("[12][0-9][0-9][0-9]*.yml")):
            yield read, file


def _refusal(check: Callable[[], Any]) -> InputError | None:
    try:
        check()
    except InputError as error:
        return error
    return None
