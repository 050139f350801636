"""Service og support: the cases that count in a month, and those that came, by category and municipality."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter

import numpy as np
import pandas as pd

from rorikt_lib.present.charts import service_desk as charts
from rorikt_lib.present.language import caption
from rorikt_lib.present.sentences import service_desk as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named
from rorikt_lib.report.part_month import compared_points, counted_until, created_alike, marked, with_mark
from rorikt_lib.terms.period import last_months, shift
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.tickets import cases, history, oddities, reopened, volume
from rorikt_lib.tickets.same_days import without_unlike
from rorikt_lib.workbook import TREND_MONTHS, Workbook, once

CUT_OFF, TICKETS = attrgetter("ticket_cut_off"), attrgetter("settings.tickets")
# Counts that are not published, see tickets.masking.
HIDDEN_BELOW = attrgetter("settings.privacy.small_counts_below")


@once
def known_cases(book: Workbook) -> pd.DataFrame:
    """The cases as they stood at the month's cut-off, with the time that does not count; see reopened.standing."""
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


def _alike(book: Workbook) -> pd.DataFrame:
    return created_alike(book, known_cases(book))


def _created_same_days(book: Workbook) -> pd.DataFrame:
    """The compared months: created up to its point, and until, that point; no rows where the month is whole."""
    points = compared_points(book)
    created = volume.created_by_month(_alike(book), points.month.tolist())
    return created.assign(until=points.until, created=created.created.where(points.until.notna()))


CREATED_SAME_DAYS = Table(
    "nye-saker-like-dager", _created_same_days, ["month"], named("tickets", created="created_same_days")
)


def _compared_months(book: Workbook) -> list[str]:
    """The month, the month before and the same month last year."""
    return _case_months(book, [shift(book.month, -12), shift(book.month, -1), book.month])


def _compared(key: str, column: str, prefix: str = "tickets") -> Table:
    compute = from_book(volume.created_by, known_cases, column, _compared_months, HIDDEN_BELOW)
    return Table(
        key, compute, ["month", column], named(prefix, "created"), [column, "month", "created"], across="month"
    )


def _of_same_days(book: Workbook, of: Table, column: str) -> pd.DataFrame:
    points = compared_points(book)
    months = points.month[points.until.notna()].tolist()
    table = volume.created_by(_alike(book), column, months, HIDDEN_BELOW(book)) if months else of.frame(book).head(0)
    return marked(table, counted_until(book), book.month)


def _same_days(of: Table, column: str, prefix: str = "tickets") -> Table:
    """`of`, each month only up to the point that the report's month is counted to; no rows where that is whole."""
    compute = partial(_of_same_days, of=of, column=column)
    figures = named(prefix, created="created_same_days")
    key = f"{of.key}-like-dager"
    return Table(key, compute, ["month", column], figures, [column, "month", "created"], across="month")


def _alike_chart(key: str, whole: Table, part: Table) -> Chart:
    """Cases by a column in the months compared: the same days of each where the report's month is a part."""

    def of(function: Callable[[pd.DataFrame], object]) -> Callable[..., object]:
        return lambda whole, part: function(part if len(part) else whole)

    return Chart(key, [whole, part], of(charts.created_by), of(words.created_by_alt), of(words.created_by_caption))


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


def in_month(counts: pd.DataFrame, month: str) -> pd.DataFrame:
    """Counts, and the month that they are of."""
    return counts.assign(month=month)


def _of_month(key: str, column: str, count: Callable[..., pd.DataFrame], *more: Callable) -> Table:
    """Cases per value of a column, created in the month. more: of the month, what `count` takes besides."""
    counts = from_book(count, _alike, MONTH, attrgetter("settings.municipalities"), *more)
    alike = from_book(without_unlike, counts, compared_points, MONTH)
    compute = with_mark(from_book(in_month, alike, MONTH))
    figures = named("tickets", "created", **{name: f"created_{name}" for name in _OF_MONTH})
    columns = [column, *figures]
    return Table(
        key, compute, ["month", column], figures, columns, caption_with_hidden(key), if_known=["per_100_users"]
    )


COMPARED_CATEGORIES = _compared("kategorier-tre-maneder", "category")
COMPARED_MUNICIPALITIES = _compared("kommuner-tre-maneder", "municipality")
CATEGORIES = _of_month("kategorier", "category", volume.created_per_category, HIDDEN_BELOW)
MUNICIPALITIES = _of_month("kommuner", "municipality", volume.created_per_municipality, _has_unmapped, HIDDEN_BELOW)
CATEGORIES_SAME_DAYS = _same_days(COMPARED_CATEGORIES, "category")
CATEGORY_CHART = _alike_chart("kategorier", COMPARED_CATEGORIES, CATEGORIES_SAME_DAYS)
MUNICIPALITY_CHART = Chart("kommuner", [MUNICIPALITIES], charts.created_per_municipality, words.municipalities_alt)


_OF_CHANNEL = named("channels", "created", "share", "change_month", "change_year")
CHANNELS = Table(
    "kanaler",
    with_mark(
        from_book(
            without_unlike, from_book(volume.created_per_channel, _alike, MONTH, HIDDEN_BELOW), compared_points, MONTH
        )
    ),
    ["month", "channel"],
    _OF_CHANNEL,
    columns=["channel", *_OF_CHANNEL],
    caption=caption_with_hidden("kanaler"),
)
COMPARED_CHANNELS = _compared("kanaler-tre-maneder", "channel", "channels")
CHANNELS_SAME_DAYS = _same_days(COMPARED_CHANNELS, "channel", "channels")
CHANNEL_CHART = _alike_chart("kanaler", COMPARED_CHANNELS, CHANNELS_SAME_DAYS)
channels_summary = from_book(words.channels_summary, CHANNELS)

cut_off_note = from_book(words.cut_off_note, CUT_OFF, MONTH, CREATED_SAME_DAYS, beside=known_cases)
_IS_SILENT = from_book(oddities.is_silent, newest_event, CUT_OFF)
silence_note = from_book(words.silence_note, newest_event, CUT_OFF, _IS_SILENT)
created_summary = from_book(words.created_summary, CREATED, CREATED_SAME_DAYS, MONTH)
largest_categories = from_book(words.largest_categories, COMPARED_CATEGORIES, MONTH)
municipalities_summary = from_book(words.municipalities_summary, MUNICIPALITIES)
unnamed_places = from_book(words.unnamed_places, MUNICIPALITIES)
