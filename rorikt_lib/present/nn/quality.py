"""Sentences about the figures: where they come from, and what could not be read."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.nn.grammar import capitalised, count
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import number, total


def origin(version: str, is_demo: bool) -> str:
    """Which version of the workbook made the report, and whether the data are made up."""
    made = f"Rapporten er laga med arbeidsboka rorikt, versjon {version}, av filene i tabellane under."
    return f"{made} {text('demo')}" if is_demo else made


def rows_summary(sources: pd.DataFrame) -> str:
    """How many files and rows were read, used, set aside and not readable."""
    files = capitalised(count(number(sources.source_file), "fil", "filer"))
    read, used, aside, unread = (
        total(sources[f"rows_{name}"]) for name in ("read", "clean", "set_aside", "quarantined")
    )
    if sources.empty:
        return "Ingen filer er lesne."
    late = total(sources.rows_later) if "rows_later" in sources else 0
    after = f", {integer(late)} er frå tida etter skjeringstidspunktet" if late else ""
    unreadable = f"{integer(unread)} kunne ikkje lesast" if unread else "alle kunne lesast"
    return (
        f"{files} med {count(read, 'rad', 'rader')} er lesne; {_some(used)} er brukte, {_some(aside)} lagde til side"
        f"{text('set_aside') if aside else ''}{after} og {unreadable}."
    )


def _some(rows: float) -> str:
    return integer(rows) if rows else "ingen"


def later_summary(later: pd.DataFrame) -> str | None:
    """How many files were made after the cut-off; None where none was."""
    if later.empty:
        return None
    files = capitalised(count(number(later.source_file), "fil", "filer"))
    return (
        f"{files} er tekne ut etter skjeringstidspunktet, men har rader frå før. Rapporten reknar med desse radene; den "
        "som las rapporten før filene kom, kan ha sett andre tal."
    )
