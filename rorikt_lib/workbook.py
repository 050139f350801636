"""One month opened: its settings, clean tables and cut-offs. Where every notebook and command starts."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, Self, TypeVar

import pandas as pd

from rorikt_lib.config.content_files import is_read_for
from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.config.month_file import Report, read_incidents, read_report
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import ChangedMeanwhile, InputError, SourceAbsent, Undelivered
from rorikt_lib.ledger.forecast_log import COLUMNS, OF_SUM, mended
from rorikt_lib.store import traces
from rorikt_lib.store.checksums import installed, running_code, sum_of_file, sum_of_files, sum_of_texts
from rorikt_lib.store.clean_tables import has_rows, read_clean, read_clean_with_sum, sum_of_clean
from rorikt_lib.store.folders import files_below, is_demo
from rorikt_lib.store.forecast_log import read_log
from rorikt_lib.store.history import sum_of_history
from rorikt_lib.store.memory import MEMORY, Traced, recall, recalled
from rorikt_lib.terms.enums import Source
from rorikt_lib.terms.language import use
from rorikt_lib.terms.period import check_month, months_of
from rorikt_lib.tickets.cases import month_of, newest_event

TREND_MONTHS, SLA_MONTHS = 13, 3
# The clean table without whose rows a source is not there.
TABLE_OF = {
    Source.LEDGER: "postings",
    Source.TICKETS: "tickets",
    Source.DEVICES: "devices",
    Source.USAGE: "usage",
    Source.SHARING: "allocation_keys",
}
_SOURCE_OF = {table: source for source, table in TABLE_OF.items()}
# What messages call them.
NAMES = {
    Source.LEDGER: "ledger",
    Source.TICKETS: "cases",
    Source.DEVICES: "PCs",
    Source.USAGE: "usage",
    Source.SHARING: "sharing keys",
}
# Of these, what has not been delivered yet must not be published as nothing: the exports must reach the month. PCs and
# usage that lack the month leave out its figures, and the report says so.
MUST_REACH = (Source.LEDGER, Source.TICKETS)
Made = TypeVar("Made")
# What frames are called → what works them out.
Frames = Mapping[str, Callable[["Workbook"], pd.DataFrame]]
_SHARED = __name__, "frames"
# What is done with each month that is opened in this process.
WHEN_OPENED: list[Callable[["Workbook"], None]] = []
# What Workbook.sum_of knows besides clean tables.
_ANY, _CONTENT, _HISTORY = "any", "content", "history"


@dataclass(frozen=True)
class Workbook:
    """The inputs of one month's report. Tables are read from disk when first asked for.

    trend_months, sla_months: how many months up to the report's the trends and the tables of deadlines show.
    given: clean tables to be used instead of those on disk; nothing that is made of them is kept there.
    of_report: the month of the report that it is opened for, where it is another (see `at`).
    """

    month: str
    settings: Settings
    folder: Folder
    report: Report
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    trend_months: int = TREND_MONTHS
    sla_months: int = SLA_MONTHS
    of_report: str | None = None
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    _sums: dict[str, str] = field(default_factory=dict)
    _made: dict[Any, Traced] = field(default_factory=dict)
    # What is noted and what is read while something is worked out, for each such thing, the innermost last.
    _reading: list[tuple[set[str], set[str]]] = field(default_factory=list)

    @property
    def data_root(self) -> Path:
        """The folder with raw/ and clean/."""
        return self.folder.data

    @property
    def content(self) -> Path:
        """The folder with what people write for the report."""
        return self.folder.content

    def table(self, name: str) -> pd.DataFrame:
        """A clean table; SourceAbsent where the report does not have its source (see `has`)."""
        if name not in self.given and name in _SOURCE_OF and not self.has(_SOURCE_OF[name]):
            raise SourceAbsent(_SOURCE_OF[name])
        table = self.given[name] if name in self.given else self._read(name)
        self.note(name, bool(len(table)))
        return table

    def _read(self, name: str) -> pd.DataFrame:
        if name not in self._tables:
            self._tables[name], checksum = read_clean_with_sum(name, self.data_root)
            if self._sums.setdefault(name, checksum) != checksum:
                raise changed_meanwhile(name)
        self._has_read(name)
        return self._tables[name]

    def _has_read(self, name: str) -> None:
        """What is being worked out depends on this, whatever is in it."""
        for _, read in self._reading[-1:]:
            read.add(name)
        traces.note(name, self.sum_of(name))

    def sum_of(self, name: str) -> str:
        """The checksum of an input, as it first was: a clean table, `any/postings` (are there such?), what people write
        as `content/2024-09/name.md`, or what is kept of reports before a month as `history/2024-09`.
        """
        if name not in self._sums:
            kind, _, of = name.partition("/")
            if kind == _CONTENT:
                self._sums[name] = sum_of_file(self.content / of)
            elif kind == _ANY:
                self._sums[name] = str(self._any(of))
            elif kind == _HISTORY:
                self._sums[name] = sum_of_history(self.data_root, of)
            else:
                self._sums[name] = sum_of_clean(name, self.data_root)
        return self._sums[name]

    def text(self, name: str) -> Path:
        """The file of a text of the month, which may not be there; what is being worked out depends on it."""
        return self.written(f"{self.month}/{name}.md")

    def written(self, path: str) -> Path:
        """A file that people write, by its path in content/, as `annual/2024.yml`; it may not be there.

        What is being worked out depends on it.
        """
        self._has_read(f"{_CONTENT}/{path}")
        return self.content / path

    @property
    def kept(self) -> Path:
        """The data root, for what is kept there of earlier reports; what is being worked out depends on that."""
        self._has_read(f"{_HISTORY}/{self.month}")
        return self.data_root

    def has(self, source: Source) -> bool:
        """Whether the report has a source: there are exports of it, and the settings do not leave it out."""
        chapters = self.settings.organisation.chapters
        if self.given:
            return True
        self._has_read(f"{_ANY}/{TABLE_OF[source]}")
        return (chapters is None or source in chapters) and self._any(TABLE_OF[source])

    def _any(self, name: str) -> bool:
        """Whether a clean table has rows."""
        return len(self._tables[name]) > 0 if name in self._tables else has_rows(name, self.data_root)

    @property
    def lacking(self) -> list[Source]:
        """What a reader would expect the report to tell of, and it cannot: there are no exports of it.

        That is what the settings list; where they list nothing, all but the keys that costs are shared by.
        """
        chapters = self.settings.organisation.chapters
        expected = [source for source in Source if source != Source.SHARING] if chapters is None else chapters
        return [source for source in Source if source in expected and not self.has(source)]

    def made(self, make: Callable[..., Made], *given: str) -> Made:
        """`make(self, *given)`, worked out the first time only: see `once`."""
        what = (make.__module__, make.__qualname__, *given)
        if what not in self._made:
            result = partial(self._worked_out, partial(make, self, *given))
            self._made[what] = result() if self.given else recalled(self._file(*what), self.base, self.sum_of, result)
        return self._recalled(what)

    def _file(self, module: str, name: str, *given: str) -> Path:
        """Where a result is kept: one file for each thing that the report's month, under these settings, asks for."""
        told = sum_of_texts(module, name, given, self.month, self.trend_months, self.sla_months, self._settings_told)
        return self.data_root / MEMORY / (self.of_report or self.month) / f"{name}-{told[:16]}.pkl"

    def frame(self, make: Callable[["Workbook"], pd.DataFrame]) -> pd.DataFrame:
        """`make(self)`, worked out the first time only, in this process."""
        if make not in self._made:
            self._made[make] = self._worked_out(partial(make, self))
        return self._recalled(make)

    def share(self, frames: Frames) -> None:
        """Keeps what `frame` gives of each of these, where the report has its sources, for processes that `take` it.

        Nothing of tables that are given is kept.
        """
        if not self.given:
            result = partial(self._worked_out, partial(self._traced, frames))
            recalled(self._file(*_SHARED), self.base, self.sum_of, result)

    def _traced(self, frames: Frames) -> dict[str, Traced]:
        for make in frames.values():
            with suppress(SourceAbsent):
                self.frame(make)
        return {name: self._made[make] for name, make in frames.items() if make in self._made}

    def take(self, frames: Frames) -> None:
        """What another process has shared of these, from the same inputs, is not worked out anew."""
        if shared := recall(self._file(*_SHARED), self.base, self.sum_of):
            self._made.update({frames[name]: made for name, made in shared.value.items() if name in frames})

    def note(self, source: str, is_there: bool = True) -> None:
        """What is being worked out is made of this source: a clean table, or what people wrote or a report kept.

        is_there: nothing is made of a source that has nothing.
        """
        if self._reading and is_there:
            self._reading[-1][0].add(source)

    def sources_of(self, make: Callable[["Workbook"], pd.DataFrame]) -> frozenset[str]:
        """The sources that `make(self)` is made of, as `note` has them."""
        self.frame(make)
        return self._made[make].noted

    def _worked_out(self, make: Callable[[], Any]) -> Traced:
        """What `make` gives, and what was read for it."""
        self._reading.append((set(), set()))
        try:
            return Traced(make(), *map(frozenset, self._reading[-1]))
        finally:
            self._reading.pop()

    def _recalled(self, what: object) -> Any:
        made = self._made[what]
        for source in made.noted:
            self.note(source)
        for name in made.read:
            self._has_read(name)
        return made.value

    @cached_property
    def base(self) -> str:
        """A checksum of all that this month's results are made from, but for what each reads (see `sum_of`)."""
        return sum_of_texts(running_code(), self.given_to_all)

    @cached_property
    def given_to_all(self) -> str:
        """The same, but for the library's code."""
        written = [path for path in files_below(self.content) if self._is_of_all(path)]
        opened = self.month, self.report, self.trend_months, self.sla_months, self._settings_told, self.is_demo
        return sum_of_texts(installed(), sum_of_files(self.content, written), *opened)

    def _is_of_all(self, written: Path) -> bool:
        """Whether anything may be made of it: not texts, which are read by their names, nor all of other months."""
        return written.suffix != ".md" and is_read_for(written.relative_to(self.content), self.month, self.of_report)

    @cached_property
    def _settings_told(self) -> str:
        return self.settings.model_dump_json()

    def at(self, month: str) -> Self:
        """The same inputs, opened for another month; its report.yml is not read."""
        return replace(self, month=month, of_report=self.of_report or self.month, _made={})

    @property
    def unmasked(self) -> Self:
        """The same month with all counts, those that are not published too; itself where nothing is hidden."""
        if self.settings.privacy.small_counts_below is None:
            return self
        privacy = self.settings.privacy.model_copy(update={"small_counts_below": None})
        return replace(self, settings=self.settings.model_copy(update={"privacy": privacy}), _made={})

    @property
    def forecast_log(self) -> pd.DataFrame:
        """The forecasts as they were made, as the file has them now; see ledger.forecast_log."""
        return mended(read_log(self.kept, COLUMNS, OF_SUM))

    @property
    def is_demo(self) -> bool:
        """Whether the figures come from the demo exports."""
        return is_demo(self.data_root)

    @cached_property
    def ticket_cut_off(self) -> pd.Timestamp:
        """The instant up to which cases count."""
        return self.report.cut_off_of("tickets", self.month)

    def device_cut_off_of(self, month: str) -> pd.Timestamp:
        """The instant up to which PCs, stock and orders count in the report of a month, as its report.yml says."""
        report = self.report if month == self.month else read_report(month, self.content)
        return report.cut_off_of("devices", month)

    @cached_property
    def device_cut_off(self) -> pd.Timestamp:
        """The instant up to which PCs, stock and orders count."""
        return self.device_cut_off_of(self.month)

    @property
    def incident_notes(self) -> pd.DataFrame:
        """See `_incident_notes`."""
        self.note("incidents", bool(len(self._incident_notes)))
        return self._incident_notes

    @cached_property
    def _incident_notes(self) -> pd.DataFrame:
        """What people wrote about critical and high cases: date, municipality, priority (our terms), summary, cause."""
        columns = ["date", "municipality", "priority", "summary", "cause"]
        notes = [note.model_dump() for note in read_incidents(self.month, self.content)]
        frame = pd.DataFrame(notes, columns=columns)
        known = {"municipality": self.settings.municipality_of, "priority": self.settings.tickets.priority_names}
        for column, names in known.items():
            if unknown := sorted(set(frame[column]) - names.keys()):
                raise InputError(
                    f"no {column} is called {', '.join(unknown)}",
                    file=self.content / self.month / "hendelser.yml",
                    remedy=f"use one of: {', '.join(names)}",
                )
            frame[column] = frame[column].map(names)
        return frame.assign(date=pd.to_datetime(frame.date))


