"""Service og support: the cases that count in a month, and those that came, by category and municipality."""

from collections.abc import Callable
from operator import attrgetter

import numpy as np
import pandas as pd

from rorikt_lib.present.charts import service_desk as charts
from rorikt_lib.present.language import caption
from rorikt_lib.present.sentences import service_desk as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named
from rorikt_lib.terms.period import last_months, shift
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.tickets import cases, history, oddities, reopened, volume
from rorikt_lib.workbook import TREND_MONTHS, Workbook, once

CUT_OFF, TICKETS = attrgetter("ticket_cut_off"), attrgetter("settings.tickets")
# Counts that are not published, see tickets.masking.
HIDDEN_BELOW = attrgetter("settings.privacy.small_counts_below")


def known_cases(book: Workbook) -> pd.DataFrame:
    """The cases as they stood at the month's cut-off, with the time that does not count; see reopened.standing."""
    return book.frame(_known_cases)


def _known_cases(book: Workbook) -> pd.DataFrame:
    return reopened.standing(book.table("tickets"), book.table("ticket_events"), TICKETS(book), CUT_OFF(book))


def earlier_solutions(book: Workbook) -> pd.DataFrame:
    """The solutions of earlier months after which a case was opened again; see reopened.earlier_solutions."""
    return book.frame(_earlier_solutions)


def _earlier_solutions(book: Workbook) -> pd.DataFrame:
    return reopened.earlier_solutions(book.table("tickets"), book.table("ticket_events"), TICKETS(book), CUT_OFF(book))


def solutions(book: Workbook) -> pd.DataFrame:
    """`known_cases`, and the cases as they stood at each earlier solution: what counts by when it was solved."""
    earlier = earlier_solutions(book)
    return pd.concat([known_cases(book), earlier[known_cases(book).columns]]) if len(earlier) else known_cases(book)


@once
def case_history(book: Workbook) -> pd.DataFrame:
    """What the cases' history of states says by the cut-off, where exports have one; see history.case_history."""
    return history.case_history(book.table("ticket_events"), _as_of(book), TICKETS(book), CUT_OFF(book))


def _as_of(book: Workbook) -> pd.DataFrame:
    return reopened.as_it_stood(book.table("tickets"), book.table("ticket_events"), book.ticket_cut_off)


def newest_event(book: Workbook) -> pd.Timestamp:
    """When something last happened to a case, by the exports; missing without cases."""
    return cases.newest_event(book.table("tickets"))


case_oddities = from_book(oddities.oddities, known_cases, case_history, TICKETS)


def recent_months(book: Workbook, months: int) -> list[str]:
    """The last months up to the report's, as many as given, but none before the first case's."""
    return _case_months(book, last_months(book.month, months))


def trend(book: Workbook) -> list[str]:
    """The months of the trends."""
    return recent_months(book, book.trend_months)


def sla_months(book: Workbook) -> list[str]:
    """The months of the tables of deadlines."""
    return recent_months(book, book.sla_months)


def _case_months(book: Workbook, months: list[str]) -> list[str]:
    return cases.months_with_cases(book.table("tickets"), months)


def _year_back(book: Workbook) -> list[str]:
    """The months of the trends, a year back at least, which the month is compared with."""
    return recent_months(book, max(book.trend_months, TREND_MONTHS))


def _created(book: Workbook) -> pd.DataFrame:
    """See volume.created_by_month; where no channel is said to be the security monitoring's, alerts are not known."""
    created = volume.created_by_month(known_cases(book), _year_back(book))
    return created if book.settings.tickets.alert_channels else created.assign(alerts=np.nan)


CREATED = Table(
    "nye-saker",
    _created,
    ["month"],
    named("tickets", "created", "alerts"),
)


def _compared_months(book: Workbook) -> list[str]:
    """The month, the month before and the same month last year."""
    return _case_months(book, [shift(book.month, -12), shift(book.month, -1), book.month])


def _compared(key: str, column: str, prefix: str = "tickets") -> Table:
    compute = from_book(volume.created_by, known_cases, column, _compared_months, HIDDEN_BELOW)
    return Table(key, compute, ["month", column], named(prefix, "created"))


def caption_with_hidden(key: str) -> Callable[[Workbook, pd.DataFrame], str]:
    """The table's own caption, and after it that counts are hidden, where any are."""

    def captioned(book: Workbook, table: pd.DataFrame) -> str:
        below = HIDDEN_BELOW(book)
        is_hidden = table["hidden"] if "hidden" in table else table.iloc[:, 1].isna()
        return f"{caption('tables', key)} {words.hidden_note(below)}" if below and is_hidden.any() else ""

    return captioned


_OF_MONTH = ["share", "change_month", "change_year", "per_100_users"]


def _has_unmapped(book: Workbook) -> bool:
    """Whether cases have names of municipalities that nobody mapped."""
    return bool((book.table("findings").finding == Finding.UNKNOWN_MUNICIPALITY).any())


def _of_month(key: str, column: str, count: Callable[..., pd.DataFrame], *more: Callable) -> Table:
    """Cases per value of a column, created in the month. more: of the month, what `count` takes besides."""

    def compute(book: Workbook) -> pd.DataFrame:
        given = known_cases(book), book.month, book.settings.municipalities, *(each(book) for each in more)
        return count(*given).assign(month=book.month)

    figures = named("tickets", "created", **{name: f"created_{name}" for name in _OF_MONTH})
    columns = [column, *figures]
    return Table(
        key, compute, ["month", column], figures, columns, caption_with_hidden(key), if_known=["per_100_users"]
    )


COMPARED_CATEGORIES = _compared("kategorier-tre-maneder", "category")
COMPARED_MUNICIPALITIES = _compared("kommuner-tre-maneder", "municipality")
CATEGORIES = _of_month("kategorier", "category", volume.created_per_category, HIDDEN_BELOW)
MUNICIPALITIES = _of_month("kommuner", "municipality", volume.created_per_municipality, _has_unmapped, HIDDEN_BELOW)
CATEGORY_CHART = Chart("kategorier", [COMPARED_CATEGORIES], charts.created_by, words.created_by_alt)
MUNICIPALITY_CHART = Chart("kommuner", [MUNICIPALITIES], charts.created_per_municipality, words.municipalities_alt)

_OF_CHANNEL = named("channels", "created", "share", "change_month", "change_year")
CHANNELS = Table(
    "kanaler",
    from_book(volume.created_per_channel, known_cases, MONTH, HIDDEN_BELOW),
    ["month", "channel"],
    _OF_CHANNEL,
    columns=["channel", *_OF_CHANNEL],
    caption=caption_with_hidden("kanaler"),
)
COMPARED_CHANNELS = _compared("kanaler-tre-maneder", "channel", "channels")
CHANNEL_CHART = Chart("kanaler", [COMPARED_CHANNELS], charts.created_by, words.created_by_alt)
channels_summary = from_book(words.channels_summary, CHANNELS)

cut_off_note = from_book(words.cut_off_note, CUT_OFF, MONTH, beside=known_cases)
_IS_SILENT = from_book(oddities.is_silent, newest_event, CUT_OFF)
silence_note = from_book(words.silence_note, newest_event, CUT_OFF, _IS_SILENT)
created_summary = from_book(words.created_summary, CREATED, MONTH)
largest_categories = from_book(words.largest_categories, COMPARED_CATEGORIES, MONTH)
municipalities_summary = from_book(words.municipalities_summary, MUNICIPALITIES)
unnamed_places = from_book(words.unnamed_places, MUNICIPALITIES)
