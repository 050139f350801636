"""What is told of a run that nobody watched: how it ended, and what is not as it should be."""

import datetime as dt
from collections.abc import Sequence

from rorikt_lib.present import numbers
from rorikt_lib.present.language import member
from rorikt_lib.present.nb.grammar import count

# How a run ended → its sentence of a month, `september 2024`.
ENDED = {
    "made": "Et utkast for {month} er laget.",
    "warned": "Et utkast for {month} er laget, med {warnings}.",
    "missing": "Det er ikke laget noe utkast for {month}: data mangler.",
    "refused": "Det er ikke laget noe utkast for {month}: kjøringen ble stoppet av noe som må rettes.",
    "failed": "Kjøringen for {month} feilet.",
}
SHORT = {
    "made": "utkast er laget",
    "warned": "utkast er laget, med {warnings}",
    "missing": "data mangler",
    "refused": "noe må rettes",
    "failed": "kjøringen feilet",
}

# What stands above what is not as it should be; else that those are warnings.
HEADING = {"missing": "Dette mangler, eller er for gammelt:"}


def title(report_title: str, month: str | None, ended: str, warnings: int) -> str:
    """`Månedsrapport september 2024: utkast er laget`; month: None where none was come to."""
    of = f" {numbers.month_name(month)}" if month else ""
    return f"{report_title}{of}: {SHORT[ended].format(warnings=_warnings(warnings))}"


def body(
    month: str | None, ended: str, remarks: Sequence[str], said: str | None, link: str | None, is_demo: bool
) -> str:
    """A few lines of plain text. said: what the command line says is in the way, in English."""
    named = numbers.month_name(month) if month else "den nyeste måneden"
    lines = [ENDED[ended].format(month=named, warnings=_warnings(len(remarks)))]
    if is_demo:
        lines.append("Alt er demodata.")
    if remarks:
        lines += ["", HEADING.get(ended, "Advarsler:"), *(f"– {remark}" for remark in remarks)]
    if said:
        lines += [
            "",
            f"Kommandolinjen sier: {said}",
            "Hele meldingen står der kommandoen kjørte, med det som skal gjøres.",
        ]
    if link:
        lines += ["", f"Les utkastet: {link}"]
    return "\n".join(lines)


def _warnings(number: int) -> str:
    return count(number, "advarsel", "advarsler")


def no_statement() -> str:
    """The site lacks what a public body's must have."""
    return "Nettstedet har ingen tilgjengelighetserklæring."


def no_exports(source: str) -> str:
    """A chapter is left out."""
    return f"Det er ikke levert data om {member('lacking', source)}, så det er ikke med."


def absent(source: str) -> str:
    """There is nothing of a source that the report is made of."""
    return f"Det er ikke levert data om {member('lacking', source)}."


def late(source: str, newest: dt.date | None) -> str:
    """A source is older than expected."""
    name = member("lacking", source)
    return f"Data om {name} slutter {numbers.day(newest)}." if newest else f"Data om {name} har ingen dato."


def approves_nothing() -> str:
    """A file says that the report is approved."""
    return "report.yml sier at rapporten er godkjent, men den er et utkast."


def mended() -> str:
    """Rows that were kept twice are no more."""
    return "Prognoseloggen hadde rader to ganger, og er rettet."


def no_case(count: int) -> str:
    """Notes in hendelser.yml of cases that are not there."""
    return f"Saker i hendelser.yml som ikke finnes i uttrekket: {numbers.integer(count)}."