def changed_meanwhile(name: str) -> ChangedMeanwhile:
    """Half a report of the old inputs and half of the new ones would contradict itself. name: see Workbook.sum_of."""
    return ChangedMeanwhile(f"{name} was changed while the report was made of it", remedy="run it again")


def once(make: Callable[..., Made]) -> Callable[..., Made]:
    """`make(book, *texts)` is worked out the first time only, for all processes that open the same inputs.

    For what takes long and is asked for more than once. What it gives must not be changed.
    """

    @wraps(make)
    def made(book: Workbook, *given: str) -> Made:
        return book.made(make, *given)

    return made


def if_there(make: Callable[[Workbook], Made], book: Workbook) -> Made | None:
    """`make(book)`; None where it is made of a source that the report does not have."""
    try:
        return make(book)
    except SourceAbsent:
        return None


def open_month(
    month: str | None = None,
    workbook: str | Path | Folder | None = None,
    data: str | Path | None = None,
    trend_months: int = TREND_MONTHS,
    sla_months: int = SLA_MONTHS,
) -> Workbook:
    """The workbook of one month (YYYY-MM), of the newest that has data by default; see config.folder.open_folder.

    InputError where the ledger or the cases, where there are such, begin after the month or end before it.
    """
    folder = open_folder(workbook, data)
    book = month_as_it_is(month, folder, trend_months, sla_months)
    refuse_unreached(book)
    # Whoever takes a chapter that ran before has opened the month, and so knows that it is reached.
    traces.month_is_open(book.month)
    for each in WHEN_OPENED:
        each(book)
    return book


