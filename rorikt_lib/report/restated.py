"""Om tallene: the service desk's numbers that an earlier report published as others, and why."""

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.sentences import restated as words
from rorikt_lib.report import backlog, breaches, service_desk, service_level
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.report.records import KEY, records
from rorikt_lib.store.snapshots import counting, read_cases, read_figures, read_snapshots
from rorikt_lib.terms.reasons import RestatedCause
from rorikt_lib.tickets import restated as tickets
from rorikt_lib.tickets.causes import Known
from rorikt_lib.workbook import Workbook, once

CHAPTERS = (service_desk, backlog, service_level, breaches)


def desk_figures(book: Workbook) -> pd.DataFrame:
    """The records of the service desk, each once; see report.records."""
    tables = [value for chapter in CHAPTERS for value in vars(chapter).values() if isinstance(value, Table)]
    return pd.concat([records(table, book) for table in tables]).drop_duplicates(KEY, ignore_index=True)


@once
def restated(book: Workbook) -> pd.DataFrame:
    """See tickets.restated.restated, compared with the earlier months' snapshots; is_later: see only_later there."""
    figures = desk_figures(book)
    earlier = {p: kept for p, kept in counting(read_snapshots(book.data_root)).items() if p < book.month}
    book.note("snapshots", bool(earlier))
    published = pd.concat([figures.head(0), *map(read_figures, earlier.values())])

    def then(report: str) -> Known:
        return Known(read_cases(earlier[report]), earlier[report].cut_off)

    known, registered = service_desk.known_cases(book), book.table("tickets")
    before = service_desk.earlier_solutions(book)
    rows = tickets.restated(published, figures, then, known, registered, book.settings.tickets, member, before)
    return rows.assign(is_later=tickets.only_later(rows))


def changed(book: Workbook) -> pd.DataFrame:
    """The rows of `restated` that are shown: those that not only the rest of the month accounts for.

    causes: in words. cases_CAUSE: cases that came less cases that went; missing where none did.
    """
    rows = ALL_RESTATED.frame(book)
    rows = rows[~rows.is_later].reset_index(drop=True)
    counted = rows[[*RestatedCause]]
    causes = [words.causes(row) for row in counted.to_dict("records")]
    counts = counted.mask(counted == 0).add_prefix("cases_")
    return rows.drop(columns=counted.columns).join(counts).assign(causes=pd.Series(causes, rows.index, dtype="str"))


_KEY = ["month", "figure", "by", "member"]
_VALUES = named("restated", "published", "now", "change")
ALL_RESTATED = Table(
    "endrede-tall-alle", restated, _KEY, _VALUES, columns=["month", "figure", "member", "published", "now", "change"]
)
RESTATED = Table(
    "endrede-tall",
    changed,
    _KEY,
    _VALUES | {f"cases_{cause}": f"restated.{cause}" for cause in RestatedCause},
    columns=["month", "figure", "member", "published", "now", "report", "causes"],
    counts="cases",
)

summary = from_book(words.summary, ALL_RESTATED)
