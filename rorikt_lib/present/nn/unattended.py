"""What is told of a run that nobody watched: how it ended, and what is not as it should be."""

import datetime as dt
from collections.abc import Sequence

from rorikt_lib.present import numbers
from rorikt_lib.present.language import member
from rorikt_lib.present.nn.grammar import count

# How a run ended → its sentence of a month, `september 2024`.
ENDED = {
    "made": "Eit utkast for {month} er laga.",
    "warned": "Eit utkast for {month} er laga, med {warnings}.",
    "missing": "Det er ikkje laga noko utkast for {month}: data manglar.",
    "refused": "Det er ikkje laga noko utkast for {month}: køyringa vart stoppa av noko som må rettast.",
    "failed": "Køyringa for {month} feila.",
}
SHORT = {
    "made": "utkast er laga",
    "warned": "utkast er laga, med {warnings}",
    "missing": "data manglar",
    "refused": "noko må rettast",
    "failed": "køyringa feila",
}

# What stands above what is not as it should be; else that those are warnings.
HEADING = {"missing": "Dette manglar, eller er for gammalt:"}


def title(report_title: str, month: str | None, ended: str, warnings: int) -> str:
    """`Månadsrapport september 2024: utkast er laga`; month: None where none was come to."""
    of = f" {numbers.month_name(month)}" if month else ""
    return f"{report_title}{of}: {SHORT[ended].format(warnings=_warnings(warnings))}"


def body(
    month: str | None, ended: str, remarks: Sequence[str], said: str | None, link: str | None, is_demo: bool
) -> str:
    """A few lines of plain text. said: what the command line says is in the way, in English."""
    named = numbers.month_name(month) if month else "den nyaste månaden"
    lines = [ENDED[ended].format(month=named, warnings=_warnings(len(remarks)))]
    if is_demo:
        lines.append("Alt er demodata.")
    if remarks:
        lines += ["", HEADING.get(ended, "Åtvaringar:"), *(f"– {remark}" for remark in remarks)]
    if said:
        lines += [
            "",
            f"Kommandolinja seier: {said}",
            "Heile meldinga står der kommandoen køyrde, med det som skal gjerast.",
        ]
    if link:
        lines += ["", f"Les utkastet: {link}"]
    return "\n".join(lines)


def _warnings(number: int) -> str:
    return count(number, "åtvaring", "åtvaringar")


def no_statement() -> str:
    """The site lacks what a public body's must have."""
    return "Nettstaden har inga tilgjengelegheitserklæring."


def no_exports(source: str) -> str:
    """A chapter is left out."""
    return f"Det er ikkje levert data om {member('lacking', source)}, så det er ikkje med."


def absent(source: str) -> str:
    """There is nothing of a source that the report is made of."""
    return f"Det er ikkje levert data om {member('lacking', source)}."


def late(source: str, newest: dt.date | None) -> str:
    """A source is older than expected."""
    name = member("lacking", source)
    return f"Data om {name} sluttar {numbers.day(newest)}." if newest else f"Data om {name} har ingen dato."


def approves_nothing() -> str:
    """A file says that the report is approved."""
    return "report.yml seier at rapporten er godkjend, men han er eit utkast."


def mended() -> str:
    """Rows that were kept twice are no more."""
    return "Prognoseloggen hadde rader to gonger, og er retta."


def no_case(count: int) -> str:
    """Notes in hendelser.yml of cases that are not there."""
    return f"Saker i hendelser.yml som ikkje finst i uttrekket: {numbers.integer(count)}."
