"""Service og support: breached targets one by one and by cause, serious cases, and the ticket system's own verdicts."""

from operator import attrgetter

import pandas as pd

from rorikt_lib.config.privacy import PrivacySettings
from rorikt_lib.present.sentences import service_level as words
from rorikt_lib.present.stated import number
from rorikt_lib.report.declare import MONTH, Table, from_book, named
from rorikt_lib.report.part_month import with_mark
from rorikt_lib.report.service_desk import CUT_OFF, TICKETS, case_history, in_month, known_cases, sla_months, solutions
from rorikt_lib.terms.enums import VerdictPair
from rorikt_lib.tickets import breaches, serious, twin
from rorikt_lib.tickets.cases import number_alike
from rorikt_lib.workbook import Workbook, once


@once
def breached_cases(book: Workbook) -> pd.DataFrame:
    """One row per breach of the month; see tickets.breaches.breached_cases. Written causes: hendelser.yml."""
    written = _serious_cases(book).set_index("ticket_id").cause
    return breaches.breached_cases(solutions(book), [book.month], TICKETS(book), case_history(book), written)


def _numbered(cases: pd.DataFrame, privacy: PrivacySettings) -> pd.DataFrame:
    """case: which one of those with its number; of all, where the numbers of cases are not to be published.

    Where small counts are hidden, a single case's municipality and category are too.
    """
    none = pd.Series(None, cases.index, dtype="str")
    if privacy.small_counts_below:
        cases = cases.assign(**dict.fromkeys(_PLACE, none))
    if privacy.case_numbers:
        return cases.assign(case=number_alike(cases.request_no))
    return cases.assign(request_no=none, case=range(1, len(cases) + 1))


_PRIVACY = attrgetter("settings.privacy")
_NAMED, _PLACE = ["request_no", "case"], ["municipality", "category"]
_OVER = ["hours", "target_hours", "over_hours"]
BREACHES = Table(
    "brudd",
    from_book(_numbered, breached_cases, _PRIVACY),
    _NAMED,
    named("breach", *_OVER),
    columns=[*_NAMED, "date", "municipality", "category", "priority", *_OVER, "cause", "cause_from"],
    if_known=[*_NAMED, *_PLACE],
)
CAUSES = Table(
    "bruddarsaker",
    with_mark(from_book(in_month, from_book(breaches.count_causes, breached_cases), MONTH)),
    ["month", "cause"],
    named("breaches", breached="cases", share_breaches="share"),
    columns=["cause", "breached", "share_breaches"],
)


@once
def serious_cases(book: Workbook) -> pd.DataFrame:
    """See tickets.serious.serious_cases and, for causes that nobody wrote, tickets.breaches.with_causes.

    case: which one of its day and municipality. outcome: the verdict, in words.
    """
    rows = breaches.with_causes(_serious_cases(book), breached_cases(book))
    outcome = [words.outcome(r.within, r.is_open, r.cause, r.cause_from) for r in rows.itertuples()]
    case = rows.groupby(["date", "municipality"], dropna=False).cumcount() + 1
    return rows.assign(case=case, outcome=pd.Series(outcome, rows.index, dtype="str"))


def _serious_cases(book: Workbook) -> pd.DataFrame:
    return serious.serious_cases(known_cases(book), book.month, book.incident_notes, TICKETS(book), CUT_OFF(book))


_priorities = from_book(serious.serious_priorities, TICKETS)
# What people wrote about critical and high cases that the report does not have.
notes_without_case = from_book(serious.notes_without_case, _serious_cases, attrgetter("incident_notes"))
SERIOUS = Table(
    "alvorlige-saker",
    serious_cases,
    ["date", "municipality", "priority", "case"],
    named("serious", "hours", "target_hours"),
    columns=["date", "municipality", "priority", "category", "summary", "hours", "target_hours", "outcome"],
    if_known=["summary"],
    caption=lambda book, _: words.serious_caption(_priorities(book), book.month),
)


def _this_month(book: Workbook) -> list[str]:
    return [book.month]


_PAIRS = from_book(twin.verdict_pairs, solutions, sla_months, TICKETS)
VERDICTS = Table(
    "saksystemets-dom",
    with_mark(from_book(twin.all_priorities, _PAIRS)),
    ["month"],
    named("source_sla", *VerdictPair, "share_agreed"),
)
DIFFERING = Table(
    "ulik-dom-saker",
    from_book(_numbered, from_book(twin.differing, solutions, _this_month, TICKETS), _PRIVACY),
    _NAMED,
    named("source_sla", "hours", "target_hours"),
    file="ulik-dom",
    columns=[*_NAMED, "municipality", "category", "priority", "hours", "target_hours", "pair", "why"],
    if_known=[*_NAMED, *_PLACE],
)
REASONS = Table(
    "ulik-dom",
    with_mark(from_book(in_month, from_book(twin.count_reasons, DIFFERING), MONTH)),
    ["month", "why", "pair"],
    named("source_sla", "differing"),
    columns=["why", "pair", "differing"],
)


def _number_breached(serious: pd.DataFrame) -> float:
    """Critical and high cases that breached their target, also those that are open still."""
    return number(serious.within[~serious.within.astype("boolean").fillna(True)])


serious_breached = from_book(_number_breached, SERIOUS)
serious_summary = from_book(words.serious_summary, SERIOUS, serious_breached, _priorities)
causes_summary = from_book(words.causes_summary, CAUSES)
verdicts_summary = from_book(words.verdicts_summary, VERDICTS, MONTH)
