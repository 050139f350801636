"""data/approved/: what was approved, as it was approved. Only added to; no file in it is ever written again.

The folder of a revision (see terms.documents.folder_of) holds site/ (every file that was published), manifest.json
(checksums of these and of what they were made from, who approved it and when) and manifest.sha256 (that of the
manifest). It cannot be made again.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from filelock import FileLock
from pydantic import ValidationError

from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import approved_folder
from rorikt_lib.store.manifest import MANIFEST, SEAL, Difference, Manifest, differences, seal
from rorikt_lib.store.records_file import read_records
from rorikt_lib.store.replace import replace_folder
from rorikt_lib.store.snapshots import FIGURES
from rorikt_lib.terms.documents import folder_of, revision_in

SITE = "site"
_READ_ONLY = 0o444
_REMEDY = "restore it from a backup; it cannot be made again"


@dataclass(frozen=True)
class Approved:
    """One folder of data/approved: a revision of a document, as it was approved."""

    folder: Path
    manifest: Manifest

    @property
    def site(self) -> Path:
        """The published files."""
        return self.folder / SITE


def read_approved(root: Path, name: str | None = None) -> list[Approved]:
    """What was approved (of one document, where its name is given), by name and revision.

    InputError where a manifest is not as it was written.
    """
    folders = [folder for folder in _folders(root) if name in (None, _place(folder)[0])]
    return [Approved(folder, _read_manifest(folder)) for folder in folders]


def sound(root: Path, name: str | None = None) -> list[Approved]:
    """As read_approved, without those whose manifest is not as it was written."""
    found = []
    for folder in _folders(root):
        if name in (None, _place(folder)[0]):
            with suppress(InputError):
                found.append(Approved(folder, _read_manifest(folder)))
    return found


def read_figures(kept: Approved) -> pd.DataFrame:
    """The figures that were approved, as figures.csv has them, to the last bit."""
    return read_records(kept.site / FIGURES)


def keep(root: Path, manifest: Manifest, published: Path) -> Approved:
    """The published files (a folder) and their manifest, kept for good, all or nothing.

    InputError, and nothing written, where that revision is kept already, or the files are not those of the manifest.
    """
    place = approved_folder(root)
    place.mkdir(parents=True, exist_ok=True)
    folder = place / folder_of(manifest.period, manifest.revision)
    with FileLock(place / ".lock"):
        if folder.exists():
            remedy = 'to change what it says, make it again with --revise "why"'
            raise InputError("it is approved already, and is never written again", file=folder, remedy=remedy)
        for left in place.glob(f".{folder.name}-*-new"):
            shutil.rmtree(left)
        replace_folder(folder, partial(_fill, manifest, published))
    return Approved(folder, manifest)


def _fill(manifest: Manifest, published: Path, folder: Path) -> None:
    copy_published(manifest.published, published, folder / SITE)
    _refuse_different(manifest.published, folder / SITE)
    content = manifest.model_dump_json(indent=1).encode("utf-8")
    (folder / MANIFEST).write_bytes(content)
    (folder / SEAL).write_bytes(seal(content))
    for path in folder.rglob("*"):
        if path.is_file():
            _to_disk(path)
            path.chmod(_READ_ONLY)


def _to_disk(path: Path) -> None:
    """Nothing is kept before it is on the disk: a machine that goes down leaves all of it or nothing."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def copy_published(published: Mapping[str, str], source: Path, target: Path) -> None:
    """The files of a manifest from one folder to another; they may be written to there, whatever they were."""
    for name in published:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def damage(root: Path, name: str | None = None) -> Iterator[Difference]:
    """What is no longer as it was written, of what is kept (of one document, where its name is given)."""
    folders = [folder for folder in _folders(root) if name in (None, _place(folder)[0])]
    for folder in _wanted(folders):
        if not folder.exists():
            yield Difference(folder, "missing")
            continue
        try:
            yield from _damage_of(folder, _read_manifest(folder))
        except InputError:
            missing = next((name for name in (MANIFEST, SEAL) if not (folder / name).exists()), None)
            yield Difference(folder / (missing or MANIFEST), "missing" if missing else f"changed (or its {SEAL})")


def _wanted(folders: list[Path]) -> list[Path]:
    """The folders, and those of the revisions before them: none is ever left out."""
    last = {name: (folder.parent, revision) for folder in folders for name, revision in [_place(folder)]}
    return [place / folder_of(name, n) for name, (place, revision) in last.items() for n in range(1, revision + 1)]


def _damage_of(folder: Path, manifest: Manifest) -> Iterator[Difference]:
    yield from differences(manifest.published, folder / SITE)
    known = {MANIFEST, SEAL, SITE}
    yield from (Difference(path, "added") for path in sorted(folder.iterdir()) if path.name not in known)


def intact(kept: Approved) -> Approved:
    """What was approved, if every file is as it was written; else InputError that names the first that is not."""
    _refuse_different(kept.manifest.published, kept.site)
    return kept


def _refuse_different(published: Mapping[str, str], folder: Path) -> None:
    if found := differences(published, folder):
        raise InputError(f"the file is not what was approved ({found[0].how})", file=found[0].file, remedy=_REMEDY)


def _folders(root: Path) -> list[Path]:
    """By name and revision."""
    found = (path for path in approved_folder(root).glob("*") if revision_in(path.name) and path.is_dir())
    return sorted(found, key=_place)


def _place(folder: Path) -> tuple[str, int]:
    return revision_in(folder.name) or (folder.name, 0)


def _read_manifest(folder: Path) -> Manifest:
    file = folder / MANIFEST
    try:
        content = file.read_bytes()
        if (folder / SEAL).read_bytes() != seal(content):
            raise ValueError
        manifest = Manifest.model_validate_json(content)
        if (manifest.period, manifest.revision) != _place(folder):
            raise ValueError
    except (OSError, ValueError, ValidationError):
        raise InputError("what was approved is missing or not as it was written", file=file, remedy=_REMEDY) from None
    return manifest
