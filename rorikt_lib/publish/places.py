"""What a rendered page says, place by place: every heading, table, figure and term that a link can lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from rorikt_lib.present.language import mark

_LEVELS = {"h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}
# Read as one, however much stands within.
_WHOLE = {"table", "figure", "dt", "p", "li", *_LEVELS}
# Read with what they stand in, or nothing to find.
_SKIPPED = {"script", "style", "nav", "img", "figcaption", "caption", "summary"}
_DISPLAYS = ("tabell-", "figur-")
_INVISIBLE = {ord("\u00ad"): None, ord("\u200b"): None}


@dataclass
class Place:
    """Where a link can lead: a heading, table, figure or term with its id. within: the headings above it."""

    id: str
    title: str
    within: tuple[str, ...] = ()
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands there, each text once."""
        return " · ".join(dict.fromkeys(filter(None, self.texts)))


def places_of(page: html.HtmlElement) -> list[Place]:
    """The places of a page in its order, with the text at each; text before the first belongs to none."""
    found: list[Place] = []
    above: dict[int, str] = {}
    for main in page.xpath("//main"):
        for element in _read(main):
            _place(element, above, found)
    return [place for place in found if place.title]


def _place(element: html.HtmlElement, above: dict[int, str], found: list[Place]) -> None:
    """Adds to `found` what an element begins or says. above: level → title of the headings that are open."""
    level = _LEVELS.get(element.tag)
    for closed in [other for other in above if level and other >= level]:
        del above[closed]
    within = tuple(above.values())
    if level:
        above[level] = _heading(element)
        found.append(Place(element.get("id", ""), above[level], within))
    elif element.tag == "table":
        found.append(Place(_id(element), _caption(element, "caption"), within, list(_cells(element))))
    elif element.tag == "figure":
        alt = [image.get("alt", "") for image in element.iter("img")]
        found.append(Place(_id(element), _caption(element, "figcaption"), within, alt))
    elif element.tag == "dt":
        found.append(Place(_id(element), words_of(element), within))
    elif found:
        _section(element, found).texts.append(words_of(element))


def _section(element: html.HtmlElement, found: list[Place]) -> Place:
    """Where a text belongs: to the term that it explains, else to the heading it stands under."""
    if element.tag == "dd":
        return found[-1]
    return next((place for place in reversed(found) if not place.id.startswith(_DISPLAYS)), found[-1])


def _read(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The innermost elements that hold text, in order: a table or figure as one."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or _is_beside(child):
            continue
        if child.tag in _WHOLE or not child.xpath(f".//*[{' or '.join(f'self::{tag}' for tag in _WHOLE)}]"):
            yield child
        else:
            yield from _read(child)


def _is_beside(element: html.HtmlElement) -> bool:
    """Whether it is shown elsewhere too, as a term explained where it is used, leads on, or is for nobody to hear."""
    leads_on = "ways" in element.get("class", "").split()
    return leads_on or element.get("popover") is not None or element.get("aria-hidden") == "true"


def _id(element: html.HtmlElement) -> str:
    """Its own id, else that of the nearest within or around it: what a link leads to."""
    near = [element, *element.iterdescendants(), *element.iterancestors("div", "section")]
    return next((one.get("id") for one in near if isinstance(one.tag, str) and one.get("id")), "")


def _heading(element: html.HtmlElement) -> str:
    """A heading's words, without its number and the link to itself."""
    number = element.xpath(".//*[contains(@class, 'section-number')]")
    link = element.xpath(".//a[starts-with(@href, '#')][not(normalize-space(.)) or contains(@class, 'permalink')]")
    return words_of(element, but=[*number, *link])


def _caption(element: html.HtmlElement, tag: str) -> str:
    """What a table or figure is called, without the links at its end and the tables that they lead to."""
    caption = element.find(f".//{tag}")
    if caption is None:
        return ""
    links = caption.xpath(".//*[contains(@class, 'of-table') or contains(@class, 'permalink')]")
    before, after = map(re.escape, mark("numbers_in").split("{}"))
    return re.sub(rf"\s*{before}.+?{after}(?=\s|$)", "", words_of(caption, but=links))


def _cells(table: html.HtmlElement) -> Iterator[str]:
    """Names in a table: what stands above and before its numbers, and every cell that says anything but a number."""
    for cell in table.iter("th", "td"):
        text = words_of(cell)
        if any(sign.isalpha() for sign in text):
            yield text


def words_of(element: html.HtmlElement | None, but: list[html.HtmlElement] | None = None) -> str:
    """The words of an element as a reader sees them, without those of the elements in `but`."""
    if element is None:
        return ""
    left_out = {inner for one in but or [] for inner in one.iter()}
    own = (piece for piece in element.xpath(".//text()") if not _is_within(piece, left_out))
    return " ".join("".join(own).translate(_INVISIBLE).split())


def _is_within(piece: Any, left_out: set[html.HtmlElement]) -> bool:
    """Whether a text stands in one of the elements; what follows an element is not in it."""
    holder = piece.getparent() if piece.is_text else piece.getparent().getparent()
    return holder in left_out
