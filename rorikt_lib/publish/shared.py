"""What tells of all months of a site, as its front page: whether it is what was published last, and made of what there
is now. Imports little, so that what has not changed is told at once.
"""

import json
from pathlib import Path

from rorikt_lib.config.folder import FRONT, SETTINGS, SHIPPED, Folder
from rorikt_lib.store.checksums import running_code, sum_of_file, sum_of_texts
from rorikt_lib.store.manifest import sums_of_shared
from rorikt_lib.store.replace import replace_file

NAME = "site.json"


def note_published(build: Path, site: Path, made_from: str) -> None:
    """Notes, in the site's build folder, what has just been published. made_from: as it was before."""
    replace_file(build / NAME, json.dumps(_told(site, made_from), indent=1).encode())


def forget_published(build: Path) -> None:
    """What was noted holds no more: it is to be published anew."""
    (build / NAME).unlink(missing_ok=True)


def is_as_published(build: Path, site: Path, workbook: Folder | None) -> bool:
    """Whether nothing has changed since."""
    try:
        noted = json.loads((build / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # nothing is noted, or it is damaged
        return False
    return noted == _told(site, made_from(workbook))


def _told(site: Path, made_from: str) -> dict[str, object]:
    return {"files": sums_of_shared(site), "made_from": made_from}


def made_from(workbook: Folder | None) -> str:
    """A checksum of what it is made from besides the months: the words of its front page, settings and code."""
    if workbook is None:
        return ""
    files = workbook.root / FRONT, SHIPPED / FRONT, workbook.root / SETTINGS
    return sum_of_texts(running_code(), *map(sum_of_file, files))
