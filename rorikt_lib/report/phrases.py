"""What stands in a paragraph that people write: text, emphasis, code, links and terms, written anew."""

import re
from itertools import groupby
from typing import Any

from rorikt_lib.present.markdown import escaped
from rorikt_lib.report.addresses import Refused, check_address

# An element as pandoc has it: its kind, what is in it, and the line it begins on.
Node = dict[str, Any]

AS_CODE = "leave it out, or write it between backticks, where everything is shown as written"
HTML = ("HTML, which does not reach the PDF", "write it as Markdown")
BREAK = "\\\n"

_TERM = re.compile(r"def-[\w-]+")
_TEXTS = {"Str", "Space", "SoftBreak"}
_MARKS = {"Emph": "*", "Strong": "**"}
_BRACES = ("attributes in braces", "leave them out")
_FOR_PROGRAMS = {
    re.compile(r"\{\{|\{%"): ("double braces", "only a page that serves all months may name facts, and only those"),
    re.compile(r":::"): ("a division (:::)", "write paragraphs, lists or a quotation (>)"),
    re.compile(r"\{\s*(?:[#.=][\w-]|[\w-]+=)"): _BRACES,
}


def phrases(inlines: list[Node], within: frozenset[str] = frozenset()) -> str:
    """The inlines as Markdown. within: the marks of the emphasis that they stand in."""
    found = []
    for is_text, group in groupby(inlines, lambda node: node["t"] in _TEXTS):
        nodes = list(group)
        found += [_text(nodes)] if is_text else [_phrase(node, within) for node in nodes]
    # An exclamation mark before a link would make an image of it.
    return "".join(re.sub(r"!$", r"\\!", each) for each in found)


def words(inlines: list[Node]) -> str:
    """What a reader sees of the inlines, without emphasis."""
    return "".join(map(_words, inlines))


def _words(node: Node) -> str:
    match node["t"], node["c"]:
        case "Str", text:
            return text
        case "Code", [_, text]:
            return text
        case "Quoted", [_, inlines]:
            return f"«{words(inlines)}»"
        case "Emph" | "Strong", inlines:
            return words(inlines)
        case "Link" | "Span", [_, inlines, *_]:
            return words(inlines)
    return " "


def fence(text: str, least: int) -> str:
    """Backticks that code with this text stands between."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


def _text(nodes: list[Node]) -> str:
    texts = [node["c"] if node["t"] == "Str" else " " for node in nodes]
    written = "".join(texts)
    for pattern, refused in _FOR_PROGRAMS.items():
        if found := pattern.search(written):
            at = next(n for n in range(len(texts)) if len("".join(texts[: n + 1])) > found.start())
            raise Refused(nodes[at]["line"], *refused)
    return escaped(written)


def _phrase(node: Node, within: frozenset[str]) -> str:
    content = node["c"]
    match node["t"]:
        case "Emph" | "Strong":
            mark = _MARKS[node["t"]]
            inner = phrases(content, within | {mark})
            text = inner if mark in within else f"{mark}{inner}{mark}"
        case "Code":
            text = _code(content[1])
        case "Quoted":
            text = f"«{phrases(content[1], within)}»"
        case "LineBreak":
            text = BREAK
        case "Link":
            _, inlines, (address, title) = content
            check_address(address, title, node["line"])
            text = f"[{phrases(inlines, within)}]({_address(address)})"
        case "Span" if _TERM.fullmatch(content[0][0]) and not content[0][1]:
            text = f"[{phrases(content[1], within)}]{{#{content[0][0]}}}"
        case kind:
            raise Refused(node["line"], *_REFUSED.get(kind, ("markup that the report does not have", AS_CODE)))
    return text


_REFUSED = {
    "RawInline": HTML,
    "Span": _BRACES,
    "Image": ("an image amid a text", "give it a paragraph of its own, in no list"),
}


def _address(address: str) -> str:
    written = address.replace("&", r"\&")
    return f"<{written}>" if re.search("[()]", address) else written


def _code(text: str) -> str:
    edge = fence(text, 1)
    return f"{edge} {text} {edge}" if "`" in text else f"{edge}{text}{edge}"
