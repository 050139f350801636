"""Holds what a page says against figures.csv: each number of a table's cells, each number of a computed sentence."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from lxml import html

from rorikt_lib.present.numbers import DATE, QUOTED, thousands
from rorikt_lib.present.tables import wide_of
from rorikt_lib.report.declare import FORMATS_OF_AMOUNTS, Table
from rorikt_lib.report.figures import tables
from rorikt_lib.report.records import key_of
from rorikt_lib.workbook import Workbook

NUMBER = re.compile(r"\d[\d\u202f]*(?:,\d+)?")
YEAR = re.compile(r"(19|20)\d\d")
# Numbers that are no measurements but words: what is defined once and for all, or the name of a thing.
WORDS = [
    "hele 1000",
    "80\u00a0%-intervall",
    "80 %-intervall",
    "på 80 %",
    "90 dager",
    "30 dager",
    "Windows 11",
    "Microsoft 365",
    "per 100",
    "90-persentil",
    "0 betyr at",
]


class Records:
    """The figures of a month's site, looked up by name or by value."""

    def __init__(self, site: Path, month: str) -> None:
        table = pd.read_csv(
            site / month / "figures.csv", dtype={"member": str, "dimension": str}, keep_default_na=False
        )
        keys = zip(table.figure, table.dimension, table.member, strict=True)
        self.by_key = dict(zip(keys, table.value.astype(float), strict=True))
        self._sizes = sorted(abs(value) for value in self.by_key.values())
        parts = {part for member in table.member for part in member.split("|")}
        self.parts = {part for member in table.member for part in member.split("|")}
        self.members = sorted(
            (part for part in parts if re.search(r"\d", part) and not part.isdigit()), key=len, reverse=True
        )
        longest_first = sorted([*WORDS, *self.members], key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)

    def has(self, value: float) -> bool:
        """Whether any figure has this size, unrounded."""
        size = abs(value)
        place = bisect.bisect_left(self._sizes, size * (1 - 1e-9))
        return size == 0 or (place < len(self._sizes) and self._sizes[place] <= size * (1 + 1e-9))


def number(text: str) -> float:
    """`−1 234,5` as a number."""
    return float(re.sub(r"[\s+%]", "", text).replace("\u2212", "-").replace(",", "."))


def wrong_cells(page: html.HtmlElement, book: Workbook, records: Records) -> Iterator[str]:
    """The cells of a page's tables whose number is not that of its record, rounded; and the tables nobody declared."""
    for table in page.xpath("//table"):
        key = table.get("id").removeprefix("tabell-")
        declared = found(key, book)
        if declared is None:
            yield f"{key}: no such table is declared"
            continue
        rows = [row.xpath("./th|./td") for row in table.xpath("./tbody/tr")]
        expected = list(_expected(declared, book))
        if [len(row) for row in rows] != [len(row) for row in expected]:
            yield f"{key}: other rows or columns than declared"
            continue
        yield from (f"{key}: {wrong}" for wrong in _wrong_of(rows, expected, records))


def _wrong_of(rows: list[list], expected: list[list[tuple | None]], records: Records) -> Iterator[str]:
    shown = set()
    for row, known in zip(rows, expected, strict=True):
        for cell, record in zip(row, known, strict=True):
            text = cell.text_content().strip()
            # What holds for several rows is written once.
            if not (text == "" and record in shown) and (wrong := _wrong(text, cell, record, records)):
                yield wrong
            shown.add(record)


def found(key: str, book: Workbook) -> Table | None:
    """The declared table with this key, or the part of one."""
    declared = tables()
    parts = (part for table in declared.values() for part in table.parts(book))
    return declared.get(key) or next((part for part in parts if part.key == key), None)


def _wrong(text: str, cell: html.HtmlElement, record: tuple | None, records: Records) -> str | None:
    is_number = "text-align: right" in cell.get("style", "") and re.search(r"\d", text)
    if record is None:
        return f"the number {text} is no figure" if is_number and text not in records.parts else None
    key, per, is_known = record
    value = records.by_key.get(key) if is_known else None
    if not re.search(r"\d", text):
        return None if value is None else f"nothing for {key}"
    if value is None:
        return f"{text} has no record {key}"
    decimals = len(text.partition(",")[2].strip("%\u00a0 "))
    off = abs(number(text) - value / per)
    return None if off <= 0.5 * 10**-decimals * (1 + 1e-6) else f"{text} is not {value} of {key}"


