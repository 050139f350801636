"""The files that a page brings besides its text: charts, images and downloads, in folders beside it."""

import re
from collections.abc import Iterable
from pathlib import Path

from rorikt_lib.errors import InputError
from rorikt_lib.publish.outputs import CHARTS, Chapter
from rorikt_lib.report.show import DOWNLOADS

# As report.addresses writes an image.
_IMAGE = re.compile(rf"\]\({CHARTS}/([\w-]+\.(?:png|jpe?g))\){{#figur-")


def write_attachments(folder: Path, chapters: Iterable[Chapter]) -> None:
    """The chapters' charts and downloads, in two new folders of `folder`; InputError where two have one name."""
    for name in (CHARTS, DOWNLOADS):
        (folder / name).mkdir()
    for chapter in chapters:
        for chart in chapter.charts:
            for name, svg in chart.files.items():
                _write(folder / CHARTS / name, svg)
        for download in chapter.downloads:
            # Spreadsheets take a CSV for UTF-8 where it says so at its start.
            _write(folder / DOWNLOADS / download.file, download.csv.encode("utf-8-sig"))


def write_images(folder: Path, texts: Iterable[str], images: Path) -> None:
    """What the texts show of the folder `images`, beside the charts in `folder`."""
    for name in dict.fromkeys(name for text in texts for name in _IMAGE.findall(text)):
        if (images / name).is_file():
            _write(folder / CHARTS / name, (images / name).read_bytes())


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise InputError(f"two charts or downloads are called '{file.stem}'", remedy="give one another name")
    file.write_bytes(content)
