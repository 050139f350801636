"""A document's tables as Excel files: one each, and one workbook of all. The same tables always make the same."""

import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

import xlsxwriter

from rorikt_lib.present.language import mark
from rorikt_lib.present.numbers import month_name
from rorikt_lib.present.sheets import TEXT, WHOLE, Sheet, SheetColumn
from rorikt_lib.publish.excel import Above, Looks, add_table
from rorikt_lib.publish.front_matter import Stamp
from rorikt_lib.publish.shelf import Shelved, shelved_from
from rorikt_lib.report.show import DOWNLOADS
from rorikt_lib.terms.period import first_day, shift

# In the build folder: what the Excel files are made of, for when the report is approved.
TABLES = "tables.json"


@dataclass(frozen=True)
class Beside:
    """A page beside the report. status: None where it has none of its own."""

    title: str
    status: str | None


@dataclass(frozen=True)
class About:
    """What the files say of the document. title: what such are called. month: see Document. period: what its period is
    called, of another document than a monthly report. revision: its name, where it is one. stamp: see Stamp.metadata.
    beside: by the page's file.
    """

    title: str
    organisation: str
    responsible_unit: str
    month: str
    demo: bool
    revision: str = ""
    beside: Mapping[str, Beside] = field(default_factory=dict)
    stamp: Mapping[str, str | None] = field(default_factory=dict)
    period: str = ""

    @property
    def of(self) -> str:
        """What its period is called."""
        return self.period or month_name(self.month)

    def stamped(self, stamp: Stamp) -> Self:
        """The same, with how far the report has come."""
        return replace(self, stamp=stamp.metadata)

    def status(self, one: Shelved) -> str:
        """How far the page of a sheet has come; what is beside the report is not approved with it."""
        if one.of_report:
            return self.stamp.get("status") or ""
        return self.beside[one.page].status or mark("beside")

    def part(self, one: Shelved) -> str:
        """What a sheet is part of: the report, or the page beside it."""
        return mark("report") if one.of_report else self.beside[one.page].title

    def line(self, *more: str) -> str:
        """`IT-tjenesten · Månedsrapport, september 2024 · Utkast`."""
        report = f"{self.title}, {self.of}"
        demo = mark("demo") if self.demo else ""
        return " · ".join(filter(None, [self.organisation, report, self.revision, *more, demo]))


def write_spreadsheets(folder: Path, name: str, tables: Sequence[Shelved], about: About) -> None:
    """The Excel files of a month's build folder, and what they are made of. name: of the workbook of all tables."""
    told = {"about": asdict(about), "tables": [asdict(one) for one in tables]}
    (folder / TABLES).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    write_files(folder, name, tables, about)


def write_files(folder: Path, name: str, tables: Sequence[Shelved], about: About) -> None:
    """The Excel files alone: one of each table among the downloads, and the workbook of all of them."""
    for one in tables:
        content = _file(about, about.status(one), lambda book, looks, one=one: _add(book, looks, one, one.name, about))
        (folder / DOWNLOADS / f"{one.sheet.file}.xlsx").write_bytes(content)
    (folder / name).write_bytes(
        _file(about, about.stamp.get("status") or "", lambda book, looks: _add_all(book, looks, tables, about))
    )


def write_again(folder: Path, name: str, told: str, stamp: Stamp) -> None:
    """The same files with another stamp. told: what they are made of, as `write_spreadsheets` keeps it."""
    known = json.loads(told)
    beside = {file: Beside(**page) for file, page in known["about"]["beside"].items()}
    about = About(**known["about"] | {"beside": beside}).stamped(stamp)
    write_spreadsheets(folder, name, shelved_from(known["tables"]), about)
    (folder / TABLES).unlink()


def _file(about: About, status: str, fill: Callable[[xlsxwriter.Workbook, Looks], None]) -> bytes:
    """An Excel file, whose own time is the day after the month."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        created = dt.datetime.combine(first_day(shift(about.month, 1)), dt.time())
        of_file = {"title": f"{about.title}, {about.of}", "author": about.organisation}
        book.set_properties(of_file | {"created": created, "status": status})
        fill(book, Looks(book, {}))
    return buffer.getvalue()


def _add(book: xlsxwriter.Workbook, looks: Looks, one: Shelved, name: str, about: About, back: str = "") -> None:
    sheet = one.sheet
    title = f"{one.name}. {sheet.title}" if sheet.file.startswith("tabell-") else sheet.title
    line = about.line("" if one.of_report else about.part(one), about.status(one))
    notes = [*sheet.notes, *_notes(sheet)]
    add_table(book, looks, name, sheet, Above(title, line, notes, back))


def _notes(sheet: Sheet) -> list[str]:
    """What is said of amounts and of empty cells, where there are any."""
    has_amounts = any(column.head.endswith("(kr)") for column in sheet.columns)
    has_empty = any(column.is_number and None in column.values for column in sheet.columns)
    return [mark("units")] * has_amounts + [mark("empty")] * has_empty


def _add_all(book: xlsxwriter.Workbook, looks: Looks, tables: Sequence[Shelved], about: About) -> None:
    """A sheet of contents that leads to each table, and the tables, which lead back."""
    contents = mark("contents")
    made = add_table(book, looks, contents, _contents(tables, about), Above(*_heading(about)))
    head = len(_heading(about)[2]) + 3
    for row, one in enumerate(tables, start=head + 1):
        made.write_url(row, 0, f"internal:'{one.name}'!A1", looks(font_color="#17456E", underline=1), one.name)
        _add(book, looks, one, one.name, about, contents)


def _heading(about: About) -> tuple[str, str, list[str]]:
    """Title, line and facts of the contents."""
    names = {"version": "version", "status": "status", "approved_on": "approved-on", "approved_by": "approved-by"}
    facts = {mark(name): about.stamp.get(key) for name, key in names.items()}
    facts = {mark("period"): about.of} | facts | {mark("responsible"): about.responsible_unit}
    return about.title, about.line(), [f"{n}: {text}".replace("\u00a0", " ") for n, text in facts.items() if text]


def _contents(tables: Sequence[Shelved], about: About) -> Sheet:
    """The sheet of contents: each table's name, what it holds, where it belongs, how far that has come, its rows."""
    texts = {
        "sheet": [one.name for one in tables],
        "content": [one.sheet.title for one in tables],
        "part": [about.part(one) for one in tables],
        "status": [about.status(one) for one in tables],
    }
    columns = [SheetColumn(mark(name), TEXT, tuple(values)) for name, values in texts.items()]
    rows = SheetColumn(mark("row_count"), WHOLE, tuple(float(one.sheet.rows) for one in tables))
    return Sheet(mark("contents"), about.title, (), (*columns, rows))
