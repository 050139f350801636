"""Om tallene: the files that the report is made from, what of them could not be read, and what was odd in them."""

from importlib.metadata import version
from operator import attrgetter

import pandas as pd

from rorikt_lib.present.sentences import quality as words
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.service_desk import case_oddities
from rorikt_lib.terms.reasons import Doubt
from rorikt_lib.workbook import Workbook, if_there

# Of the newest extract; the report has its own month's.
REPORTED_BY_MONTH = [Doubt.NO_PURCHASE_DATE, Doubt.NEVER_SEEN, Doubt.TWO_MUNICIPALITIES]

_ROWS = ["rows_read", "rows_clean", "rows_set_aside", "rows_quarantined"]
SOURCES = Table(
    "kilder",
    lambda book: book.table("sources").assign(checksum=lambda d: d.sha256.str[:8]),
    ["source_file"],
    named("sources", *_ROWS),
    columns=["source_file", "format", "newest", *_ROWS, "checksum"],
)


def unreadable_rows(book: Workbook) -> pd.DataFrame:
    """source_file, finding, count: how many rows of each file were quarantined, per reason."""
    rows = book.table("quarantine").rename(columns={"reason": "finding"})
    return rows.groupby(["source_file", "finding"], as_index=False).size().rename(columns={"size": "count"})


UNREAD = Table("ulest", unreadable_rows, ["source_file", "finding"], named("sources", count="unreadable_rows"))


def findings(book: Workbook) -> pd.DataFrame:
    """finding, source_file, count: what was found in the files, and in the cases that the month counts.

    What the month's own counts of PCs show is left out; see report.pcs.
    """
    in_files = book.table("findings")
    found = pd.concat([in_files[~in_files.finding.isin(REPORTED_BY_MONTH)], if_there(case_oddities, book)])
    # A file of several sheets may have a finding in each.
    return found.groupby(["finding", "source_file"], as_index=False, dropna=False, sort=False)["count"].sum()


FINDINGS = Table("funn", findings, ["finding", "source_file"], named("sources", count="findings"))

origin = from_book(words.origin, version("rorikt"), attrgetter("is_demo"))
rows_summary = from_book(words.rows_summary, SOURCES)
