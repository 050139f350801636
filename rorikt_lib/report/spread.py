"""Service og support: how resolution times spread about their deadlines, and when in the week cases come."""

from rorikt_lib.present.charts import spread as charts
from rorikt_lib.present.sentences import spread as words
from rorikt_lib.report.declare import MONTH, Chart, Table, from_book, named
from rorikt_lib.report.part_month import with_mark
from rorikt_lib.report.service_desk import HIDDEN_BELOW, TICKETS, known_cases, recent_months, solutions
from rorikt_lib.tickets import spread
from rorikt_lib.workbook import Workbook

# Enough that a weekday and hour are no accident, and every season once.
MONTHS = 12


def _months(book: Workbook) -> list[str]:
    return recent_months(book, MONTHS)


TIMES = Table(
    "losningstid-spredning",
    with_mark(from_book(spread.time_against_target, solutions, MONTH, TICKETS, HIDDEN_BELOW)),
    ["month", "priority", "time_band"],
    named("spread", "cases"),
    columns=["time_band", "priority", "cases"],
    across="priority",
)
TIMES_CHART = Chart("losningstid-spredning", [TIMES], charts.time_against_target, words.spread_alt)
ARRIVALS = Table(
    "innkomst",
    from_book(spread.arrivals, known_cases, _months, HIDDEN_BELOW),
    ["weekday", "hour"],
    named("arrivals", "created"),
    columns=["hour", "weekday", "created"],
    across="weekday",
)
ARRIVALS_CHART = Chart("innkomst", [ARRIVALS], charts.arrivals, words.arrivals_alt, words.arrivals_caption)

spread_summary = from_book(words.spread_summary, TIMES, MONTH)
arrivals_summary = from_book(words.arrivals_summary, ARRIVALS)
