"""Sammendrag: what is news, the chapters' main sentences, and what the figures ask to be followed up."""

from collections.abc import Callable

from rorikt_lib.present.sentences import news as news_words
from rorikt_lib.present.sentences import summary as words
from rorikt_lib.report import backlog, breaches, economy, forecast, news, pcs, service_level
from rorikt_lib.report.declare import MONTH, Table, from_book, said
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.workbook import Workbook, if_there


def _to_order(book: Workbook) -> float:
    rollover = pcs.ROLLOVER.frame(book)
    return rollover.to_order[rollover.municipality == SUM].sum()


def _overspent(book: Workbook) -> dict[str, str]:
    over = economy.INVESTMENTS.frame(book).dropna(subset="mark")
    return dict(zip(over.line, over.mark, strict=True))


_ASKED = {
    "gap_nok": forecast.model_gap,
    "to_order": _to_order,
    "overspent": _overspent,
    "breached": breaches.serious_breached,
    "overspend": from_book(news_words.overspend, news.FORECAST, MONTH),
}


def follow_up(book: Workbook) -> str | None:
    """What the month's figures ask the board to decide or follow up; None where there are none that could."""
    found = {name: if_there(ask, book) for name, ask in _ASKED.items()}
    return words.follow_up(**found) if any(one is not None for one in found.values()) else None


def _ask(at: int) -> Callable[[Workbook], str | None]:
    """One of what is asked, where the report has what it is of; see words.asks."""
    return lambda book: words.asked(at, **{name: if_there(ask, book) for name, ask in _ASKED.items()})


def _first(*sentences: Callable[[Workbook], str | None]) -> Callable[[Workbook], str | None]:
    """The first of the sentences that says anything."""
    return lambda book: next(filter(None, (said(sentence, book) for sentence in sentences)), None)


def _decision(table: Table, kind: Kind) -> Callable[[Workbook], str | None]:
    return from_book(news_words.decision, table, kind, MONTH)


# What the front page says of it: the key of the table that each is about, and the sentence.
ASKS = (
    # One that is to be decided on is not followed up besides.
    ("driftskostnader", _first(_decision(news.FORECAST, Kind.OPERATING), _ask(0))),
    ("investeringer", _decision(news.INVESTED, Kind.INVESTMENT)),
    *(
        (key, _ask(at))
        for at, key in enumerate(("prognoser", "pc-rullering", "investeringer", "alvorlige-saker"), start=1)
    ),
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
    """A list: what is news, then the points, without what was said as news."""
    told = [said(rule, book) for rule in news.RULES]
    points = [[said(sentence, book) for sentence in point] for point in POINTS]
    return words.bullets([[text] for text in told] + [[text for text in point if text not in told] for point in points])