def _expected(declared: Table, book: Workbook) -> Iterator[list[tuple | None]]:
    """For each cell: None for a name, else its record's key, what its number is divided by, and whether it is known."""
    shown, frame = declared.published(book), declared.frame(book)
    frame = frame.loc[shown.index]
    if declared.across:
        yield from _expected_across(declared, shown, frame)
        return
    columns = {
        column: [(key, _per(declared, column), known) for key, known in zip(keys, frame[column].notna(), strict=True)]
        for column in shown.columns
        if column in declared.figures
        for keys in [_keys(declared, frame, column)]
    }
    for place in range(len(shown)):
        yield [columns[c][place] if c in columns else None for c in shown.columns]


def _expected_across(declared: Table, shown: pd.DataFrame, frame: pd.DataFrame) -> Iterator[list[tuple | None]]:
    measure = shown.columns[-1]
    is_known = shown[measure].notna()
    keys = shown.assign(**{measure: pd.Series(_keys(declared, frame, measure), shown.index).where(is_known)})
    wide = wide_of(keys, declared.across)
    for row in wide.to_numpy(dtype=object):
        cells = [(key, _per(declared, measure), isinstance(key, tuple)) for key in row]
        yield [*[None] * wide.index.nlevels, *cells]


def _keys(declared: Table, frame: pd.DataFrame, column: str) -> list[tuple[str, str, str]]:
    given = declared.figures[column]
    name, by = (given, declared.by) if isinstance(given, str) else (given.name, given.by or declared.by)
    return [(name, dimension, member) for dimension, member in zip(*key_of(frame, by), strict=True)]


def _per(declared: Table, column: str) -> float:
    unit = declared.unit(column)
    return {"NOK": 1000 if FORMATS_OF_AMOUNTS[declared.amounts] is thousands else 1, "share": 0.01}.get(unit, 1)


def texts_with_digits(page: html.HtmlElement, records: Records) -> Iterator[str]:
    """Names in a page's tables that have a number in them that is neither a date nor a part of a record's member."""
    for cell in page.xpath("//table/tbody/tr/*[contains(@style, 'left')]"):
        text = cell.text_content().replace("\u200b", "").strip()
        if text not in records.parts:
            yield from (f"{text}: {token}" for token in _unexplained(text, [], records))


def sentences(build: Path) -> Iterator[tuple[str, str, list[dict]]]:
    """Chapter, text and noted numbers of every computed paragraph, caption and alternative text of a month's build."""
    for file in sorted((build / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                facts = output.get("metadata", {}).get("rorikt", {})
                if "numbers" in facts:
                    markdown = "".join(output["data"].get("text/markdown", ""))
                    lines = [line for line in markdown.splitlines() if not line.startswith("|")]
                    text = "\n".join([*lines, facts.get("caption", ""), facts.get("alt", "")])
                    yield file.stem, text, facts["numbers"]


def wrong_numbers(text: str, numbers: list[dict], records: Records) -> list[str]:
    """The numbers of a text that are neither a record, nor made of records as stated, nor a date, name or word."""
    return _unexplained(text, numbers, records)


def _unexplained(text: str, numbers: list[dict], records: Records) -> list[str]:
    for name in sorted((n["text"] for n in numbers if n["how"] in (DATE, QUOTED)), key=len, reverse=True):
        text = text.replace(name, " ")
    text = records.names.sub(" ", text)
    text = re.sub(r"\d\d\.\d\d\.\d{4}|\{#[\w-]+\}|\([\w/-]+\.csv\)|versjon \d+(\.\d+)+", " ", text)
    tokens = [token for token in NUMBER.findall(text) if not YEAR.fullmatch(token)]
    return [token for token in tokens if not any(_explains(n, token, records) for n in numbers)]


def _explains(noted: dict, token: str, records: Records) -> bool:
    if noted["text"].lstrip("\u2212") != token:
        return False
    if noted["how"] == "":
        return records.has(noted["value"])
    return noted["how"] not in (DATE, QUOTED) and all(map(records.has, noted["of"]))
