"""Damages the golden samples in seeded ways, reads them, and compares with a reader that shares nothing with it.

Each mutant must be refused in one sentence that names the file, or give the rows that the plain reader gives, with what
is not among them quarantined or set aside and counted. What is neither, a traceback and a hang is told with its seed.

Run: .venv/bin/python benchmarks/fuzz.py [MUTANTS [FIRST_SEED]]        (two processes, a quarter of an hour)
"""

from __future__ import annotations

import io
import itertools
import random
import re
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import plain_reader as plain
import xlsxwriter
import yaml

from rorikt_lib.config.settings import Settings
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.read_file import ReadFile, accounted, read_tables

MUTANTS, SECONDS = 10_000, 10
GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
SAMPLES = [*plain.SAMPLES]
XML = ["saft/version_120.xml", "saft/version_130_prefix.xml", "saft_minified/raw.xml"]
NUMBERS = [
    "1.234", "1,234", "1.234,50", "1,234.50", "1 234,50", "1\u00a0234", "1'234", "12.5", "1234.50", "0,1", ",5", "5,",
    "1e5", "1.2.3", "1,2,3", "2٣", "２", "0x1F", "1_000", "9" * 15, "9" * 16, "9" * 40, "9" * 400, "NaN", "inf",
    "#####", "12 34", "1.23,4", "kr 100", "100 kr", "100,-", "½", "1/2",
]  # fmt: skip
SIGNS = ["-{}", "{}-", "({})", "−{}", "–{}", "+{}", "- {}", "--{}", "{}--", "(-{})", "-({})", "-{}-", "(({}))", "{}+"]
DATES = [
    "31.01.2024", "2024-01-31", "20240131", "1.2.2024", "1.2.24", "01/02/2024", "32.01.2024", "2024-02-30", "45322",
    "45322,5", "99999", "2٣.01.2024", "2024-01-3１", "31.01.2024 08:15", "2024-01-31T08:15:00", "0001-01-01",
    "9999-12-31", "202401", "2024-01", "01.2024", "202413", "202414", "201808.00", "2024-W05", "31.januar 2024",
]  # fmt: skip
Cells = list[list[str]]


@dataclass(frozen=True)
class Mutant:
    """A damaged sample. source: what it was made of. kind: how it was damaged. cells: where it was written as cells."""

    source: str
    kind: str
    name: str
    content: bytes
    cells: Cells | None = None


def mutant(seed: int) -> Mutant:
    """The mutant of a seed: always the same."""
    rng = random.Random(seed)
    of = rng.choices([_of_rows, _of_archive, _of_excel, _of_xml, _of_json], [70, 6, 8, 10, 6])[0]
    return of(rng)


# --- rows ---------------------------------------------------------------------------------------------------------


def _of_rows(rng: random.Random) -> Mutant:
    sample = rng.choice(SAMPLES)
    text, delimiter = _sample(sample)
    kind = rng.choice(["structure", "encodings", "signs", "quotes", "decimals", "dates", "headers", "bytes"])
    content = _ROWS[kind](rng, text, delimiter)
    return Mutant(sample, kind, "raw.csv", content if isinstance(content, bytes) else content.encode())


@cache
def _sample(sample: str) -> tuple[str, str]:
    text = plain.decoded((GOLDEN / sample / "raw.csv").read_bytes())
    return text.replace("\r\n", "\n"), plain_delimiter(text, sample)


def plain_delimiter(text: str, sample: str) -> str:
    """The one with which the sample's header is there."""
    found = (each for each in plain.DELIMITERS if plain.header_of(plain.records(text, each), sample))
    return next(found, ";")


def _structure(rng: random.Random, text: str, delimiter: str) -> str:
    lines = text.splitlines()
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines)) if lines else 0
        line = lines[at] if lines else ""
        lines[at : at + 1] = rng.choice([
            [], [line, line], [line, ""], [line + delimiter], [line + delimiter + "x"],
            [line.replace(delimiter, "", 1)], [delimiter + line], [line + delimiter * 3], ["  " + line + "  "],
            [line[: rng.randint(0, len(line))]],
            [line, lines[0]], [line, "Sum" + delimiter * 3 + "5"], ["Utskrift 1.10.2024", line],
            [line, *lines[:at][-1:]], [line, delimiter * line.count(delimiter)], [line + "\x0c"], [line, "\x1a"],
            [line + "\x85x"],
        ])  # fmt: skip
    other = rng.choice(plain.DELIMITERS) if rng.random() < 0.1 else delimiter
    ending = rng.choice(["\n", "\n", "\r\n", "\r"])
    return ending.join(lines).replace(delimiter, other) + rng.choice([ending, ending, ""])


