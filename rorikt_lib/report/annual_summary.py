"""Årsmelding: the year in a few points, each a sentence or two of the chapters after it."""

from rorikt_lib.present.sentences import summary as words
from rorikt_lib.report import annual, annual_desk, annual_economy, annual_pcs
from rorikt_lib.report.declare import said
from rorikt_lib.workbook import Workbook

POINTS = [
    [annual_economy.result_summary],
    [annual_economy.invested_summary],
    [annual_desk.requests_summary],
    [annual_desk.sla_summary],
    [annual_pcs.replaced_summary],
    [annual.staffing_summary],
    [annual.board_summary],
]


def points(book: Workbook) -> str:
    """What the year came to, as a Markdown list; what the exports do not tell of is left out."""
    return words.bullets([[said(sentence, book) for sentence in point] for point in POINTS])
