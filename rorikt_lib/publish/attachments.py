"""The files that a page brings besides its text: charts, images and tables as CSV, in folders beside it."""

import re
from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.errors import InputError
from rorikt_lib.present.sheets import csv_of
from rorikt_lib.publish.outputs import CHARTS, Chapter
from rorikt_lib.report.show import DOWNLOADS

# As report.addresses writes an image.
_IMAGE = re.compile(rf"\]\({CHARTS}/([\w-]+\.(?:png|jpe?g))\){{#figur-")


def write_attachments(folder: Path, chapters: Iterable[Chapter]) -> None:
    """The chapters' charts, and their tables as CSV, in two new folders; InputError where two have one name."""
    for name in (CHARTS, DOWNLOADS):
        (folder / name).mkdir()
    for chapter in chapters:
        for chart in chapter.charts:
            _write(folder / CHARTS / f"{chart.id}.svg", chart.svg)
        for sheet in chapter.sheets:
            # Spreadsheets take a CSV for UTF-8 where it says so at its start.
            _write(folder / DOWNLOADS / f"{sheet.file}.csv", csv_of(sheet).encode("utf-8-sig"))


def write_images(folder: Path, texts: Iterable[str], images: Path) -> None:
    """What the texts show of the folder `images`, beside the charts in `folder`."""
    for name in dict.fromkeys(name for text in texts for name in _IMAGE.findall(text)):
        if (images / name).is_file():
            _write(folder / CHARTS / name, (images / name).read_bytes())


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise InputError(f"two charts or downloads are called '{file.stem}'", remedy="give one another name")
    file.write_bytes(content)
