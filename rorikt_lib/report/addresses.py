"""Where the links and images of what people write may lead."""

import re
from pathlib import Path

from rorikt_lib.present.markdown import attribute, escaped
from rorikt_lib.report.show import CHARTS

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ELSEWHERE = re.compile(r"https?://[^/?#]|mailto:[^?]", re.IGNORECASE)
# What a browser takes out of an address before it reads it, or reads as a slash.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
_PICTURE = re.compile(r"([a-z0-9][a-z0-9_-]*)\.(?:png|jpe?g)")
_BEGINNINGS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


class Refused(Exception):
    """What the report does not show, by its line."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


def check_address(address: str, title: str, line: int) -> None:
    """Refused unless a link leads to another site (http, https), a mailbox, or a place within this site."""
    if title:
        raise Refused(line, "a link with a title, which paper does not show", "write it in the text")
    if _UNSEEN.search(address) or not (_ELSEWHERE.match(address) or _is_within(address)):
        remedy = "link to https://…, mailto:…, #place, or a file of the site"
        raise Refused(line, f"a link to '{address}'", remedy)


def _is_within(address: str) -> bool:
    """Whether the address is of a place in the site: of the month's folder, or of the folders beside it."""
    path, *_ = re.split("[?#]", address)
    steps = path.removeprefix("../").split("/")
    return bool(address) and not _SCHEME.match(address) and not path.startswith("/") and ".." not in steps


def picture(alt: str, address: str, title: str, folder: Path | None, line: int) -> str:
    """The paragraph of an image in `folder`, as that of a chart. title: its caption, else what it shows."""
    name = _PICTURE.fullmatch(address)
    if folder is None or not name:
        remedy = "put a PNG or JPEG file in the month's folder, its name in small letters, digits and hyphens"
        raise Refused(line, f"the image '{address}'", remedy)
    if not alt.strip():
        raise Refused(line, f"the image {address} has no alt text", "write what it shows between the brackets")
    file = folder / address
    if not file.is_file() or file.resolve().parent != folder.resolve():
        raise Refused(line, f"no image '{address}' in {folder.name}", "put it in the month's folder")
    if not file.read_bytes().startswith(_BEGINNINGS[file.suffix]):
        raise Refused(line, f"{address} is no {file.suffix[1:].upper()} file", "save the image as PNG or JPEG")
    return f'![{escaped(title or alt)}]({CHARTS}/{address}){{#figur-{name[1]} alt="{attribute(alt)}"}}'
