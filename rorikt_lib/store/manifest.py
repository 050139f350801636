"""What a manifest says of files that were published, and which files are not what it says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import AwareDatetime

from rorikt_lib.config.strict import Strict
from rorikt_lib.store.folders import checksum
from rorikt_lib.terms.documents import is_document

MANIFEST, SEAL = "manifest.json", "manifest.sha256"

# Path of a file, relative to a folder and with / → its SHA-256.
Sums = dict[str, str]


class Manifest(Strict):
    """manifest.json: what was approved, of what it was made, by whom and when.

    period: the document's name, of a monthly report its month. reason: why it was revised; None of a first revision.
    approved_by: a role or a board. rendered_at: when its figures were computed. renderer, workbook: what rendered it,
    and the version of the library. published: every file of the document, below site/. sources: every file that it was
    made from: exports below the data root as raw/…, and what people wrote, below the workbook's folder.
    """

    period: str
    revision: int
    reason: str | None
    approved_by: str
    approved_on: dt.date
    approved_at: AwareDatetime
    rendered_at: AwareDatetime | None
    renderer: str | None
    workbook: str
    published: Sums
    sources: Sums


@dataclass(frozen=True)
class Difference:
    """A file that is not what was approved. how: changed, missing or added."""

    file: Path
    how: str

    def __str__(self) -> str:
        return f"{self.how}: {self.file}"


def sums_of(folder: Path) -> Sums:
    """Every file below a folder → its SHA-256; empty of a link, behind which another file may stand at any time."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): "" if path.is_symlink() else sum_of(path) for path in files}


def sums_of_shared(site: Path) -> Sums:
    """The files of a site that are of no document: its front page, and what all pages share."""
    shared = (path for path in sorted(site.glob("*")) if path.is_dir() and not is_document(path.name))
    files = {path.name: sum_of(path) for path in sorted(site.glob("*")) if path.is_file()}
    return files | {f"{folder.name}/{name}": of for folder in shared for name, of in sums_of(folder).items()}


def sum_of(path: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        return checksum(path)
    except OSError:
        return ""


def differences(published: Mapping[str, str], folder: Path) -> list[Difference]:
    """The files of `folder` that are not those of a manifest, by name."""
    there = sums_of(folder)
    how = dict.fromkeys(there.keys() - published.keys(), "added")
    how |= dict.fromkeys(published.keys() - there.keys(), "missing")
    how |= {name: "changed" for name in published.keys() & there.keys() if there[name] != published[name]}
    return [Difference(folder / name, how[name]) for name in sorted(how)]


def seal(manifest: bytes) -> bytes:
    """As `sha256sum --check` reads it."""
    return f"{sha256(manifest).hexdigest()}  {MANIFEST}\n".encode()
