"""What the margins of a printed web page say, as a style sheet of the page's own: no style may stand in the page."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rorikt_lib.present.language import mark
from rorikt_lib.publish.document import split


def write_margins(document: Path) -> None:
    """The style sheet that the document's page names, among its assets; none where the document is of no page."""
    facts, _ = split(document.read_text(encoding="utf-8"))
    if "page" in facts:
        file = document.parent / "assets" / f"{facts['page']}.css"
        file.write_text(_margins(facts), encoding="utf-8")


def _margins(facts: Mapping[str, Any]) -> str:
    demo = mark("demo_data") if facts["demo"] else None
    said = {
        "top-left": f"{facts['title']}, {facts['subtitle'].lower()}",
        "top-right": " · ".join(filter(None, (demo, facts.get("status")))),
        "bottom-left": facts["organisation"],
    }
    contents = {place: _string(text) for place, text in said.items()} | {"bottom-right": _page_number()}
    lines = [f"  @{place} {{ content: {content}; }}" for place, content in contents.items()]
    return "\n".join(["@page {", *lines, "}", ""])


def _page_number() -> str:
    """The page's number and how many there are, which only the browser can count."""
    before, between, after = (json.dumps(part, ensure_ascii=False) for part in mark("page_of").split("{}"))
    return f"{before} counter(page) {between} counter(pages) {after}"


def _string(text: str) -> str:
    """Between quotation marks, which CSS escapes as JSON does."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
