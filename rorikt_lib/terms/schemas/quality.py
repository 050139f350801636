"""What the clean tables were made from, and what was found on the way."""

import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.schemas.base import Table, day, instant, optional


class Sources(Table):
    """One row per file in data/raw: what it was read as, its checksum and how many of its rows were used.

    rows_read = rows_clean + rows_quarantined + rows_set_aside (balance accounts, total rows, repeated headers,
    older events of a case). taken_on: the day that the file says it was made, else the newest date in it that can be:
    an extract without a clock was taken on that day at the earliest.
    """

    source_file: str = pa.Field(unique=True)
    format: str
    table: str
    sha256: str
    taken_on: Series[DateTime] = day(nullable=True)
    rows_read: int
    rows_clean: int
    rows_quarantined: int
    rows_set_aside: int


class SourceRows(Table):
    """One row per file, clean table, instant and day: how many clean rows of the file count from then.

    at: when a row counts from: its accounting period, when the case was created, when the PCs were extracted; missing
    where a row has no time. dated_on: the newest date of the rows that can be. rows: 0 of a copy of another file.
    """

    source_file: str
    table: str
    at: Series[DateTime] = instant()
    dated_on: Series[DateTime] = day(nullable=True)
    rows: int


class Quarantine(Table):
    """One row per raw row that could not be read: where it stands, why, and its text. Never published."""

    table: str
    source_file: str
    source_line: int
    reason: str
    detail: str
    raw: str


class Findings(Table):
    """One row per thing found in the exports that a reader should know of. count: rows or files concerned."""

    table: str
    source_file: str = optional()
    finding: str
    count: int
    detail: str = optional()
