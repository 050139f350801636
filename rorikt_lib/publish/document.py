"""A document as pandoc has read it: once, in the one dialect, so that no renderer reads any of it otherwise."""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import yaml

from rorikt_lib.present.glyphs import showable
from rorikt_lib.present.markdown import DOCUMENT, read_whole

_HEAD = "---\n"


def written(facts: dict[str, Any], text: str) -> str:
    """A document of these facts, which are no Markdown, and this text."""
    known = json.loads(json.dumps(facts))  # terms of ours as the texts they are
    return f"{_HEAD}{yaml.safe_dump(known, allow_unicode=True, sort_keys=False)}{_HEAD}\n{text}"


def split(document: str) -> tuple[dict[str, Any], str]:
    """The facts at the head of a document, and its text; no facts where it has no head."""
    if not document.startswith(_HEAD) or f"\n{_HEAD}" not in document:
        return {}, document
    head, text = document.removeprefix(_HEAD).split(f"\n{_HEAD}", maxsplit=1)
    return yaml.safe_load(head) or {}, text


def as_read(document: Path) -> Path:
    """The document in pandoc's JSON, beside it: what both renderers are given."""
    facts, text = split(document.read_text(encoding="utf-8"))
    read = read_whole(showable(text), DOCUMENT)
    known = {name: _fact(value) for name, value in facts.items() if value is not None}
    name = _typst_string(str(facts.get("organisation", "")))
    read["meta"] = known | {"author": {"t": "MetaInlines", "c": [_raw("typst", name)]}}
    file = document.with_suffix(".json")
    file.write_text(json.dumps(read), encoding="utf-8")
    return file


def _fact(value: Any) -> dict[str, Any]:
    """A value of a template, which shows a text as it is, in an attribute too."""
    match value:
        case bool():
            return {"t": "MetaBool", "c": value}
        case list():
            return {"t": "MetaList", "c": [_fact(each) for each in value]}
        case dict():
            return {"t": "MetaMap", "c": {name: _fact(each) for name, each in value.items() if each is not None}}
    text = showable(re.sub(r"[\t\r\n]+", " ", str(value)))
    return {"t": "MetaInlines", "c": [_raw("html", escape(text)), _raw("typst", f"#{_typst_string(text)};")]}


def _raw(renderer: str, text: str) -> dict[str, Any]:
    return {"t": "RawInline", "c": [renderer, text]}


def _typst_string(text: str) -> str:
    """A string of Typst's own, which has no markup in it."""
    return json.dumps(showable(text), ensure_ascii=False)
