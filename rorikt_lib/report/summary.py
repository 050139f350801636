"""Sammendrag: what is news, the chapters' main sentences, and what the figures ask to be followed up."""

from rorikt_lib.present.sentences import news as of_news
from rorikt_lib.present.sentences import summary as words
from rorikt_lib.report import backlog, breaches, economy, forecast, news, pcs, service_level
from rorikt_lib.report.declare import MONTH, from_book, said
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook, if_there


def _to_order(book: Workbook) -> float:
    rollover = pcs.ROLLOVER.frame(book)
    return rollover.to_order[rollover.municipality == SUM].sum()


def _is_overspent(book: Workbook) -> bool:
    return economy.INVESTMENTS.frame(book).mark.notna().any()


def follow_up(book: Workbook) -> str | None:
    """What the month's figures ask the board to decide or follow up; None where there are none that could."""
    overspend = from_book(of_news.overspend, news.FORECAST, MONTH)
    asked = (forecast.model_gap, _to_order, _is_overspent, breaches.serious_breached, overspend)
    found = [if_there(ask, book) for ask in asked]
    return words.follow_up(*found) if any(one is not None for one in found) else None


# Each point's sentences; what is news comes first.
POINTS = (
    *((rule,) for rule in news.RULES),
    (economy.costs_summary, forecast.outside_interval),
    (economy.largest_variances,),
    (economy.investments_summary,),
    (backlog.cases_summary,),
    (service_level.sla_summary,),
    (breaches.serious_summary,),
    (pcs.need_summary,),
    (follow_up,),
)


def summary(book: Workbook) -> str:
    """The points as a list."""
    return words.bullets([[said(sentence, book) for sentence in point] for point in POINTS])
