"""Any delimited text, Excel or Parquet file as rows of text cells, each with its line number."""

import csv
import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.excel_parts import excel_parts
from rorikt_lib.sources.reading.parquet_rows import TEXT, parquet_rows

DELIMITERS = ";,\t"
DELIMITED = {".csv", ".txt", ".tsv"}
EXCEL = {".xlsx", ".xls", ".xlsm"}
PARQUET = {".parquet"}
MAX_UNPACKED_BYTES = 2 * 1024**3
_SNIFFED_LINES = 40


@dataclass(frozen=True)
class Beside:
    """What an Excel file holds besides the rows read.

    sheets: other filled sheets, the hidden ones among them. stray: cells far outside the table, which are not read.
    hidden_rows: how many of the sheet's rows are hidden; they are read as the others.
    """

    sheets: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    hidden_rows: int = 0


def read_rows(path: Path, source_file: str | None = None) -> tuple[pd.DataFrame, Beside]:
    """One row per line of a CSV or of an Excel file's first filled sheet; columns 0, 1, … of text, index = line.

    Line 1 of a Parquet file is its column names. And what an Excel file has besides. An error value of Excel's is its
    text, as #N/A.
    A cell is missing where the line ends before it, "" where it is empty; white space around a text is gone.
    Blank lines are left out. A number from Excel or Parquet is written the Norwegian way (1234,5), a date ISO.
    source_file: the name that errors give, by default the file's own.
    """
    name, suffix, unread = source_file or path.name, path.suffix.lower(), Beside()
    if suffix in EXCEL:
        rows, unread = _excel_rows(path, name)
    elif suffix in PARQUET:
        rows = parquet_rows(path, name)
    else:
        rows = _text_rows(_content(path, name), name)
    filled = np.zeros(len(rows), dtype=bool)
    for column in rows.columns:
        filled |= rows[column].fillna("").ne("").to_numpy()
    return rows[filled], unread


def _sheets(book: CalamineWorkbook) -> tuple[list[CalamineSheet], list[str]]:
    """The visible work sheets that hold something, and the names of the hidden ones that do."""
    named = {sheet.name: sheet.visible for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet}
    filled = [sheet for sheet in map(book.get_sheet_by_name, named) if sheet.height]
    is_shown = {name: visible == SheetVisibleEnum.Visible for name, visible in named.items()}
    hidden = [sheet.name for sheet in filled if not is_shown[sheet.name]]
    return [sheet for sheet in filled if is_shown[sheet.name]], hidden


def _content(path: Path, name: str) -> bytes:
    """The file as UTF-8 bytes, from UTF-8, UTF-16 with its mark, or else Windows-1252."""
    content = unpacked(path, name).read() if path.suffix.lower() == ".zip" else path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode("utf-8")
    try:
        _check_utf8(content)
        return content.removeprefix(b"\xef\xbb\xbf")
    except pa.ArrowInvalid:
        return content.decode("cp1252", errors="replace").encode("utf-8")


def _check_utf8(content: bytes) -> None:
    """ArrowInvalid where the bytes are not UTF-8; no copy is made of them."""
    ends = pa.py_buffer(np.array([0, len(content)], dtype="int64"))
    pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)


def content_suffix(path: Path, name: str) -> str:
    """What kind of file it is: its suffix, or that of the one file in an archive, in small letters."""
    return Path(_member(path, name).filename if path.suffix.lower() == ".zip" else path.name).suffix.lower()


def unpacked(path: Path, name: str) -> IO[bytes]:
    """The one file in a zip archive, opened for reading; InputError where there is not just one."""
    try:
        return _archive(path, name).open(_member(path, name))
    except (RuntimeError, NotImplementedError) as error:
        raise InputError(f"not a readable archive ({error})", file=name, remedy="zip without a password") from None


def _member(path: Path, name: str) -> zipfile.ZipInfo:
    with _archive(path, name) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX")]
    if len(members) != 1:
        raise InputError(f"the archive holds {len(members)} files", file=name, remedy="zip one export alone")
    if members[0].file_size > MAX_UNPACKED_BYTES:
        raise InputError("the archive unpacks to more than 2 GiB", file=name, remedy="split the export")
    return members[0]


def _archive(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"not a readable archive ({error})", file=name, remedy="zip the export again") from None