def _encodings(rng: random.Random, text: str, _: str) -> bytes:
    ways: list[Callable[[], bytes]] = [
        *(partial(text.encode, name, "replace") for name in ("utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman")),
        *(partial(text.encode, name, "replace") for name in ("utf-16-le", "utf-32", "latin-1", "iso8859-15")),
        lambda: text.encode("utf-16")[:-1],
        lambda: text[:200].encode() + text[200:].encode("cp1252", "replace"),
        lambda: b"\xef\xbb\xbf" + text.encode("utf-8-sig"),
        lambda: text.encode() + b"\x8d",
        lambda: text.encode("utf-8").decode("cp1252", "replace").encode(),
    ]
    return rng.choice(ways)()


def _cell(change: Callable[[random.Random, str], str], which: str) -> Callable[[random.Random, str, str], str]:
    """A mutation of one or more cells that look like `which` (a pattern)."""

    def mutate(rng: random.Random, text: str, delimiter: str) -> str:
        rows = [list(row.cells) for row in plain.records(text, delimiter)]
        fitting = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if re.fullmatch(which, cell)]
        for r, c in rng.sample(fitting, min(len(fitting), rng.randint(1, 3))):
            rows[r][c] = change(rng, rows[r][c])
        return _written(rows, delimiter)

    return mutate


def _written(rows: Cells, delimiter: str) -> str:
    def cell(text: str) -> str:
        doubled = text.replace('"', '""')
        return f'"{doubled}"' if any(sign in text for sign in (delimiter, '"', "\n", "\r")) else text

    return "\n".join(delimiter.join(map(cell, row)) for row in rows) + "\n"


def _quotes(rng: random.Random, text: str, delimiter: str) -> str:
    lines = text.splitlines()
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(lines))
        line, place = lines[at], rng.randint(0, len(lines[at]))
        cells = line.split(delimiter)
        one = rng.randrange(len(cells))
        lines[at] = rng.choice([
            line[:place] + '"' + line[place:],
            line[:place] + '""' + line[place:],
            delimiter.join([*cells[:one], f'"{cells[one]}', *cells[one + 1 :]]),
            delimiter.join([*cells[:one], f'{cells[one]}"', *cells[one + 1 :]]),
            delimiter.join([*cells[:one], f'"{cells[one]}"', *cells[one + 1 :]]),
            delimiter.join(f'"{cell}"' for cell in cells),
            delimiter.join([*cells[:one], f'"{cells[one]}\n{cells[one]}"', *cells[one + 1 :]]),
            delimiter.join([*cells[:one], f"'{cells[one]}'", *cells[one + 1 :]]),
        ])  # fmt: skip
    return "\n".join(lines) + "\n"


def _headers(rng: random.Random, text: str, delimiter: str) -> str:
    rows = [list(row.cells) for row in plain.records(text, delimiter)]
    sample = next(s for s in SAMPLES if _sample(s)[0] == text)
    head, _ = plain.header_of(plain.records(text, delimiter), sample)
    width = len(rows[head])
    one, two = rng.randrange(width), rng.randrange(width)
    way = rng.randrange(9)
    if way == 0:
        rows[head][one] = rows[head][one][:-1]
    elif way == 1:
        for row in rows[head:]:
            if max(one, two) < len(row):
                row[one], row[two] = row[two], row[one]
    elif way == 2:
        rows = [row[:one] + row[one + 1 :] for row in rows]
    elif way == 3:
        rows[head][one] = rows[head][two]
    elif way == 4:
        rows[head][one] = rng.choice([str.upper, str.lower, str.title, "\u00a0{}".format, '"{}"'.format])(
            rows[head][one]
        )
    elif way == 5:
        rows = [[*row[:one], "x", *row[one:]] for row in rows]
    elif way == 6:
        rows[head][one], rows[head][two] = rows[head][two], rows[head][one]
    elif way == 7:
        del rows[head]
    else:
        rows.insert(rng.randint(head, len(rows)), rows[head])
    return _written(rows, delimiter)


