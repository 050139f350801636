"""A month whose cases were counted before it ended: compared with the same working days, and marked where it is shown.

A frame that shows such a month has a column `until`: how far it is counted, missing in the rows of other months. Its
caption and its charts say so; a whole month has no such column.
"""

from collections.abc import Callable

import pandas as pd

from rorikt_lib.report.declare import MONTH, from_book
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets import cases, oddities, same_days
from rorikt_lib.workbook import Workbook, once

BY_MONTH = "month"


@once
def counted_until(book: Workbook) -> pd.Timestamp:
    """How far the month's cases reach: the cut-off, or the last event where the exports stop before it.

    They do where the desk has been silent longer than it ever is; see oddities.has_stopped.
    """
    tickets = book.table("tickets")
    newest = cases.newest_event(tickets)
    return newest if oddities.has_stopped(tickets.created_at, newest, book.ticket_cut_off) else book.ticket_cut_off


@once
def compared_points(book: Workbook) -> pd.DataFrame:
    """See same_days.points: the month last year, the month before and the month, none before the first case's."""
    months = [shift(book.month, -12), shift(book.month, -1), book.month]
    return same_days.points(
        cases.months_with_cases(book.table("tickets"), months), counted_until(book), book.settings.tickets
    )


def marked(frame: pd.DataFrame, until: pd.Timestamp, month: str) -> pd.DataFrame:
    """`frame` with `until` in the rows of the report's month, where only a part of it is counted."""
    if not same_days.is_part(month, until):
        return frame
    return frame.assign(until=pd.Series(until, frame.index).where(frame[BY_MONTH] == month))


def with_mark(compute: object) -> Callable[[Workbook], pd.DataFrame]:
    """What gives the frame of a table, or a function of the month, as `marked` has it."""
    return from_book(marked, compute, counted_until, MONTH)


def created_alike(book: Workbook, known: pd.DataFrame) -> pd.DataFrame:
    """The cases, of the compared months only those created by their point: all where the month is whole."""
    return same_days.alike(known, "created_at", compared_points(book))
