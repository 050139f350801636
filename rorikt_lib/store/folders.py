"""The data root: which folder it is, and which exports lie in it."""

import os
from pathlib import Path

from rorikt_lib.config.settings import ROOT

DEMO_MARK = "DEMODATA.md"


def data_root(given: str | Path | None = None) -> Path:
    """The folder that holds raw/ and clean/: as given, else RORIKT_DATA, else data/ of the project."""
    return Path(given or os.environ.get("RORIKT_DATA") or ROOT / "data")


def is_demo(root: Path) -> bool:
    """Whether the raw exports are demo data; everything made from them says so."""
    return (root / "raw" / DEMO_MARK).exists()


def raw_files(folder: Path) -> list[Path]:
    """The exports below a folder, sorted; hidden files, spreadsheets' lock files and notes (.md) are none."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix.lower() != ".md"
        and not path.name.startswith("~$")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
