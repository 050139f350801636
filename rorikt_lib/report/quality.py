"""Om tallene: the files that the report is made from, what of them could not be read, and what was odd in them."""

from dataclasses import replace
from importlib.metadata import version
from operator import attrgetter

import pandas as pd

from rorikt_lib.present.sentences import quality as words
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.service_desk import case_oddities
from rorikt_lib.terms.period import first_day, shift
from rorikt_lib.terms.reasons import Doubt
from rorikt_lib.terms.schemas import TIME_ZONE
from rorikt_lib.workbook import Workbook, if_there, once

# Of the newest extract; the report has its own month's.
REPORTED_BY_MONTH = [Doubt.NO_PURCHASE_DATE, Doubt.NEVER_SEEN, Doubt.TWO_MUNICIPALITIES]

_ROWS = ["rows_read", "rows_clean", "rows_quarantined", "rows_set_aside", "rows_later"]


@once
def known_files(book: Workbook) -> pd.DataFrame:
    """The files that the month's report could know: those with rows of its time, or without any time.

    One row per file, as the sources table has them, and: newest, the newest date of its rows up to the cut-off;
    rows_clean without, and rows_later, the rows after it; is_later: whether it has such, or was itself made after it.
    """
    rows = book.table("source_rows")
    cut_off = rows.table.map({table: _cut_off(book, table) for table in rows.table.unique()})
    cut_off = cut_off.astype(rows["at"].dtype)
    day = cut_off.dt.tz_localize(None).dt.normalize()
    is_known = ~(rows["at"] > cut_off)
    of_file = rows.assign(
        newest=rows.dated_on.where(is_known & (rows.dated_on <= day)),
        rows_later=rows.rows.mask(is_known, 0),
        is_known=is_known,
        ends=day,
    ).groupby("source_file")
    told = of_file.agg({"newest": "max", "rows_later": "sum", "is_known": "any", "ends": "max"})
    files = book.table("sources").join(told, on="source_file")
    files = files[files.is_known.astype("boolean").fillna(True).astype(bool)].reset_index(drop=True)
    later = files.rows_later.fillna(0).astype(int)
    is_later = (files.taken_on > files.ends) | (later > 0)
    return files.assign(rows_later=later, rows_clean=files.rows_clean - later, is_later=is_later)


def _cut_off(book: Workbook, table: str) -> pd.Timestamp:
    """The instant up to which the month counts the rows of a clean table."""
    if table == "tickets":
        return book.ticket_cut_off
    if table.startswith("device"):
        return book.device_cut_off
    return pd.Timestamp(first_day(shift(book.month, 1)), tz=TIME_ZONE) - pd.Timedelta(microseconds=1)


def files_taken(files: pd.DataFrame, later: bool) -> pd.DataFrame:
    """The files that end at the cut-off or before it, or those that reach beyond it."""
    return files[files.is_later == later].reset_index(drop=True)


FILES = Table("kilder-alle", known_files, ["source_file"], named("sources", *_ROWS))
_SHOWN = ["source_file", "format", "taken_on", "newest", *_ROWS]
SOURCES = replace(FILES, key="kilder", compute=from_book(files_taken, FILES, False), columns=_SHOWN[:-1])
LATER = replace(FILES, key="kilder-senere", compute=from_book(files_taken, FILES, True), columns=_SHOWN)
CHECKSUMS = Table("sjekksummer", known_files, ["source_file"], {}, columns=["source_file", "sha256"])


def of_known_files(name: str, book: Workbook) -> pd.DataFrame:
    """The rows of a clean table without those of files that the report could not know."""
    rows, files = book.table(name), book.table("sources").source_file
    unknown = files[~files.isin(known_files(book).source_file)]
    return rows[~rows.source_file.isin(unknown)]


def unreadable_rows(book: Workbook) -> pd.DataFrame:
    """source_file, finding, count: how many rows of each file were quarantined, per reason."""
    rows = of_known_files("quarantine", book).rename(columns={"reason": "finding"})
    return rows.groupby(["source_file", "finding"], as_index=False).size().rename(columns={"size": "count"})


UNREAD = Table("ulest", unreadable_rows, ["source_file", "finding"], named("sources", count="unreadable_rows"))


def findings(book: Workbook) -> pd.DataFrame:
    """finding, source_file, count: what was found in the files, and in the cases that the month counts.

    What the month's own counts of PCs show is left out; see report.pcs.
    """
    in_files = of_known_files("findings", book)
    found = pd.concat([in_files[~in_files.finding.isin(REPORTED_BY_MONTH)], if_there(case_oddities, book)])
    # A file of several sheets may have a finding in each.
    return found.groupby(["finding", "source_file"], as_index=False, dropna=False, sort=False)["count"].sum()


FINDINGS = Table("funn", findings, ["finding", "source_file"], named("sources", count="findings"))

origin = from_book(words.origin, version("rorikt"), attrgetter("is_demo"))
rows_summary = from_book(words.rows_summary, FILES)
later_summary = from_book(words.later_summary, LATER)
