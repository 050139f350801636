"""What no sentence of the report may have: English, what is missing, gaps, or a wrong beginning or end."""

from __future__ import annotations

import inspect
import re
from types import ModuleType

from rorikt_lib.present.language import caption
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


def sentences(chapter: ModuleType, book: Workbook) -> dict[str, str | None]:
    """What every sentence of a chapter says of an open workbook, by the name of its function.

    A sentence about a part of a table is not among them.
    """
    return {name: if_there(value, book) for name, value in vars(chapter).items() if _is_sentence(value, chapter)}


def _is_sentence(value: object, chapter: ModuleType) -> bool:
    if hasattr(value, "__wrapped__"):
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
