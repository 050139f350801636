"""What a finished page may be made of: nothing that runs, loads from elsewhere or leads out of the site unseen.

Texts cannot become anything else on their way here; this holds whatever way they took, and whichever renderer it was.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree, html

from rorikt_lib.errors import InputError
from rorikt_lib.publish.privacy.passed import Passed

_PAGE = {
    "html", "head", "meta", "title", "link", "style", "script", "body", "header", "footer", "main", "nav", "section",
    "article", "aside", "div", "p", "span", "a", "strong", "b", "em", "i", "del", "ins", "sub", "sup", "small", "code",
    "pre", "kbd", "abbr", "time", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "img",
    "picture", "source", "input", "label", "hr", "br", "wbr", "details", "summary", "button",
}  # fmt: skip
_CHART = {
    "svg", "g", "defs", "path", "use", "clipPath", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "title", "desc", "style", "marker", "symbol", "linearGradient", "radialGradient", "stop", "pattern",
    "mask", "image",
}  # fmt: skip
_ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "background", "ping"}
_HANDLER = re.compile(r"on|srcdoc$|http-equiv$", re.IGNORECASE)
# The only http-equiv that a page has: it can but forbid.
_POLICY = "Content-Security-Policy"
# Scripts are files of ours, beside the page or the site's.
_SCRIPT = re.compile(r"(\.\./)?assets/[a-z-]+\.js")
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-\s]*):", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto"}
# A page without an icon of its own asks for none; a chart may hold a picture of many points.
_OWN = re.compile(r"data:,$|data:image/png;base64,[\w+/=\s]*$")
_REMEDY = "take it out of the text or chapter that it comes from"


def check_site(folder: Path, new: str = "", passed: Passed | None = None) -> None:
    """InputError for the first page or chart of a site that may do something, or has a link to no file of the site.

    new: the folder that has just been made, whose pages must also look as they are meant to under their own policy.
    passed: which files were found to do nothing before, and are not looked at again.
    """
    passed, files = passed or Passed(), sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".svg"))
    for file in passed.but(files):
        refuse_active(file.read_bytes(), file.relative_to(folder))
    for file in (file for file in files if file.suffix == ".html"):
        where = file.relative_to(folder)
        if where.parts[0] in (new, file.name):
            refuse_inline(file.read_bytes(), where)
        if len(where.parts) > 1:
            _check_links(file, folder)
    passed.let_through(files)


def refuse_active(content: bytes, where: Path) -> None:
    """InputError for an element, attribute or address of a page or chart that is none of a report's."""
    allowed = _PAGE if where.suffix == ".html" else _CHART
    for element in _elements(content, where):
        name = etree.QName(element).localname
        if name not in allowed or (name == "script" and not _is_ours(element)):
            raise InputError(f"the element <{name}>", file=where, remedy=_REMEDY)
        for attribute, value in element.attrib.items():
            if (attribute, value) == ("http-equiv", _POLICY):
                continue
            _check_attribute(etree.QName(attribute).localname, value, where)


def refuse_inline(content: bytes, where: Path) -> None:
    """InputError for a style in a page itself, which its policy would keep a browser from showing."""
    for element in _elements(content, where):
        if element.tag == "style" or "style" in element.attrib:
            raise InputError(f"a style in the page, in <{element.tag}>", file=where, remedy="write it as a class")


def _is_ours(script: etree._Element) -> bool:
    return not script.text and set(script.attrib) <= {"src", "defer"} and bool(_SCRIPT.fullmatch(script.get("src", "")))


def _elements(content: bytes, where: Path) -> Iterator[etree._Element]:
    if where.suffix == ".html":
        root = html.document_fromstring(content.decode("utf-8"))
    else:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    return root.iter("*")


def _check_attribute(name: str, value: str, where: Path) -> None:
    if _HANDLER.match(name):
        raise InputError(f"the attribute {name}", file=where, remedy=_REMEDY)
    scheme = _SCHEME.match(value) if name in _ADDRESSES else None
    if scheme and "".join(scheme[1].split()).lower() not in _SCHEMES and not _OWN.match(value):
        raise InputError(f"a link to '{value[:60]}'", file=where, remedy="link to http, https, mailto or this site")


def _check_links(file: Path, folder: Path) -> None:
    """InputError for a link of a month's page to a file that the site does not have."""
    for address in html.parse(file).getroot().xpath("//a/@href"):
        path, *_ = re.split("[?#]", address)
        if not path or _SCHEME.match(path):
            continue
        target = (file.parent / unquote(path)).resolve()
        if not target.is_relative_to(folder.resolve()) or not target.exists():
            where = file.relative_to(folder)
            raise InputError(f"a link to '{address}', which the site does not have", file=where, remedy="mend the link")
