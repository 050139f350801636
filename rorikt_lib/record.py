"""Keeps what each report forecast: writes to the forecast log, which never loses or changes a row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rorikt_lib import measures
from rorikt_lib.forecast_file import append_log, read_log
from rorikt_lib.ledger.forecast_log import COLUMNS, additions
from rorikt_lib.period import shift
from rorikt_lib.workbook import Workbook


def record_earlier(book: Workbook) -> None:
    """The earlier months that the report looks back at and the log lacks, worked out now and marked as hindsight."""
    for month in measures.unrecorded_months(book):
        _record(book.at(month), in_hindsight=True)


def record_report(book: Workbook) -> Path:
    """The month's forecasts, once its report is published; nothing where the log says the same. The log's path.

    It is hindsight where a later month is reported, or the ledger has more than the month after: invoices of that are
    often booked before the report is made, but who has two months more is not foretelling.
    """
    log = read_log(book.data_root, COLUMNS)
    is_reported = ((log.period > book.month) & ~log.in_hindsight.astype(bool)).any()
    is_over = (book.table("postings").period > shift(book.month, 1)).any()
    return _record(book, in_hindsight=bool(is_reported or is_over))


def _record(book: Workbook, in_hindsight: bool) -> Path:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    log = read_log(book.data_root, COLUMNS)
    return append_log(book.data_root, additions(log, measures.forecast_rows(book), in_hindsight, now))
