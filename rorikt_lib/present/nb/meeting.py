"""What the papers and the minutes of a meeting say around what people wrote."""

import datetime as dt
from collections.abc import Sequence

from rorikt_lib.present.nb.grammar import count, listed
from rorikt_lib.present.numbers import day

NOTICE = "Innkalling"
HELD = "Møtet"
CASES = "Saksliste"
CASES_CAPTION = "Saker til behandling."
DECISIONS = "Saker"
# Heads of the list of cases.
NUMBER, TITLE, KIND, RESPONSIBLE = "Sak", "Tittel", "Type", "Ansvarlig"
FOR_DECISION, FOR_INFORMATION = "Vedtak", "Orientering"
PROPOSED = "Forslag til vedtak"
ATTACHMENTS = "Vedlegg"
NOTED = "Tatt til orientering."
# What the meeting is told of by: the body that meets, when, where, who.
BODY, TIME, PLACE, INVITED, ATTENDED, ABSENT = "Møte i", "Tid", "Sted", "Innkalt", "Til stede", "Forfall"
DRAFT = "utkast"
WEB_PAGE = "Les nettsiden"


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
    said += [DRAFT] if is_draft else [f"godkjent {day(approved)}"] if approved else []
    said += [] if is_tagged else ["ikke merket for skjermlesere"]
    return ", ".join(said)


def undeclared(numbers: Sequence[int], untagged: Sequence[int]) -> str:
    """Why the papers do not say that they are PDF/UA. numbers: of the attachments that do not. untagged: without tags."""
    which = f"Vedlegg {listed(list(map(str, numbers)))}"
    told = f"{which} oppgir ikke å følge PDF/UA-1. Møtepapirene gjør det derfor heller ikke, men det øvrige i dem er merket."
    if not untagged:
        return told
    lacking = f"Vedlegg {listed(list(map(str, untagged)))}"
    return f"{lacking} er ikke merket for skjermlesere og blir lest side for side. {told}"
