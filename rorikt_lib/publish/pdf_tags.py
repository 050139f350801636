"""The tags of a PDF by which a screen reader reads its tables: Typst tags the heads of columns, here those of rows.

Both renderers' PDFs go this way: Typst can say which cells head a row, but only where it was started with a feature
that neither the wheel nor Quarto turns on.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject

_KIDS, _KIND, _ATTRIBUTES, _OWNER = "/K", "/S", "/A", "/O"
_OF_TABLE = NameObject("/Table")


class _Cell(NamedTuple):
    """A cell of a table's body. column: where it begins, from 0. rows: how many it spans."""

    element: DictionaryObject
    column: int
    rows: int


def tag_row_headers(pdf: Path) -> None:
    """The first cell of each row becomes its header, in every table of a tagged PDF, as Typst writes it.

    All else in the file stays as it is, byte for byte.
    """
    content = pdf.read_bytes()
    reader = PdfReader(BytesIO(content))
    changed: dict[int, DictionaryObject] = {}
    for body in elements(reader.root_object["/StructTreeRoot"], "/TBody"):
        cells = list(_cells(body))
        # Where a name stands once for several rows, the next column tells them apart.
        headers = 2 if any(cell.column == 0 and cell.rows > 1 for cell in cells) else 1
        for cell in cells:
            _tag(cell.element, cell.column < headers)
            changed[cell.element.indirect_reference.idnum] = cell.element
    # Object by object: a writer of PDFs takes in the whole file first, and took several times as long.
    pdf.write_bytes(_with(changed, content, reader.xref[0]))


def _with(changed: Mapping[int, DictionaryObject], content: bytes, places: Mapping[int, int]) -> bytes:
    """A PDF's content with some objects changed. places: number → where the object stands, of all objects."""
    if missing := changed.keys() - places.keys():
        raise ValueError(f"object {min(missing)} of the PDF is packed with others, as Typst never did")
    table, trailer = content.rindex(b"xref", 0, content.rindex(b"trailer")), content.rindex(b"trailer")
    numbers = sorted(places, key=places.__getitem__)
    written, moved = bytearray(content[: places[numbers[0]]]), {}
    for number, (start, end) in zip(numbers, pairwise([*map(places.get, numbers), table]), strict=True):
        moved[number] = len(written)
        written += _object(number, changed[number]) if number in changed else content[start:end]
    entries = (
        b"%010d 00000 n\r\n" % moved[n] if n in moved else b"0000000000 65535 f\r\n" for n in range(max(moved) + 1)
    )
    facts = content[trailer : content.rindex(b"startxref")]
    at = b"startxref\n%d\n%%%%EOF" % len(written)
    return bytes(written) + b"xref\n0 %d\n" % (max(moved) + 1) + b"".join(entries) + facts + at


def _object(number: int, held: DictionaryObject) -> bytes:
    stream = BytesIO()
    held.write_to_stream(stream)
    return b"%d 0 obj\n%s\nendobj\n" % (number, stream.getvalue())


def elements(place: DictionaryObject, kind: str) -> Iterator[DictionaryObject]:
    """The structure elements of a kind, `/TR`, in and below another, in reading order."""
    for kid in kids(place):
        if kid.get(_KIND) == kind:
            yield kid
        yield from elements(kid, kind)


def kids(place: DictionaryObject) -> list[DictionaryObject]:
    """The structure elements right under another; what it shows of the page is none."""
    found = place.get(_KIDS, NullObject()).get_object()
    several = found if isinstance(found, ArrayObject) else [found]
    resolved = (kid.get_object() for kid in several)
    return [kid for kid in resolved if isinstance(kid, DictionaryObject) and _KIND in kid]


def attributes(element: DictionaryObject) -> DictionaryObject:
    """What an element says as part of a table: its scope, how many rows and columns it spans."""
    return next((a for a in _attributes(element) if a.get(_OWNER) == _OF_TABLE), DictionaryObject())


def _attributes(element: DictionaryObject) -> list[DictionaryObject]:
    found = element.get(_ATTRIBUTES, ArrayObject()).get_object()
    return [each.get_object() for each in (found if isinstance(found, ArrayObject) else [found])]


def _cells(body: DictionaryObject) -> Iterator[_Cell]:
    taken: dict[int, int] = {}  # column → how many rows from here on a cell above takes of it
    for row in kids(body):
        column = 0
        for element in kids(row):
            while taken.get(column):
                column += 1
            said = attributes(element)
            cell = _Cell(element, column, int(said.get("/RowSpan", 1)))
            yield cell
            for _ in range(int(said.get("/ColSpan", 1))):
                taken[column] = cell.rows
                column += 1
        taken = {column: rows - 1 for column, rows in taken.items()}


def _tag(cell: DictionaryObject, is_header: bool) -> None:
    """Says by its scope what a header is of; a cell that named its headers one by one would leave out its row's."""
    said = DictionaryObject({key: value for key, value in attributes(cell).items() if key != "/Headers"})
    if is_header:
        cell[NameObject(_KIND)] = NameObject("/TH")
        said |= {NameObject(_OWNER): _OF_TABLE, NameObject("/Scope"): NameObject("/Row")}
    others = [each for each in _attributes(cell) if each.get(_OWNER) != _OF_TABLE]
    cell[NameObject(_ATTRIBUTES)] = ArrayObject([said] * (len(said) > 1) + others)
