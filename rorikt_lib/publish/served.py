"""Which folders of the site have what was approved, and from where they are served."""

from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.store.approved import Approved, intact, read_approved
from rorikt_lib.terms.documents import folder_of


def served(root: Path) -> dict[str, Approved]:
    """Folder of the site → what was approved; InputError that names a file that is not as it was written.

    root: the data root.
    """
    return places(map(intact, read_approved(root)))


def places(approved: Iterable[Approved]) -> dict[str, Approved]:
    """Folder of the site → what stands there: each revision for good, and the last of each document once more.

    approved: by name and revision.
    """
    found: dict[str, Approved] = {}
    for one in approved:
        name = one.manifest.period
        found |= {name: one, folder_of(name, one.manifest.revision): one}
    return found
