"""The annual report's ground: the year that it is about, the workbook at that year's end, and the year's own file."""

from dataclasses import replace

from rorikt_lib.config.annual_file import Annual, annual_file, read_annual
from rorikt_lib.config.month_file import read_report
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.course import months_in
from rorikt_lib.report.settlement import settled_year
from rorikt_lib.terms.period import is_year_end
from rorikt_lib.workbook import Workbook


def annual_year(book: Workbook) -> int:
    """The year that the annual report is about: the last one that is over at the end of the book's month."""
    return settled_year(book)


def year_end(book: Workbook) -> str:
    """The year's last month."""
    return months_in(annual_year(book))[-1]


def closed(book: Workbook) -> Workbook:
    """The workbook at the year's end; all its cases count, though the report of December may have counted fewer."""
    month = year_end(book)
    report = book.report if book.month == month else read_report(month, book.content)
    whole = report.model_copy(update={"cut_off": report.cut_off.model_copy(update={"tickets": None})})
    if book.month == month and whole == book.report:
        return book
    return replace(book.at(month), report=whole)


def is_of_year(book: Workbook) -> bool:
    """Whether the book is opened for a year that is over, as the annual report's is: then it must be covered."""
    return is_year_end(book.month)


def annual_of(book: Workbook) -> Annual:
    """The year's file in content/annual; one that says nothing where there is none."""
    year = annual_year(book)
    path = book.written(annual_file(year))
    book.note("annual_file", path.exists())
    return read_annual(year, path)


def misplaced(book: Workbook, problem: str, remedy: str) -> InputError:
    """An error in the year's file."""
    return InputError(problem, file=book.content / annual_file(annual_year(book)), remedy=remedy)
