"""Which sheets a month has, in its report's order: each with its name, its page, and how far that has come."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from rorikt_lib.present.language import mark
from rorikt_lib.present.sheets import Sheet, sheet_from
from rorikt_lib.publish.assemble import FIGURE, TABLE, Body
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.outputs import Chapter
from rorikt_lib.report.show import DOWNLOADS

# What Excel allows in the name of a sheet, and how long it may be.
_NOT_IN_NAMES, _LONGEST = re.compile(r"[\[\]:*?/\\']"), 31
_CAPTION = re.compile(r"^: [^\W\d]+ (?P<number>\d+)\. .*\{#(?P<file>tabell-[\w-]+)\}\s*$")
_FIGURE = re.compile(r"^!\[[^\W\d]+ (?P<number>\d+)\. ")
_BEHIND = re.compile(r"^: .*\{#(?P<file>tabell-[\w-]+) \.folded\}\s*$")
_LINK = re.compile(rf"\({DOWNLOADS}/([\w-]+)\.csv\)")


@dataclass(frozen=True)
class Shelved:
    """A sheet. name: in the workbook. page: the file of the page that has it."""

    sheet: Sheet
    name: str
    page: str

    @property
    def of_report(self) -> bool:
        """Whether it is part of the report, and not of a page beside it."""
        return self.page == REPORT_PAGE


def shelved(bodies: Mapping[str, Body], chapters: Iterable[Chapter]) -> list[Shelved]:
    """The sheets that the pages show or lead to, each where it stands first. bodies: by the file of their page."""
    sheets = {sheet.file: sheet for chapter in chapters for sheet in chapter.sheets}
    made: dict[str, Shelved] = {}
    for page, body in bodies.items():
        for file, kind, number in _found(body.markdown):
            if file in sheets and file not in made:
                name = _free(_name(file, kind, number, page), {one.name for one in made.values()})
                made[file] = Shelved(sheets[file], name, page)
    return list(made.values())


def shelved_from(told: Iterable[dict]) -> list[Shelved]:
    """What dataclasses.asdict made into dictionaries and lists."""
    return [Shelved(sheet_from(one["sheet"]), one["name"], one["page"]) for one in told]


def _found(markdown: str) -> Iterator[tuple[str, str, str]]:
    """File, kind and number of each table, and of the figure that a table is behind; file of each download."""
    figure = ""
    for line in markdown.splitlines():
        if caption := _CAPTION.match(line):
            yield caption["file"], TABLE, caption["number"]
        elif behind := _BEHIND.match(line):
            yield behind["file"], FIGURE, figure
        elif picture := _FIGURE.match(line):
            figure = picture["number"]
        else:
            yield from ((file, "", "") for file in _LINK.findall(line))


def _name(file: str, kind: str, number: str, page: str) -> str:
    """`Tabell 12`, `Figur 2`, of a page beside the report `Budsjett 3`, `Budsjett figur 1`, of a download `Brudd`."""
    if not number:
        return file.replace("-", " ").capitalize()
    name = f"{mark(kind)} {number}"
    if page == REPORT_PAGE:
        return name
    return f"{PurePath(page).stem.capitalize()} {number if kind == TABLE else name.lower()}"


def _free(name: str, taken: set[str]) -> str:
    """`name` as Excel allows it, counted where another sheet has it."""
    name = _NOT_IN_NAMES.sub(" ", name)[:_LONGEST].strip()
    lower = {one.casefold() for one in taken}
    others = (f"{name[: _LONGEST - 4]} ({n})" for n in range(2, len(taken) + 2))
    return name if name.casefold() not in lower else next(one for one in others if one.casefold() not in lower)
