"""Sentences about the figures: where they come from, and what could not be read."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.nb.grammar import capitalised, count
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import number, total


def origin(version: str, is_demo: bool) -> str:
    """Which version of the workbook made the report, and whether the data are made up."""
    made = f"Rapporten er laget med arbeidsboken rorikt, versjon {version}, av filene i tabellen under."
    return f"{made} {text('demo')}" if is_demo else made


def rows_summary(sources: pd.DataFrame) -> str:
    """How many files and rows were read, used, set aside and not readable."""
    files = capitalised(count(number(sources.source_file), "fil", "filer"))
    read, used, aside, unread = (
        total(sources[f"rows_{name}"]) for name in ("read", "clean", "set_aside", "quarantined")
    )
    return (
        f"{files} med {count(read, 'rad', 'rader')} er lest; {integer(used)} er brukt, {integer(aside)} lagt til side "
        "(balansekonti, sumrader, gjentatte overskrifter, filer levert to ganger, endringer som ikke er saker) "
        f"og {integer(unread)} kunne ikke leses."
    )
