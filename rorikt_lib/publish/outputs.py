"""From an executed chapter to Markdown, charts and sheets. What a reader should not see stops the build."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from lxml import etree

from rorikt_lib.errors import InputError
from rorikt_lib.present.charts.screens import for_all_screens
from rorikt_lib.present.language import mark
from rorikt_lib.present.markdown import attribute, unescaped
from rorikt_lib.present.sheets import Sheet, sheet_from
from rorikt_lib.report.method import Method
from rorikt_lib.report.show import CHARTS, NARROW_SVG

LAB_ONLY = "lab-only"
# What the name of a chart for phones ends with.
PHONE = "-smal"
_OF_PAPERMILL = {"injected-parameters", "papermill-error-cell-tag"}
_SVG = "image/svg+xml"
_MARKDOWN = "text/markdown"
_TABLE = re.compile(r"^\|", re.MULTILINE)
_CAPTION = re.compile(r"^: .+\{#(tabell-[\w-]+)\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class ChartFile:
    """One chart: id (`figur-…`), caption (Markdown) and alt text in Norwegian, and the SVG.

    narrow: the SVG for phones, where there is one. tables: what it is drawn from, in Markdown, by the tables' ids.
    """

    id: str
    caption: str
    alt: str
    svg: bytes
    narrow: bytes = b""
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, bytes]:
        """What is published of it, by the files' names."""
        return {f"{self.id}.svg": self.svg} | ({f"{self.id}{PHONE}.svg": self.narrow} if self.narrow else {})

    def markdown(self, published: Collection[str] = (), folded: Collection[str] = ()) -> str:
        """The paragraph that stands where the chart belongs, and after it the tables that it is drawn from.

        published: ids of tables that the chapter has anyhow, which the caption leads to where they have all numbers of
        the chart. folded: of those that another chart has below it.
        """
        alt = attribute(unescaped(self.alt))
        (wide, *narrow), sizes = self.files, list(map(_size, self.files.values()))
        for_phones = f' narrow="{CHARTS}/{narrow[0]}" narrow-size="{sizes[1]}"' if narrow else ""
        leads = [mark("numbers_in").format(f"[](#{key})") for key in self.tables]
        caption = " ".join([self.caption, *(leads if {*self.tables} <= {*published} else [])])
        picture = f'![{caption}]({CHARTS}/{wide}){{#{self.id} alt="{alt}" size="{sizes[0]}"{for_phones}}}'
        below = [text for key, text in self.tables.items() if key not in {*published, *folded}]
        return "\n\n".join([picture, *below])


def _size(svg: bytes) -> str:
    """`672x288`: what a browser may make room for before it has the chart."""
    _, root = next(etree.iterparse(BytesIO(svg), events=("start",)))
    return "x".join(str(round(float(root.get(side, "0").removesuffix("pt")) * 4 / 3)) for side in ("width", "height"))


