"""Keeps of each report its forecasts in the log, its figures of months in a snapshot. Nothing kept is changed.

They are kept before the report is made of them, by one month at a time: the next month's may then begin, and knows what
this one says. Of a report that could not be made, what was added is taken back.
"""

import datetime as dt
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rorikt_lib.ledger.forecast_log import COLUMNS, additions, is_hindsight, mended
from rorikt_lib.ledger.restated import kept_postings
from rorikt_lib.report.forecast import forecast_rows
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.store.folders import log_path
from rorikt_lib.store.forecast_log import append_log, only_writer, read_log, write_log
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.store.snapshots import keep_snapshot, read_snapshots
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import months_of
from rorikt_lib.tickets.restated import kept_cases, kept_figures
from rorikt_lib.workbook import Workbook


@dataclass(frozen=True)
class Recorded:
    """The forecast log after a month was recorded.

    is_mended: it had rows twice, and has no more. added_at: what its new rows say; None where there are none.
    """

    log: Path
    is_mended: bool = False
    added_at: str | None = None


@dataclass(frozen=True)
class Kept:
    """What a report keeps. log: None without a ledger. snapshot: None without ledger and cases; is_new: by this run."""

    log: Recorded | None
    snapshot: Path | None
    is_new: bool


def recorder(root: Path, waits: Callable[[], None] = lambda: None) -> AbstractContextManager[None]:
    """While it lasts, no other month reads what earlier ones kept and adds to it; others wait.

    root: the data root. waits: called where this month has to.
    """
    return one_at_a_time(log_path(root).with_name("months.lock"), waits)


def record(book: Workbook, figures: pd.DataFrame) -> Kept:
    """What the month's report forecasts and publishes, kept; nothing is added where the same is kept already."""
    snapshots = {one.folder for one in read_snapshots(book.data_root)}
    log, snapshot = record_report(book), record_snapshot(book, figures)
    return Kept(log, snapshot, snapshot is not None and snapshot not in snapshots)


def take_back(book: Workbook, kept: Kept) -> None:
    """Removes what `record` added for the month, of which no report was made."""
    root = book.data_root
    if kept.log and kept.log.added_at:
        with only_writer(root):
            log = read_log(root, COLUMNS)
            write_log(root, log[(log.period != book.month) | (log.recorded_at != kept.log.added_at)])
    if kept.snapshot and kept.is_new:
        shutil.rmtree(kept.snapshot)


def record_report(book: Workbook, now: dt.datetime | None = None) -> Recorded | None:
    """The month's forecasts, added to the log; nothing where it says the same.

    None where the report has no ledger. now: the time, with its zone.
    """
    if not book.has(Source.LEDGER):
        return None
    now, root, rows = now or dt.datetime.now(dt.UTC), book.data_root, forecast_rows(book)
    newest = months_of(book.table("postings").period).max()
    with only_writer(root):
        found = read_log(root, COLUMNS)
        log = mended(found)
        if is_mended := log is not found:
            write_log(root, log)
        in_hindsight = is_hindsight(log, book.month, newest, f"{now:%Y-%m}")
        new = additions(log, rows, in_hindsight, now.isoformat(timespec="seconds"))
        path = append_log(root, new)
    return Recorded(path, is_mended, new.recorded_at.iloc[0] if len(new) else None)


def record_snapshot(book: Workbook, figures: pd.DataFrame) -> Path | None:
    """What the report published of months, and the cases and postings it counted; nothing where that is kept already.

    None where the report has neither cases nor a ledger.
    """
    if not book.has(Source.TICKETS) and not book.has(Source.LEDGER):
        return None
    cases = kept_cases(known_cases(book)) if book.has(Source.TICKETS) else None
    postings = kept_postings(book.table("postings"), book.month) if book.has(Source.LEDGER) else None
    now = dt.datetime.now(dt.UTC)
    return keep_snapshot(book.data_root, book.month, book.ticket_cut_off, kept_figures(figures), cases, now, postings)