def _excel_rows(path: Path, name: str) -> tuple[pd.DataFrame, Beside]:
    parts = excel_parts(path)
    try:
        book = CalamineWorkbook.from_filelike(parts.content) if parts.content else CalamineWorkbook.from_path(path)
        sheets, hidden = _sheets(book)
        cells = [row for sheet in sheets[:1] for row in sheet.iter_rows()]
    except (CalamineError, OSError) as error:
        raise InputError(f"not a readable Excel file ({error})", file=name, remedy="export it again") from None
    texts = [[_cell_text(cell) for cell in row] for row in cells]
    read = sheets[0].name if sheets else ""
    others = [*(sheet.name for sheet in sheets[1:]), *hidden]
    beside = Beside(others, parts.stray.get(read, []), parts.hidden_rows.get(read, 0))
    return _frame(texts, range(1, len(texts) + 1)), beside


def _cell_text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _decimal_text(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell).strip()


def _decimal_text(number: float) -> str:
    """With a comma, and never three decimals, so that it reads as a decimal sign whatever the file's own is."""
    text = np.format_float_positional(number).replace(".", ",")
    return text + "0" if text[-4:-3] == "," else text


def _frame(rows: list[list[str]], lines: range | list[int]) -> pd.DataFrame:
    width = max(map(len, rows), default=0)
    padded = [row + [None] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, index=pd.Index(lines, dtype="int64"), columns=range(width), dtype="str")


def _text_rows(content: bytes, name: str) -> pd.DataFrame:
    """Fast for lines of the commonest width; the others are parsed one by one."""
    delimiter, width = _layout(content, name)
    odd: dict[int, str] = {}

    def keep(row: pa.csv.InvalidRow) -> str:
        odd[row.number] = row.text
        return "skip"

    table = _arrow_table(content, delimiter, width, keep, name)
    regular = table.to_pandas(types_mapper={pa.string(): TEXT}.get)
    regular.columns = range(width)
    numbers = np.setdiff1d(np.arange(1, len(regular) + len(odd) + 1), list(odd), assume_unique=True)
    regular.index = pd.Index(numbers, dtype="int64")
    return _by_line(regular, odd, delimiter, quoted=b'"' in content)


def _layout(content: bytes, name: str) -> tuple[str, int]:
    """Delimiter and commonest width: the pair that explains most cells of the file's first lines."""
    head = content[:50_000].decode("utf-8", errors="replace").splitlines()[:_SNIFFED_LINES]
    if not any(line.strip() for line in head):
        raise InputError("the file is empty", file=name, remedy="export it again, or remove it")
    layouts = {}
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if row)
        layouts[delimiter] = max((lines * (width - 1), width) for width, lines in widths.items())
    delimiter = max(DELIMITERS, key=lambda d: layouts[d][0])
    return delimiter, layouts[delimiter][1]


def _arrow_table(
    content: bytes, delimiter: str, width: int, keep: Callable[[pa.csv.InvalidRow], str], name: str
) -> pa.Table:
    names = [str(i) for i in range(width)]
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(content),
            # One thread: only then do the odd rows know their number.
            pa.csv.ReadOptions(column_names=names, use_threads=False),
            pa.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        problem = f"not a readable table ({str(error).splitlines()[0][:120]})"
        raise InputError(problem, file=name, remedy="export it again") from None
    return pa.table([pc.utf8_trim_whitespace(column) for column in table.columns], names=names)


def _by_line(regular: pd.DataFrame, odd: dict[int, str], delimiter: str, quoted: bool) -> pd.DataFrame:
    """All rows in order, numbered by line: a quoted cell with line breaks moves the lines after it down.

    An odd row of several lines is most often a quotation mark without its twin, so each line is read alone.
    """
    breaks = pd.Series(0, index=regular.index)
    for column in regular.columns if quoted else []:
        breaks += regular[column].str.count("\n")
    parts = {number: text.splitlines() or [""] for number, text in odd.items()}
    extra = pd.concat([breaks, pd.Series({n: len(p) - 1 for n, p in parts.items()}, dtype="int64")]).sort_index()
    shift = extra.cumsum() - extra
    moved = regular.set_axis(regular.index + shift[regular.index].to_numpy(), axis=0)
    if not parts:
        return moved
    lines = [int(n + shift[n]) + i for n, p in parts.items() for i in range(len(p))]
    cells = [next(csv.reader([text], delimiter=delimiter), []) for p in parts.values() for text in p]
    return pd.concat([moved, _frame([[c.strip() for c in row] for row in cells], lines)]).sort_index()
