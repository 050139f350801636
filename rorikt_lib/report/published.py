"""Which earlier reports were published, and what they said: a draft is not published, whatever a run of it kept."""

from rorikt_lib.config.month_file import read_report
from rorikt_lib.store.snapshots import Snapshot, counting, read_snapshots
from rorikt_lib.workbook import Workbook


def is_published(book: Workbook, month: str) -> bool:
    """Whether the report of a month was approved, and so is what its readers have."""
    return not read_report(month, book.content).is_draft


def published_before(book: Workbook) -> dict[str, Snapshot]:
    """Month → what was kept of its report: the earlier months whose reports were published."""
    kept = counting(read_snapshots(book.data_root))
    return {month: one for month, one in kept.items() if month < book.month and is_published(book, month)}


def report_before(book: Workbook) -> str | None:
    """The last month before that has a report, approved or not; None where none is known."""
    written = {path.parent.name for path in book.content.glob("????-??/report.yml")}
    return max((month for month in written | {*published_before(book)} if month < book.month), default=None)
