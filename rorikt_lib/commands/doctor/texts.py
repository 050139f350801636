"""Whether what the texts name is there: figures, tables and charts of the month, and facts of the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from rorikt_lib.commands.doctor.line import Line, ok, stops
from rorikt_lib.errors import InputError
from rorikt_lib.present.sentences import facts
from rorikt_lib.report.declare import Chart, Figure, Table
from rorikt_lib.report.figures import CHAPTERS, tables
from rorikt_lib.report.narrative import read_narrative, written_text
from rorikt_lib.report.records import COLUMNS, all_records
from rorikt_lib.terms.enums import Source
from rorikt_lib.workbook import Workbook

_FIGURE = re.compile(r'figure="([^"|]*)')
_REFERENCE = re.compile(r"\]\(#((?:tabell|figur)-[\w-]+)\)")
_OWN = re.compile(r"\{#((?:tabell|figur)-[\w-]+)")


def references(book: Workbook, narratives: Sequence[str]) -> Iterator[Line]:
    """A line for each text that names what is not there, where and how to mend it; else one that all is well."""
    texts = {book.content / book.month / f"{name}.md": None for name in narratives}
    sources = [source for source in Source if book.has(source)]
    texts |= dict.fromkeys(sorted(book.content.glob("*.md")), facts.of_settings(book.settings, book.month, sources))
    written = {file: text for file in texts if (text := written_text(file)) and file.name != "README.md"}
    figures = _figures(book, set(_FIGURE.findall("".join(written.values()))))
    known = _places() | set(_OWN.findall("".join(written.values())))
    found = []
    for file, text in written.items():
        try:
            read_narrative(file, figures, texts[file])
            _refuse_places(file, text, known)
        except InputError as error:
            found.append(stops("references", error))
    yield from found or [ok("references", "the figures, tables and charts that texts name are there")]


def _figures(book: Workbook, names: set[str]) -> pd.DataFrame:
    """The records of the figures called so: all of a month's take long, and texts name few."""
    named = [table for table in tables().values() if names & _called(table)]
    return all_records(named, book).drop_duplicates(COLUMNS[:4], ignore_index=True)


def _called(table: Table) -> set[str]:
    return {given.name if isinstance(given, Figure) else given for given in table.figures.values()}


def _places() -> set[str]:
    """The ids of all tables and charts that there can be, of parts without the part's name."""
    charts = {of.key for chapter in CHAPTERS for of in vars(chapter).values() if isinstance(of, Chart)}
    return {f"tabell-{key}" for key in tables()} | {f"figur-{key}" for key in charts}


def _refuse_places(file: Path, text: str, known: set[str]) -> None:
    parts = tuple(f"tabell-{key}-" for key, table in tables().items() if table.apart)
    for number, line in enumerate(text.splitlines(), start=1):
        for name in _REFERENCE.findall(line):
            if name not in known and not name.startswith(parts):
                remedy = "write the id that the table or chart has on the page, or take the reference out"
                raise InputError(f"a reference to '{name}', which no report has", file=file, line=number, remedy=remedy)