@dataclass(frozen=True)
class Chapter:
    """A chapter as Markdown that refers to its charts and downloads as files in folders beside the page.

    methods: how its tables were computed. sheets: its tables and downloads, as spreadsheets have them. decisions: what
    its figures ask to be decided, each as text and table; None where it does not tell of such.
    """

    markdown: str
    charts: tuple[ChartFile, ...] = ()
    methods: tuple[Method, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    decisions: tuple[dict[str, str], ...] | None = None


def source_cells(executed: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The cells of an executed notebook, as its file has them (see `whole` for texts), with the number (from 1) that
    each has in the chapter it came from.
    """
    cells = _read(executed)["cells"]
    return enumerate((cell for cell in cells if not _OF_PAPERMILL & _tags(cell)), start=1)


def _read(executed: Path) -> dict[str, Any]:
    """A notebook; nbformat takes several times as long, and is asked only of what is of another version, or is none."""
    with suppress(ValueError):
        made = json.loads(executed.read_text(encoding="utf-8"))
        if isinstance(made, dict) and made.get("nbformat") == nbformat.current_nbformat and "cells" in made:
            return made
    try:
        return nbformat.read(executed, as_version=nbformat.current_nbformat)
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        remedy = "restore it, or save it anew in JupyterLab"
        raise InputError(f"no notebook ({type(error).__name__})", file=executed, remedy=remedy) from None


def whole(text: str | list[str]) -> str:
    """A text of a notebook, whose file may have it as lines."""
    return text if isinstance(text, str) else "".join(text)


def read_chapter(executed: Path) -> Chapter:
    """Text, tables, charts and sheets of an executed notebook, in its order; code is never published."""
    found: list[str | ChartFile] = []
    told: list[dict[str, Any]] = []
    for number, cell in source_cells(executed):
        if LAB_ONLY in _tags(cell):
            continue
        if cell["cell_type"] == "markdown":
            found.append(whole(cell.get("source", "")))
        for output in cell.get("outputs", []):
            told.append(output.get("metadata", {}).get("rorikt", {}))
            found.append(_published(output, f"{executed.name}, cell {number}"))
    charts = tuple(each for each in found if isinstance(each, ChartFile))
    methods = tuple(Method(**method) for facts in told for method in facts.get("methods", []))
    # A table that a chart is drawn from may be published as well, and then has its own caption.
    sheets = {sheet["file"]: sheet for facts in sorted(told, key=_is_of_table) for sheet in facts.get("sheets", [])}
    asked = [facts["decisions"] for facts in told if "decisions" in facts]
    decisions = tuple(dict(one) for said in asked for one in said) if asked else None
    joined = "\n\n".join(text.rstrip().strip("\n") for text in _texts(found))
    return Chapter(joined, charts, methods, tuple(map(sheet_from, sheets.values())), decisions)


def _is_of_table(facts: dict[str, Any]) -> bool:
    return "alt" not in facts


def _texts(found: list[str | ChartFile]) -> Iterator[str]:
    """What is found, in Markdown; a table that several charts are drawn from stands at the first of them."""
    published = {key for text in found if isinstance(text, str) for key in _CAPTION.findall(text)}
    folded: set[str] = set()
    for one in found:
        if isinstance(one, ChartFile):
            yield one.markdown(published, folded)
            folded |= set(one.tables)
        else:
            yield one


def _tags(cell: dict[str, Any]) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", []))


def _published(output: dict[str, Any], where: str) -> str | ChartFile:
    data = output.get("data", {})
    if _SVG in data:
        return _chart(data, output["metadata"].get("rorikt", {}), where)
    if _MARKDOWN not in data:
        first, *_ = whole(output.get("text", "")).strip().split("\n")
        found = ", ".join(data) or f"{output.get('name', output['output_type'])}: {first}"
        remedy = f"show it as Markdown, end the line with a semicolon, or tag the cell {LAB_ONLY}"
        raise InputError(f"an output that is neither Markdown nor SVG ({found})", file=where, remedy=remedy)
    text = whole(data[_MARKDOWN])
    if _TABLE.search(text) and not _CAPTION.search(text):
        raise InputError("a table without caption", file=where, remedy="end it with `: caption {#tabell-name}`")
    return text


def _chart(data: dict[str, Any], facts: dict[str, Any], where: str) -> ChartFile:
    missing = [key for key in ("id", "caption", "alt") if not facts.get(key)]
    if missing:
        raise InputError(f"a chart without {', '.join(missing)}", file=where, remedy="give it in the call")
    if not re.fullmatch(r"figur-[\w-]+", facts["id"]):
        raise InputError(f"the chart id '{facts['id']}'", file=where, remedy="write it figur-name")
    drawn = [bare_svg(whole(data[kind])) for kind in (_SVG, NARROW_SVG) if kind in data]
    return ChartFile(facts["id"], facts["caption"], facts["alt"], *drawn, tables=facts.get("tables", {}))


def bare_svg(svg: str) -> bytes:
    """The chart alone, for light and dark, without what names hosts and programs: document type, comments, metadata."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    for metadata in list(root.iter("{*}metadata")):
        metadata.getparent().remove(metadata)
    for_all_screens(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
