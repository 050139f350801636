"""What the report publishes is declared: a table with the figures in it, a chart with the tables it is drawn from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Self, TypeVar

import pandas as pd

from rorikt_lib.present.language import caption, label, meaning
from rorikt_lib.present.numbers import integer, month_name, ore, read, reading, thousands, written
from rorikt_lib.present.sentences import grammar
from rorikt_lib.terms.fields import SUM, unit
from rorikt_lib.workbook import Workbook, if_there

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

Frame = pd.DataFrame
Given = TypeVar("Given")
# How amounts of a table are written; its caption says it.
FORMATS_OF_AMOUNTS = {"thousands": thousands, "kroner": integer, "ore": ore, "costs": thousands, "named": integer}
MONTH = attrgetter("month")


@dataclass(frozen=True)
class Figure:
    """The records of a number column. by: the columns that identify one, where not those of the table."""

    name: str
    by: Sequence[str] | Mapping[str, str] | None = None


def named(prefix: str, *same: str, **names: str) -> dict[str, str]:
    """Column → figure, `PREFIX.NAME`: of the columns in `same` their own name, else the one given."""
    return {column: f"{prefix}.{column}" for column in same} | {c: f"{prefix}.{name}" for c, name in names.items()}


@dataclass(frozen=True)
class Table:
    """One table of the report: what computes it, what it shows, and under which names its numbers are figures.

    key: its id, `tabell-KEY`.
    compute: the frame of an open month, in the order shown, sums (SUM) included; what is missing is not known.
    by: the columns that identify a record, or column → the dimension that figures.csv calls it; what is missing
        in a row is left out of its record.
    figures: number column → name of its figure.
    columns: what is shown, in order, else `by` and `figures`; a number that is no figure is refused.
    caption: of a table that is published, where it is not always that of the language's captions.yml, where {month} is
        the report's, and rules stand by name; of a download, the sentence that leads to it.
    counts: the unit of numbers whose name does not say it.
    if_known, if_any, if_several: columns left out where nothing in them is known, where there is none of what they
        count, and where all rows but sums say the same.
    across: a column of `by` whose values stand side by side; those after it in `columns` are measured at each of them.
    total: the last row is a sum. strong: names of rows that stand out too.
    amounts: see FORMATS_OF_AMOUNTS.
    when: whether it is published; its numbers are figures anyhow.
    file: the name of a download without its ending, where it is not the key.
    apart: the rows of each part by its name, of a table that is published part by part: see `parts`.
    """

    key: str
    compute: Callable[[Workbook], Frame]
    by: Sequence[str] | Mapping[str, str]
    figures: Mapping[str, str | Figure]
    columns: Sequence[str] = ()
    caption: str | Callable[[Workbook, Frame], str] = ""
    counts: str = ""
    if_known: Sequence[str] = ()
    if_any: Sequence[str] = ()
    if_several: Sequence[str] = ()
    across: str = ""
    total: bool = False
    strong: Callable[[Frame], Sequence[str]] | None = None
    amounts: str = "thousands"
    when: Callable[[Workbook], bool] = lambda book: True
    file: str = ""
    apart: Callable[[Frame], Mapping[str, Frame]] | None = None

    def __post_init__(self) -> None:
        """TypeError where a number would be published that is no figure, or whose unit or name nobody gave, and where
        nothing names the rows of a table across.
        """
        if self.across and self.shown[0] == self.across:
            raise TypeError(f"the table {self.key} has its rows across, and nothing before them that names a row")
        for column in self.shown:
            label(column, self.key)
            if column not in self.figures and column not in self.by and self.unit(column) not in NOT_FIGURES:
                raise TypeError(f"the table {self.key} shows {column}, which is no figure: name one under figures")
        if nameless := [column for column in self.figures if not self.unit(column)]:
            remedy = "give it in terms/units.yml, or counts"
            raise TypeError(f"the table {self.key} has {nameless[0]} without unit: {remedy}")

    @property
    def shown(self) -> list[str]:
        """The columns that are published, in order."""
        return list(dict.fromkeys(self.columns or [*self.by, *self.figures]))

    def unit(self, column: str) -> str:
        """The unit of a column."""
        return unit(column, self.counts if column in self.figures else "text")

    def frame(self, book: Workbook) -> Frame:
        """The whole frame, unrounded: everything that tables and sentences take from it."""
        # What is written in computing it is no text's.
        with reading(), written():
            frame = book.frame(self.compute)
        read(self.key)
        return frame

    def published(self, book: Workbook) -> Frame:
        """The columns of `shown` that anything is known of in the frame; TypeError for numbers that are no figures."""
        frame = self.frame(book) if self.when(book) else self.frame(book).head(0)
        others = [frame[c] for c in self.shown if c in frame and c not in self.figures and c not in self.by]
        if nameless := [of.name for of in others if of.dtype.kind in _NUMERIC and of.notna().any()]:
            raise TypeError(f"the table {self.key} shows numbers in {nameless[0]}, which is no figure")
        left_out = {c for c in self.if_known if c not in frame or frame[c].isna().all()}
        left_out |= {c for c in self.if_any if not frame[c].fillna(0).any()}
        left_out |= {c for c in self.if_several if frame.loc[frame[c] != SUM, c].nunique() < 2}
        return frame[[c for c in self.shown if c not in left_out]]

    def captioned(self, book: Workbook, with_unit: bool = True) -> str:
        """The caption, with the unit of its amounts where that is wanted."""
        text = self.caption(book, self.frame(book)) if callable(self.caption) else self.caption
        text = text or grammar.with_rules(caption("tables", self.key))
        text = text.replace("{month}", month_name(book.month)) if "{month}" in text else text
        has_changes = any(self.unit(column) == "change" for column in self.shown)
        notes = [self.amounts_note(book) if with_unit else "", _part_note([self.frame(book)], has_changes)]
        return " ".join(filter(None, [text, *notes]))

    def amounts_note(self, book: Workbook) -> str:
        """How its amounts are written; empty where it has none."""
        has_amounts = any(self.unit(column) == "NOK" for column in self.published(book).columns)
        return caption("amounts", self.amounts) if has_amounts else ""

    def meanings(self, book: Workbook) -> dict[str, str]:
        """Column that is published → what it means, where its name does not say it."""
        columns = self.published(book).columns
        meant = {label(c, self.key): grammar.with_rules(meaning(c, self.key)) for c in columns}
        return {name: text for name, text in meant.items() if text}

    def parts(self, book: Workbook) -> list[Self]:
        """The parts that are published instead of the whole, as KEY-NAME; none of a table that is published whole."""
        names = self.apart(self.frame(book)) if self.apart else []
        return [
            replace(self, key=f"{self.key}-{name}", compute=partial(self._part, name), apart=None) for name in names
        ]

    def _part(self, name: str, book: Workbook) -> Frame:
        return self.apart(self.frame(book))[name]


def rules(key: str, of: Callable[[Workbook], Mapping[str, float]], **names: str) -> Table:
    """A table of one row, shown by none: the limits that sentences name. Column → its figure, `rules.NAME`."""
    return Table(key, partial(_one_row, of), [], named("rules", **names))


def _one_row(of: Callable[[Workbook], Mapping[str, float]], book: Workbook) -> Frame:
    return pd.DataFrame([of(book)])


# Kinds of types that are numbers, or durations, as numpy has them.
_NUMERIC = "iufcm"
# Units of columns that are no figures: names, and dates.
NOT_FIGURES = {"text", "month", "date"}


@dataclass(frozen=True)
class Chart:
    """One chart: the tables that it shows, what draws their frames, and the texts that go with it.

    key: its id, `figur-KEY`.
    of: the tables, whose numbers are figures. draw, alt and caption take their frames.
    when: whether it is shown; it is not where the first frame has no rows, or draw gives None.
    """

    key: str
    of: Sequence[Table]
    draw: Callable[..., "Drawing | None"]
    alt: Callable[..., str]
    caption: str | Callable[..., str] = ""
    when: Callable[[Workbook], bool] = lambda book: True

    def captioned(self, frames: Sequence[Frame]) -> str:
        """The caption."""
        text = self.caption(*frames) if callable(self.caption) else self.caption
        text = text or grammar.with_rules(caption("charts", self.key))
        return " ".join(filter(None, [text, _part_note(frames)]))


def _part_note(frames: Sequence[Frame], has_changes: bool = False) -> str:
    """That a month in one of the frames was counted before it ended; see report.part_month."""
    known = [frame.until.dropna() for frame in frames if "until" in frame]
    return grammar.part_note(pd.concat(known), has_changes) if known else ""


def from_book(
    function: Callable[..., Given], *of: object, beside: Callable[[Workbook], object] | None = None
) -> Callable[[Workbook], Given]:
    """`function` of what a month has: of a table its frame, of a function of the month what it gives, else as it is.

    beside: what it is about, where nothing in `of` is made of that, so that it is left out where that is.
    """

    def of_month(book: Workbook) -> Given:
        if beside:
            beside(book)
        return function(*(_given(one, book) for one in of))

    of_month.__wrapped__, of_month.of = function, of
    return of_month


def said(sentence: Callable[[Workbook], Given], book: Workbook) -> Given | None:
    """What a sentence says of a month; its numbers are noted as those of the tables that it read.

    None where it is made of a source that the report does not have.
    """
    with reading():
        return if_there(sentence, book)


def _given(one: object, book: Workbook) -> object:
    if isinstance(one, Table):
        return one.frame(book)
    return one(book) if callable(one) else one
