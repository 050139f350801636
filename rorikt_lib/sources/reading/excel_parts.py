"""What an Excel file's XML says that its cells do not: error values, hidden rows, cells far outside the table."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

# Nobody's table is wider than 702 columns (ZZ), nor has so many empty rows within it.
_FAR_COLUMN = r"[A-Z]{3}"
_LONGEST_GAP = 10_000
_ERROR_CELL = re.compile(rb'(<(?:\w+:)?c\b[^>]*?\bt=")e"')
_CELL = r'<(?:\w+:)?c\b[^>]*?\br="({})\d+"(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?c>)'
_FAR_CELL = re.compile(_CELL.format(_FAR_COLUMN).encode(), re.DOTALL)
_FAR_REFERENCE = re.compile(rf'\br="{_FAR_COLUMN}\d'.encode())
_FILLED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*(?<!/)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?(?:v|t)\b', re.DOTALL
)
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# All that an archive can be wrong in, which its reader says in a dozen ways.
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError, struct.error)
# And the XML in it; the reader of the cells says which.
_DAMAGED = (*DAMAGED, ElementTree.ParseError, KeyError, RuntimeError)


@dataclass(frozen=True)
class Parts:
    """content: the file without what stands far outside its tables, None where the file can be read as it is.

    hidden_rows, stray: by the name of the sheet, how many rows are hidden and which cells were left out. damaged: the
    first part that is not as it was written, which the reader of the cells never asks.
    """

    content: io.BytesIO | None = None
    hidden_rows: dict[str, int] = field(default_factory=dict)
    stray: dict[str, list[str]] = field(default_factory=dict)
    damaged: str | None = None


def excel_parts(path: Path) -> Parts:
    """What the XML of an .xlsx or .xlsm file says; nothing of a file of another kind, or one that cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
            return Parts(damaged=damaged) if damaged else _parts(archive)
    except _DAMAGED:
        return Parts()


def _parts(archive: zipfile.ZipFile) -> Parts:
    changed: dict[str, bytes] = {}
    hidden: dict[str, int] = {}
    stray: dict[str, list[str]] = {}
    for part, sheet in _sheets(archive).items():
        xml = archive.read(part)
        hidden[sheet] = len(_HIDDEN_ROW.findall(xml))
        tidy, stray[sheet] = _without_stray(_ERROR_CELL.sub(rb'\1str"', xml) if b't="e"' in xml else xml)
        if tidy is not xml:
            changed[part] = tidy
    if not changed:
        return Parts(None, hidden, stray)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as copy:
        for info in archive.infolist():
            copy.writestr(info.filename, changed.get(info.filename) or archive.read(info))
    content.seek(0)
    return Parts(content, hidden, stray)


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each work sheet → the sheet's name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    named = {targets.get(each.get(_RELATION), ""): each.get("name", "") for each in book.iter() if each.get(_RELATION)}
    parts = {f"xl/{target}".replace("xl//xl/", "xl/"): name for target, name in named.items()}
    known = {*archive.namelist()}
    return {part: name for part, name in parts.items() if part in known and "worksheets/" in part}


def _without_stray(xml: bytes) -> tuple[bytes, list[str]]:
    """A sheet without the cells far to the right of a table, or far below it, and which of these held something."""
    stray: list[str] = []
    if _FAR_REFERENCE.search(xml):
        stray += [name.decode() for cell in _FAR_CELL.finditer(xml) for name in _FILLED.findall(cell[0])]
        xml = _FAR_CELL.sub(b"", xml)
    start = xml.rfind(b"<row ", 0, max(xml.rfind(b"</sheetData>"), 0))
    last = _ROW.match(xml, start) if start >= 0 else None
    if last is None or int(last[1]) <= xml.count(b"<row ") + _LONGEST_GAP:
        return xml, stray
    before = 0
    for row in _ROW.finditer(xml):
        if int(row[1]) > before + _LONGEST_GAP:
            end = xml.index(b"</sheetData>", row.start())
            stray += [name.decode() for name in _FILLED.findall(xml[row.start() : end])]
            return xml[: row.start()] + xml[end:], stray
        before = int(row[1])
    return xml, stray
