"""One month opened: its settings, clean tables and cut-offs. Where every notebook and command starts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from rorikt_lib.config.content import CONTENT, Report, read_incidents, read_report
from rorikt_lib.config.settings import Settings, load_settings
from rorikt_lib.errors import InputError
from rorikt_lib.ledger.forecast_log import COLUMNS
from rorikt_lib.store import clean_tables, folders
from rorikt_lib.store.forecast_log import read_log
from rorikt_lib.terms.period import check_month
from rorikt_lib.terms.schemas import CLEAN_TABLES

# Names the folder of what the process that builds the report has worked out for the chapters that it starts.
SHARED = "RORIKT_SHARED"


@dataclass(frozen=True)
class Workbook:
    """The inputs of one month's report. Tables are read from disk when first asked for."""

    month: str
    settings: Settings
    data_root: Path
    report: Report
    content: Path = CONTENT
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """A clean table."""
        if name not in self._tables:
            self._tables[name] = clean_tables.read_clean(name, self.data_root)
        return self._tables[name]

    def once(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `make` gives, worked out the first time only: for what takes seconds and is asked for more than once.

        Within `shared`, the first time of all its processes.
        """
        if name not in self._tables:
            kept = self._kept(name)
            self._tables[name] = pd.read_pickle(kept) if kept and kept.exists() else make()
        return self._tables[name]

    def _kept(self, name: str) -> Path | None:
        folder = os.environ.get(SHARED)
        return Path(folder) / f"{self.month}, {name}.pkl" if folder else None

    @contextmanager
    def shared(self) -> Iterator[None]:
        """What `once` has worked out so far, for processes started within: they open the same inputs."""
        with tempfile.TemporaryDirectory() as folder:
            os.environ[SHARED] = folder
            try:
                for name in self._tables.keys() - CLEAN_TABLES.keys():
                    self._tables[name].to_pickle(self._kept(name))
                yield
            finally:
                del os.environ[SHARED]

    def at(self, month: str) -> Workbook:
        """The same inputs, opened for another month; its report.yml is not read."""
        tables = {name: table for name, table in self._tables.items() if name in CLEAN_TABLES}
        return replace(self, month=month, _tables=tables)

    @property
    def forecast_log(self) -> pd.DataFrame:
        """The forecasts as they were made, as the file has them now; see ledger.forecast_log."""
        return read_log(self.data_root, COLUMNS)

    @property
    def is_demo(self) -> bool:
        """Whether the figures come from the demo exports."""
        return folders.is_demo(self.data_root)

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

    @cached_property
    def incident_notes(self) -> pd.DataFrame:
        """What people wrote about critical and high cases: date, municipality, priority (our terms), summary, cause."""
        columns = ["date", "municipality", "priority", "summary", "cause"]
        notes = [note.model_dump() for note in read_incidents(self.month, self.content)]
        frame = pd.DataFrame(notes, columns=columns)
        known = {"municipality": self.settings.municipality_of, "priority": self.settings.tickets.values.priority}
        for column, names in known.items():
            if unknown := sorted(set(frame[column]) - names.keys()):
                raise InputError(
                    f"no {column} is called {', '.join(unknown)}",
                    file=self.content / self.month / "hendelser.yml",
                    remedy=f"use one of: {', '.join(names)}",
                )
            frame[column] = frame[column].map(names)
        return frame.assign(date=pd.to_datetime(frame.date))


def open_month(month: str, data: str | Path | None = None, content: Path = CONTENT) -> Workbook:
    """The workbook of one month (YYYY-MM). data: the data root; default RORIKT_DATA, else data/ of the project."""
    return Workbook(check_month(month), load_settings(), folders.data_root(data), read_report(month, content), content)
