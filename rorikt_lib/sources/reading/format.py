"""What a format is, and which format a header row belongs to. Recognise before parsing: the unknown is refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.terms.schemas import empty


@dataclass(frozen=True)
class RawTable:
    """Rows of one recognised format: columns = our fields (text, missing if empty), index = line number.

    The index is unique, as it identifies a row. Where a line may hold many rows (XML) it is the row's place in
    the file, and `lines` has the line number of each. decimal: their sign, None where each column says it.
    findings: what reading the file found already. taken_on: the day that the file says it was made, where it says one.
    """

    source_file: str
    frame: pd.DataFrame
    decimal: str | None = None
    lines: pd.Series | None = None
    findings: pd.DataFrame = field(default_factory=lambda: empty("findings"))
    taken_on: pd.Timestamp = pd.NaT


@dataclass(frozen=True)
class Cleaned:
    """What one raw table or file gave: clean rows, quarantined rows, findings, and the number of rows set aside.

    events: the states of its cases as ticket_events has them, where it has a history. log: the raw rows where each is
    an event, as an export of more of the same log changes what they say. taken_on: see RawTable. persons: who
    stands in its person columns, as the clean table has them.
    """

    table: str
    frame: pd.DataFrame
    quarantine: pd.DataFrame = field(default_factory=lambda: empty("quarantine"))
    findings: pd.DataFrame = field(default_factory=lambda: empty("findings"))
    set_aside: int = 0
    events: pd.DataFrame = field(default_factory=lambda: empty("ticket_events"))
    log: RawTable | None = None
    taken_on: pd.Timestamp = pd.NaT
    persons: pd.DataFrame = field(default_factory=lambda: empty("persons"))


@dataclass(frozen=True)
class Format:
    """A declaration: their header → our field, what must be there, and how the rows are cleaned.

    one_of: groups of fields of which at least one must be there whole (one amount column, or debit and credit).
    extra_cells: whether what stands after the last column is left out, and counted; else such a row is refused.
    described: whether it is a budget of workbook.yml, whose headers other formats have too.
    side_remedy: what to do about a column of debit and credit that is not read, {} its header; None where none matters.
    unfold: a raw table → those that its rows are read as, where one row has several amounts.
    """

    name: str
    table: str
    headers: dict[str, str]
    required: frozenset[str]
    clean: Callable[[RawTable, Settings], Cleaned]
    one_of: tuple[frozenset[str], ...] = ()
    extra_cells: bool = False
    described: bool = False
    side_remedy: str | None = None
    unfold: Callable[[RawTable], list[RawTable]] = lambda raw: [raw]

    def fields_of(self, header: Iterable[str]) -> list[str | None]:
        """Our field for each cell of a header row, None for a column the format does not use."""
        known = {normalise(theirs): ours for theirs, ours in self.headers.items()}
        return [known.get(normalise(cell)) for cell in header]

    def matches(self, header: Iterable[str]) -> bool:
        """Whether a header row holds all that the format needs."""
        found = set(self.fields_of(header))
        return self.required <= found and (not self.one_of or any(group <= found for group in self.one_of))


def normalise(header: object) -> str:
    """A header as compared: case, white space and quotes do not count."""
    return " ".join(str(header).replace("\u00a0", " ").strip(" \"'*\ufeff").casefold().split())


def with_aliases(formats: list[Format], aliases: dict[str, dict[str, str]]) -> list[Format]:
    """The formats with the other header names of workbook.yml added; an unknown format or header is an InputError."""
    known = {f.name: f for f in formats}
    for name, names in aliases.items():
        for ours in names.values():
            if name not in known or ours not in known[name].headers:
                what, choice = ("format", known) if name not in known else (f"header '{ours}'", known[name].headers)
                remedy = f"use one of: {'; '.join(choice)}"
                raise InputError(f"header_aliases: {name}: no such {what}", file="workbook.yml", remedy=remedy)
    added = {f.name: {other: f.headers[ours] for other, ours in aliases.get(f.name, {}).items()} for f in formats}
    return [replace(f, headers=f.headers | added[f.name]) for f in formats]


def recognise(header: list[str], formats: list[Format]) -> Format | None:
    """The format that a header row belongs to: of those that match, the one that uses most of its columns.

    A mapping of a budget goes before that, where it names a header that the other does not know.
    """

    def most(choice: list[Format]) -> Format | None:
        return max(choice, key=lambda f: sum(x is not None for x in f.fields_of(header)), default=None)

    matching = [f for f in formats if f.matches(header)]
    best = most(matching)
    mapped = [f for f in matching if f.described and f is not best and None in best.fields_of(f.headers)]
    return most(mapped) or best
