"""What the papers and the minutes of a meeting say around what people wrote."""

import datetime as dt
from collections.abc import Sequence

from rorikt_lib.present.nn.grammar import count, listed
from rorikt_lib.present.numbers import day

NOTICE = "Innkalling"
HELD = "Møtet"
CASES = "Saksliste"
CASES_CAPTION = "Saker til handsaming."
DECISIONS = "Saker"
# Heads of the list of cases.
NUMBER, TITLE, KIND, RESPONSIBLE = "Sak", "Tittel", "Type", "Ansvarleg"
FOR_DECISION, FOR_INFORMATION = "Vedtak", "Orientering"
PROPOSED = "Forslag til vedtak"
ATTACHMENTS = "Vedlegg"
NOTED = "Teke til orientering."
# What the meeting is told of by: the body that meets, when, where, who.
BODY, TIME, PLACE, INVITED, ATTENDED, ABSENT = "Møte i", "Tid", "Stad", "Innkalla", "Til stades", "Forfall"
DRAFT = "utkast"
WEB_PAGE = "Les nettsida"


def time(date: dt.date, clock: str) -> str:
    """`9. oktober 2024 kl. 10.00–12.00`."""
    return f"{day(date)} kl. {clock}"


def case(number: str, title: str) -> str:
    """`Sak 2024/M10-031: Budsjett 2025`."""
    return f"Sak {number}: {title}"


def attachment(number: int) -> str:
    """`Vedlegg 1`."""
    return f"Vedlegg {number}"


def of_attachment(pages: int, is_tagged: bool, is_draft: bool, approved: dt.date | None) -> str:
    """What is said of an attachment where its case names it. approved: the day; of what is not approved here, none."""
    said = [f"PDF, {count(pages, 'side', 'sider')}"]
    said += [DRAFT] if is_draft else [f"godkjend {day(approved)}"] if approved else []
    said += [] if is_tagged else ["ikkje merkt for skjermlesarar"]
    return ", ".join(said)


def undeclared(numbers: Sequence[int], untagged: Sequence[int]) -> str:
    """Why the papers do not say that they are PDF/UA. numbers: of the attachments that do not. untagged: without tags."""
    which = f"Vedlegg {listed(list(map(str, numbers)))}"
    told = (
        f"{which} oppgir ikkje å følgje PDF/UA-1. Møtepapira gjer det difor heller ikkje, men det andre i dei er merkt."
    )
    if not untagged:
        return told
    lacking = f"Vedlegg {listed(list(map(str, untagged)))}"
    return f"{lacking} er ikkje merkt for skjermlesarar og blir lese side for side. {told}"