def _bytes(rng: random.Random, text: str, _: str) -> bytes:
    content = bytearray(text.encode(rng.choice(["utf-8", "cp1252"]), "replace"))
    for _each in range(rng.randint(1, 4)):
        at = rng.randrange(len(content))
        content[at : at + 1] = rng.choice([b"", bytes([rng.randrange(256)]), b"\x00", content[at : at + 1] * 2])
    return bytes(content[: rng.choice([len(content), len(content), rng.randrange(len(content))])])


_NUMBER, _DATE = r"[-+(]?[0-9][0-9 .,]*[-)]?", r"[0-9]{4}-?[0-9]{2}.*|[0-9]{2}\.[0-9]{2}\..*|[0-9]{6}"
_ROWS: dict[str, Callable[[random.Random, str, str], str | bytes]] = {
    "structure": _structure,
    "encodings": _encodings,
    "signs": _cell(lambda rng, cell: rng.choice(SIGNS).format(cell), _NUMBER),
    "quotes": _quotes,
    "decimals": _cell(lambda rng, _: rng.choice(NUMBERS), _NUMBER),
    "dates": _cell(lambda rng, _: rng.choice(DATES), _DATE),
    "headers": _headers,
    "bytes": _bytes,
}


# --- archives, spreadsheets, XML, JSON ----------------------------------------------------------------------------


def _of_archive(rng: random.Random) -> Mutant:
    sample = rng.choice(SAMPLES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        archive.writestr("raw.csv", (GOLDEN / sample / "raw.csv").read_bytes())
    return Mutant(sample, "archive", "raw.zip", _damaged(rng, packed.getvalue()))


def _of_excel(rng: random.Random) -> Mutant:
    sample = rng.choice(SAMPLES)
    text, delimiter = _sample(sample)
    cells = [list(row.cells) for row in plain.records(text, delimiter)]
    damage = rng.random() < 0.6
    if not damage:
        changed = _ROWS[rng.choice(["signs", "decimals", "dates", "headers"])](rng, text, delimiter)
        cells = [list(row.cells) for row in plain.records(changed, delimiter)]
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(cells):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell[:32_767])
    content = _damaged(rng, made.getvalue()) if damage else made.getvalue()
    return Mutant(sample, "spreadsheet damaged" if damage else "spreadsheet", "raw.xlsx", content, cells)


def _damaged(rng: random.Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(found))
        found[at] = rng.randrange(256)
    return bytes(found[: rng.choice([len(found)] * 4 + [rng.randrange(len(found))])])


def _of_xml(rng: random.Random) -> Mutant:
    source = rng.choice(XML)
    text = (GOLDEN / source).read_text(encoding="utf-8")
    for _ in range(rng.randint(1, 2)):
        tags = [found.span() for found in re.finditer(r"<[^>]*>", text)]
        start, end = rng.choice(tags)
        digits = [found.start() for found in re.finditer(r"(?<=>)[0-9]|[0-9](?=[0-9.]*<)", text)]
        one = rng.choice(digits)
        text = rng.choice([
            text[:start] + text[end:],
            text[:end] + text[start:end] + text[end:],
            text[:one] + rng.choice("0123456789-.,eE ٣") + text[one + 1 :],
            text[:one] + rng.choice(["9" * 40, "1E999999999", "NaN", "&#51;", "&amp;", "&x;", "<!-- -->"]) + text[one:],
            text[: rng.randrange(len(text))],
            text.replace("UTF-8", rng.choice(["utf-16", "latin-1", "no-such", "ascii"]), 1),
            '<!DOCTYPE a [<!ENTITY x "1">]>' + text,
            text[:end] + "<a>" * 300 + text[end:],
            text[:start] + "\x01" + text[start:],
        ])  # fmt: skip
    return Mutant(source, "xml", "raw.xml", text.encode())


