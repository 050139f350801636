"""Sammendrag: the chapters' main sentences, and what the figures ask to be followed up."""

from rorikt_lib.present.sentences import summary as words
from rorikt_lib.report import backlog, breaches, economy, forecast, pcs, service_level
from rorikt_lib.report.declare import said
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook


def follow_up(book: Workbook) -> str:
    """What the month's figures ask the board to decide or follow up."""
    rollover = pcs.ROLLOVER.frame(book)
    return words.follow_up(
        forecast.model_gap(book),
        rollover.to_order[rollover.municipality == SUM].sum(),
        economy.INVESTMENTS.frame(book).mark.notna().any(),
        breaches.serious_breached(book),
    )


# Each point's sentences.
POINTS = (
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
