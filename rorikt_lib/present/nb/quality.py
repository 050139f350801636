"""Sentences about the figures: where they come from, and what could not be read."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.nb.grammar import capitalised, count
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.stated import number, total


def origin(version: str, is_demo: bool) -> str:
    """Which version of the workbook made the report, and whether the data are made up."""
    made = f"Rapporten er laget med arbeidsboken rorikt, versjon {version}, av filene i tabellene under."
    return f"{made} {text('demo')}" if is_demo else made


def rows_summary(sources: pd.DataFrame) -> str:
    """How many files and rows were read, used, set aside and not readable."""
    files = capitalised(count(number(sources.source_file), "fil", "filer"))
    read, used, aside, unread = (
        total(sources[f"rows_{name}"]) for name in ("read", "clean", "set_aside", "quarantined")
    )
    if sources.empty:
        return "Ingen filer er lest."
    late = total(sources.rows_later) if "rows_later" in sources else 0
    after = f", {integer(late)} er fra tiden etter skjæringstidspunktet" if late else ""
    unreadable = f"{integer(unread)} kunne ikke leses" if unread else "alle kunne leses"
    return (
        f"{files} med {count(read, 'rad', 'rader')} er lest; {_some(used)} er brukt, {_some(aside)} lagt til side"
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
        f"{files} er tatt ut etter skjæringstidspunktet, men har rader fra før. Rapporten regner med disse radene; den "
        "som leste rapporten før filene kom, kan ha sett andre tall."
    )
