"""Om tallene: the numbers of earlier months that an earlier report published as others, each with why."""

import pandas as pd

from rorikt_lib.config.month_file import read_report
from rorikt_lib.ledger.restated import OF_LEDGER, kept_postings, posted_since
from rorikt_lib.present.language import stable_member
from rorikt_lib.present.sentences import restated as words
from rorikt_lib.report import backlog, breaches, economy, service_desk, service_level, usage
from rorikt_lib.report.declare import MONTH, Table, from_book, named
from rorikt_lib.report.published import published_before, report_before
from rorikt_lib.report.records import all_records
from rorikt_lib.store.snapshots import Snapshot, read_cases, read_figures, read_postings
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.terms.reasons import RestatedCause
from rorikt_lib.tickets import restated as tickets
from rorikt_lib.tickets.causes import Known
from rorikt_lib.tickets.same_days import is_part
from rorikt_lib.tickets.volume import TOTAL, month_end
from rorikt_lib.usage.months import COUNTS
from rorikt_lib.workbook import Workbook, once

CHAPTERS = (service_desk, backlog, service_level, breaches)
OF_USAGE = [f"usage.{name}" for name in COUNTS]


def desk_figures(book: Workbook) -> pd.DataFrame:
    """The records of the service desk, each once; see report.records."""
    tables = [value for chapter in CHAPTERS for value in vars(chapter).values() if isinstance(value, Table)]
    return all_records(tables, book).drop_duplicates(KEY, ignore_index=True)


def other_figures(book: Workbook) -> pd.DataFrame:
    """The records of months that the ledger and the usage have, each once."""
    tables = (economy.COURSE, usage.PORTAL_MONTHS, usage.CHATBOT)
    return all_records(tables, book).drop_duplicates(KEY, ignore_index=True)


@once
def restated(book: Workbook) -> pd.DataFrame:
    """One row per number that is not what the last earlier report to show it published; see tickets.restated.changed.

    Shares are in percent. Besides one column per RestatedCause (see tickets.restated.restated), is_later: see
    only_later there; postings and postings_nok: how many of the ledger's lines came since less those that went.
    """
    earlier = published_before(book)
    parts = [_of_cases(book, earlier)] if book.has(Source.TICKETS) else []
    rows = pd.concat([*parts, _of_others(book, earlier)], ignore_index=True)
    is_share = rows.unit == "share"
    amounts = rows[["published", "now", "change"]].mul(is_share.map({True: 100.0, False: 1.0}), axis=0)
    return rows.assign(**amounts, unit=rows.unit.mask(is_share, "percent"))


def _published(earlier: dict[str, Snapshot], like: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([like.head(0), *map(read_figures, earlier.values())])


def _of_cases(book: Workbook, earlier: dict[str, Snapshot]) -> pd.DataFrame:
    figures = desk_figures(book)

    def then(report: str) -> Known:
        return Known(read_cases(earlier[report]), earlier[report].cut_off)

    known, registered = service_desk.known_cases(book), book.table("tickets")
    before, published = service_desk.earlier_solutions(book), _published(earlier, figures)
    rows = tickets.restated(published, figures, then, known, registered, book.settings.tickets, stable_member, before)
    return rows.assign(is_later=tickets.only_later(rows))


def _of_others(book: Workbook, earlier: dict[str, Snapshot]) -> pd.DataFrame:
    """The ledger's and the usage's: no causes by case, but what was posted since."""
    figures = other_figures(book)
    rows = tickets.changed(_published(earlier, figures), figures, [*OF_LEDGER, *OF_USAGE])
    since = [
        _posted_since(book, earlier[r.report], r.month) if r.figure in OF_LEDGER else None for r in rows.itertuples()
    ]
    columns = ["postings", "postings_nok"]
    posted = pd.DataFrame([pair or (None, None) for pair in since], rows.index, columns, dtype=float)
    causes = pd.DataFrame(index=rows.index, columns=[*RestatedCause], dtype="Int64")
    return pd.concat([rows, posted, causes], axis=1).assign(is_later=False)


def _posted_since(book: Workbook, then: Snapshot, month: str) -> tuple[int, float] | None:
    """See ledger.restated.posted_since; None where nobody kept what the report knew of the ledger."""
    kept = read_postings(then)
    return None if kept is None else posted_since(kept, kept_postings(book.table("postings"), book.month), month)


def changed(book: Workbook) -> pd.DataFrame:
    """The rows of `restated` as they are shown. causes: in words. cases_CAUSE: cases that came less cases that went.

    cases_CAUSE is missing where none did.
    """
    rows = ALL_RESTATED.frame(book)
    counted = rows[[*RestatedCause]]
    causes = [words.why(row) for row in rows.to_dict("records")]
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
    _VALUES | {f"cases_{cause}": f"restated.{cause}" for cause in RestatedCause} | {"postings": "restated.postings"},
    columns=["month", "figure", "member", "published", "now", "change", "causes", "report"],
    counts="cases",
    if_several=["report"],
    caption=lambda book, rows: words.restated_caption(rows.report),
)


def _now_whole(book: Workbook) -> pd.DataFrame:
    """One row where the report before counted its month to `until` only: month, is_whole, and new cases now (created).

    published: new cases as that report had them, where it was published and that is another number now. is_whole: cases
    came in the rest of it, and so its exports have been delivered since.
    """
    month = report_before(book)
    until = _cut_off_of(book, month) if month and month in set(service_desk.CREATED.frame(book).month) else None
    if until is None or not is_part(month, until):
        return pd.DataFrame(columns=["month", "until", "is_whole", "created", "published"])
    created = service_desk.CREATED.frame(book).set_index("month").created[month]
    rows = ALL_RESTATED.frame(book)
    was = rows.published[(rows.month == month) & (rows.figure == "tickets.created") & (rows.by == TOTAL)]
    since = book.table("tickets").created_at
    is_whole = bool(since.between(until, month_end(month), inclusive="right").any())
    row = {"month": month, "until": until, "is_whole": is_whole, "created": created}
    return pd.DataFrame([row | {"published": was.iloc[0] if len(was) else None}])


def _cut_off_of(book: Workbook, month: str) -> pd.Timestamp:
    """Up to when the report of an earlier month counted cases: as it was published, else as its report.yml says."""
    published = published_before(book).get(month)
    return published.cut_off if published else read_report(month, book.content).cut_off_of("tickets", month)


summary = from_book(words.summary, ALL_RESTATED)
now_whole = from_book(words.now_whole, _now_whole, service_desk.CREATED, MONTH)
