"""What the report's month lacks: what it cannot be without, and the chapters that there are no exports of."""

from rorikt_lib.errors import Undelivered
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.period import year_of
from rorikt_lib.workbook import NAMES, Workbook

_REMEDY = "put the exports there; rorikt check says what is there now"


def refuse_missing(book: Workbook) -> None:
    """Undelivered where there is nothing to report, or budgets but not the year's: it has not been delivered yet."""
    if not any(book.has(source) for source in Source):
        raise Undelivered("the exports have nothing to report", file=book.data_root / "raw", remedy=_REMEDY)
    budgets = book.table("budget_lines")
    if book.has(Source.LEDGER) and len(budgets) and not (budgets.year == year_of(book.month)).any():
        problem = f"the exports have no budget of {book.month[:4]}, only of other years"
        raise Undelivered(problem, file=book.data_root / "raw", remedy=_REMEDY)


def refuse_lacking(book: Workbook) -> None:
    """Undelivered where a chapter has no exports: see Workbook.lacking."""
    if book.lacking:
        names = " and no ".join(NAMES[source] for source in book.lacking)
        remedy = "put them there, take what you never have out of organisation.chapters, or report without --strict"
        raise Undelivered(f"the exports have no {names}", file=book.data_root / "raw", remedy=remedy)
