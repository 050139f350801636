"""Papers as one PDF: what Typst made of the papers themselves, its empty pages filled by what is attached.

Typst takes in no PDF where it writes PDF/UA, and elsewhere only what its pages look like. So each attachment's pages
come here into the place of empty ones, which draw its name and the running number; with their tags, bookmarks, links
and the files that are in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from rorikt_lib.publish.papers import content, links, tags
from rorikt_lib.publish.papers.look import is_declared, is_tagged, opened, readable
from rorikt_lib.publish.papers.objects import NAMES, entries, held, repoint, tree_of

_TAGS, _BOOKMARKS, _LANGUAGE, _PARENT = map(NameObject, ("/StructTreeRoot", "/Outlines", "/Lang", "/Parent"))
_FILES, _NAMES = NameObject("/EmbeddedFiles"), NameObject("/Names")
_OF_ROOT = (_TAGS, _BOOKMARKS, _LANGUAGE, _NAMES, NameObject("/Dests"))
# As month.typ labels headings.
OF_PAGES = "pages:"
_DECLARATION = re.compile(rb"<pdfuaid:part>1</pdfuaid:part>")


@dataclass(frozen=True)
class Attachment:
    """A PDF that fills empty pages.

    key: the label of its heading among the papers, after OF_PAGES: `vedlegg-1`. names: what each of its pages is called
    for who does not see it, where it has no text. has_room: whether its pages leave their top free; others get smaller.
    """

    key: str
    pdf: Path
    names: Sequence[str]
    has_room: bool = False


@dataclass(frozen=True)
class _Copy:
    """An attachment as objects of the papers. empty: the pages it fills. root: its tags, bookmarks and files."""

    key: str
    pages: list[PageObject]
    empty: list[PageObject]
    root: DictionaryObject
    is_declared: bool


def fill(papers: Path, attachments: Sequence[Attachment]) -> None:
    """The PDF of papers takes in what is attached to them. It says that it is PDF/UA-1 where all of it does."""
    reader = PdfReader(papers)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    root, starts = writer.root_object, reader.named_destinations
    copies = []
    for each in attachments:
        first = reader.get_destination_page_number(starts[OF_PAGES + each.key])
        with readable(each.pdf):
            copies.append(_copy(writer, each, writer.pages[first : first + len(each.names)]))
    pairs = [pair for copy in copies for pair in zip(copy.empty, copy.pages, strict=True)]
    repoint(root, {empty.indirect_reference.idnum: page.indirect_reference for empty, page in pairs})
    for each, copy in zip(attachments, copies, strict=True):
        with readable(each.pdf):
            _join(root, copy)
    if not all(copy.is_declared for copy in copies):
        about = root["/Metadata"]
        about.set_data(_DECLARATION.sub(b"", about.get_data()))
    writer.compress_identical_objects(remove_duplicates=False)  # what nothing leads to any longer goes
    writer.write(papers)


def _copy(writer: PdfWriter, attachment: Attachment, empty: list[PageObject]) -> _Copy:
    reader = opened(attachment.pdf)
    # Pages first: what leads to one, of tags, bookmarks and links, then leads to its copy.
    pages = [page.clone(writer, ignore_fields=("/Parent", "/Annots", "/B")) for page in reader.pages]
    for page, own in zip(pages, reader.pages, strict=True):
        if "/Annots" in own:
            page[NameObject("/Annots")] = own["/Annots"].clone(writer)
    own = reader.root_object
    root = DictionaryObject({key: own.raw_get(key) for key in _OF_ROOT if key in own}).clone(writer)
    moved = {} if attachment.has_room else {page.indirect_reference.idnum: content.fit(page) for page in pages}
    links.settle(root, pages, moved)
    if not is_tagged(own):
        root[_TAGS] = tags.tag(writer, pages, attachment.names).indirect_reference
    tags.make_room(writer.root_object[_TAGS], empty[0], len(tags.texts_of(root[_TAGS], pages[0])))
    content.draw_over(pages, empty)
    return _Copy(attachment.key, pages, empty, root, is_declared(own))


def _join(root: DictionaryObject, copy: _Copy) -> None:
    part = copy.root[_TAGS]
    tags.join(root[_TAGS], part, copy.empty[0], copy.pages, copy.key)
    if _LANGUAGE in copy.root:
        part[_LANGUAGE] = copy.root[_LANGUAGE]
    _join_bookmarks(root, copy)
    _join_files(root, copy)
    for page, empty in zip(copy.pages, copy.empty, strict=True):
        page[_PARENT] = empty.raw_get(_PARENT)


def _join_bookmarks(root: DictionaryObject, copy: _Copy) -> None:
    """The bookmarks of an attachment stand under that of its heading, folded."""
    own = held(copy.root, _BOOKMARKS)
    if "/First" not in own:
        return
    first = copy.pages[0].indirect_reference
    heading = next(each for each in _bookmarks(root[_BOOKMARKS]) if each["/Dest"][0] == first)
    tops = list(_beside(own["/First"]))
    for each in tops:
        each[_PARENT] = heading.indirect_reference
    heading |= {NameObject(key): own.raw_get(key) for key in ("/First", "/Last")}
    heading[NameObject("/Count")] = NumberObject(-len(tops))


def _bookmarks(place: DictionaryObject) -> list[DictionaryObject]:
    return [each for one in _beside(place.get("/First")) for each in (one, *_bookmarks(one))]


def _beside(first: PdfObject | None) -> list[DictionaryObject]:
    found: dict[int, DictionaryObject] = {}
    while first is not None and (entry := first.get_object()).indirect_reference.idnum not in found:
        found[entry.indirect_reference.idnum] = entry
        first = entry.get("/Next")
    return list(found.values())


def _join_files(root: DictionaryObject, copy: _Copy) -> None:
    """The files that are in an attachment are in the papers, named after it."""
    files = {f"{copy.key}/{name}": file for name, file in entries(held(copy.root, _NAMES).get(_FILES), NAMES)}
    for name, file in files.items():
        file.get_object().update({NameObject(key): TextStringObject(name) for key in ("/F", "/UF")})
    if files:
        names = root.setdefault(_NAMES, DictionaryObject()).get_object()
        files |= dict(entries(names.get(_FILES), NAMES))
        names[_FILES] = tree_of(files, NAMES, TextStringObject)
