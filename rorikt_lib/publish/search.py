"""The site's search: an index of every page as it was rendered, which a script reads when someone begins to search.

One file of the site for all months, made anew each time: what was approved is read and never written.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import html

from rorikt_lib.present.sentences import revision
from rorikt_lib.present.sentences import search as words
from rorikt_lib.publish.embedded import TEMPLATES
from rorikt_lib.publish.month_facts import called_of, name_of
from rorikt_lib.publish.order import REPORT_PAGE
from rorikt_lib.publish.places import places_of, words_of

# The two that pages know are named in templates/search.js.
SCRIPT, STYLE, INDEX = "search.js", "search.css", "search-index.js"
_WORDS = "/* words */ {}"
# The site's own folder.
ACROSS = "."

Facts = Mapping[str, Any]


def write_search(site: Path, facts: Mapping[str, Facts]) -> None:
    """Script, style and index of the search, among the site's assets. facts: folder of the site → its report.json."""
    assets = site / "assets"
    script = (TEMPLATES / SCRIPT).read_text(encoding="utf-8").replace(_WORDS, _json(words.WORDS))
    (assets / SCRIPT).write_text(script, encoding="utf-8")
    (assets / STYLE).write_bytes((TEMPLATES / STYLE).read_bytes())
    (assets / INDEX).write_text(f"window.searchIndex = {_json(index_of(site, facts))};\n", encoding="utf-8")


def index_of(site: Path, facts: Mapping[str, Facts]) -> dict[str, list]:
    """folders: what can be searched, the newest month first and other documents after all months, each with name, month
    (of another document what it is called) and its status; last the site's own, whose pages are across months.

    places: [page, id, the variants of what stands there]; a variant: [title, headings above, text, its folders as
    numbers, the newest first]. So a text that all months share is kept once, and a place is one result.
    """
    by_name = sorted(facts, key=lambda name: ("document" not in facts[name], name), reverse=True)
    searched = [name for name in by_name if _counts(name, facts[name])]
    places: dict[tuple[str, str], dict[tuple[str, str, str], list[int]]] = {}
    for number, name in enumerate([*searched, ACROSS]):
        for page in _pages(site / name, name):
            root = html.parse(page).getroot()
            # The report's own name says nothing more than the month does.
            of_page = () if page.name == REPORT_PAGE else (words_of(root.find(".//h1")),)
            for place in places_of(root):
                headings = " › ".join((*of_page, *place.within))
                variants = places.setdefault((page.name, place.id), {})
                variants.setdefault((place.title, headings, place.text), []).append(number)
    return {
        "folders": [*(_folder(name, facts[name]) for name in searched), _across(site)],
        "places": [[*key, [[*said, of] for said, of in variants.items()]] for key, variants in places.items()],
    }


def _counts(name: str, facts: Facts) -> bool:
    """Whether a folder is the document itself, or the draft of a revision beside it: not what that has replaced."""
    return name == name_of(facts) or bool(facts["draft"])


def _pages(folder: Path, name: str) -> list[Path]:
    """The report before the pages beside it, which is how equals are shown; the front page only leads to others."""
    pages = sorted(folder.glob("*.html"), key=lambda file: (file.name != REPORT_PAGE, file.name))
    return [page for page in pages if name != ACROSS or page.name != REPORT_PAGE]


def _across(site: Path) -> dict[str, Any]:
    """The site's own pages, across months: none of them has a month or a status."""
    beside = [page.name for page in _pages(site, ACROSS)]
    return {"name": ACROSS, "month": "", "status": "", "draft": False, "beside": beside}


def _folder(name: str, facts: Facts) -> dict[str, Any]:
    called = None if name == name_of(facts) else revision.name(facts["revision"])
    month = words.folder_name(called_of(facts), called)
    # Pages beside the report are not approved with it.
    beside = [page["file"] for page in facts.get("pages", []) if page["file"] != REPORT_PAGE]
    return {"name": name, "month": month, "status": facts["status"], "draft": facts["draft"], "beside": beside}


def _json(value: object) -> str:
    """JSON that is JavaScript too, whatever reads it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
