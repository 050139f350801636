"""Frames as the text and Excel files that systems export: same frame, same bytes."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import xlsxwriter

# Excel files carry their time of creation; a fixed one keeps them the same from run to run.
CREATED = dt.datetime(2024, 12, 2, 8, 0)


def norwegian(amount_oere: int, group: str = " ", trailing_minus: bool = False) -> str:
    """Øre as `-1 234,50`; group separates thousands; trailing_minus writes `1 234,50-`."""
    kroner, oere = divmod(abs(amount_oere), 100)
    text = f"{kroner:,}".replace(",", group) + f",{oere:02d}"
    if amount_oere >= 0:
        return text
    return f"{text}-" if trailing_minus else f"-{text}"


def csv_lines(frame: pd.DataFrame, delimiter: str = ";") -> list[str]:
    """Header and rows of a frame of texts, missing cells empty, quoted where a cell holds the delimiter."""
    cells = frame.astype(object).where(frame.notna(), "")
    text = cells.to_csv(sep=delimiter, index=False, lineterminator="\n")
    return text.splitlines()


def write_lines(path: Path, lines: Iterable[str], encoding: str = "utf-8") -> Path:
    """The lines with Windows line ends, as the exporting systems have them."""
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def write_excel(path: Path, frame: pd.DataFrame, title: str | None = None) -> Path:
    """One sheet: an optional title with an empty row below, the header, the rows; dates and times as Excel has them."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy", "remove_timezone": True})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Eksport")
    top = 0
    if title:
        sheet.write_string(0, 0, title)
        top = 2
    sheet.write_row(top, 0, list(frame.columns), book.add_format({"bold": True}))
    stamp = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    for column, name in enumerate(frame.columns):
        is_stamp = frame[name].dtype.kind == "M" and (frame[name].dt.normalize() != frame[name]).any()
        values = frame[name].astype(object).where(frame[name].notna(), None).tolist()
        sheet.write_column(top + 1, column, values, stamp if is_stamp else None)
    book.close()
    return path
