"""The data root: which exports lie in it, what they are known again by, and whether they are the demo's."""

import hashlib
import os
from pathlib import Path

from rorikt_lib.errors import InputError

DEMO_MARK = "DEMODATA.md"
# What was forecast, kept and approved of the demo must never be taken for the organisation's own.
LOG, DEMO_LOG = "log.csv", "demo.csv"
_DEMO = "demo"


def is_demo(root: Path) -> bool:
    """Whether the raw exports are demo data; everything made from them says so."""
    return (root / "raw" / DEMO_MARK).exists()


def log_path(root: Path) -> Path:
    """The forecast log of the data root: the demo's where its exports are demo data."""
    return root / "forecasts" / (DEMO_LOG if is_demo(root) else LOG)


def snapshots_folder(root: Path) -> Path:
    """Where the data root keeps its snapshots: apart where its exports are demo data."""
    return root / "snapshots" / _DEMO if is_demo(root) else root / "snapshots"


def build_folder(site: Path) -> Path:
    """Where a site is made before it is published, beside it: each site has its own."""
    return site.parent / ("_build" if site.name == "_site" else f"_build-{site.name}")


def lists_folder(root: Path, month: str) -> Path:
    """Where the data root keeps the month's lists of PCs: apart where its exports are demo data."""
    return root / "lists" / _DEMO / month if is_demo(root) else root / "lists" / month


def approved_folder(root: Path) -> Path:
    """Where the data root keeps what was approved: apart where its exports are demo data."""
    return root / "approved" / _DEMO if is_demo(root) else root / "approved"


def raw_files(folder: Path) -> list[Path]:
    """The exports below a folder, sorted; hidden files, spreadsheets' lock files and notes (.md) are none."""
    return [
        path
        for path in files_below(folder)
        if path.suffix.lower() != ".md"
        and not path.name.startswith("~$")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def checksums(paths: list[Path]) -> dict[Path, str]:
    """SHA-256 of each file."""
    return {path: checksum(path) for path in paths}


def checksum(path: Path) -> str:
    """SHA-256 of a file, which is never held whole."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_below(folder: Path) -> list[Path]:
    """All files below a folder, sorted, those of linked folders too: each folder once, so that no link leads in rings.

    InputError for a link that leads nowhere (but for hidden ones, which editors leave), and for a name that is not
    UTF-8: both would be lost without a word.
    """
    found: list[Path] = []
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True, onerror=_raise):
        real = Path(place).resolve()
        folders[:] = [] if real in seen else sorted(folders)
        found += [] if real in seen else [Path(place, name) for name in names]
        seen.add(real)
    for path in found:
        _check_name(path)
        if not path.exists() and not path.name.startswith("."):
            remedy = "remove the link, or restore what it leads to"
            raise InputError("the link leads nowhere", file=path, remedy=remedy)
    return sorted(path for path in found if path.is_file())


def _raise(error: OSError) -> None:
    """A folder that cannot be looked into is told; one that is not there has no files."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _check_name(path: Path) -> None:
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        raise InputError("the name is not UTF-8", file=shown, remedy="give the file another name") from None
