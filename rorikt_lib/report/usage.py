"""Portal and chatbot: how much they are used."""

from dataclasses import replace
from functools import partial
from operator import attrgetter

import pandas as pd

from rorikt_lib.errors import SourceAbsent
from rorikt_lib.present.charts import usage as charts
from rorikt_lib.present.language import mark
from rorikt_lib.present.sentences import usage as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named
from rorikt_lib.terms.enums import Channel
from rorikt_lib.terms.period import last_months
from rorikt_lib.tickets.same_days import working_days
from rorikt_lib.usage import months as use
from rorikt_lib.workbook import Workbook

BY_MONTH = ["month", "channel"]
PORTAL_COLUMNS = ["views", "views_change", "unique_users", "unique_users_change", "unique_users_since_launch"]

# What the portal is called.
PORTAL_NAME = attrgetter("settings.usage.portal")


def _name(book: Workbook, channel: Channel) -> str:
    return PORTAL_NAME(book) if channel == Channel.PORTAL else channel


def _usage_of(book: Workbook, channel: Channel) -> pd.DataFrame:
    """The clean table; SourceAbsent where no export has the channel: an organisation may have one of them only."""
    table = book.table("usage")
    if not (table.channel == channel).any():
        raise SourceAbsent(channel)
    return table


def usage_by_month(book: Workbook, channel: str) -> pd.DataFrame:
    """A channel's months of the trend, with the change from the month before; see usage.months.with_changes_alike."""
    days, usage = _working_days(book, book.trend_months + 1), _usage_of(book, channel)
    table = use.by_month(usage, channel, [*days])
    table = use.with_changes_alike(usage, channel, table, days, _until(book, channel, days))
    return table.tail(book.trend_months).assign(channel=_name(book, channel))


def _working_days(book: Workbook, months: int) -> dict[str, pd.DatetimeIndex]:
    """Month → its working days: the last months up to the report's."""
    return {month: working_days(month, book.settings.tickets) for month in last_months(book.month, months)}


def _until(book: Workbook, channel: str, days: dict[str, pd.DatetimeIndex]) -> pd.Series:
    cut_off = book.report.cut_off_of("usage", book.month) if book.report.cut_off.usage else None
    return use.reaches(_usage_of(book, channel), channel, days, cut_off)


def usage_same_days(book: Workbook, channel: str) -> pd.DataFrame:
    """The month and the one before it over the same working days, and until; no rows where both are whole."""
    days = _working_days(book, 2)
    until = _until(book, channel, days)
    both = use.same_days(_usage_of(book, channel), channel, days, until)
    table = both.assign(channel=_name(book, channel), until=until.to_numpy())
    return table if until.notna().any() else table.head(0)


def since_first(book: Workbook, channel: str) -> pd.DataFrame:
    """A channel's use since the first month in the exports; see usage.months.since_first."""
    table = use.since_first(_usage_of(book, channel), channel, book.month)
    return table.assign(channel=_name(book, channel))


def portal_by_day(book: Workbook) -> pd.DataFrame:
    """The portal's use on each day of the month; see usage.months.by_day."""
    table = use.by_day(_usage_of(book, Channel.PORTAL), Channel.PORTAL, book.month)
    return table.assign(channel=PORTAL_NAME(book))


def _since(key: str, channel: str, column: str) -> Table:
    return Table(
        key,
        partial(since_first, channel=channel),
        ["from_month", "channel"],
        named("usage", column),
    )


def _months(key: str, channel: str, *columns: str) -> Table:
    return Table(key, partial(usage_by_month, channel=channel), BY_MONTH, named("usage", *columns))


def _same_days(key: str, channel: str, column: str) -> Table:
    compute = partial(usage_same_days, channel=channel)
    return Table(key, compute, BY_MONTH, {column: f"usage.{column}_same_days"})


PORTAL_MONTHS = _months("portal-maneder", Channel.PORTAL, *PORTAL_COLUMNS)
_KNOWN = from_book(use.known, PORTAL_MONTHS)
PORTAL = replace(
    PORTAL_MONTHS,
    key="portal",
    compute=_KNOWN,
    columns=["month", *PORTAL_COLUMNS],
    caption=lambda book, _: words.portal_caption(PORTAL_NAME(book)),
)
PORTAL_SAME_DAYS = _same_days("portal-like-dager", Channel.PORTAL, "views")
PORTAL_SINCE = _since("portal-siden", Channel.PORTAL, "views_since")
PORTAL_DAYS = Table(
    "portal-dager",
    portal_by_day,
    ["date", "channel"],
    named("usage", "views", "unique_users"),
)
CHATBOT = _months("chatbot", Channel.CHATBOT, "inquiries", "inquiries_change")
CHATBOT_SAME_DAYS = _same_days("chatbot-like-dager", Channel.CHATBOT, "inquiries")
CHATBOT_SINCE = _since("chatbot-siden", Channel.CHATBOT, "inquiries_since")
PORTAL_DAYS_CHART = Chart("portal-dager", [PORTAL_DAYS], charts.portal_days, words.days_alt)


def _months_alt(months: pd.DataFrame, measure: str) -> str:
    return words.months_alt(months, measure, mark(measure))


_PORTAL_ALT = partial(_months_alt, measure="views")
_CHATBOT_ALT = partial(_months_alt, measure="inquiries")
PORTAL_MONTHS_CHART = Chart("portal-maneder", [PORTAL_MONTHS], charts.portal_months, _PORTAL_ALT)
CHATBOT_CHART = Chart("chatbot", [CHATBOT], charts.chatbot_months, _CHATBOT_ALT)

portal_summary = from_book(words.portal_summary, PORTAL_MONTHS, PORTAL_SAME_DAYS, MONTH, PORTAL_NAME)
portal_since = from_book(words.since_summary, PORTAL_SINCE)
chatbot_summary = from_book(words.chatbot_summary, CHATBOT, CHATBOT_SAME_DAYS, MONTH)
