"""What must hold for a page before anyone sees it: nothing private, nothing from elsewhere, no link to nothing."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

from lxml import html

from rorikt_lib.config.folder import Folder
from rorikt_lib.errors import InputError
from rorikt_lib.publish.privacy.gate import Gate, published_numbers, refuse
from rorikt_lib.publish.privacy.passed import Passed
from rorikt_lib.publish.privacy.people import People
from rorikt_lib.publish.privacy.pieces import READ
from rorikt_lib.report.show import CHARTS, DOWNLOADS

# What the pages across months bring, made anew with each month.
OWN_FOLDERS = (CHARTS, DOWNLOADS)
_LOADED = ("src", "srcset", "poster", "data", "action", "background")
_ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_STYLE_ELSEWHERE = re.compile(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)


def check_folder(
    folder: Path,
    machine_paths: Iterable[Path] = (),
    gate: Gate | None = None,
    workbook: Folder | None = None,
    month: str = "",
    but: Collection[str] = (),
    passed: Passed | None = None,
) -> None:
    """InputError for what the files in `folder` say or fetch and must not; see privacy.gate.

    machine_paths: folders whose names must not be read anywhere. workbook: where what is private is traced to. month:
    the folder of what is new; what stands in other months' folders was read for names when it was new.
    but: folders in it that were looked through before. passed: which files were, so that they are not again.
    """
    forbidden = [str(path.resolve()) for path in machine_paths if len(path.resolve().parts) > 2]
    gate = gate or Gate()
    # What is said across months, and in months before, is of their own figures.
    gate = replace(gate, forbidden=forbidden, numbers={*gate.numbers, *published_numbers(folder)})
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READ)
    files = [file for file in files if file.relative_to(folder).parts[0] not in but]
    own = {month, *OWN_FOLDERS}
    new = [file for file in files if not month or file.parent == folder or file.relative_to(folder).parts[0] in own]
    old = sorted({*files} - {*new} - {file for file in files if file.suffix == ".pdf"})
    unnamed, passed = replace(gate, people=People()), passed or Passed()
    fresh, others = passed.but(new, gate), passed.but(old, unnamed)
    leaks = gate.leaks(folder, fresh, passed.texts(gate)), unnamed.leaks(folder, others, passed.texts(unnamed))
    refuse(chain(*leaks), workbook, month)
    for file in (*fresh, *others):
        _check_sound(file, file.relative_to(folder))
    passed.let_through(new, gate)
    passed.let_through([*new, *old], unnamed)


def _check_sound(file: Path, where: Path) -> None:
    if file.suffix not in (".html", ".svg", ".css"):
        return
    text = file.read_text(encoding="utf-8")
    if _STYLE_ELSEWHERE.search(text):
        raise InputError("a style that fetches from another host", file=where, remedy="ship what it fetches")
    if file.suffix == ".html":
        check_page(html.fromstring(text.encode()), where)


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
