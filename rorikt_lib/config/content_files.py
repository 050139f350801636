"""Which files in content/ a document is made of. Imports nothing that takes long."""

from pathlib import Path

from rorikt_lib.terms.documents import period_kind
from rorikt_lib.terms.months import is_month

REPORT = "report.yml"
# Folders whose files are no document's own, though they are called as years: any month may read them.
_OF_ALL = ("budgets", "scenarios")


def is_read_for(written: Path, *texts: str | None) -> bool:
    """Whether a file, seen from content/, may be read for documents with these folders of texts, seen from there.

    Of other months it is how far exports reach. Other kinds of documents have a folder a period in one of their own, as
    `budgets/2025`, and beside it a file of that name; both are of that document alone.
    """
    folder = written.parts[0]
    if is_month(folder):
        return folder in texts or written.name == REPORT
    own = _own_folder(written)
    return own is None or own in texts


def _own_folder(written: Path) -> str | None:
    """The folder of texts of the one document that a file is of; None of what is of all."""
    folder, *below = written.parts
    if not below:
        return None
    is_file = len(below) == 1
    period = Path(below[0]).stem if is_file else below[0]
    if period_kind(period) is None or (is_file and folder in _OF_ALL):
        return None
    return f"{folder}/{period}"
