"""Which earlier reports were published, and what they said."""

from rorikt_lib.store import snapshots
from rorikt_lib.store.approved import read_approved
from rorikt_lib.store.snapshots import Snapshot, read_snapshots
from rorikt_lib.terms.months import is_month
from rorikt_lib.workbook import Workbook


def published_before(book: Workbook) -> dict[str, Snapshot]:
    """Month → what was kept of its report: the earlier months whose reports were approved, as they then were.

    A draft is not published, whatever a run of it kept; where no report was ever approved, what was on the site is all
    that readers have had, and counts. See snapshots.published_before.
    """
    kept, approvals = read_snapshots(book.kept), read_approved(book.kept)
    # Other documents are approved too.
    monthly = [one.manifest for one in approvals if is_month(one.manifest.period)]
    approved = {one.period: one.approved_at for one in monthly}
    if approved:
        kept = [one for one in kept if one.period in approved and one.facts.made_at <= approved[one.period]]
    earlier = snapshots.published_before(kept, book.month)
    book.note("snapshots", bool(earlier))
    return earlier


def report_before(book: Workbook) -> str | None:
    """The last month before that has a report, approved or not; None where none is known."""
    written = {path.parent.name for path in book.content.glob("????-??/report.yml")}
    return max((month for month in written | {*published_before(book)} if month < book.month), default=None)
