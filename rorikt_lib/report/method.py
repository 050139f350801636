"""How a published table was computed: from which sources, by which functions, and what its figures are called."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from rorikt_lib.present.language import caption
from rorikt_lib.present.sentences import method as words
from rorikt_lib.report.charges import budget_year
from rorikt_lib.report.declare import Figure, Table
from rorikt_lib.report.records import records
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.workbook import Workbook, if_there


@dataclass(frozen=True)
class Method:
    """What stands at a table about how it was computed.

    key: the table's. text: Markdown, a paragraph each. sources: each source's name, and in Markdown what of it counts,
    by its key. figures: the table's records, as figure, dimension and member.
    """

    key: str
    text: str
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    figures: list[list[str]] = field(default_factory=list)


def method_of(table: Table, book: Workbook) -> Method:
    """The method of a table of the month. Its dates and names are written: see present.numbers.written."""
    read = book.sources_of(table.compute)
    told = words.sources(book.month, book.ticket_cut_off, book.device_cut_off, if_there(budget_year, book))
    sources = {key: told[key] for key in told if key in read}
    figures = records(table, book)[KEY].to_numpy().tolist()
    paragraphs = [
        words.made_of({key: name for key, (name, _) in sources.items()}),
        words.definitions(definition_of(table.key), table.meanings(book)),
        words.made_by(functions(table)),
        words.figures(table.key, _names(table) if figures else {}),
    ]
    return Method(table.key, "\n\n".join(filter(None, paragraphs)), sources, figures)


def definition_of(key: str) -> str:
    """What a table counts; of a part what the whole does, empty where nothing is said."""
    return key and (caption("definitions", key) or definition_of(key.rpartition("-")[0]))


def functions(table: Table) -> list[str]:
    """The full names of the functions that compute a table, in the order that they are called in."""
    return list(dict.fromkeys(_functions(table.compute)))


def _functions(made: object) -> Iterator[str]:
    """Those of a table, a part of one, or a function: first those that give what it takes."""
    made = made.func if isinstance(made, partial) else made
    made = getattr(made, "__self__", made)
    if isinstance(made, Table):
        yield from _functions(made.compute)
    elif hasattr(made, "__qualname__"):
        for one in getattr(made, "of", ()):
            yield from _functions(one)
        own = getattr(made, "__wrapped__", made)
        yield f"{own.__module__}.{own.__qualname__}"


def _names(table: Table) -> dict[str, list[str]]:
    """Dimension → the names of the table's figures that have it."""
    names: dict[str, list[str]] = {}
    for given in table.figures.values():
        by = given.by if isinstance(given, Figure) and given.by is not None else table.by
        dimension = "|".join(by.values() if hasattr(by, "values") else by)
        names.setdefault(dimension, []).append(given.name if isinstance(given, Figure) else given)
    return names
