"""A computed sentence as a person may keep it: each number that is a figure names it, so that it stays checked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from rorikt_lib.present.numbers import THIN_SPACE, Written, written
from rorikt_lib.report.declare import said
from rorikt_lib.report.figures import tables
from rorikt_lib.report.narrative import FORMAT_OF_UNIT, FORMATS
from rorikt_lib.report.records import records
from rorikt_lib.terms.figure_changes import KEY
from rorikt_lib.workbook import Workbook


def traced(sentence: Callable[[Workbook], str | None], book: Workbook) -> str | None:
    """The sentence, with `[number]{figure="…"}` for each number that is one figure; see report.narrative."""
    with written() as numbers:
        text = said(sentence, book)
    if not text:
        return None
    done = ""
    for number in numbers:
        place = _place(number.text, text)
        span = _span(number, book) if place else None
        if span:
            done, text = done + text[: place.start()] + span, text[place.end() :]
    return done + text


def _place(number: str, text: str) -> re.Match[str] | None:
    """Where the number stands alone: not as a part of another, nor before a percent sign."""
    return re.search(rf"(?<![\d,{THIN_SPACE}]){re.escape(number)}(?![\d{THIN_SPACE}]|,\d|[\u00a0 ]%)", text)


def _span(number: Written, book: Workbook) -> str | None:
    found = _records(number, book)
    if number.how or len(found) != 1:
        return None
    record = found.iloc[0]
    key = "|".join(filter(None, (record.figure, record.dimension, record.member)))
    ways = {"": FORMAT_OF_UNIT.get(record.unit, FORMATS["integer"]), **FORMATS}
    way = next((name for name, write in ways.items() if write(record.value) == number.text), None)
    if way is None:
        return None
    return f'[{number.text}]{{figure="{key}"' + (f' format="{way}"' if way else "") + "}"


def _records(number: Written, book: Workbook) -> pd.DataFrame:
    """The records of the tables read for a number that have its value; those of the month, where others do too.

    None where different figures have it: which of them the sentence means is not known.
    """
    known = tables()
    parts = [records(known[key], book) for key in number.among if key in known]
    if number.value is None or not parts:
        return pd.DataFrame()
    rows = pd.concat(parts, ignore_index=True).drop_duplicates(KEY)
    rows = rows[rows.value == number.value]
    if rows.figure.nunique() > 1:
        return pd.DataFrame()
    of_month = rows[[any(part.startswith(book.month) for part in member.split("|")) for member in rows.member]]
    return of_month if len(rows) > 1 else rows
