"""About the figures: files, rows and findings."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.measures.service_desk import case_oddities
from rorikt_lib.workbook import Workbook

# Of the newest extract; the report tells of its month's.
TOLD_BY_MONTH = ["no_purchase_date", "never_seen", "two_municipalities"]


def sources(book: Workbook) -> pd.DataFrame:
    """About the figures: one row per file: format, newest date, rows and the first characters of its checksum."""
    table = book.table("sources").assign(checksum=lambda d: d.sha256.str[:8])
    return table[
        [
            "source_file",
            "format",
            "newest",
            "rows_read",
            "rows_clean",
            "rows_set_aside",
            "rows_quarantined",
            "checksum",
        ]
    ]


def unreadable_rows(book: Workbook) -> pd.DataFrame:
    """About the figures: how many rows of each file were quarantined, per reason."""
    rows = book.table("quarantine")
    return (
        rows.groupby(["source_file", "reason"], as_index=False)
        .size()
        .rename(columns={"reason": "finding", "size": "count"})
    )


def findings(book: Workbook) -> pd.DataFrame:
    """About the figures: what was found in the files, and in the cases that the month counts.

    What the month's own counts of PCs tell of is left out; see measures.pcs.doubts_by_municipality.
    """
    found = book.table("findings")
    parts = [found[~found.finding.isin(TOLD_BY_MONTH)], case_oddities(book)]
    return pd.concat(parts)[["finding", "source_file", "count"]].reset_index(drop=True)
