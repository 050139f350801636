"""What must hold for a page before anyone sees it: nothing private, nothing from elsewhere, nothing that leads nowhere.

The numbers of the report are the reason that a telephone number is known by its shape: ours are grouped in threes,
Norwegian telephone numbers as 3-2-3 or 2-2-2-2. Eight digits in a row are one only after a word that says so.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from lxml import html

from rorikt_lib.errors import InputError

_GAP = r"[ .\-\u00a0\u2009\u202f]"
_PRIVATE = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a telephone number": re.compile(
        rf"(?:\+|\b00)47{_GAP}?\d(?:{_GAP}?\d){{7}}\b"
        rf"|(?<![\d.,\u202f])\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{3}}(?![\d\u202f])"
        rf"|(?<![\d.,\u202f])\d{{2}}(?:{_GAP}\d{{2}}){{3}}(?![\d\u202f])"
        r"|\b(?i:tel|tlf|telefon\w*|mobil\w*|ring|sms)\b\W{0,4}\d{8}\b"
    ),
    "a path on a machine": re.compile(
        r"(?<![\w/.:])/(?:home|Users|root|tmp|var|opt|mnt|srv|usr|private)/[\w.-]+|\b[A-Za-z]:\\\w+|file://"
    ),
}
_LOADED = ("src", "srcset", "poster", "data", "action", "background")
_ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_STYLE_ELSEWHERE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)
_SHOWN = ("alt", "title", "aria-label", "content", "href")


def check_folder(folder: Path, machine_paths: Iterable[Path] = (), but: Collection[str] = ()) -> None:
    """InputError for the first page, chart or table in `folder` that says or fetches what it must not.

    machine_paths: folders whose names must not be read anywhere. but: folders in it that were looked through before.
    """
    forbidden = [str(path.resolve()) for path in machine_paths if len(path.resolve().parts) > 2]
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".svg", ".csv", ".json", ".css")):
        where = file.relative_to(folder)
        if where.parts[0] in but:
            continue
        text = file.read_text(encoding="utf-8")
        for piece in _readable(text) if file.suffix in (".html", ".svg") else text.splitlines():
            refuse_private(piece, where, forbidden)
        if _STYLE_ELSEWHERE.search(text):
            raise InputError("a style that fetches from another host", file=where, remedy="ship what it fetches")
        if file.suffix == ".html":
            check_page(html.fromstring(text.encode()), where)


def refuse_private(text: str, where: Path, forbidden: Iterable[str] = ()) -> None:
    """InputError where `text` holds an e-mail address, a telephone number or a path on a machine."""
    for kind, pattern in _PRIVATE.items():
        if found := pattern.search(text):
            raise InputError(f"{kind}: '{found[0]}'", file=where, remedy="take it out of the source it comes from")
    for path in forbidden:
        if path in text:
            raise InputError(f"a path on a machine: '{path}'", file=where, remedy="take it out of the chapter")


def check_page(page: html.HtmlElement, where: Path) -> None:
    """InputError where a page fetches from elsewhere, has a link to nothing, or a chart without alt text.

    A link to another site is the reader's choice and may stand.
    """
    ids = set(page.xpath("//@id"))
    for element in page.iter("*"):
        fetched = [element.get(name) for name in _LOADED] + [element.get("href")] * (element.tag == "link")
        if elsewhere := next((url for url in fetched if url and _ELSEWHERE.match(url)), None):
            raise InputError(f"the page fetches '{elsewhere}'", file=where, remedy="ship it with the page")
        target = element.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            raise InputError(f"a link to '{target}', which is not on the page", file=where, remedy="mend the link")
        if element.tag == "img" and not (element.get("alt") or "").strip():
            raise InputError(f"the chart {element.get('src')} has no alt text", file=where, remedy="give it one")


def _readable(text: str) -> Iterator[str]:
    """Each text and each attribute that a reader or a program reads out, one at a time: cells never run together."""
    for element in html.fromstring(text.encode()).iter("*"):
        yield from filter(None, (element.text, element.tail, *(element.get(name) for name in _SHOWN)))
