"""The files that chapters bring besides their text: pictures and downloads, in folders beside the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.errors import InputError
from rorikt_lib.present.show import DOWNLOADS
from rorikt_lib.publish.outputs import FIGURES, Chapter


def write_attachments(folder: Path, chapters: Iterable[Chapter]) -> None:
    """The chapters' pictures and downloads, in two new folders of `folder`; InputError where two have one name."""
    for name in (FIGURES, DOWNLOADS):
        (folder / name).mkdir()
    for chapter in chapters:
        for figure in chapter.figures:
            _write(folder / FIGURES / f"{figure.id}.svg", figure.svg)
        for download in chapter.downloads:
            # Spreadsheets take a CSV for UTF-8 where it says so at its start.
            _write(folder / DOWNLOADS / download.file, download.csv.encode("utf-8-sig"))


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise InputError(f"two figures or downloads are called '{file.stem}'", remedy="give one another name")
    file.write_bytes(content)
