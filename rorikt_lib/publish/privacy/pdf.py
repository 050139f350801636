"""The texts of a PDF: what its pages show, and what its metadata, bookmarks, links and alternative texts say.

A page is read by its marked content, of which each cell and each paragraph is its own: quicker by far than by where
its letters stand, and cells side by side never make a number.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

# Stands between the parts of a page: no space, so that numbers of two parts are never one.
APART = "\u241e"
_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>|/[^\s<>\[\]()/{}%]+|\b(?:BDC|BMC|EMC|Tf|TJ|Tj)\b",
    re.S,
)
_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.S)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.S)
_RARE = re.compile(rb"\\(?![0-3][0-7]{2}|[nrtbf])")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MAPPED = re.compile(rb"beginbf(char|range)(.*?)endbf", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
Glyphs = Mapping[int, str]


def pdf_texts(file: Path) -> Iterator[str]:
    """Each page's text, parts of it apart, and each text that is in the file besides."""
    content = file.read_bytes()
    reader = PdfReader(BytesIO(content))
    yield from (text for page in reader.pages for text in _shown(page))
    # Others than Typst say by where the letters stand that words are two, and give their fonts other codes.
    if not str((reader.metadata or {}).get("/Creator", "")).startswith("Typst"):
        yield from (page.extract_text() for page in reader.pages)
    yield from _held(content, reader)


def _shown(place: DictionaryObject) -> Iterator[str]:
    """The text of a page, or of a drawing on it, and of the drawings in it."""
    resources = _resolved(place.get("/Resources")) or {}
    fonts = {name: _glyphs(_resolved(font)) for name, font in (_resolved(resources.get("/Font")) or {}).items()}
    yield APART.join(_parts(_content(place), fonts))
    for drawing in (_resolved(resources.get("/XObject")) or {}).values():
        if (drawn := _resolved(drawing)).get("/Subtype") == "/Form":
            yield from _shown(drawn)


def _content(place: DictionaryObject) -> bytes:
    if isinstance(place, StreamObject):
        return place.get_data()
    content = _resolved(place.get("/Contents"))
    streams = content if isinstance(content, ArrayObject) else [content] * (content is not None)
    return b"\n".join(_resolved(stream).get_data() for stream in streams)


def _parts(content: bytes, fonts: Mapping[str, Glyphs]) -> Iterator[str]:
    """The text of each piece of marked content."""
    glyphs: Glyphs = {}
    name, part, strings = "", [], []
    for found in _TOKEN.finditer(content):
        token = found[0]
        if token == b"Tf":
            glyphs = fonts.get(name, {})
        elif token in (b"TJ", b"Tj"):
            part += [_text(each, glyphs) for each in strings]
            strings.clear()
        elif token in (b"BDC", b"BMC", b"EMC"):
            # What stands before BDC is said of the part that begins: its language, its alternative text.
            yield from ("".join(part), *map(_as_text, strings))
            part.clear()
            strings.clear()
        elif token.startswith(b"/"):
            name = token.decode("latin-1")
        else:
            strings.append(_bytes_of(token))
    yield "".join(part)


def _bytes_of(token: bytes) -> bytes:
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    held = token[1:-1]
    # As Python's own texts have them, which it reads quicker by far.
    return _ESCAPE.sub(_unescaped, held) if _RARE.search(held) else held.decode("unicode_escape").encode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return b"" if found[2] else _SIGNS.get(found[3], found[3])


def _text(codes: bytes, glyphs: Glyphs) -> str:
    if not glyphs:
        return codes.decode("latin-1")
    pairs = zip(codes[::2], codes[1::2], strict=False)
    return "".join(glyphs.get(high << 8 | low, "") for high, low in pairs)


def _glyphs(font: DictionaryObject) -> Glyphs:
    """Code → text, as the font says it; nothing of a font of single bytes, whose codes are the letters."""
    mapping = _resolved(font.get("/ToUnicode"))
    if font.get("/Subtype") != "/Type0" or mapping is None:
        return {}
    glyphs: dict[int, str] = {}
    for kind, body in _MAPPED.findall(mapping.get_data()):
        codes = [found[1] for found in _HEX.finditer(body) if found[1] is not None]
        step = 2 if kind == b"char" else 3
        for first, *rest in (codes[n : n + step] for n in range(0, len(codes) - step + 1, step)):
            start, last = int(first, 16), int(rest[0] if step == 3 else first, 16)
            text = bytes.fromhex(rest[-1].decode()).decode("utf-16-be", "replace")
            glyphs |= {code: text[:-1] + chr(ord(text[-1]) + code - start) for code in range(start, last + 1) if text}
    return glyphs


def _held(file: bytes, reader: PdfReader) -> Iterator[str]:
    """Every text in the file's objects: metadata, bookmarks, addresses of links, alternative texts, attachments."""
    packed = (reader.get_object(number).get_data() for number in {stream for stream, _ in reader.xref_objStm.values()})
    for part in (_STREAM.sub(b"", file), *packed):
        yield from (_as_text(_bytes_of(found[0])) for found in _TOKEN.finditer(part) if found[0][:1] in b"(<")
    metadata = _resolved(reader.trailer["/Root"].get("/Metadata"))
    if metadata is not None:
        packet = etree.fromstring(metadata.get_data(), etree.XMLParser(resolve_entities=False, recover=True))
        yield from (text for text in packet.itertext() if text.strip())


def _as_text(held: bytes) -> str:
    for mark, encoding in {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}.items():
        if held.startswith(mark):
            return held[len(mark) :].decode(encoding, "replace")
    return held.decode("latin-1")


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value
