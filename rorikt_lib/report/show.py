"""What a notebook cell shows of what is declared: sentences, a table, a chart, a download.

JupyterLab shows an analyst a table's frame under its caption, with its columns' names, units and definition, and a
chart under its caption; the published report is made of the same outputs, in Markdown and SVG.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial, wraps
from html import escape
from typing import TypeVar

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.language import caption, mark
from rorikt_lib.present.markdown import unescaped
from rorikt_lib.present.numbers import Written, reading, written
from rorikt_lib.present.sentences import grammar
from rorikt_lib.present.sheets import Sheet, sheet_of
from rorikt_lib.report.declare import FORMATS_OF_AMOUNTS, Chart, Table, from_book, said
from rorikt_lib.report.method import Method, definition_of, method_of
from rorikt_lib.store.traces import is_followed
from rorikt_lib.terms.language import current, using
from rorikt_lib.workbook import Workbook, if_there

Given = TypeVar("Given")
Sentence = Callable[[Workbook], str | None]
# Of a part's frame.
PartSentence = Callable[..., str | None]
# The folders, beside the page, that a page's downloads, and its charts and images, are published in.
DOWNLOADS, CHARTS = mark("downloads"), "figures"
# The endings of each table's files for spreadsheets.
SPREADSHEETS = ("xlsx", "csv")
# How many rows of a frame JupyterLab shows.
MOST_ROWS = 60
# The form of a chart that is drawn for phones; JupyterLab knows no such type, and shows the other.
NARROW_SVG = "image/x-narrow-svg"


class Shown:
    """One output: its forms by media type, and what the report must know of it.

    numbers: those that its sentences, caption and alternative text have, so that each can be compared with the figures.
    for_lab: makes the page that JupyterLab shows instead, which the report takes nothing of.
    """

    def __init__(
        self,
        forms: dict[str, str],
        numbers: Iterable[Written] = (),
        for_lab: Callable[[], str] | None = None,
        **facts: object,
    ) -> None:
        self.forms, self.numbers, self.for_lab = forms, list(numbers), for_lab
        self.metadata = {"rorikt": {**facts, "numbers": [asdict(number) for number in self.numbers]}}

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict]:
        # Only the report has what is read noted, to know when it is to be made again.
        is_for_lab = self.for_lab and not is_followed()
        return self.forms | ({"text/html": self.for_lab()} if is_for_lab else {}), self.metadata

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
        for_lab: Callable[[], str] | None = None,
        methods: Iterable[Method] = (),
        sheets: Iterable[Sheet] = (),
    ) -> None:
        facts = {"methods": [asdict(method) for method in methods], "sheets": [asdict(sheet) for sheet in sheets]}
        super().__init__(forms, numbers, for_lab, **facts)
        self.frame, self.methods, self.sheets = frame, methods, sheets


def _in_its_language(show: Callable[..., Given]) -> Callable[..., Given]:
    """`show` of a workbook, in that workbook's language, whichever was opened last; of editions, in the one in use."""

    @wraps(show)
    def shown(*given: object, **more: object) -> Given:
        of_book = next((each.settings.language for each in given if isinstance(each, Workbook)), current())
        with using(of_book):
            return show(*given, **more)

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
def asked(book: Workbook, *asks: tuple[str, Sentence]) -> Shown:
    """What the figures ask to be decided or followed up, for the site's front page; the report shows nothing here.

    asks: the key of the table that each is about, and the sentence.
    """
    found = [(key, said(sentence, book)) for key, sentence in asks]
    decisions = [{"text": unescaped(text), "table": key} for key, text in found if text]
    items = "".join(f"<li>{escape(one['text'])}</li>" for one in decisions)
    return Shown({"text/markdown": ""}, for_lab=lambda: f"<ul>{items}</ul>", decisions=decisions)


@_in_its_language
def table(declared: Table, book: Workbook) -> ShownTable:
    """The table, with caption and id `tabell-KEY`; nothing where it has no rows. `.frame` is the whole frame."""
    frame = if_there(declared.frame, book)
    if frame is None:
        return ShownTable(pd.DataFrame(), {"text/markdown": ""})
    shown = declared.published(book)
    if shown.empty:
        return ShownTable(frame, {"text/markdown": ""})
    with reading(), written() as numbers:
        above, method = declared.captioned(book), method_of(declared, book)
    forms, for_lab = {"text/markdown": _markdown(declared, book, shown, above)}, partial(_for_analysts, declared, book)
    return ShownTable(frame, forms, numbers, for_lab, [method], [sheet(declared, book)])


@_in_its_language
def sheet(declared: Table, book: Workbook, file: str = "", title: str = "") -> Sheet:
    """The table as spreadsheets have it; see present.sheets.

    file: its name without ending, else `tabell-KEY`. title: what it is called, else its caption.
    """
    shown, frame = declared.published(book), declared.frame(book)
    with reading(), written():
        named = caption("downloads", declared.key) or file if file else declared.captioned(book, with_unit=False)
    meanings = [f"{column}: {meaning}." for column, meaning in declared.meanings(book).items()]
    notes = [note for note in (definition_of(declared.key), *meanings) if note]
    strong = set(declared.strong(frame)) if declared.strong else set()
    look = {"unit": declared.unit, "ore": declared.amounts == "ore", "across": declared.across}
    name = file or f"tabell-{declared.key}"
    look |= {"total": declared.total, "strong": strong}
    return sheet_of(shown, declared.key, name, unescaped(title or named), notes, **look)


