"""Årsmelding: what people know of the year: staffing, deliveries, the board's meetings, approvals; and what lacks."""

from functools import partial

import pandas as pd

from rorikt_lib.config.annual_file import Annual
from rorikt_lib.present.sentences import annual as words
from rorikt_lib.report.annual_year import annual_of, annual_year, misplaced, year_end
from rorikt_lib.report.declare import Table, from_book, named
from rorikt_lib.terms.enums import Approval, Source
from rorikt_lib.terms.sums import with_sum
from rorikt_lib.workbook import Workbook, if_there

STAFFED = ["department", "positions", "note"]
# What the report tells of a year from its exports.
TOLD = [Source.LEDGER, Source.TICKETS, Source.DEVICES, Source.SHARING]
# What people write, among what the report can be without.
PEOPLE = "staffing"


def staffing(book: Workbook) -> pd.DataFrame:
    """One row per department, and SUM: year, department, positions, note; no rows where nobody wrote of them."""
    rows = [[one.name, one.positions, one.note] for one in annual_of(book).staffing]
    table = pd.DataFrame(rows, columns=STAFFED).astype({"positions": float})
    return (with_sum(table, "department", ["positions"]) if rows else table).assign(year=annual_year(book))


STAFFING = Table(
    "stillinger",
    staffing,
    ["year", "department"],
    named("annual", "positions"),
    columns=STAFFED,
    if_known=["note"],
    total=True,
)


def deliveries(book: Workbook) -> pd.DataFrame:
    """One row per delivery: year, area, delivery, as people wrote them."""
    rows = [[one.area, one.text] for one in annual_of(book).deliveries]
    return pd.DataFrame(rows, columns=["area", "delivery"]).assign(year=annual_year(book))


DELIVERIES = Table("leveranser", deliveries, ["year", "area"], {}, columns=["area", "delivery"])


def board(book: Workbook) -> pd.DataFrame:
    """One row: the year's meetings, the cases in them, and requests handled of a year without cases; see Annual.

    InputError where requests are given of a year whose cases the exports have.
    """
    own, year = annual_of(book), annual_year(book)
    if own.requests is not None and tells(book, Source.TICKETS):
        raise misplaced(book, f"requests are given, but the exports have the cases of {year}", "take requests out")
    given = {"meetings": own.meetings, "board_cases": own.cases, "requests": own.requests}
    return pd.DataFrame([given], dtype=float).assign(year=year)


BOARD = Table("styret", board, ["year"], named("annual", "meetings", "board_cases", "requests"))


def members(book: Workbook) -> pd.DataFrame:
    """One row per municipality that shared the service when the year ended: year, approval, approved_on.

    InputError where another, or one by another name, is said to have approved the annual report.
    """
    approved = annual_of(book).members_approved
    names = [member.name for member in book.settings.members(year_end(book))]
    if others := approved.keys() - {*names}:
        problem = f"{', '.join(sorted(others))} did not share the service when {annual_year(book)} ended"
        raise misplaced(book, problem, f"use under members_approved: {', '.join(names)}")
    days = [approved.get(name) for name in names]
    status = [Approval.PENDING if day is None else Approval.GRANTED for day in days]
    table = pd.DataFrame({"municipality": names, "approval": status, "approved_on": pd.to_datetime(days)})
    return table.assign(year=annual_year(book))


MEMBERS = Table(
    "godkjenning",
    members,
    ["year", "municipality"],
    {},
    columns=["municipality", "approval", "approved_on"],
    if_known=["approved_on"],
)


def tells(book: Workbook, source: Source) -> bool:
    """Whether the exports tell of the year: postings, cases or keys of it, or two extracts of PCs to compare."""
    return bool(if_there(partial(_has_year, source=source), book))


def _has_year(book: Workbook, source: Source) -> bool:
    year = annual_year(book)
    if source == Source.LEDGER:
        return bool(book.table("postings").period.str.startswith(f"{year}-").any())
    if source == Source.SHARING:
        return bool((book.table("allocation_keys").year == year).any())
    if source == Source.TICKETS:
        created = book.table("tickets").created_at
        return bool(len(created) and created.min().year <= year)
    seen = book.table("devices").extracted_on
    return seen[seen.dt.year == year].nunique() > 0 and seen[seen.dt.year.isin([year - 1, year])].nunique() > 1


def lacking_sources(book: Workbook) -> list[Source]:
    """What the exports do not tell of the year, of what the settings say that the organisation has."""
    expected = book.settings.organisation.chapters or TOLD
    return [source for source in TOLD if source in expected and not tells(book, source)]


def refuse_untold(book: Workbook) -> None:
    """InputError where neither the exports nor the year's file tell anything of the year."""
    if annual_of(book) == Annual() and not any(tells(book, source) for source in TOLD):
        problem = f"neither the exports nor this file tell anything of {annual_year(book)}"
        raise misplaced(book, problem, "put exports of the year into data/raw, or name another year")


def lacking(book: Workbook) -> str | None:
    """What the report is without, since the exports, or the year's file, do not tell of it; None where nothing is."""
    unwritten = [] if annual_of(book).staffing else [PEOPLE]
    return words.lacking([*lacking_sources(book), *unwritten], annual_year(book))


board_summary = from_book(words.board_summary, BOARD)
staffing_summary = from_book(words.staffing_summary, STAFFING)
approval_summary = from_book(words.approval_summary, MEMBERS)
