"""Keeps of each report its forecasts in the log, its figures of months in a snapshot. Nothing kept is changed."""

import datetime as dt
from pathlib import Path

import pandas as pd

from rorikt_lib.ledger.forecast_log import COLUMNS, additions
from rorikt_lib.ledger.restated import kept_postings
from rorikt_lib.report.forecast import forecast_rows, unrecorded_months
from rorikt_lib.report.service_desk import known_cases
from rorikt_lib.store.forecast_log import append_log, read_log
from rorikt_lib.store.snapshots import keep_snapshot
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets.restated import kept_cases, kept_figures
from rorikt_lib.workbook import Workbook


def record_earlier(book: Workbook) -> None:
    """The earlier months that the report looks back at and the log lacks, worked out now and marked as hindsight."""
    for month in unrecorded_months(book) if book.has(Source.LEDGER) else []:
        _record(book.at(month), in_hindsight=True)


def record_report(book: Workbook) -> Path | None:
    """The month's forecasts, once its report is published; nothing where the log says the same. The log's path.

    None where the report has no ledger.

    It is hindsight where a later month is reported, or the ledger has more than the month after: invoices of that are
    often booked before the report is made, but with two more months known it is no longer a forecast.
    """
    if not book.has(Source.LEDGER):
        return None
    log = read_log(book.data_root, COLUMNS)
    is_reported = ((log.period > book.month) & ~log.in_hindsight.astype(bool)).any()
    is_over = (book.table("postings").period > shift(book.month, 1)).any()
    return _record(book, in_hindsight=bool(is_reported or is_over))


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


def _record(book: Workbook, in_hindsight: bool) -> Path:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    log = read_log(book.data_root, COLUMNS)
    return append_log(book.data_root, additions(log, forecast_rows(book), in_hindsight, now))
