"""The PDF of papers, once it is rendered, is filled by the attachments that its document names, from beside it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rorikt_lib.publish.document import split
from rorikt_lib.publish.papers.agenda import Attached
from rorikt_lib.publish.papers.assemble import Attachment, fill

# In the document's facts: what is attached.
ATTACHMENTS = "attachments"


def facts_of(attached: Iterable[Attached], folder: str) -> list[dict[str, str | bool]]:
    """What a document says of its attachments, so that whoever renders it again finds them. folder: where they are."""
    return [
        {
            "key": each.key,
            "file": f"{folder}/{each.key}.pdf",
            "name": each.name,
            "pages": str(each.look.pages),
            "has-room": each.address is not None,
        }
        for each in attached
    ]


def fill_papers(document: Path, pdf: Path) -> None:
    """The PDF of a document that names attachments takes them in; that of any other stays as it is."""
    known, _ = split(document.read_text(encoding="utf-8"))
    if attached := known.get(ATTACHMENTS):
        fill(pdf, [_attachment(each, document.parent, known["words"]) for each in attached])


def _attachment(told: Mapping[str, str | bool], folder: Path, words: Mapping[str, str]) -> Attachment:
    pages = range(1, int(told["pages"]) + 1)
    of_all = f"{words['of']} {told['pages']}"
    names = [f"{told['name']}, {words['page'].lower()} {page} {of_all}" for page in pages]
    return Attachment(told["key"], folder / told["file"], names, told["has-room"])
