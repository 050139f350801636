"""The files that chapters bring besides their text: charts and downloads, in folders beside the page."""

from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.errors import InputError
from rorikt_lib.publish.outputs import CHARTS, Chapter
from rorikt_lib.report.show import DOWNLOADS


def write_attachments(folder: Path, chapters: Iterable[Chapter]) -> None:
    """The chapters' charts and downloads, in two new folders of `folder`; InputError where two have one name."""
    for name in (CHARTS, DOWNLOADS):
        (folder / name).mkdir()
    for chapter in chapters:
        for chart in chapter.charts:
            _write(folder / CHARTS / f"{chart.id}.svg", chart.svg)
        for download in chapter.downloads:
            # Spreadsheets take a CSV for UTF-8 where it says so at its start.
            _write(folder / DOWNLOADS / download.file, download.csv.encode("utf-8-sig"))


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise InputError(f"two charts or downloads are called '{file.stem}'", remedy="give one another name")
    file.write_bytes(content)
