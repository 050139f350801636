"""Keeps of each report its forecasts in the log, its figures of months in a snapshot. Nothing kept is changed."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rorikt_lib.ledger.forecast_log import COLUMNS, additions, is_hindsight, mended
from rorikt_lib.ledger.restated import kept_postings
from rorikt_lib.report.forecast import forecast_rows
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.store.forecast_log import append_log, only_writer, read_log, write_log
from rorikt_lib.store.snapshots import keep_snapshot
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import months_of
from rorikt_lib.tickets.restated import kept_cases, kept_figures
from rorikt_lib.workbook import Workbook


@dataclass(frozen=True)
class Recorded:
    """The forecast log after a month was recorded. is_mended: it had rows twice, and has no more."""

    log: Path
    is_mended: bool = False


def record_report(book: Workbook, now: dt.datetime | None = None) -> Recorded | None:
    """The month's forecasts, once its report is published; nothing where the log says the same.

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
        path = append_log(root, additions(log, rows, in_hindsight, now.isoformat(timespec="seconds")))
    return Recorded(path, is_mended)


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
