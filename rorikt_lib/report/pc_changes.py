"""Rullering av PC-er: what changed since the month before, and how far stock and orders reach."""

import pandas as pd

from rorikt_lib.devices import changes
from rorikt_lib.present.sentences import pc_changes as words
from rorikt_lib.report.declare import MONTH, Table, from_book, named
from rorikt_lib.report.pcs import (
    OWNER,
    extract_of,
    in_use_before,
    is_counted_alike,
    owners,
    pc_extract,
    pc_rollover,
    rollover_of,
)
from rorikt_lib.terms.period import shift
from rorikt_lib.workbook import Workbook, once


@once
def pc_changes(book: Workbook) -> pd.DataFrame:
    """See devices.changes.changes, against the extract of the month before."""
    return changes.changes(extract_of(book, shift(book.month, -1)), pc_extract(book), book.month, owners(book))


@once
def pc_coverage(book: Workbook) -> pd.DataFrame:
    """See devices.changes.coverage, against the month before: its PCs and stock, counted as the report's are."""
    return changes.coverage(pc_rollover(book), rollover_of(book, in_use_before(book), shift(book.month, -1)))


_NEED = named("devices", "to_order", "covered_share", to_order_before="to_order_last_month")
COVERAGE = Table("pc-dekning", pc_coverage, OWNER, named("devices", "due", "available", "covered", "spare") | _NEED)
CHANGES = Table(
    "pc-endring",
    from_book(changes.with_need, pc_changes, COVERAGE),
    OWNER,
    named("devices", *changes.COUNTS) | _NEED,
    columns=[*OWNER, *changes.COUNTS, "to_order_before", "to_order", "covered_share"],
    if_known=["covered_share"],
    total=True,
    caption=lambda book, _: words.changes_caption(book.month, is_counted_alike(book)),
)

changes_summary = from_book(words.changes_summary, CHANGES, MONTH)
coverage_summary = from_book(words.coverage_summary, COVERAGE, MONTH, is_counted_alike)
