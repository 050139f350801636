"""What a notebook cell shows of what is declared: sentences, a table, a chart, a download.

JupyterLab shows an analyst a table's frame under its caption, with its columns' names, units and definition, and a
chart under its caption; the published report is made of the same outputs, in Markdown and SVG.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import wraps
from html import escape
from typing import TypeVar

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.language import caption, mark
from rorikt_lib.present.numbers import Written, reading, written
from rorikt_lib.report.declare import FORMATS_OF_AMOUNTS, Chart, Table, from_book, said
from rorikt_lib.report.method import Method, method_of
from rorikt_lib.terms.language import using
from rorikt_lib.workbook import Workbook, if_there

Given = TypeVar("Given")
Sentence = Callable[[Workbook], str | None]
# Of a part's frame.
PartSentence = Callable[..., str | None]
# The folders, beside the page, that a page's downloads, and its charts and images, are published in.
DOWNLOADS, CHARTS = mark("downloads"), "figures"
# How many rows of a frame JupyterLab shows.
MOST_ROWS = 60


class Shown:
    """One output: its forms by media type, and what the report must know of it.

    numbers: those that its sentences, caption and alternative text have, so that each can be compared with the figures.
    """

    def __init__(self, forms: dict[str, str], numbers: Iterable[Written] = (), **facts: object) -> None:
        self.forms, self.numbers = forms, list(numbers)
        self.metadata = {"rorikt": {**facts, "numbers": [asdict(number) for number in self.numbers]}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict]:
        return self.forms, self.metadata

    @property
    def text(self) -> str:
        """The output as the report takes it, in Markdown."""
        return self.forms.get("text/markdown", "")


class ShownTable(Shown):
    """A table that is shown, and its frame."""

    def __init__(
        self,
        frame: pd.DataFrame,
        forms: dict[str, str],
        numbers: Iterable[Written] = (),
        methods: Iterable[Method] = (),
    ) -> None:
        super().__init__(forms, numbers, methods=[asdict(method) for method in methods])
        self.frame, self.methods = frame, methods


def _in_its_language(show: Callable[..., Given]) -> Callable[..., Given]:
    """`show` of a workbook, in that workbook's language, whichever was opened last."""

    @wraps(show)
    def shown(*given: object) -> Given:
        book = next(each for each in given if isinstance(each, Workbook))
        with using(book.settings.language):
            return show(*given)

    return shown


def heading(words: str, level: int) -> Shown:
    """A heading that is not the same in every workbook."""
    return Shown({"text/markdown": f"{'#' * level} {tables.plain(words)}"})


@_in_its_language
def say(book: Workbook, *paragraphs: Sentence | Sequence[Sentence]) -> Shown:
    """Paragraphs; a list is one paragraph of several sentences. What says nothing is left out."""
    with written() as numbers:
        texts = [_paragraph(p, book) for p in paragraphs]
    return Shown({"text/markdown": "\n\n".join(filter(None, texts))}, numbers)


def _paragraph(given: Sentence | Sequence[Sentence], book: Workbook) -> str | None:
    if callable(given):
        return said(given, book)
    return " ".join(filter(None, (said(sentence, book) for sentence in given)))


@_in_its_language
def table(declared: Table, book: Workbook) -> ShownTable:
    """The table, with caption and id `tabell-KEY`; nothing where it has no rows. `.frame` is the whole frame."""
    frame = if_there(declared.frame, book)
    if frame is None:
        return ShownTable(pd.DataFrame(), {"text/markdown": ""})
    shown = declared.published(book)
    if shown.empty:
        return ShownTable(frame, {"text/markdown": ""})
    strong = set(declared.strong(frame)) if declared.strong else set()
    with reading(), written() as numbers:
        above, method = declared.captioned(book), method_of(declared, book)
    look = {"unit": declared.unit, "nok": FORMATS_OF_AMOUNTS[declared.amounts], "across": declared.across}
    text = tables.table(shown, declared.key, above, total=declared.total, strong=strong, **look)
    return ShownTable(frame, {"text/markdown": text, "text/html": _for_analysts(declared, book)}, numbers, [method])


@_in_its_language
def each(declared: Table, book: Workbook, *paragraphs: PartSentence) -> Shown:
    """The parts of a table (see Table.parts), each after the paragraphs about it."""
    shown: list[Shown] = []
    for part in if_there(declared.parts, book) or []:
        shown += [say(book, *(from_book(words, part) for words in paragraphs)), table(part, book)]
    text = "\n\n".join(filter(None, (one.text for one in shown)))
    methods = [asdict(method) for one in shown if isinstance(one, ShownTable) for method in one.methods]
    return Shown({"text/markdown": text}, [number for one in shown for number in one.numbers], methods=methods)


def _for_analysts(declared: Table, book: Workbook) -> str:
    frame = declared.frame(book)
    heads = {column: f"{column} ({declared.unit(column)})" for column in frame.columns}
    meanings = [f"{column}: {meaning}." for column, meaning in declared.meanings().items()]
    above = f"<p><b>{escape(declared.captioned(book))}</b></p>"
    notes = [caption("definitions", declared.key), *meanings]
    below = "".join(f"<p><small>{escape(text)}</small></p>" for text in notes if text)
    return f"{above}{frame.rename(columns=heads).to_html(index=False, max_rows=MOST_ROWS)}{below}"


@_in_its_language
def chart(declared: Chart, book: Workbook) -> Shown:
    """The chart as SVG with caption and alternative text, id `figur-KEY`; nothing where there is nothing to show."""
    frames = [if_there(of.frame, book) for of in declared.of]
    has_any = all(frame is not None for frame in frames) and not frames[0].empty and declared.when(book)
    drawn = declared.draw(*frames) if has_any else None
    if drawn is None:
        return Shown({"text/markdown": ""})
    with reading(*(of.key for of in declared.of)), written() as numbers:
        above = declared.captioned(frames)
        alt = declared.alt(*frames)
    buffer = io.StringIO()
    drawn.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    forms = {"image/svg+xml": svg, "text/html": f"<p><b>{escape(above)}</b></p>{svg}"}
    return Shown(forms, numbers, id=f"figur-{declared.key}", caption=above, alt=alt)


@_in_its_language
def download(declared: Table, book: Workbook) -> Shown:
    """The table as a CSV file, and the sentence that leads to it; nothing where it has no rows."""
    shown, file = if_there(declared.published, book), f"{declared.file or declared.key}.csv"
    if shown is None or shown.empty:
        return Shown({"text/markdown": ""})
    with reading(), written() as numbers:
        sentence = declared.captioned(book).format(f"[{file}]({DOWNLOADS}/{file})")
    return Shown({"text/markdown": sentence, "text/csv": tables.csv(shown, unit=declared.unit)}, numbers, file=file)
