"""Every number of the report as one tidy frame: all declared tables' records."""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import numpy as np
import pandas as pd

import rorikt_lib.report
from rorikt_lib.errors import InputError
from rorikt_lib.report.declare import Table
from rorikt_lib.report.records import COLUMNS, all_records
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.workbook import Frames, Workbook, once

# In the report's order.
_NAMES = """
economy forecast invoices sharing pcs pc_changes pc_plan windows usage service_desk backlog service_level
spread breaches forecast_page accuracy budget cuts investments settlement step_prices scenarios quality pc_doubts
restated news
"""
CHAPTERS = [import_module(f"rorikt_lib.report.{name}") for name in _NAMES.split()]
# Its tables are of what several months have published, and of no month.
_ACROSS = "development"


def of_documents() -> dict[str, ModuleType]:
    """Name → module of each chapter that the monthly report does not have: other kinds of documents name theirs."""
    names = [found.name for found in iter_modules(rorikt_lib.report.__path__) if found.name != _ACROSS]
    modules = {name: import_module(f"rorikt_lib.report.{name}") for name in names}
    return {name: module for name, module in modules.items() if module not in CHAPTERS and _declared(module)}


def all_chapters() -> list[ModuleType]:
    """The chapters of all documents."""
    return [*CHAPTERS, *of_documents().values()]


def tables(*more: str) -> dict[str, Table]:
    """Key → declared table, of all chapters of the monthly report. TypeError where two have one key.

    more: names of modules with chapters of other documents, whose tables count, too; InputError where there is none.
    """
    made: dict[str, tuple[str, Table]] = {}
    chapters = [*CHAPTERS, *_named(more)]
    for name, table in ((f"{c.__name__}.{n}", t) for c in chapters for n, t in _declared(c).items()):
        first, kept = made.setdefault(table.key, (name, table))
        if kept is not table:
            raise TypeError(f"{first} and {name} have one key, {table.key}: give one of them another")
    return {key: table for key, (_, table) in made.items()}


def _named(names: Sequence[str]) -> list[ModuleType]:
    known = of_documents() if names else {}
    if unknown := [name for name in names if name not in known]:
        remedy = f"use one of: {', '.join(known)}" if known else "leave it out"
        raise InputError(f"no document has tables called {unknown[0]}", remedy=remedy)
    return [known[name] for name in names]


def _declared(chapter: ModuleType) -> dict[str, Table]:
    return {name: value for name, value in vars(chapter).items() if isinstance(value, Table)}


def all_tables() -> dict[str, Table]:
    """Key → declared table, of the chapters of all documents."""
    return tables(*of_documents())


def frames(*more: str) -> Frames:
    """Key → what works out a declared table's frame, of all chapters; more: see `tables`."""
    return {key: table.compute for key, table in tables(*more).items()}


@once
def collect(book: Workbook, *more: str) -> pd.DataFrame:
    """All figures of the month, in the report's order; what is not known is left out. more: see `tables`.

    A number that two tables show stands once. InputError where they show it differently.
    """
    made = all_records(tables(*more).values(), book)
    first = made.groupby(KEY, sort=False).value.transform("first")
    differs = ~np.isclose(made.value, first, rtol=1e-9, atol=1e-9)
    if differs.any():
        named = ", ".join(made[differs].figure.str.cat(made[differs].member, sep="|").unique())
        raise InputError(f"tables of {book.month} show different values of {named}", remedy="report this fault")
    return made.drop_duplicates(KEY, ignore_index=True)[COLUMNS]
