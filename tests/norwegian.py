"""What no sentence of the report may have: English, what is missing, gaps, or a wrong beginning or end."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from types import ModuleType

from rorikt_lib.present.language import caption
from rorikt_lib.present.numbers import DATE, QUOTED, Written
from rorikt_lib.report.declare import Chart, Table
from rorikt_lib.report.show import chart
from rorikt_lib.workbook import Workbook, if_there

ENGLISH = re.compile(
    r"\b(the|of|and|month|total|open|unknown|incident|request|high|low|staff|pupil|hours|days|cases|share|critical"
    r"|budget|forecast|none|nan|nat|true|false|sum|within|breached|portal|inquiries|views|january|may|july)\b|<NA>",
    re.IGNORECASE,
)
ODD = re.compile(
    r"\s\s|\s[.,;:]|[,;:]\s*\.|\.\.|\(\s*\)|,,|\{|\}|(?<!SHA)-\d|\d\.\d{3}\b|\b1 (saker|varsler|PC-er|filer|rader|visninger)\b"
)
# What a reader would stumble over, each with why: see `stumbles`.
STUMBLES = {
    r"\b[Aa]v 1 (?!av)|\b(?:De|Alle) 1\b|(?<![\d,])1 (?:dager|timer|linjer|måneder|fakturaer|feilmeldinger|poster)\b": "of one",
    r"\b0,0+ (?:millioner )?kroner|(?<![\d,.\u202f])0 kroner(?! \()|\(0,0\u00a0%": "nothing told as something",
    r"(?<![\d,.\u202f\u2212–-])0 (?:er|ble|brøt|står|av|kunne|lagt|bare|eldre|saker|PC)": "none in digits",
    r"\bog 0\b(?!,)|innen fristen og ingen": "none in digits",
    r"inn enn ut|ut enn inn": "what came in and out",
    r"tusen kroner|hele 1000 kroner, (?:er|for) ": "thousands that have to be read as such",
    r"\b[Ii]ngen [^,.;:]{0,40} (?:er|kunne) ikke\b": "no one is not",
    r"i median": "a median that nobody says so",
}
_MILLIONS = re.compile(r"\d millioner kroner")
_KRONER = re.compile(r"\d{3} kroner")


def stumbles(text: str) -> list[str]:
    """What of a text a member of a board would have to read twice, as far as a machine can tell."""
    found = [f"{why}: {match[0]}" for pattern, why in STUMBLES.items() if (match := re.search(pattern, text))]
    # A caption or an alternative text says its unit once; whole kroner of a yearly document stand by themselves.
    mixed = [part for part in re.split(r"\. (?=[A-ZÆØÅ])", text) if _MILLIONS.search(part) and _KRONER.search(part)]
    return found + [f"two units: {part}" for part in mixed]


def two_ways(numbers: Iterable[Written]) -> list[str]:
    """The figures that a text writes in two ways: with more decimals here than there, or in another unit."""
    ways: dict[tuple[float, bool], set[str]] = {}
    for number in numbers:
        if number.value and number.how not in (DATE, QUOTED):
            ways.setdefault((abs(number.value), number.per == 0.01), set()).add(number.text.lstrip("\u2212"))
    return [" and ".join(sorted(texts)) for texts in ways.values() if len(texts) > 1]


def sentences(chapter: ModuleType, book: Workbook) -> dict[str, str | None]:
    """What every sentence of a chapter says of an open workbook, by the name of its function.

    A sentence about a part of a table is not among them.
    """
    return {name: if_there(value, book) for name, value in vars(chapter).items() if _is_sentence(value, chapter)}


def said_by(chapter: ModuleType) -> list[Callable[[Workbook], str | None]]:
    """The chapter's sentences."""
    return [value for value in vars(chapter).values() if _is_sentence(value, chapter)]


def _is_sentence(value: object, chapter: ModuleType) -> bool:
    if hasattr(value, "of") and hasattr(value, "__wrapped__"):
        return value.__wrapped__.__module__.startswith("rorikt_lib.present.nb.")
    if not inspect.isfunction(value) or value.__module__ != chapter.__name__:
        return False
    takes, gives = [*inspect.signature(value).parameters], value.__annotations__["return"]
    return takes == ["book"] and gives in (str, str | None, "str", "str | None")


def texts(chapter: ModuleType, book: Workbook) -> list[str]:
    """Every paragraph, point, caption and alternative text that a chapter publishes of an open workbook."""
    declared = [value for value in vars(chapter).values() if isinstance(value, (Table, Chart))]
    captioned = [each for each in declared if isinstance(each, Table) and (each.caption or caption("tables", each.key))]
    charts = [chart(each, book).metadata["rorikt"] for each in declared if isinstance(each, Chart)]
    # That of a download has a place for its file's name.
    there = [each for each in captioned if (rows := if_there(each.published, book)) is not None and len(rows)]
    captions = [each.captioned(book).format("fil.csv") for each in there]
    captions += [text for facts in charts for name, text in facts.items() if name in ("caption", "alt")]
    said = [text for text in [*sentences(chapter, book).values(), *captions] if text is not None]
    return [part for text in said for part in re.split(r"\n\n|(?:^|\n)- ", text) if part]


def faults(text: str) -> list[str]:
    """What is wrong with a text, as far as a machine can tell."""
    found = [match[0] for pattern in (ENGLISH, ODD) if (match := pattern.search(text))]
    found += [] if text.endswith((".", ".**")) else ["no full stop"]
    undated = re.sub(r"\d+\. (?=[a-zæøå]+ \d{4}|kl\. \d)", "", text)
    # What is listed name by name, `juni: …; juli: …`, begins as it is called.
    starts = [text[0], *re.findall(r"(?<=[a-zå)%\d]\. )\S(?!\w*: )", undated)]
    return found + [c for c in starts if not (c.isupper() or c.isdigit() or c in "−–*")]


def typed(text: str) -> str:
    """With the spaces and the minus of a keyboard."""
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")
