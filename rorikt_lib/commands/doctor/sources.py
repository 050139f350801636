"""Which sources the exports have, how new they are, and whether they reach a month."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.commands.doctor.line import Line, lacks, ok
from rorikt_lib.commands.init.expected import SOURCES
from rorikt_lib.month.freshness import State, ages
from rorikt_lib.sources.read_file import FORMATS
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import months_of
from rorikt_lib.workbook import Workbook, if_there

# Clean table → the column that says how new its rows are, what the table is called, and which chapters are of it.
TABLES = {
    "postings": ("period", "ledger", Source.LEDGER),
    "budget_lines": ("year", "budget", Source.LEDGER),
    "adopted_forecasts": ("period", "adopted forecasts", Source.LEDGER),
    "tickets": ("created_at", "cases", Source.TICKETS),
    "devices": ("extracted_on", "PCs", Source.DEVICES),
    "device_register": ("", "purchase register", Source.DEVICES),
    "device_stock": ("date", "stock and orders", Source.DEVICES),
    "usage": ("date", "portal and chatbot", Source.USAGE),
    "allocation_keys": ("year", "keys of the cost sharing", Source.SHARING),
    "allocation_costs": ("year", "costs of the cost sharing", Source.SHARING),
}
_FOLDER = {form.table: folder for folder, source in SOURCES.items() for form in FORMATS if form.name in source.formats}
_YEARLY = {"budget_lines", "allocation_keys", "allocation_costs"}


def sources(book: Workbook) -> list[Line]:
    """A line a table of the chapters that the organisation has; see `source`."""
    chapters = book.settings.organisation.chapters
    return [source(book, table) for table, (*_, chapter) in TABLES.items() if chapters is None or chapter in chapters]


def source(book: Workbook, table: str) -> Line:
    """How many files, and how new they are; lacking where there are none, or they end before the month or its year."""
    column, name, _ = TABLES[table]
    rows = if_there(lambda opened: opened.table(table), book)
    remedy = f"put the export in {book.data_root / 'raw' / _FOLDER[table]}"
    if rows is None or rows.empty:
        return lacks(name, "no exports", remedy)
    listed = book.table("sources").table.str.split(" + ", regex=False)
    files = sum(table in tables for tables in listed)
    said = f"{files} {'file' if files == 1 else 'files'}"
    if not column:
        return ok(name, said)
    newest = _newest(rows[column])
    said = f"{said}, newest {newest}"
    wanted = book.month[:4] if table in _YEARLY else book.month
    return ok(name, said) if newest[: len(wanted)] >= wanted else lacks(name, f"{said}, before {wanted}", remedy)


def freshness(book: Workbook) -> Line:
    """Whether rorikt run would find the exports new enough for the month."""
    if late := [str(age) for age in ages(book) if age.state in (State.LATE, State.MISSING)]:
        remedy = "put newer exports there; unattended.freshness in workbook.yml says how new they must be"
        return lacks("freshness", "; ".join(late), remedy)
    return ok("freshness", f"no source is too old for {book.month}")


def _newest(cells: pd.Series) -> str:
    """The newest month, day or year."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_dtype(cells):
        return f"{cells.max():%Y-%m-%d}"
    return str(cells.max()) if pd.api.types.is_numeric_dtype(cells) else str(months_of(cells).max())
