"""Which folders of the site have what was approved, and from where they are served."""

from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.publish.revision import folder_of
from rorikt_lib.store.approved import Approved, intact, read_approved


def served(root: Path) -> dict[str, Approved]:
    """Folder of the site → what was approved; InputError that names a file that is not as it was written.

    root: the data root.
    """
    return places(map(intact, read_approved(root)))


def places(approved: Iterable[Approved]) -> dict[str, Approved]:
    """Folder of the site → what stands there: each revision for good, and the last of each month once more.

    approved: by month and revision.
    """
    found: dict[str, Approved] = {}
    for one in approved:
        month = one.manifest.period
        found |= {month: one, folder_of(month, one.manifest.revision): one}
    return found
