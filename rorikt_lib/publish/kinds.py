"""The kinds of documents that a workbook has, by their files in documents/: the library's, and its own before them."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from rorikt_lib.config.document_kind import NO_DATA, Kind, read_kind
from rorikt_lib.config.folder import DOCUMENTS, SHIPPED, Folder
from rorikt_lib.config.order import Order
from rorikt_lib.errors import InputError, Undelivered
from rorikt_lib.present.language import page_words
from rorikt_lib.publish.order import read_order
from rorikt_lib.terms.documents import KIND, REPORT, Document, check_period, last_month, monthly, parts_of
from rorikt_lib.terms.period import shift


def kinds(folder: Folder | None) -> dict[str, Kind]:
    """Name → kind of document. folder: None for those of the library alone."""
    return {name: _read(name, file) for name, file in _files(folder).items()}


def words_of(folder: Folder | None) -> dict[str, tuple[str, Kind]]:
    """Word after rorikt → name and kind of what it makes; InputError where two kinds have the same word."""
    found: dict[str, tuple[str, Kind]] = {}
    for name, kind in kinds(folder).items():
        word = kind.command or name
        if word in found:
            problem = f"{found[word][0]} and {name} are both made by rorikt {word}"
            raise InputError(problem, file=DOCUMENTS, remedy="give one of them another command")
        found[word] = name, kind
    return found


def _files(folder: Folder | None) -> dict[str, Path]:
    places = [SHIPPED, *([folder.root] if folder else [])]
    found = {file.stem: file for place in places for file in sorted((place / DOCUMENTS).glob("*.yml"))}
    return dict(sorted(found.items()))


def kind_of(folder: Folder, name: str) -> Kind:
    """The kind of document of that name; InputError where there is none."""
    files = _files(folder)
    if name not in files:
        remedy = f"use one of: {', '.join(files)}, or describe it in {DOCUMENTS}/{name}.yml"
        raise InputError(f"no kind of document is called '{name}'", remedy=remedy)
    return _read(name, files[name])


def _read(name: str, file: Path) -> Kind:
    if not re.fullmatch(KIND, name):
        remedy = "call it by small letters a to z, with - between words, as kvartalsbrev.yml"
        raise InputError("a kind of document is called as its file", file=file, remedy=remedy)
    kind = read_kind(file)
    known = page_words(is_demo=True)
    if unknown := [word for word in kind.words if word not in known]:
        raise InputError(f"no words are called {unknown[0]}", file=file, remedy=f"use one of: {', '.join(known)}")
    if name == REPORT and (kind.period, kind.data, kind.content) != ("month", "period", "."):
        remedy = "keep period: month and content: . there, or describe another document in a file of its own"
        raise InputError("the monthly report is of a month, whose data and texts it has", file=file, remedy=remedy)
    if not (kind.chapters or kind.order or kind.meeting):
        remedy = "name notebooks and narratives under chapters; see docs/documents.md"
        raise InputError("the kind has no chapters", file=file, remedy=remedy)
    return kind


def document_of(folder: Folder, kind: str, period: str) -> Document:
    """The document of a kind and period; InputError where there is no such kind, or the period is not one of its.

    Its month is the latest that its data may be of; see `with_month`.
    """
    if kind == REPORT:
        return monthly(check_period(period, "month"))
    known = kind_of(folder, kind)
    last = last_month(check_period(period, known.period))
    return Document(kind, period, shift(f"{period[:4]}-01", -1) if known.data == "year_before" else last)


def with_month(folder: Folder, document: Document) -> Document:
    """The document with the month whose data it is made of, by what the clean tables have."""
    if document.is_month or kind_of(folder, document.kind).data in (NO_DATA, "period"):
        return document
    # Takes long to import, and what has not changed is told without.
    from rorikt_lib.workbook import newest_month

    # Keys are of years: where there are no exports but them, no month is newer than another.
    with suppress(Undelivered):
        return replace(document, month=min(newest_month(folder), document.month))
    return document


def named(folder: Folder, text: str) -> Document:
    """The document that is called so, as 2024-09 or budsjett-2025; InputError where there can be none."""
    return document_of(folder, *_parts(text))


def check_name(text: str) -> str:
    """The name unchanged; InputError where no document can be called so. What is kept of it may outlive its kind."""
    _parts(text)
    return text


def _parts(text: str) -> tuple[str, str]:
    if parts := parts_of(text):
        return parts
    remedy = "write a month, as 2024-09, or a document's name, as budsjett-2025"
    raise InputError(f"'{text}' is neither a month nor a document", remedy=remedy)


def order_of(folder: Folder, kind: Kind) -> Order:
    """The chapters and pages of a kind of document."""
    return read_order(folder.own_or_shipped(kind.order)) if kind.order else kind.ordered


def texts_of(kind: Kind, document: Document) -> str:
    """The folder with the texts of a document, seen from content/: `2024-09`, `budgets/2025`."""
    return (Path(kind.content or document.kind) / document.period).as_posix()
