"""Keeps of each report its forecasts in the log, its figures of months in a snapshot. Nothing kept is changed.

They are kept before the report is made of them, by one month at a time: the next month's may then begin, and knows what
this one says. Of a report that could not be made, what was added is taken back: a mark says what is to be, also where
the run that made it was killed.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from rorikt_lib.ledger.forecast_log import COLUMNS, OF_SUM, additions, is_hindsight, mended
from rorikt_lib.ledger.restated import kept_postings
from rorikt_lib.report.forecast import forecast_rows
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.store.drafts import draft_file
from rorikt_lib.store.folders import log_path
from rorikt_lib.store.forecast_log import append_log, only_writer, read_log, write_log
from rorikt_lib.store.locks import if_free, one_at_a_time
from rorikt_lib.store.replace import replace_file
from rorikt_lib.store.snapshots import keep_snapshot, read_snapshots
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import months_of
from rorikt_lib.tickets.restated import kept_cases, kept_figures
from rorikt_lib.workbook import Workbook

# Beside the forecast log: what a run has kept of a month, and made no report of yet.
_MARK = "pending-{}.txt"


@dataclass(frozen=True)
class Recorded:
    """The forecast log after a month was recorded.

    is_mended: it had rows twice, and has no more.
    """

    log: Path
    is_mended: bool = False


class Kept(NamedTuple):
    """What a report keeps. log: None without a ledger. snapshot: None without ledger and cases."""

    log: Recorded | None
    snapshot: Path | None


@contextmanager
def recorder(root: Path, month: str, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """While it lasts, no other month reads what earlier ones kept and adds to it; others wait.

    For the only run of the month (see job.only_run). What runs kept that were killed before they made a report of it
    is taken back first. root: the data root. waits: called where this month has to.
    """
    with one_at_a_time(log_path(root).with_name("months.lock"), waits):
        for mark in log_path(root).parent.glob(_MARK.format("*")):
            of = mark.stem.removeprefix(_MARK.format("").removesuffix(".txt"))
            with if_free(draft_file(root, of).with_suffix(".lock")) as is_free:
                if is_free or of == month:
                    take_back(root, of)
        yield


def record(book: Workbook, figures: pd.DataFrame) -> Kept:
    """What the month's report forecasts and publishes, kept; nothing is added where the same is kept already.

    Until it is settled, it is marked as what no report was made of yet.
    """
    now = dt.datetime.now(dt.UTC)
    replace_file(_mark(book.data_root, book.month), now.isoformat().encode())
    return Kept(record_report(book, now), record_snapshot(book, figures, now))


def settle(root: Path, month: str) -> None:
    """The month's report is made: what it keeps stays."""
    _mark(root, month).unlink(missing_ok=True)


def take_back(root: Path, month: str) -> None:
    """Removes what was kept for a month of which no report was made."""
    mark = _mark(root, month)
    at = dt.datetime.fromisoformat(mark.read_text(encoding="utf-8"))
    with only_writer(root):
        log = read_log(root, COLUMNS, OF_SUM)
        is_of_run = (log.period == month) & (log.recorded_at == at.isoformat(timespec="seconds"))
        if is_of_run.any():
            write_log(root, log[~is_of_run])
    for one in read_snapshots(root):
        if one.period == month and one.facts.made_at == at:
            shutil.rmtree(one.folder)
    mark.unlink()


def _mark(root: Path, month: str) -> Path:
    return log_path(root).with_name(_MARK.format(month))


def record_report(book: Workbook, now: dt.datetime | None = None) -> Recorded | None:
    """The month's forecasts, added to the log; nothing where it says the same.

    None where the report has no ledger. now: the time, with its zone.
    """
    if not book.has(Source.LEDGER):
        return None
    now, root, rows = now or dt.datetime.now(dt.UTC), book.data_root, forecast_rows(book)
    newest = months_of(book.table("postings").period).max()
    with only_writer(root):
        found = read_log(root, COLUMNS, OF_SUM)
        log = mended(found)
        if is_mended := log is not found:
            write_log(root, log)
        in_hindsight = is_hindsight(log, book.month, newest, f"{now:%Y-%m}")
        path = append_log(root, additions(log, rows, in_hindsight, now.isoformat(timespec="seconds")), OF_SUM)
    return Recorded(path, is_mended)


def record_snapshot(book: Workbook, figures: pd.DataFrame, now: dt.datetime | None = None) -> Path | None:
    """What the report published of months, and the cases and postings it counted; nothing where that is kept already.

    None where the report has neither cases nor a ledger.
    """
    if not book.has(Source.TICKETS) and not book.has(Source.LEDGER):
        return None
    cases = kept_cases(known_cases(book)) if book.has(Source.TICKETS) else None
    postings = kept_postings(book.table("postings"), book.month) if book.has(Source.LEDGER) else None
    now = now or dt.datetime.now(dt.UTC)
    return keep_snapshot(book.data_root, book.month, book.ticket_cut_off, kept_figures(figures), cases, now, postings)
