"""From an executed chapter to Markdown, charts and sheets. What a reader should not see stops the build."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from lxml import etree
from nbformat import NotebookNode

from rorikt_lib.errors import InputError
from rorikt_lib.present.charts.scales import MONTH_AXIS
from rorikt_lib.present.markdown import attribute, unescaped
from rorikt_lib.present.sheets import Sheet, sheet_from
from rorikt_lib.report.method import Method
from rorikt_lib.report.show import CHARTS

LAB_ONLY = "lab-only"
_OF_PAPERMILL = {"injected-parameters", "papermill-error-cell-tag"}
_SVG = "image/svg+xml"
_MARKDOWN = "text/markdown"
_TABLE = re.compile(r"^\|", re.MULTILINE)
_CAPTION = re.compile(r"^: .+\{#tabell-[\w-]+\}\s*$", re.MULTILINE)


@dataclass(frozen=True)
class ChartFile:
    """One chart: id (`figur-…`), caption (Markdown) and alt text in Norwegian, and the SVG."""

    id: str
    caption: str
    alt: str
    svg: bytes

    @property
    def markdown(self) -> str:
        """The paragraph that stands where the chart belongs; start: what a narrow screen shows first."""
        alt = attribute(unescaped(self.alt))
        start = ' start="newest"' if f'id="{MONTH_AXIS}"'.encode() in self.svg else ""
        return f'![{self.caption}]({CHARTS}/{self.id}.svg){{#{self.id} alt="{alt}"{start}}}'


@dataclass(frozen=True)
class Chapter:
    """A chapter as Markdown that refers to its charts and downloads as files in folders beside the page.

    methods: how its tables were computed. sheets: its tables and downloads, as spreadsheets have them.
    """

    markdown: str
    charts: tuple[ChartFile, ...] = ()
    methods: tuple[Method, ...] = ()
    sheets: tuple[Sheet, ...] = ()


def source_cells(executed: Path) -> Iterator[tuple[int, NotebookNode]]:
    """The cells of an executed notebook with the number (from 1) each has in the chapter it came from."""
    cells = nbformat.read(executed, as_version=4).cells
    return enumerate((cell for cell in cells if not _OF_PAPERMILL & _tags(cell)), start=1)


def read_chapter(executed: Path) -> Chapter:
    """Text, tables, charts and sheets of an executed notebook, in its order; code is never published."""
    texts: list[str] = []
    charts: list[ChartFile] = []
    told: list[dict] = []
    for number, cell in source_cells(executed):
        if LAB_ONLY in _tags(cell):
            continue
        if cell.cell_type == "markdown":
            texts.append(cell.source)
        for output in cell.get("outputs", []):
            told.append(output.get("metadata", {}).get("rorikt", {}))
            published = _published(output, f"{executed.name}, cell {number}")
            if isinstance(published, ChartFile):
                charts.append(published)
            texts.append(published.markdown if isinstance(published, ChartFile) else published)
    methods = tuple(Method(**method) for facts in told for method in facts.get("methods", []))
    sheets = tuple(sheet_from(sheet) for facts in told for sheet in facts.get("sheets", []))
    return Chapter("\n\n".join(text.rstrip().strip("\n") for text in texts), tuple(charts), methods, sheets)


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def _published(output: NotebookNode, where: str) -> str | ChartFile:
    data = output.get("data", {})
    if _SVG in data:
        return _chart(data[_SVG], output.metadata.get("rorikt", {}), where)
    if _MARKDOWN not in data:
        first, *_ = str(output.get("text", "")).strip().split("\n")
        found = ", ".join(data) or f"{output.get('name', output.output_type)}: {first}"
        remedy = f"show it as Markdown, end the line with a semicolon, or tag the cell {LAB_ONLY}"
        raise InputError(f"an output that is neither Markdown nor SVG ({found})", file=where, remedy=remedy)
    text = str(data[_MARKDOWN])
    if _TABLE.search(text) and not _CAPTION.search(text):
        raise InputError("a table without caption", file=where, remedy="end it with `: caption {#tabell-name}`")
    return text


def _chart(svg: str, facts: dict[str, str], where: str) -> ChartFile:
    missing = [key for key in ("id", "caption", "alt") if not facts.get(key)]
    if missing:
        raise InputError(f"a chart without {', '.join(missing)}", file=where, remedy="give it in the call")
    if not re.fullmatch(r"figur-[\w-]+", facts["id"]):
        raise InputError(f"the chart id '{facts['id']}'", file=where, remedy="write it figur-name")
    return ChartFile(facts["id"], facts["caption"], facts["alt"], bare_svg(svg))


def bare_svg(svg: str) -> bytes:
    """The chart alone: without document type, comments and metadata, which name hosts, programs and the time."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(remove_comments=True, resolve_entities=False))
    for metadata in list(root.iter("{*}metadata")):
        metadata.getparent().remove(metadata)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
