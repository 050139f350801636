"""Where something that must not be published comes from: the file and line that people wrote, else the export's row.

Looked for only once something is found, so it may take its time. Signs between letters and digits do not count: what a
page shows as one number may be written apart.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from rorikt_lib.config.folder import SETTINGS, Folder
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError
from rorikt_lib.publish.privacy.shapes import readable
from rorikt_lib.sources.read_file import has_rows
from rorikt_lib.sources.reading.persons import is_person_column
from rorikt_lib.sources.reading.recognise import SEARCHED_LINES
from rorikt_lib.sources.reading.rows import opened, read_rows
from rorikt_lib.store.folders import raw_files

_WRITTEN = {".md", ".yml", ".yaml", ".qmd", ".ipynb"}


class Origin(NamedTuple):
    """A file, as the workbook calls it, and the line in it."""

    file: str
    line: int


def origin_of(text: str, folder: Folder, month: str) -> Origin | None:
    """The first place where `text` stands: in the month's texts, the workbook's other ones, the exports."""
    wanted = _bare(text)
    places = (place for place in (_in_texts(wanted, folder, month), _in_exports(wanted, folder)) if wanted)
    return next((found for place in places for found in place), None)


def _in_texts(wanted: str, folder: Folder, month: str) -> Iterator[Origin]:
    content = sorted(path for path in folder.content.rglob("*") if path.suffix in _WRITTEN)
    of_month = [path for path in content if month in path.parts]
    others = [folder.root / SETTINGS, *(folder.root / name for name in ("_quarto.yml", "index.qmd"))]
    others += sorted((folder.root / "notebooks").glob("*.ipynb"))
    for path in dict.fromkeys([*of_month, *content, *others]):
        if path.is_file():
            name = path.relative_to(folder.root).as_posix()
            yield from (Origin(name, line) for line in _lines_with(wanted, path.read_bytes()))


def _in_exports(wanted: str, folder: Folder) -> Iterator[Origin]:
    """Columns of persons are looked at last: what is published is hardly from there."""
    raw, late = folder.data / "raw", []
    for path in raw_files(raw):
        name = path.relative_to(raw).as_posix()
        try:
            found = (
                _in_rows(wanted, path, name, folder.settings) if has_rows(path, name) else _in_file(wanted, path, name)
            )
            for origin, is_late in found:
                if not is_late:
                    yield origin
                late.append(origin)
        except InputError:
            continue
    yield from late


def _in_file(wanted: str, path: Path, name: str) -> Iterator[tuple[Origin, bool]]:
    with opened(path, name) as stream:
        yield from ((Origin(name, line), False) for line in _lines_with(wanted, stream.read()))


def _in_rows(wanted: str, path: Path, name: str, settings: Settings) -> Iterator[tuple[Origin, bool]]:
    rows, _ = read_rows(path, name)
    for column in rows.columns:
        head = rows[column].iloc[:SEARCHED_LINES].dropna()
        is_late = any(is_person_column(cell, settings) for cell in head)
        texts = rows[column].dropna().drop_duplicates()
        yield from ((Origin(name, int(line)), is_late) for line in _holding(wanted, texts))


def _holding(wanted: str, texts: pd.Series) -> Iterable[int]:
    return (line for line, text in texts.items() if wanted in _bare(text))


def _lines_with(wanted: str, content: bytes) -> Iterator[int]:
    """The lines, from 1, in which a text stands, or begins where it goes over two."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    lines = [_bare(line) for line in text.split("\n")]
    if wanted not in "".join(lines):
        return
    yield from (number for number, line in enumerate(lines, start=1) if wanted in line)
    yield from (n for n, (one, two) in enumerate(pairwise(lines), start=1) if wanted in one + two)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", readable(text)).casefold()
