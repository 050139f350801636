"""Whether the exports reach the report's month: what has not been delivered must not be published as nothing."""

from rorikt_lib.errors import InputError
from rorikt_lib.terms.period import months_of
from rorikt_lib.tickets.cases import month_of
from rorikt_lib.workbook import Workbook

# A report cannot be without these; PCs and usage that are missing leave out their figures, and the report says so.
NEEDED = {"postings": "ledger", "tickets": "cases"}


def refuse_uncovered(book: Workbook) -> None:
    """InputError where the ledger or the cases begin after the report's month or end before it."""
    for table, name in NEEDED.items():
        if (months := _months(book, table)) and not min(months) <= book.month <= max(months):
            problem = f"the {name} in the exports cover {min(months)} to {max(months)}, not {book.month}"
            remedy = f"put the export of {book.month} there, or report a month that is covered"
            raise InputError(problem, file=book.data_root / "raw", remedy=remedy)


def refuse_missing(book: Workbook) -> None:
    """InputError where there is no ledger, no cases or no budget of the year at all."""
    budgeted = (book.table("budget_lines").year == int(book.month[:4])).any()
    absent = [name for table, name in NEEDED.items() if book.table(table).empty]
    absent += [] if budgeted else [f"budget of {book.month[:4]}"]
    if absent:
        problem = f"the exports have no {' and no '.join(absent)}"
        remedy = "put the exports there; rorikt check says what is there now"
        raise InputError(problem, file=book.data_root / "raw", remedy=remedy)


def _months(book: Workbook, table: str) -> set[str]:
    rows = book.table(table)
    months = month_of(rows.created_at) if table == "tickets" else months_of(rows.period)
    return set(months.unique())
