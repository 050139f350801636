"""The files that a page brings besides its text: charts, images and tables as CSV, in folders beside it."""

import re
from collections.abc import Collection, Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from rorikt_lib.errors import InputError
from rorikt_lib.present.sheets import csv_of
from rorikt_lib.publish.outputs import CHARTS, Chapter
from rorikt_lib.report.show import DOWNLOADS

# As report.addresses writes an image.
_IMAGE = re.compile(rf"\]\({CHARTS}/([\w-]+\.(?:png|jpe?g))\){{#figur-")


def write_attachments(folder: Path, chapters: Collection[Chapter]) -> None:
    """The chapters' charts, and their tables as CSV, in two new folders; InputError where two of one name differ."""
    for name in (CHARTS, DOWNLOADS):
        (folder / name).mkdir()
    for chapter in chapters:
        for chart in chapter.charts:
            for name, svg in chart.files.items():
                _write(folder / CHARTS / name, svg)
    # A table of one chapter may be behind a chart of another; then it is the same.
    for sheet in dict.fromkeys(sheet for chapter in chapters for sheet in chapter.sheets):
        # Spreadsheets take a CSV for UTF-8 where it says so at its start.
        _write(folder / DOWNLOADS / f"{sheet.file}.csv", csv_of(sheet).encode("utf-8-sig"))


def write_images(folder: Path, texts: Iterable[str], images: Path) -> None:
    """What the texts show of the folder `images`, beside the charts in `folder`: the pictures and nothing else."""
    for name in dict.fromkeys(name for text in texts for name in _IMAGE.findall(text)):
        if (images / name).is_file():
            _write(folder / CHARTS / name, pixels(images / name))


def pixels(file: Path) -> bytes:
    """A PNG or JPEG picture, upright, without what cameras and programs write beside it: place, author, text."""
    made = BytesIO()
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as image:
            # Telephones give a JPEG with more than one picture a name of its own; the first is what is shown.
            kind = "PNG" if image.format == "PNG" else "JPEG"
            known = {"exif": b"", "icc_profile": image.info.get("icc_profile")}
            known |= {"quality": 95, "comment": b""} if kind == "JPEG" else {}
            ImageOps.exif_transpose(image).save(made, kind, **known)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise InputError("no PNG or JPEG picture", file=file, remedy="save it anew as one") from None
    return made.getvalue()


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise InputError(f"two charts or downloads are called '{file.stem}'", remedy="give one another name")
    file.write_bytes(content)
