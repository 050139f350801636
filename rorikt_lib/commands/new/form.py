"""The form of the forecast: a row a line and project with what is known of it, and room for the new figure."""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter

from rorikt_lib.ledger.costs import lines_of
from rorikt_lib.present.language import form
from rorikt_lib.present.numbers import month_name
from rorikt_lib.report.economy import cost_table
from rorikt_lib.report.forecast import forecast_rows
from rorikt_lib.sources.formats.adopted_forecast import KINDS
from rorikt_lib.sources.formats.forecast_form import HEADERS
from rorikt_lib.workbook import Workbook

AMOUNTS = ["booked_nok", "budget_nok", "adopted_nok", "model_nok", "low_nok", "high_nok", "committed_nok"]
COLUMNS = ["period", "kind", "line", *AMOUNTS, "adopted_in", "amount_nok", "reason"]
_THEIRS = {ours: theirs for theirs, ours in HEADERS.items()}
_KIND_NAMES = {kind: name for name, kind in KINDS.items()}
_HEADER_ROW = 3
_WIDTHS = {"line": 34, "reason": 60, "period": 9, "kind": 12}


def form_rows(book: Workbook) -> pd.DataFrame:
    """One row per operating line and investment project, in the report's order; amounts in NOK, missing if not known.

    adopted_nok, adopted_in: the year's last adopted forecast up to the month, and for which month. amount_nok and
    reason are empty.
    """
    known = forecast_rows(book).drop(columns=["adopted_nok", "reason"])
    parts = []
    for kind in KINDS.values():
        budget = cost_table(book, kind).set_index("line").budget_nok
        rows = known[known.kind == kind].set_index("line").reindex(lines_of(kind, book.settings.ledger))
        rows = rows.assign(kind=kind, budget_nok=budget.reindex(rows.index))
        parts.append(rows.join(_last_adopted(book, kind)).reset_index())
    table = pd.concat(parts, ignore_index=True).assign(period=book.month, amount_nok=None, reason=None)
    return table.reindex(columns=COLUMNS)


def _last_adopted(book: Workbook, kind: str) -> pd.DataFrame:
    rows = book.table("adopted_forecasts")
    rows = rows[(rows.kind == kind) & rows.period.between(f"{book.month[:4]}-01", book.month)]
    last = rows.sort_values("period").groupby("line").last()
    return last[["amount_nok", "period"]].set_axis(["adopted_nok", "adopted_in"], axis=1)


def workbook_of(rows: pd.DataFrame, month: str) -> bytes:
    """The rows as an Excel file, with title and guidance above; the cells to fill in are marked."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(month)
        bold, amount = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        empty = book.add_format({"num_format": "#,##0", "bg_color": "#FFF6D6", "border": 1, "border_color": "#BBBBBB"})
        title = form("title").format(year=month[:4], month=month_name(month))
        sheet.write_string(0, 0, title, book.add_format({"bold": True}))
        sheet.write_string(1, 0, form("guide"))
        for column, name in enumerate(rows.columns):
            look = empty if name in ("amount_nok", "reason") else amount if name in AMOUNTS else None
            sheet.set_column(column, column, _WIDTHS.get(name, 15))
            sheet.write_string(_HEADER_ROW, column, _THEIRS.get(name) or form(name), bold)
            for row, value in enumerate(rows[name], start=_HEADER_ROW + 1):
                _write(sheet, row, column, _shown(name, value), look)
        sheet.freeze_panes(_HEADER_ROW + 1, COLUMNS.index("line") + 1)
    return buffer.getvalue()


def _shown(name: str, value: object) -> object:
    if pd.isna(value):
        return None
    return _KIND_NAMES[value] if name == "kind" else round(value) if name in AMOUNTS else value


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, look: object) -> None:
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)
