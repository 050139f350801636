"""Every number of the report as one tidy frame: all declared tables' records."""

from importlib import import_module

import numpy as np
import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.report.declare import Table
from rorikt_lib.report.records import COLUMNS, records
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.workbook import Frames, Workbook, once

# In the report's order.
_NAMES = """
economy forecast invoices sharing pcs pc_changes pc_plan windows usage service_desk backlog service_level
spread breaches forecast_page accuracy budget cuts investments settlement step_prices scenarios quality pc_doubts
restated news
"""
CHAPTERS = [import_module(f"rorikt_lib.report.{name}") for name in _NAMES.split()]


def tables() -> dict[str, Table]:
    """Key → declared table, of all chapters. TypeError where two have one key."""
    made: dict[str, tuple[str, Table]] = {}
    for name, table in ((f"{c.__name__}.{n}", v) for c in CHAPTERS for n, v in vars(c).items() if isinstance(v, Table)):
        first, kept = made.setdefault(table.key, (name, table))
        if kept is not table:
            raise TypeError(f"{first} and {name} have one key, {table.key}: give one of them another")
    return {key: table for key, (_, table) in made.items()}


def frames() -> Frames:
    """Key → what works out a declared table's frame, of all chapters."""
    return {key: table.compute for key, table in tables().items()}


@once
def collect(book: Workbook) -> pd.DataFrame:
    """All figures of the month, in the report's order; what is not known is left out.

    A number that two tables show stands once. InputError where they show it differently.
    """
    made = pd.concat([records(table, book) for table in tables().values()], ignore_index=True)
    first = made.groupby(KEY, sort=False).value.transform("first")
    differs = ~np.isclose(made.value, first, rtol=1e-9, atol=1e-9)
    if differs.any():
        named = ", ".join(made[differs].figure.str.cat(made[differs].member, sep="|").unique())
        raise InputError(f"tables of {book.month} show different values of {named}", remedy="report this fault")
    return made.drop_duplicates(KEY, ignore_index=True)[COLUMNS]
