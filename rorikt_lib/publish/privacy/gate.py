"""The gate: all that is about to be published is read, and refused with where it is private and where that comes from.

What is found is never repeated in a message, only what it is, on which page, and the file and row to mend.
"""

import re
from collections.abc import Collection, Iterable, Iterator, MutableSet
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError
from rorikt_lib.publish.privacy.identity import is_identity_number
from rorikt_lib.publish.privacy.origin import Origin, origin_of
from rorikt_lib.publish.privacy.people import People, Place, people_of, published_terms
from rorikt_lib.publish.privacy.pieces import Piece, pieces_of
from rorikt_lib.publish.privacy.shapes import DRIVE, HOME, Private, PrivateKind, private_shapes, readable
from rorikt_lib.store.checksums import sum_of_texts
from rorikt_lib.store.clean_tables import read_clean
from rorikt_lib.store.snapshots import FIGURES

_LISTED = 5
# Clean tables that name suppliers, categories and the like.
_WITH_TERMS = ("postings", "tickets", "devices", "allocation_costs")
_REMEDY = "take it out there, or give it under privacy.allow in workbook.yml with the reason it may be published"


class Leak(NamedTuple):
    """Something private that would be published. person: who has the name, of a name."""

    kind: PrivateKind
    page: str
    line: int | None
    text: str
    person: Place | None = None


@dataclass(frozen=True)
class Gate:
    """What the gate knows. people: who must not be named. numbers: the report's own of eight digits, as figures and
    beginnings of checksums. forbidden: folders of this machine.
    """

    people: People = field(default_factory=People)
    allowed: Collection[str] = ()
    numbers: Collection[str] = ()
    forbidden: Collection[str] = ()

    def leaks(self, folder: Path, files: Iterable[Path], harmless: MutableSet[str] | None = None) -> Iterator[Leak]:
        """What is private in files of a folder; each thing once a file.

        harmless: checksums of the texts that this gate has found nothing in, to which those found so now are added.
        """
        # Most of what a page says its files and other pages say too: what is not private in one is in none.
        harmless, known = set() if harmless is None else harmless, set[str]()
        for file in files:
            seen: set[str] = set()
            page = file.relative_to(folder).as_posix()
            for piece in pieces_of(file):
                text = piece.text
                if text in known or text in seen or (piece.is_figure and not is_identity_number(text)):
                    continue
                checksum = _checksum(text)
                found = [] if checksum in harmless else list(self._in(piece, page))
                yield from found
                if found:
                    seen.add(text)
                else:
                    known.add(text)
                    harmless.add(checksum)

    def _in(self, piece: Piece, page: str) -> Iterator[Leak]:
        text = readable(piece.text)
        let_through = [found.span() for pattern in self._patterns for found in pattern.finditer(text)]
        for private, person in self._found(text):
            if not any(start <= private.start and private.end <= end for start, end in let_through):
                yield Leak(private.kind, page, piece.line, text[private.start : private.end], person)

    def _found(self, text: str) -> Iterator[tuple[Private, Place | None]]:
        yield from ((private, None) for private in private_shapes(text, self.numbers))
        yield from self.people.named_in(text)
        for path in self.forbidden:
            if (start := text.find(path)) >= 0:
                yield Private(PrivateKind.PATH, start, start + len(path)), None

    @cached_property
    def checksum(self) -> str:
        """Of all that decides but the numbers: the same in each process, whatever order sets have there."""
        people = sorted(self.people.places.items()), sorted(self.people.ordinary), sorted(self.people.words or [])
        return sum_of_texts(*people, sorted(self.allowed), sorted(self.forbidden))

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [re.compile(rf"(?<!\w){re.escape(readable(text))}(?!\w)", re.IGNORECASE) for text in self.allowed]


def _checksum(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def gate_of(folder: Folder, figures: pd.DataFrame) -> Gate:
    """The gate of a workbook and a month's figures. Where no export was ever read, nobody is known by name."""
    settings, root = folder.settings, folder.data
    allowed = [allowed.text for allowed in settings.privacy.allow]
    allowed += [said.contact] if (said := settings.organisation.accessibility) else []
    allowed += drives_in(path.read_text("utf-8", errors="replace") for path in folder.content.rglob("*.md"))
    if not (root / "clean").exists():
        return Gate(allowed=allowed, numbers=own_numbers(figures, []))
    tables = {name: read_clean(name, root) for name in ("persons", "sources", *_WITH_TERMS)}
    people = people_of(tables["persons"], settings, published_terms(tables))
    return Gate(people, allowed, own_numbers(figures, tables["sources"].sha256))


def site_gate(folder: Folder) -> Gate:
    """The gate of a workbook for what tells of all months of its site, whose own figures are known there."""
    return gate_of(folder, pd.DataFrame({"value": []}))


def drives_in(narratives: Iterable[str]) -> set[str]:
    """The paths on drives that people write of, as where maps lie; not those that lead to somebody's own folder."""
    paths = {found[0] for text in narratives for found in DRIVE.finditer(readable(text))}
    return {path for path in paths if not HOME.search(path)}


def own_numbers(figures: pd.DataFrame, checksums: Iterable[str]) -> set[str]:
    """The report's numbers of eight digits: figures, rounded and cut, and beginnings of checksums."""
    amounts = figures.value.abs()
    amounts = amounts[amounts.between(1e7 - 1, 1e8)]
    return {f"{value:.0f}" for value in (*amounts.round(), *amounts // 1)} | {sum[:8] for sum in checksums}


def published_numbers(site: Path) -> set[str]:
    """The numbers of eight digits among the figures of every month that stands on a site."""
    figures = [pd.read_csv(file, usecols=["value"]) for file in sorted(site.glob(f"*/{FIGURES}"))]
    return own_numbers(pd.concat(figures), []) if figures else set()


def refuse(leaks: Iterable[Leak], folder: Folder | None = None, month: str = "") -> None:
    """InputError with what is private, where it would be published and where it comes from, where anything is.

    folder: the workbook that the texts and exports are looked for in.
    """
    found = list({(leak.kind, leak.page, leak.text.casefold()): leak for leak in leaks}.values())
    if not found:
        return
    first, *others = [_told(leak, folder, month) for leak in found[:_LISTED]]
    more = [f"{len(found) - _LISTED} more"] if len(found) > _LISTED else []
    problem = "; ".join(
        [first, *(f"{leak.page}: {text}" for leak, text in zip(found[1:], others, strict=False)), *more]
    )
    raise InputError(problem, file=found[0].page, line=found[0].line, remedy=_REMEDY)


def _told(leak: Leak, folder: Folder | None, month: str) -> str:
    of = f" ({leak.person.file}, line {leak.person.line}, {leak.person.column})" if leak.person else ""
    origin = origin_of(leak.text, folder, month) if folder else None
    known = leak.person and Origin(leak.person.file, leak.person.line)
    stands = f", from {origin.file}, line {origin.line}" if origin and origin != known else ""
    return f"{leak.kind}{of}{stands}"