def month_as_it_is(
    month: str | None, folder: Folder, trend_months: int = TREND_MONTHS, sla_months: int = SLA_MONTHS
) -> Workbook:
    """As `open_month`, but the exports need not reach the month."""
    use(folder.settings.language)
    month = check_month(month or newest_month(folder))
    opened = month, folder.settings, folder, read_report(month, folder.content)
    return Workbook(*opened, trend_months=trend_months, sla_months=sla_months)


def refuse_unreached(book: Workbook) -> None:
    """Undelivered where the ledger or the cases, where there are such, begin after the month or end before it."""
    for source in MUST_REACH:
        first, last = _covered(book, TABLE_OF[source]) if book.has(source) else (book.month, book.month)
        if not first <= book.month <= last:
            problem = f"the exports of {NAMES[source]} cover {first} to {last}, not {book.month}"
            remedy = f"put the export of {book.month} there, or report a month that is covered"
            raise Undelivered(problem, file=book.data_root / "raw", remedy=remedy)


@once
def _covered(book: Workbook, table: str) -> tuple[str, str]:
    """The first and the last month of a table. Each chapter asks, and would read it to know."""
    months = _months(book.table(table))
    return months.min(), months.max()


def newest_month(folder: Folder) -> str:
    """The newest month that ledger and cases reach, of those that there are, else the newest that anything does.

    InputError where there is nothing.
    """
    chapters = folder.settings.organisation.chapters or list(Source)
    read = {source: read_clean(TABLE_OF[source], folder.data) for source in chapters if source != Source.SHARING}
    newest = {source: _months(table).max() for source, table in read.items() if len(table)}
    if not newest:
        problem = f"the exports have no {', no '.join(NAMES[source] for source in read)}, so no month is the newest"
        raise Undelivered(problem, file=folder.data / "raw", remedy="put exports there, or name the month")
    return min((month for source, month in newest.items() if source in MUST_REACH), default=max(newest.values()))


def _months(table: pd.DataFrame) -> pd.Series:
    """The month of each row of a source's table; of cases that of the first one, and of the newest event."""
    if "period" in table:
        return months_of(table.period)
    if "created_at" in table:
        return month_of(pd.Series([table.created_at.min(), newest_event(table)]))
    return table["extracted_on" if "extracted_on" in table else "date"].dt.strftime("%Y-%m")