def _of_json(rng: random.Random) -> Mutant:
    text = (GOLDEN / "ticket_api" / "raw.json").read_text(encoding="utf-8")
    values = [found.span() for found in re.finditer(r'(?<=: )(?:"[^"]*"|[0-9]+|true|false|null)', text)]
    for start, end in sorted(rng.sample(values, rng.randint(1, 3)), reverse=True):
        value = rng.choice([
            "null", "[]", "{}", "[[1]]", '"x"', "-1", "1e400", "NaN", "9" * 5000, "9" * 30, "[" * 5000, '"2٣"', "true",
            "1.5", '"\\ud800"', '{"id": {"id": 1}}', '""', '"2024-13-01T00:00:00Z"', '"9999-12-31T23:59:59Z"', "0",
        ])  # fmt: skip
        text = text[:start] + value + text[end:]
    if rng.random() < 0.3:
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(["", ",", '"', "}", "\x00"]) + text[at + 1 :]
    return Mutant("ticket_api", "json", "raw.json", text.encode("utf-8", "surrogatepass"))


# --- what the library makes of a mutant ---------------------------------------------------------------------------


@cache
def settings() -> Settings:
    """Those of the demo, but that any share of rows may be unreadable: each is listed, which is what is compared."""
    given = demo_settings()
    return given.model_copy(update={"quality": given.quality.model_copy(update={"quarantine_limit": 1.0})})


def library(one: Mutant, folder: Path) -> ReadFile | InputError:
    """What the library reads of it, or how it refuses it."""
    path = folder / one.name
    path.write_bytes(one.content)
    try:
        return accounted(read_tables(path, one.name, settings()), one.name, settings())
    except InputError as error:
        return error


def verdict(seed: int, folder: Path) -> tuple[str, str, str]:
    """How the mutant of a seed came off (equal, refused, or what is wrong), its kind, and more of it."""
    one = mutant(seed)
    # The process's own seconds: on a busy machine a reader waits, and does not hang.
    began = time.process_time()
    signal.signal(signal.SIGPROF, _hangs)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        read = library(one, folder)
    except TimeoutError:
        return "hang", one.kind, one.source
    except Exception as error:
        return "traceback", one.kind, f"{one.source}: {type(error).__name__}: {str(error)[:100]}"
    except BaseException as error:
        # What a reader in Rust raises where it gives up is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return "traceback", one.kind, f"{one.source}: panic: {str(error)[:100]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if time.process_time() - began > SECONDS:
        return "hang", one.kind, one.source
    if isinstance(read, InputError):
        sentence = str(read)
        is_told = sentence.startswith(one.name) and "Remedy: " in sentence and "\n" not in sentence
        return ("refused" if is_told else "refused badly"), one.kind, sentence[:150]
    wrong = difference(one, read, folder)
    return ("silent difference" if wrong else "equal"), one.kind, f"{one.source}: {wrong}"


def _hangs(*_: object) -> None:
    raise TimeoutError


def difference(one: Mutant, read: ReadFile, folder: Path) -> str:
    """What the library says that the plain reader does not; empty where they agree."""
    if one.kind in ("archive", "spreadsheet damaged"):
        return _as_undamaged(one, read, folder)
    if one.kind == "xml":
        return _as_plain_xml(one, read)
    if one.kind == "json":
        return _as_plain_json(one, read)
    if one.cells is not None:
        # A sheet has no row that is shorter than another: what is not written there is blank.
        width = max(map(len, one.cells))
        cells = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in one.cells]
        rows = [plain.Record(n, n, row) for n, row in enumerate(cells, 1)]
        return _as_plain_rows(one, read, rows, "")
    if (text := plain.decoded(one.content)) is None:
        return "read, though it is in no encoding"
    delimiter = plain_delimiter(text, one.source)
    return _as_plain_rows(one, read, plain.records(text, delimiter), delimiter)


def _as_undamaged(one: Mutant, read: ReadFile, folder: Path) -> str:
    if one.cells is None:
        sound = Mutant(one.source, "", "raw.csv", (GOLDEN / one.source / "raw.csv").read_bytes())
    else:
        sound = Mutant(one.source, "", "raw.csv", _written(one.cells, ";").encode())
    expected = library(sound, folder)
    # A cell of two lines is one row of a sheet, and two lines of a text.
    columns = ["source_file"] + ["source_line"] * (one.cells is not None)
    rows = [
        [
            part.frame.drop(columns=columns, errors="ignore").astype("str").reset_index(drop=one.cells is not None)
            for part in each.parts
        ]
        for each in (expected, read)
    ]
    same = len(rows[0]) == len(rows[1]) and all(a.equals(b) for a, b in zip(*rows, strict=True))
    return "" if same else "damaged, and other rows than the sound file"


