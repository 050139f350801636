"""How new the exports of each source are, against the newest day that a month's report expects of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from rorikt_lib.config.unattended import Freshness
from rorikt_lib.errors import Undelivered
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import last_day
from rorikt_lib.workbook import NAMES, TABLE_OF, Workbook

# Sources that grow day by day. The keys that costs are shared by are a year's.
DAILY = (Source.LEDGER, Source.TICKETS, Source.DEVICES, Source.USAGE)
_CUT_OFF = (Source.TICKETS, Source.DEVICES, Source.USAGE)
# As new as expected; late, a warning; so late that no report is made; no exports at all.
State = StrEnum("State", "FRESH LATE MISSING ABSENT")


@dataclass(frozen=True)
class Age:
    """How new a source is. newest: None where there are no exports of it, or no day in them."""

    source: Source
    state: State
    newest: dt.date | None
    expected: dt.date

    def __str__(self) -> str:
        unknown = "no exports" if self.state == State.ABSENT else "no day in its exports"
        newest = f"newest day {self.newest}" if self.newest else unknown
        return f"{NAMES[self.source]}: {newest}, expected {self.expected}"


def ages(book: Workbook) -> list[Age]:
    """Each daily source that the report has, or that the settings list, in the order of the chapters."""
    listed = book.settings.organisation.chapters or []
    return [_age(book, source) for source in DAILY if book.has(source) or source in listed]


def refuse_old(found: list[Age], book: Workbook) -> None:
    """Undelivered that names each source that is so late that no report is made."""
    if missing := [str(age) for age in found if age.state == State.MISSING]:
        remedy = "put newer exports there; unattended.freshness in workbook.yml says how new they must be"
        raise Undelivered("; ".join(missing), file=book.data_root / "raw", remedy=remedy)


def _age(book: Workbook, source: Source) -> Age:
    rule: Freshness = getattr(book.settings.unattended.freshness, source)
    expected = _last_counted(book, source) + dt.timedelta(days=rule.expected_after_days)
    newest = newest_day(book, source)
    state = _state(newest, expected, rule) if book.has(source) else State.ABSENT
    return Age(source, state, newest, expected)


def _state(newest: dt.date | None, expected: dt.date, rule: Freshness) -> State:
    if newest is None:
        return State.LATE
    days = (expected - newest).days
    if rule.error_after_days is not None and days > rule.error_after_days:
        return State.MISSING
    return State.LATE if days > rule.warning_after_days else State.FRESH


def _last_counted(book: Workbook, source: Source) -> dt.date:
    """The last day that the month's report counts of a source."""
    return book.report.cut_off_of(source, book.month).date() if source in _CUT_OFF else last_day(book.month)


def newest_day(book: Workbook, source: Source) -> dt.date | None:
    """The newest day of a source's files; see the clean table `sources`. None where no file has one."""
    files = book.table("sources")
    is_of = files.table.map(lambda tables: TABLE_OF[source] in tables.split(" + "))
    newest = files.taken_on[is_of].max() if book.has(source) else pd.NaT
    return None if pd.isna(newest) else newest.date()
