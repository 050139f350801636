"""Sentences of the closing chapter: where the figures come from, and what could not be read."""

from __future__ import annotations

from importlib.metadata import version

import pandas as pd

from rorikt_lib.present.numbers import integer
from rorikt_lib.present.prose.words import capitalised, count
from rorikt_lib.workbook import Workbook

SOURCES_CAPTION = (
    "Filene i arbeidsboken. Eksportene har ingen klokke; den nyeste datoen i filen viser hvor langt den rekker."
)


def origin(book: Workbook) -> str:
    """Which version of the workbook made the report, and whether the data are made up."""
    demo = (
        " **Demodata:** alle tall er laget for å vise rapporten, og gjelder ingen virkelig drift."
        if book.is_demo
        else ""
    )
    return f"Rapporten er laget med arbeidsboken rorikt, versjon {version('rorikt')}, av filene i tabellen under.{demo}"


def rows_in_short(sources: pd.DataFrame) -> str:
    """How many files and rows were read, used, set aside and not readable."""
    read, used, aside, unread = (
        sources[f"rows_{name}"].sum() for name in ("read", "clean", "set_aside", "quarantined")
    )
    return (
        f"{capitalised(count(len(sources), 'fil', 'filer'))} med {count(read, 'rad', 'rader')} er lest; {integer(used)} er brukt, {integer(aside)} lagt til side "
        f"(balansekonti, sumrader, gjentatte overskrifter, filer levert to ganger, endringer som ikke er saker) og {integer(unread)} kunne ikke leses."
    )