def _as_plain_xml(one: Mutant, read: ReadFile) -> str:
    expected = plain.saft(one.content)
    if expected is None or not expected.adds_up:
        return "read, though it is no sound SAF-T"
    frame = pd.concat([part.frame for part in read.parts])
    left = Counter((account.zfill(3), amount) for account, amount in expected.lines)
    ours = Counter(zip(frame.account, (round(amount * 100) for amount in frame.amount_nok), strict=True))
    theirs = Counter({(account, round(amount * 100)): n for (account, amount), n in left.items()})
    return "" if ours <= theirs and sum(left.values()) == read.source["rows_read"] else "other lines"


def _as_plain_json(one: Mutant, read: ReadFile) -> str:
    tickets = plain.tickets(one.content)
    if tickets is None or len(tickets) != read.source["rows_read"]:
        return "other tickets"
    for row in pd.concat([part.frame for part in read.parts]).itertuples():
        ticket = tickets[row.source_line - 1]
        if row.ticket_id != str(ticket["requestnumber"]):
            return f"ticket {row.source_line}: {row.ticket_id} is not {ticket['requestnumber']}"
        created = str(ticket["created"])
        known = pd.to_datetime(created if re.search(r"Z$|[+-]\d\d:\d\d$", created) else created + "Z", utc=True)
        if abs((row.created_at - known).total_seconds()) > 1:
            return f"ticket {row.source_line}: created {row.created_at}"
    return ""


# --- rows, compared with the plain reader's -----------------------------------------------------------------------


def _as_plain_rows(one: Mutant, read: ReadFile, rows: list[plain.Record], delimiter: str) -> str:
    found = plain.header_of(rows, one.source)
    if found is None:
        return "read, though the plain reader finds no header"
    head = found[0]
    heads = [place for place in range(head, len(rows)) if plain.header_of(rows[place : place + 1], one.source)]
    clean = {int(line): row for part in read.parts for line, row in part.frame.iterrows()}
    for start, end in itertools.pairwise([*heads, len(rows)]):
        if wrong := _section_differs(one.source, rows[start], rows[start + 1 : end], clean, delimiter):
            return wrong
    if alone := sorted(clean.keys() - {row.first for row in rows[head:]}):
        return f"line {alone[0]} is no row"
    return _lost(read, {rows[n].first: rows[n] for n in range(head + 1, len(rows)) if n not in heads}, rows[head].last)


def _section_differs(
    sample: str, head: plain.Record, body: list[plain.Record], clean: dict[int, pd.Series], delimiter: str
) -> str:
    """The same for the rows below one header."""
    _, columns = plain.header_of([head], sample)
    width = len(head.cells)
    while width and not head.cells[width - 1]:
        width -= 1
    named = [cell for cell in map(plain.name_of, head.cells) if cell]
    if body and any(named.count(plain.name_of(name)) > 1 for name in plain.SAMPLES[sample][0]):
        return "read, though two columns are one"
    texts = {i: [row.cells[i] for row in body if i < len(row.cells)] for i in columns.values()}
    for row in body:
        if row.first in clean and (
            wrong := _row_differs(sample, clean[row.first], row, columns, width, texts, delimiter)
        ):
            return f"line {row.first}: {wrong}"
    return ""


def _row_differs(
    sample: str, row: pd.Series, written: plain.Record, columns: dict[str, int], width: int,
    texts: dict[int, list[str]], delimiter: str,
) -> str:  # fmt: skip
    cells = written.cells
    if len(cells) < width or any(cells[width:]):
        return "a ragged row is read"
    if written.last > written.first and any(cell.count(delimiter) >= width - 1 > 0 for cell in cells if "\n" in cell):
        return "rows are swallowed by a quotation mark"
    headers, needed = plain.SAMPLES[sample]
    for field, kind in headers.values():
        if field in columns and (
            wrong := _cell_differs(row, field, kind, cells[columns[field]], texts[columns[field]])
        ):
            return wrong
        if field in needed and not cells[columns[field]]:
            return f"{field} is missing"
    if {"debit_nok", "credit_nok"} <= columns.keys() and "amount_nok" not in columns:
        debit, credit = (plain.numbers(cells[columns[side]] or "0", []) for side in ("debit_nok", "credit_nok"))
        if not any(abs(float(d - c) - row.amount_nok) < 0.005 for d in debit for c in credit):
            return f"amount {row.amount_nok}"
    return ""


