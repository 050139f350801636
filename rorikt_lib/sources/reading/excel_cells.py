"""The cells of a spreadsheet as text. A number is written the Norwegian way (1234,5), a date ISO."""

import datetime as dt
import re

import numpy as np

# Ends a number that says nothing of the texts in its column, as it was no text itself.
NUMBER = "e0"
# A text with one separator and three digits behind it, which may have a sign or a currency about it.
_UNCLEAR = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*")


def cell_texts(rows: list[list[object]]) -> list[list[str]]:
    """The texts of the cells, with no white space around them.

    12.5 is 12,5 also in a sheet whose texts have the decimal sign of another country. So in a column where a text
    could be read both ways (`1,234`) numbers are marked as such: what they look like is no proof of what it is.
    """
    texts = [[_text(cell) for cell in row] for row in rows]
    fractions = _places(rows, lambda cell: isinstance(cell, float) and not cell.is_integer())
    for place in fractions & _places(rows, lambda cell: isinstance(cell, str) and _UNCLEAR.fullmatch(cell)):
        for cells, row in zip(rows, texts, strict=True):
            if place < len(cells) and isinstance(cells[place], float) and "," in row[place]:
                row[place] += NUMBER
    return texts


def _places(rows: list[list[object]], is_such) -> set[int]:
    return {place for row in rows for place, cell in enumerate(row) if is_such(cell)}


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _decimal_text(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell).strip()


def _decimal_text(number: float) -> str:
    """With a comma, and never three decimals, so that it reads as a decimal sign whatever the file's own is."""
    text = np.format_float_positional(number).replace(".", ",")
    return text + "0" if text[-4:-3] == "," else text
