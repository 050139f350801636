"""What people write, read once by pandoc's parser and written anew, so that every renderer shows the same text.

The dialect is that of docs/narratives.md. What is not in it is shown as written where it may be prose (a path, dollars,
a name after @), and refused by its line where it can only be meant for a program.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rorikt_lib.present import markdown
from rorikt_lib.present.markdown import escaped
from rorikt_lib.report.addresses import Refused, picture
from rorikt_lib.report.phrases import AS_CODE, BREAK, HTML, Node, fence, phrases, words

_START = re.compile(r"(\d+):\d+-")
_CAPTION = re.compile(r": *(.*?)\s*\{#(tabell-[\w-]+)\}")
_RULES = {"AlignRight": "---:"}
# Elements that have attributes, and so their place.
_PLACED = {"Div", "Span", "Header", "Code", "CodeBlock", "Link", "Image", "Table"}
_CLOSE = {"Plain", "BulletList", "OrderedList"}


def rewritten(text: str, images: Path | None) -> str:
    """`text` in the dialect of assembled documents. images: the folder that its images are in, None where it has none.

    Refused, with the line in `text`, for what is not of the dialect and for links and images that lead elsewhere.
    """
    blocks = _with_lines(markdown.read(text, markdown.NARRATIVE), 1)
    return "\n\n".join(_blocks(blocks, images))


def _with_lines(value: Any, line: int) -> Any:
    """What pandoc read, each element with its line, and without the wrappers that say only that."""
    if not isinstance(value, list):
        return value
    found: list[Any] = []
    for each in value:
        if not (isinstance(each, dict) and "t" in each):
            found.append(_with_lines(each, line))
            continue
        known = _attributes(each)
        line = min(map(int, _START.findall(known.get("data-pos", ""))), default=line)
        if "wrapper" in known:
            found += _with_lines(each["c"][1], line)
        else:
            found.append({"t": each["t"], "c": _with_lines(each.get("c"), line), "line": line})
    return found


def _attributes(node: Node) -> dict[str, str]:
    if node["t"] not in _PLACED:
        return {}
    return dict(node["c"][1 if node["t"] == "Header" else 0][2])


def _blocks(nodes: list[Node], images: Path | None = None, nested: bool = False) -> Iterator[str]:
    """The blocks, each as text; what is nested in a list or a quotation has no headings, tables or images."""
    left = iter(nodes)
    for node in left:
        if refused := _refused(node, nested):
            raise Refused(node["line"], *refused)
        yield _table(node, next(left, None)) if node["t"] == "Table" else _block(node, images, nested)


def _refused(node: Node, nested: bool) -> tuple[str, str] | None:
    match node["t"], node["c"]:
        case "RawBlock", _:
            return HTML
        case "CodeBlock", [[_, [kind, *_], _], _] if kind.startswith("{="):
            return "a block for one renderer alone", AS_CODE
        case "Header" | "Table", _ if nested:
            return "a heading or table in a list or a quotation", "give it a place of its own"
    return None


def _block(node: Node, images: Path | None, nested: bool) -> str:
    content = node["c"]
    match node["t"]:
        case "Para" | "Plain":
            text = _paragraph(content, images)
        case "Header":
            text = f"{'#' * content[0]} {_line(content[2])}"
        case "BulletList":
            text = _list([("-", item) for item in content])
        case "OrderedList":
            text = _list([(f"{number}.", item) for number, item in enumerate(content[1], content[0][0])])
        case "DefinitionList":
            text = "\n\n".join(_definition(*each) for each in content)
        case "BlockQuote":
            text = _hanging("\n\n".join(_blocks(content, nested=True)), "> ", "> ")
        case "CodeBlock":
            # A space deep, so that no line is taken for a heading or caption of the report; in lists none is.
            text = _code_block(content[1], "" if nested else " ")
        case "HorizontalRule":
            text = "***"
        case _:
            raise Refused(node["line"], "markup that the report does not have", AS_CODE)
    return text


def _paragraph(inlines: list[Node], images: Path | None) -> str:
    match inlines:
        case [{"t": "Image", "c": [_, alt, [address, title]], "line": line}]:
            return picture(words(alt), address, title, images, line)
    return BREAK.join(map(markdown.at_start, phrases(inlines).split(BREAK)))


def _list(items: list[tuple[str, list[Node]]]) -> str:
    """A list with these marks; its items stand apart where one has more than a line and lists in it."""
    apart = any(node["t"] not in _CLOSE for _, item in items for node in item)
    between = "\n\n" if apart else "\n"
    return between.join(_hanging(between.join(_blocks(item, nested=True)), f"{mark:<3} ") for mark, item in items)


def _definition(term: list[Node], meanings: list[list[Node]]) -> str:
    told = [_hanging("\n\n".join(_blocks(each, nested=True)), ":   ") for each in meanings]
    return "\n".join([markdown.at_start(_line(term)), *told])


def _hanging(text: str, first: str, others: str = "") -> str:
    """`text` after `first`, and its other lines as deep."""
    start = others or " " * len(first)
    return first + "\n".join([start + line if line else start.rstrip() for line in text.split("\n")])[len(start) :]


def _code_block(text: str, start: str) -> str:
    edge = start + fence(text, 3)
    return "\n".join([edge, *(start + line for line in text.split("\n")), edge])


def _table(node: Node, below: Node | None) -> str:
    caption = _CAPTION.fullmatch(words(below["c"])) if below and below["t"] == "Para" else None
    if not caption:
        remedy = "write `: caption {#tabell-name}` below it, after an empty line"
        raise Refused(node["line"], "a table without caption", remedy)
    _, _, columns, (_, heads), bodies, _ = node["c"]
    rules = [_RULES.get(align["t"], "---") for align, _ in columns]
    rows = [_cells(row) for row in (*heads, *(row for body in bodies for row in body[3]))]
    lines = [f"| {' | '.join(cells)} |" for cells in (rows[0], rules, *rows[1:])]
    return "\n".join([*lines, "", f": {escaped(caption[1])} {{#{caption[2]}}}"])


def _cells(row: list[Any]) -> list[str]:
    return [" ".join(_line(block["c"]) for block in cell[4]) for cell in row[1]]


def _line(inlines: list[Node]) -> str:
    """The text on one line: of a heading, a cell, a term."""
    return phrases(inlines).replace(BREAK, " ")
