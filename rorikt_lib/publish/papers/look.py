"""What a PDF is before it is attached to papers: that it can be read at all, its pages, whether it is tagged."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from rorikt_lib.errors import InputError, of_disk
from rorikt_lib.publish.papers.objects import held

_MEND = "print it to a PDF anew, or leave it out"
_DECLARED = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*1\b")


@dataclass(frozen=True)
class Look:
    """pages: how many. is_tagged: whether its text has tags. is_declared: whether it says that it is PDF/UA-1."""

    pages: int
    is_tagged: bool
    is_declared: bool


def look(pdf: Path) -> Look:
    """What a PDF is; refuses what is none, is damaged, locked or empty."""
    reader = opened(pdf)
    with readable(pdf):
        root = reader.root_object
        return Look(len(reader.pages), is_tagged(root), is_declared(root))


def look_through(pdf: Path) -> Look:
    """As `look`, of a PDF from elsewhere, of which every page is read: what is damaged may show only then."""
    found = look(pdf)
    with readable(pdf):
        for page in opened(pdf).pages:
            page.extract_text()
    return found


def opened(pdf: Path) -> PdfReader:
    """A PDF to read pages from, by the same refusals as `look`."""
    try:
        content = pdf.read_bytes()
    except OSError as error:
        raise of_disk(error) from None
    if b"%PDF-" not in content[:1024]:
        raise InputError("is not a PDF", file=pdf, remedy="save it as a PDF, or leave it out")
    with readable(pdf):
        reader = PdfReader(BytesIO(content))
        is_locked = reader.is_encrypted
        pages = 0 if is_locked else sum(1 for page in reader.pages if page.mediabox.width and page.get_object())
    if is_locked:
        raise InputError("is locked by a password or against changes", file=pdf, remedy="save it without protection")
    if not pages:
        raise InputError("has no pages", file=pdf, remedy=_MEND)
    return reader


@contextmanager
def readable(pdf: Path) -> Iterator[None]:
    """InputError where a PDF cannot be read to its end: pypdf meets what is damaged with errors of any kind."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        told = str(error) or type(error).__name__
        raise InputError(f"cannot be read as a PDF ({told})", file=pdf, remedy=_MEND) from error


def is_tagged(root: DictionaryObject) -> bool:
    """Whether a PDF says that its text is tagged, and has tags."""
    tree = held(root, "/StructTreeRoot")
    return bool(held(root, "/MarkInfo").get("/Marked", False)) and "/K" in tree and "/ParentTree" in tree


def is_declared(root: DictionaryObject) -> bool:
    """Whether a PDF has tags, and its own description says that it is PDF/UA-1."""
    about = root.get("/Metadata")
    return is_tagged(root) and about is not None and _DECLARED.search(about.get_object().get_data()) is not None
