"""The month's texts, begun: last month's headings as a note, and computed sentences to keep or change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from rorikt_lib.commands.new.traced import traced
from rorikt_lib.config.folder import NOTEBOOKS
from rorikt_lib.present.language import form, heading
from rorikt_lib.present.numbers import month_name
from rorikt_lib.publish.kinds import kind_of, order_of
from rorikt_lib.report import backlog, breaches, economy, service_desk, service_level, usage
from rorikt_lib.terms.documents import REPORT
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import shift
from rorikt_lib.workbook import Workbook

Sentence = Callable[[Workbook], str | None]
# Narrative → what its sentences are made of, and its paragraphs.
DRAFTS: dict[str, tuple[Source, Sequence[Sequence[Sentence]]]] = {
    "drift-forklaringer": (Source.LEDGER, [[economy.largest_variances], [economy.changes_summary]]),
    "investering-forklaringer": (Source.LEDGER, [[economy.overspent_projects]]),
    "kundeservice": (
        Source.TICKETS,
        [
            [service_desk.created_summary, service_desk.largest_categories],
            [backlog.cases_summary, service_level.sla_summary],
        ],
    ),
    "portal-og-innbyggerdialog": (Source.USAGE, [[usage.portal_summary], [usage.chatbot_summary]]),
}
# Texts that the shipped chapters ask for, which have no title in the order.
OF_CHAPTERS = {"drift-forklaringer", "investering-forklaringer"}
_HEADING = re.compile(r"^(?:#+\s.*|\*\*[^*]+\*\*)", re.MULTILINE)
# How a chapter asks for a text of its own.
_TOLD = re.compile(r'narrative\.\w+\(book, \\"([\w-]+)\\"')


def texts(book: Workbook) -> dict[str, str]:
    """Name of each text that the report has room for → what its file begins as."""
    return {name: _text(book, name, title) for name, title in titles(book).items()}


def titles(book: Workbook) -> dict[str, str]:
    """Name of each text, of the order and of the chapters' own → its section's title; none of what is not reported."""
    order = order_of(book.folder, kind_of(book.folder, REPORT))
    notebooks = [book.folder.own_or_shipped(f"{NOTEBOOKS}/{name}.ipynb") for name in order.notebooks]
    asked = [name for file in notebooks for name in _TOLD.findall(file.read_text(encoding="utf-8"))]
    found = {name: form(name) if name in OF_CHAPTERS else name for name in asked} | order.narratives
    return {name: heading(title) for name, title in found.items() if name not in DRAFTS or book.has(DRAFTS[name][0])}


def _text(book: Workbook, name: str, title: str) -> str:
    draft = "\n\n".join(_draft(book, name))
    note = form("draft" if draft else "nothing").format(title=title, month=month_name(book.month))
    if headings := _headings(book, name):
        note = "\n".join([note, "", form("before"), *headings])
    return f"<!-- {note} -->\n" + (f"\n{draft}\n" if draft else "")


def _draft(book: Workbook, name: str) -> Iterator[str]:
    _, paragraphs = DRAFTS.get(name, (None, []))
    for sentences in paragraphs:
        if told := " ".join(filter(None, (traced(sentence, book) for sentence in sentences))):
            yield told


def _headings(book: Workbook, name: str) -> list[str]:
    """Headings, and bold words that begin a paragraph, of last month's text."""
    file = book.content / shift(book.month, -1) / f"{name}.md"
    return _HEADING.findall(file.read_text(encoding="utf-8")) if file.exists() else []


def incidents(book: Workbook) -> pd.DataFrame:
    """The month's critical and high cases, for hendelser.yml: date, municipality, priority."""
    if not book.has(Source.TICKETS):
        return pd.DataFrame(columns=["date", "municipality", "priority"])
    return breaches.SERIOUS.frame(book)[["date", "municipality", "priority"]]
