"""Where a workbook is: the folder with its workbook.yml, and what lies in it. Found as git finds its repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rorikt_lib.errors import InputError

if TYPE_CHECKING:
    from rorikt_lib.config.settings import Settings

SETTINGS = "workbook.yml"
NOTEBOOKS, ORDER, FRONT, DOCUMENTS = "notebooks", "_quarto.yml", "index.qmd", "documents"
WORKBOOK, DATA = "RORIKT_WORKBOOK", "RORIKT_DATA"
_PACKAGE = Path(__file__).resolve().parents[1]
# What comes with the library, for workbooks without their own: in the package, or beside it in a checkout.
SHIPPED = next(folder for folder in (_PACKAGE / "shipped", _PACKAGE.parent) if (folder / NOTEBOOKS).is_dir())


@dataclass(frozen=True)
class Folder:
    """A workbook. root: the folder with workbook.yml and content. data: its data root, with raw/ and clean/."""

    root: Path
    data: Path

    @property
    def settings(self) -> Settings:
        """What workbook.yml says."""
        # Takes long to import, and what has not changed is told without.
        from rorikt_lib.config.settings import load_settings

        return load_settings(self.root / SETTINGS)

    @property
    def content(self) -> Path:
        """What people write for the report."""
        return self.root / "content"

    @property
    def site(self) -> Path:
        """Where the site is published, where nothing else is asked for."""
        return self.root / "_site"

    def own_or_shipped(self, name: str) -> Path:
        """The workbook's own of notebooks/, documents/, _quarto.yml or index.qmd, else the library's."""
        return self.root / name if (self.root / name).exists() else SHIPPED / name


def open_folder(workbook: str | Path | Folder | None = None, data: str | Path | None = None) -> Folder:
    """The workbook in a folder: as given, else RORIKT_WORKBOOK, else the working folder or the nearest above it.

    data: its data root, else data/ in it. RORIKT_DATA is of the workbook that the environment leads to, of no other.
    InputError where there is no workbook.
    """
    if isinstance(workbook, Folder):
        return workbook
    root = Path(workbook or os.environ.get(WORKBOOK) or _nearest(Path.cwd())).resolve()
    data = data or (None if workbook else os.environ.get(DATA))
    if not (root / SETTINGS).is_file():
        remedy = "give its folder with --workbook or RORIKT_WORKBOOK, or start one with rorikt init"
        raise InputError(f"no workbook here: there is no {SETTINGS}", file=root, remedy=remedy)
    return Folder(root, Path(data or root / "data").resolve())


def _nearest(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if (place / SETTINGS).is_file()), folder)
