"""One month opened: its settings, clean tables and cut-offs. Where every notebook and command starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, Self, TypeVar

import pandas as pd

from rorikt_lib.config.folder import Folder, open_folder
from rorikt_lib.config.month_file import Report, read_incidents, read_report
from rorikt_lib.config.settings import Settings
from rorikt_lib.errors import InputError, SourceAbsent, Undelivered
from rorikt_lib.ledger.forecast_log import COLUMNS, mended
from rorikt_lib.store.clean_tables import read_clean
from rorikt_lib.store.folders import is_demo
from rorikt_lib.store.forecast_log import read_log
from rorikt_lib.store.memory import inputs_of, recalled
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


@dataclass(frozen=True)
class Workbook:
    """The inputs of one month's report. Tables are read from disk when first asked for.

    trend_months, sla_months: how many months up to the report's the trends and the tables of deadlines show.
    given: clean tables to be used instead of those on disk; nothing that is made of them is kept there.
    """

    month: str
    settings: Settings
    folder: Folder
    report: Report
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    trend_months: int = TREND_MONTHS
    sla_months: int = SLA_MONTHS
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    _made: dict[Any, tuple[Any, frozenset[str]]] = field(default_factory=dict)
    # What is read while something is worked out, for each such thing, the innermost last.
    _reading: list[set[str]] = field(default_factory=list)

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
            self._tables[name] = read_clean(name, self.data_root)
        return self._tables[name]

    def has(self, source: Source) -> bool:
        """Whether the report has a source: there are exports of it, and the settings do not leave it out."""
        chapters = self.settings.organisation.chapters
        if self.given:
            return True
        return (chapters is None or source in chapters) and not self._read(TABLE_OF[source]).empty

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
            self._made[what] = result() if self.given else recalled(self.data_root, self._inputs, what, result)
        return self._recalled(what)

    def frame(self, make: Callable[["Workbook"], pd.DataFrame]) -> pd.DataFrame:
        """`make(self)`, worked out the first time only, in this process."""
        if make not in self._made:
            self._made[make] = self._worked_out(partial(make, self))
        return self._recalled(make)

    def note(self, source: str, is_there: bool = True) -> None:
        """What is being worked out is made of this source: a clean table, or what people wrote or a report kept.

        is_there: nothing is made of a source that has nothing.
        """
        if self._reading and is_there:
            self._reading[-1].add(source)

    def sources_of(self, make: Callable[["Workbook"], pd.DataFrame]) -> frozenset[str]:
        """The sources that `make(self)` is made of, as `note` has them."""
        self.frame(make)
        return self._made[make][1]

    def _worked_out(self, make: Callable[[], Made]) -> tuple[Made, frozenset[str]]:
        """What `make` gives, and what was read for it."""
        self._reading.append(set())
        try:
            return make(), frozenset(self._reading[-1])
        finally:
            self._reading.pop()

    def _recalled(self, what: object) -> Any:
        made, sources = self._made[what]
        for source in sources:
            self.note(source)
        return made

    @cached_property
    def _inputs(self) -> str:
        """A checksum of all that this month's results are made from."""
        kept = (self.data_root / name for name in ("forecasts", "snapshots"))
        opened = self.month, self.report, self.trend_months, self.sla_months, self.settings
        return inputs_of(self.data_root, [self.content, *kept], *opened)

    def at(self, month: str) -> Self:
        """The same inputs, opened for another month; its report.yml is not read."""
        return replace(self, month=month, _made={})

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
        return mended(read_log(self.data_root, COLUMNS))

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
        months = _months(book.table(TABLE_OF[source])) if book.has(source) else None
        if months is not None and not months.min() <= book.month <= months.max():
            problem = f"the exports of {NAMES[source]} cover {months.min()} to {months.max()}, not {book.month}"
            remedy = f"put the export of {book.month} there, or report a month that is covered"
            raise Undelivered(problem, file=book.data_root / "raw", remedy=remedy)


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
