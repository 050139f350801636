"""What the clean tables were made from, and what was found on the way."""

import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

from rorikt_lib.terms.schemas.base import Table, day, optional


class Sources(Table):
    """One row per file in data/raw: what it was read as, its checksum and how many of its rows were used.

    rows_read = rows_clean + rows_quarantined + rows_set_aside (balance accounts, total rows, repeated headers,
    older events of a case). newest: the newest date in it, as the extract carries no clock.
    """

    source_file: str = pa.Field(unique=True)
    format: str
    table: str
    sha256: str
    newest: Series[DateTime] = day(nullable=True)
    rows_read: int
    rows_clean: int
    rows_quarantined: int
    rows_set_aside: int


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