def _cell_differs(row: pd.Series, field: str, kind: str, text: str, column: list[str]) -> str:
    """What is wrong with one value of a clean row, as it is written; empty where nothing is."""
    if field not in row.index or kind in ("word",):
        return ""
    value = row[field]
    if kind == "period" and not text:
        return ""
    if kind == "waited":
        text, kind = text or "0", "number"
    if pd.isna(value) or not text:
        is_none = not text or kind == "place" or (kind == "time" and not plain.can_be(text))
        return "" if pd.isna(value) and is_none else f"{field}: {value} of '{text[:40]}'"
    expected = _expected(kind, text, column)
    same = (
        any(abs(float(e) - float(value)) < 1e-9 * max(1, abs(float(value))) for e in expected)
        if kind in ("number", "count")
        else ((value.tz_localize(None) if kind == "time" else value) in expected)
    )
    return "" if same else f"{field}: {value} of '{text[:40]}'"


def _expected(kind: str, text: str, column: list[str]) -> set[Any]:
    if kind in ("number", "count"):
        return plain.numbers(text, column) if kind == "number" else plain.counts(text)
    found: Any = text
    if kind in ("date", "day"):
        day = plain.date(text) if kind == "date" else plain.day_or_month(text)
        found = day and pd.Timestamp(day)
    elif kind == "time":
        moment = plain.time(text)
        found = moment and pd.Timestamp(moment)
    elif kind == "period":
        found = plain.period(text)
    elif kind == "account":
        found = text.zfill(3) if re.fullmatch(r"[0-9][0-9.]*", text) else None
    elif kind == "serial":
        found = text.upper()
    elif kind == "place":
        found = _places().get(plain.name_of(text))
    return set() if found is None else {found}


@cache
def _places() -> dict[str, str]:
    """Every name of a municipality → its name in the report, from the settings as they are written."""
    given = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))["municipalities"]
    return {plain.name_of(name): one["name"] for one in given for name in [one["name"], *one.get("aliases", [])]}


def _lost(read: ReadFile, body: dict[int, plain.Record], head: int) -> str:
    """The first line that is neither clean nor quarantined, where there are more of them than are set aside."""
    lines = {int(line) for part in read.parts for line in [*part.frame.index, *part.quarantine.source_line]}
    filled = [row for row in body.values() if any(row.cells) and row.first > head]
    lost = [row.first for row in filled if not any(n in lines for n in range(row.first, row.last + 1))]
    aside = sum(part.set_aside for part in read.parts)
    return f"line {lost[0]} is lost ({len(lost)} lines, {aside} set aside)" if len(lost) > aside else ""


# --- all of them --------------------------------------------------------------------------------------------------


def tried(seeds: range) -> list[tuple[int, str, str, str]]:
    """Seed, verdict, kind of damage and more, for each seed."""
    with tempfile.TemporaryDirectory() as folder:
        return [(seed, *verdict(seed, Path(folder))) for seed in seeds]


def main() -> None:
    """Tries them all and says what came of them, by kind; exit code 1 where something is wrong."""
    count, first = (int(text) for text in [*sys.argv[1:3], *[MUTANTS, 0][len(sys.argv) - 1 :]][:2])
    parts = [range(start, min(start + 250, first + count)) for start in range(first, first + count, 250)]
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        results = [result for part in pool.map(tried, parts) for result in part]
    table = pd.DataFrame(results, columns=["seed", "verdict", "kind", "detail"])
    print(pd.crosstab(table.kind, table.verdict, margins=True).to_string())
    wrong = table[~table.verdict.isin(["equal", "refused"])]
    for row in wrong.itertuples():
        print(f"seed {row.seed}: {row.verdict}, {row.kind}, {row.detail}")
    print(f"{len(table):,} mutants in {time.perf_counter() - began:.0f} s: {len(wrong)} wrong")
    sys.exit(bool(len(wrong)))


if __name__ == "__main__":
    main()
