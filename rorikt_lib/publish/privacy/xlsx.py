"""The texts of an Excel file: cells, names of sheets, headers and footers, links, and what it says of itself."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

# What a header or footer says of place, size and page, amid its texts.
_CODE = re.compile(r"&(?:&|\d+|\"[^\"]*\"|[A-Z])")
# Elements that hold one text, whose parts may be formatted apart.
_WHOLE = {"si", "is", "comment"}
# Of a cell: its value where it is no text of its own; of a link, picture, sheet or table: what it is called.
_NAMING = ("name", "displayName", "Target", "location", "display", "tooltip", "descr", "title", "ref")


def xlsx_texts(file: Path) -> Iterator[str]:
    """Each text that is in the file, and each number of a cell in whole: of a share or a time, nothing is private."""
    with ZipFile(file) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels", ".vml")) and not name.startswith("xl/theme/"):
                yield from _of_part(parts.read(name))


# Files of one report have many parts in common.
@lru_cache(maxsize=64)
def _of_part(content: bytes) -> tuple[str, ...]:
    return tuple(_texts(etree.fromstring(content, etree.XMLParser(resolve_entities=False))))


def _texts(root: etree._Element) -> Iterator[str]:
    for element in root.iter("*"):
        yield from filter(None, map(element.get, _NAMING))
        kind = _kind(element)
        if kind in _WHOLE:
            yield "".join(element.itertext())
        elif kind == "v" and _is_number(element):
            yield f"{float(element.text):.0f}"
        elif element.text and element.text.strip() and not _is_within(element):
            yield _without_codes(element.text) if kind.startswith("odd") else element.text


def _without_codes(text: str) -> str:
    return _CODE.sub(lambda code: "&" if code[0] == "&&" else " ", text)


def _is_number(value: etree._Element) -> bool:
    """Whether a cell's value is one, and not the place of a text, or a text of its own."""
    return value.getparent().get("t", "n") == "n" and bool(value.text)


def _is_within(element: etree._Element) -> bool:
    """Whether it is a part of what was read whole, or the place of a text."""
    is_place = _kind(element) == "v" and element.getparent().get("t") == "s"
    return is_place or any(_kind(above) in _WHOLE for above in element.iterancestors())


def _kind(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]