def _markdown(declared: Table, book: Workbook, shown: pd.DataFrame, above: str, folded: bool = False) -> str:
    strong = set(declared.strong(declared.frame(book))) if declared.strong else set()
    look = {"unit": declared.unit, "nok": FORMATS_OF_AMOUNTS[declared.amounts], "across": declared.across}
    return tables.table(shown, declared.key, above, total=declared.total, strong=strong, folded=folded, **look)


@_in_its_language
def each(declared: Table, book: Workbook, *paragraphs: PartSentence) -> Shown:
    """The parts of a table (see Table.parts), each after the paragraphs about it."""
    shown: list[Shown] = []
    for part in if_there(declared.parts, book) or []:
        shown += [say(book, *(from_book(words, part) for words in paragraphs)), table(part, book)]
    text = "\n\n".join(filter(None, (one.text for one in shown)))
    made = [one for one in shown if isinstance(one, ShownTable)]
    facts = {
        "methods": [asdict(method) for one in made for method in one.methods],
        "sheets": [asdict(sheet) for one in made for sheet in one.sheets],
    }
    return Shown({"text/markdown": text}, [number for one in shown for number in one.numbers], **facts)


@_in_its_language
def _for_analysts(declared: Table, book: Workbook) -> str:
    frame = declared.frame(book)
    heads = {column: f"{column} ({declared.unit(column)})" for column in frame.columns}
    meanings = [f"{column}: {meaning}." for column, meaning in declared.meanings(book).items()]
    above = f"<p><b>{escape(declared.captioned(book))}</b></p>"
    notes = [caption("definitions", declared.key), *meanings]
    below = "".join(f"<p><small>{escape(text)}</small></p>" for text in notes if text)
    return f"{above}{frame.rename(columns=heads).to_html(index=False, max_rows=MOST_ROWS)}{below}"


@_in_its_language
def chart(declared: Chart, book: Workbook) -> Shown:
    """The chart as SVG, wide and for phones, with caption, alternative text, id `figur-KEY` and the tables behind it.

    Nothing where there is nothing to show.
    """
    frames = [if_there(of.frame, book) for of in declared.of]
    has_any = all(frame is not None for frame in frames) and not frames[0].empty and declared.when(book)
    drawn = _drawn(declared, frames) if has_any else None
    if drawn is None:
        return Shown({"text/markdown": ""})
    wide, narrow = drawn
    with reading(*(of.key for of in declared.of)), written() as numbers:
        above = declared.captioned(frames)
        alt = declared.alt(*frames)
    forms = {"image/svg+xml": wide, NARROW_SVG: narrow}
    behind = [of for of in declared.of if not of.published(book).empty]
    facts = {"id": f"figur-{declared.key}", "caption": above, "alt": alt}
    facts |= {"tables": {f"tabell-{of.key}": _behind(of, book) for of in behind}}
    sheets = [asdict(_sheet_behind(of, book, above)) for of in behind]
    return Shown(forms, numbers, lambda: f"<p><b>{escape(above)}</b></p>{wide}", **facts, sheets=sheets)


def _drawn(declared: Chart, frames: Sequence[pd.DataFrame]) -> list[str] | None:
    """The chart for each width, as SVG; None where there is nothing to draw."""
    # Takes long to import, and those that show no chart do without.
    from rorikt_lib.present.charts.style import Width, drawn_for

    made = []
    for width in (Width.WIDE, Width.NARROW):
        with drawn_for(width):
            drawing = declared.draw(*frames)
        if drawing is None:
            return None
        buffer = io.StringIO()
        drawing.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        made.append(buffer.getvalue()[buffer.getvalue().index("<svg") :])
    return made


def _behind(of: Table, book: Workbook) -> str:
    """A table that a chart is drawn from, for those who want its numbers."""
    with reading(), written():
        name = ": ".join(filter(None, [mark("behind"), caption("behind", of.key)]))
        amounts = of.amounts_note(book)
        return _markdown(of, book, of.published(book), f"{name}. {amounts}" if amounts else name, folded=True)


def _sheet_behind(of: Table, book: Workbook, above: str) -> Sheet:
    """The same as spreadsheets have it. above: the chart's caption, which is the table's where it has none."""
    has_own = of.caption or caption("tables", of.key)
    return sheet(of, book, title="" if has_own else " ".join(filter(None, [above, caption("behind", of.key)])))


@_in_its_language
def download(declared: Table, book: Workbook) -> Shown:
    """The table as files for spreadsheets, and the sentence that leads to them; nothing where it has no rows."""
    shown, file = if_there(declared.published, book), declared.file or declared.key
    if shown is None or shown.empty:
        return Shown({"text/markdown": ""})
    with reading(), written() as numbers:
        names = [f"{file}.{kind}" for kind in SPREADSHEETS]
        sentence = declared.captioned(book).format(grammar.listed([f"[{name}]({DOWNLOADS}/{name})" for name in names]))
    return Shown({"text/markdown": sentence}, numbers, sheets=[asdict(sheet(declared, book, file))])
