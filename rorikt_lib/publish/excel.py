"""How a table looks in Excel: title and notes above, a frozen head, real numbers and dates, and as it is printed."""

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rorikt_lib.present.language import mark, sum_name
from rorikt_lib.present.sheets import DATE, MONTH, TEXT, Sheet, SheetColumn, Value
from rorikt_lib.store.spreadsheets import is_formula

# Widths are in characters, heights in points.
NARROWEST, WIDEST, TITLE_WIDTH, LINE = 9, 60, 70, 15
# A table that is wider is printed across the page; beside names that are wider there is no room for anything.
PORTRAIT, WIDEST_FROZEN = 95, 70
A4, LONGEST_TEXT = 9, 32_767
INK, MUTED, ACCENT, TINT = "#17212B", "#4D5966", "#17456E", "#EEF3F8"
STYLE = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}


@dataclass(frozen=True)
class Looks:
    """The formats of a file, each made once."""

    book: xlsxwriter.Workbook
    made: dict[tuple, Format]

    def __call__(self, **properties: object) -> Format:
        """The format of these properties, on top of those that all have."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(STYLE | properties)
        return self.made[key]


@dataclass(frozen=True)
class Above:
    """What stands above a table: title, a line about the month, notes. back: the sheet that a link leads back to."""

    title: str
    line: str
    notes: Sequence[str]
    back: str = ""


def add_table(book: xlsxwriter.Workbook, looks: Looks, name: str, sheet: Sheet, above: Above) -> Worksheet:
    """A worksheet of the table."""
    made = book.add_worksheet(name)
    made.hide_gridlines(2)
    widths = [_width(column, sheet.bold) for column in sheet.columns]
    for place, width in enumerate(widths):
        made.set_column(place, place, width)
    head = _write_above(made, looks, above, widths)
    _write_table(made, looks, sheet, head)
    made.freeze_panes(head + 1, _frozen(sheet.columns, widths))
    print_setup(made, above.line, head, sum(widths))
    return made


def _write_above(made: Worksheet, looks: Looks, above: Above, widths: Sequence[float]) -> int:
    """The row that the table's head stands in, after a free one."""
    lines = [(above.title, looks(bold=True, font_size=14, font_color=ACCENT, text_wrap=True), 1.35)]
    lines += [(above.line, looks(font_color=MUTED, text_wrap=True), 1)]
    lines += [(note, looks(font_color=MUTED, text_wrap=True), 1) for note in above.notes]
    across = _columns_below(widths)
    for row, (text, look, size) in enumerate(lines):
        if across:
            made.merge_range(row, 0, row, across, "", look)
        write_text(made, row, 0, text, look)
        room = sum(widths[: across + 1]) / size
        made.set_row(row, LINE * size * max(1, len(textwrap.wrap(text, max(int(room), 1)))))
    if above.back:
        link = looks(font_color=ACCENT, underline=1)
        made.write_url(len(lines), 0, f"internal:'{above.back}'!A1", link, mark("to_contents"))
    return len(lines) + bool(above.back) + 1


def _columns_below(widths: Sequence[float]) -> int:
    """The last of the first columns that together have room for a title; all where they have not."""
    room = [sum(widths[: place + 1]) >= TITLE_WIDTH for place in range(len(widths))]
    return room.index(True) if True in room else len(widths) - 1


def _write_table(made: Worksheet, looks: Looks, sheet: Sheet, head: int) -> None:
    """The rows below their head as an Excel table, a last sum right below it, so that nobody sorts it with the rest."""
    last = head + max(1, sheet.rows - (1 if sheet.total and sheet.rows > 1 else 0))
    columns = [
        {"header": column.head, "header_format": looks(**_head(column)), "format": looks(**_body(column))}
        for column in sheet.columns
    ]
    made.add_table(head, 0, last, len(columns) - 1, {"columns": columns, "style": "Table Style Light 1"})
    made.set_row(head, LINE * max(_lines(column.head, _width(column, sheet.bold)) for column in sheet.columns))
    for place, column in enumerate(sheet.columns):
        for row, value in enumerate(column.values):
            look = _body(column) | ({"bold": True, "bg_color": TINT} if row in sheet.bold else {})
            if row in sheet.bold and head + 1 + row > last:
                look |= {"top": 1, "top_color": ACCENT}
            _write(made, looks, (head + 1 + row, place), value, look)


def _head(column: SheetColumn) -> dict[str, Any]:
    align = "right" if column.is_number else "left"
    return {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": TINT, "bottom": 2, "align": align}


def _body(column: SheetColumn) -> dict[str, Any]:
    if column.format == TEXT:
        return {"text_wrap": True}
    return {"num_format": column.format, "align": "right" if column.is_number else "left"}


def _write(made: Worksheet, looks: Looks, place: tuple[int, int], value: Value, look: Mapping[str, Any]) -> None:
    if value is None:
        made.write_blank(*place, None, looks(**look))
    elif isinstance(value, str) and (look.get("num_format") not in (DATE, MONTH) or value == sum_name()):
        # What would be a formula, were it written anew, is told that it is a text.
        write_text(made, *place, value, looks(**look | ({"quote_prefix": True} if is_formula(value) else {})))
    elif isinstance(value, str):
        made.write_datetime(*place, dt.datetime.fromisoformat(value), looks(**look))
    else:
        made.write_number(*place, value, looks(**look))


def write_text(made: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """A text as it is: never a formula or a link, whatever it looks like."""
    made.write_string(row, column, text[:LONGEST_TEXT], look)


def _width(column: SheetColumn, bold: Sequence[int]) -> float:
    """The longest of its values on a line, and of the words of its head."""
    texts = [_about(value, column.format) + 0.1 * (row in bold) for row, value in enumerate(column.values)]
    words = [len(word) + 3 for word in column.head.split()]
    return min(max(NARROWEST, *texts, *words), WIDEST)


def _about(value: Value, shown: str) -> float:
    """About how many characters a value takes."""
    if isinstance(value, str) or value is None:
        return {MONTH: 16, DATE: 12}.get(shown, len(value or "") + 1.5)
    return len(f"{value:,.{len(shown.partition('.')[2].rstrip('%'))}f}") + 2.5


def _lines(text: str, width: float) -> int:
    return len(textwrap.wrap(text, max(int(width) - 2, 1))) or 1


def _frozen(columns: Sequence[SheetColumn], widths: Sequence[float]) -> int:
    """How many first columns name a row, of those that leave room for the others."""
    names = next((place for place, column in enumerate(columns) if column.is_number), 1)
    return next((n for n in range(min(names, 2), 0, -1) if sum(widths[:n]) <= WIDEST_FROZEN), 0)


def print_setup(made: Worksheet, line: str, head: int, width: float) -> None:
    """As wide as the page and as long as it takes, the head on each page. line: below it, with the page's number."""
    made.set_paper(A4)
    made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    if width > PORTRAIT:
        made.set_landscape()
    made.fit_to_pages(1, 0)
    made.repeat_rows(head)
    number = mark("page_of").format("&P", "&N")
    made.set_footer(f"&L&8{line.replace('&', '&&')}&R&8{number}")
