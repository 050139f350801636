"""Any delimited text, Excel or Parquet file as rows of text cells, each with its line number."""

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from rorikt_lib.sources.reading.excel_cells import cell_texts
from rorikt_lib.sources.reading.excel_parts import DAMAGED, excel_parts
from rorikt_lib.sources.reading.large import stripped
from rorikt_lib.sources.reading.parquet_rows import TEXT, parquet_rows
from rorikt_lib.sources.reading.quotes import cells_alone, refuse_swallowed_rows

DELIMITERS = ";,\t"
DELIMITED = {".csv", ".txt", ".tsv"}
EXCEL = {".xlsx", ".xls", ".xlsm"}
PARQUET = {".parquet"}
MAX_UNPACKED_BYTES = 2 * 1024**3
_SNIFFED_LINES = 40
# Bytes that are looked at, and read, at once: columns in hundreds of small pieces cost more than they are worth, large
# ones memory, and a row must be whole in what is read at once.
_HEAD, _PIECE, _BLOCK, _LARGE_BLOCK = 50_000, 2**20, 4 * 2**20, 32 * 2**20
_MARK = b"\xef\xbb\xbf"
# The first byte of a letter of several in UTF-8 is this or more.
_LETTER = 0xC0
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_ENCODINGS = {"utf-16": "whole UTF-16", "cp1252": "Windows-1252"}
# A Norwegian letter in UTF-8; in Windows-1252 these bytes are two signs that follow each other in no word.
_UTF8_LETTER = re.compile(rb"\xc3[\x85\x86\x98\xa5\xa6\xb8]")


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
        rows = _text_rows(_text(path, name), name)
    filled = _filled(rows)
    # A copy of a million rows takes its time: only where there is something to leave out.
    return rows if filled.all() else rows[filled], unread


def _filled(rows: pd.DataFrame) -> np.ndarray:
    """Which rows have a cell that is filled."""
    filled = np.zeros(len(rows), dtype=bool)
    for column in rows.columns:
        if filled.all():
            break
        filled |= rows[column].fillna("").ne("").to_numpy()
    return filled


def _sheets(book: CalamineWorkbook) -> tuple[list[CalamineSheet], list[str]]:
    """The visible work sheets that hold something, and the names of the hidden ones that do."""
    named = {sheet.name: sheet.visible for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet}
    filled = [sheet for sheet in map(book.get_sheet_by_name, named) if sheet.height]
    is_shown = {name: visible == SheetVisibleEnum.Visible for name, visible in named.items()}
    hidden = [sheet.name for sheet in filled if not is_shown[sheet.name]]
    return [sheet for sheet in filled if is_shown[sheet.name]], hidden


@dataclass(frozen=True)
class _Text:
    """A text file as UTF-8. head: its first bytes. quoted: whether it has quotation marks. block: how many bytes are
    read at once. content: None where the file is UTF-8 itself; it is then read from disk, in blocks."""

    path: Path
    head: bytes
    quoted: bool
    block: int = _LARGE_BLOCK
    content: bytes | None = None

    def stream(self) -> pa.NativeFile:
        return pa.OSFile(str(self.path)) if self.content is None else pa.BufferReader(self.content)

    def whole(self) -> bytes:
        return self.path.read_bytes() if self.content is None else self.content


def _text(path: Path, name: str) -> _Text:
    """The file as UTF-8, from UTF-8, UTF-16 with its mark, or else Windows-1252; InputError for others."""
    if path.suffix.lower() != ".zip" and (text := _utf8_file(path)):
        return text
    with opened(path, name) as stream:
        content = _as_utf8(stream.read(), name)
    return _Text(path, content[:_HEAD], b'"' in content, content=content)


def _utf8_file(path: Path) -> _Text | None:
    """The file as it is, where it is UTF-8; it is never held whole."""
    head, quoted, rest, short = b"", False, b"", True
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            head += piece[: _HEAD - len(head)]
            quoted = quoted or b'"' in piece
            short = short and (len(piece) < _PIECE or b"\n" in piece or b"\r" in piece)
            letters, rest = _cut(rest + piece)
            if not _is_utf8(letters):
                return None
    # Where no mark of quotation holds lines together, and each piece has an end of a line, none is longer than two.
    block = _BLOCK if short and not quoted else _LARGE_BLOCK
    return _Text(path, head.removeprefix(_MARK), quoted, block) if _is_utf8(rest) else None


def _cut(content: bytes) -> tuple[bytes, bytes]:
    """UTF-8 bytes without the last letter where it may go on in what follows, and that letter."""
    begun = next((place for place in (-1, -2, -3) if len(content) >= -place and content[place] >= _LETTER), 0)
    return (content[:begun], content[begun:]) if begun else (content, b"")


def _as_utf8(content: bytes, name: str) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16", name)
    if _is_utf8(content):
        return content.removeprefix(_MARK)
    if found := _UTF8_LETTER.search(content):
        raise _encoding(content, found.start(), name, "the file is neither UTF-8 nor Windows-1252 throughout")
    return _decoded(content, "cp1252", name)


def _decoded(content: bytes, encoding: str, name: str) -> bytes:
    """The file as UTF-8; InputError at the first byte that is no letter in its encoding: which one it was is lost."""
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"the file is neither UTF-8 nor {_ENCODINGS[encoding]}"
        raise _encoding(content, error.start, name, problem) from None


def _encoding(content: bytes, place: int, name: str, problem: str) -> InputError:
    line = content.count(b"\n", 0, place) + 1
    return InputError(problem, file=name, line=line, remedy="export it again, or save it as UTF-8")


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8; no copy is made of them."""
    ends = pa.py_buffer(np.array([0, len(content)], dtype="int64"))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def content_suffix(path: Path, name: str) -> str:
    """What kind of file it is: its suffix, or that of the one file in an archive, in small letters."""
    return Path(_member(path, name).filename if path.suffix.lower() == ".zip" else path.name).suffix.lower()


@contextmanager
def opened(path: Path, name: str) -> Iterator["IO[bytes] | _Member"]:
    """The file, or the one file in the zip archive, opened for reading.

    InputError where the archive holds not just one, or turns out while it is read to be damaged.
    """
    if path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            yield stream
        return
    with _readable(name):
        archive = zipfile.ZipFile(path)
    with archive:
        with _readable(name):
            stream = archive.open(_only_member(archive, name))
        with stream:
            yield _Member(stream, name)


@dataclass(frozen=True)
class _Member:
    """A file in an archive; that it is damaged shows only where it is read."""

    stream: IO[bytes]
    name: str

    def read(self, size: int = -1) -> bytes:
        with _readable(self.name):
            return self.stream.read(size)


def _member(path: Path, name: str) -> zipfile.ZipInfo:
    with _readable(name), zipfile.ZipFile(path) as archive:
        return _only_member(archive, name)


def _only_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX")]
    if len(members) != 1:
        raise InputError(f"the archive holds {len(members)} files", file=name, remedy="zip one export alone")
    if members[0].file_size > MAX_UNPACKED_BYTES:
        raise InputError("the archive unpacks to more than 2 GiB", file=name, remedy="split the export")
    return members[0]


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """InputError for all that an archive can be wrong in; see DAMAGED."""
    try:
        yield
    except InputError:
        raise
    except (RuntimeError, NotImplementedError) as error:
        raise InputError(f"not a readable archive ({error})", file=name, remedy="zip without a password") from None
    except DAMAGED as error:
        problem = f"not a readable archive ({str(error) or type(error).__name__})"
        raise InputError(problem, file=name, remedy="zip the export again") from None


def _excel_rows(path: Path, name: str) -> tuple[pd.DataFrame, Beside]:
    parts = excel_parts(path)
    if parts.damaged:
        problem = f"not a readable Excel file ({parts.damaged} is damaged)"
        raise InputError(problem, file=name, remedy="export it again")
    try:
        book = CalamineWorkbook.from_filelike(parts.content) if parts.content else CalamineWorkbook.from_path(path)
        sheets, hidden = _sheets(book)
        cells = [row for sheet in sheets[:1] for row in sheet.iter_rows()]
    except (CalamineError, OSError) as error:
        raise InputError(f"not a readable Excel file ({error})", file=name, remedy="export it again") from None
    texts = cell_texts(cells)
    read = sheets[0].name if sheets else ""
    others = [*(sheet.name for sheet in sheets[1:]), *hidden]
    beside = Beside(others, parts.stray.get(read, []), parts.hidden_rows.get(read, 0))
    return _frame(texts, range(1, len(texts) + 1)), beside


def _frame(rows: list[list[str]], lines: range | list[int]) -> pd.DataFrame:
    width = max(map(len, rows), default=0)
    padded = [row + [None] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, index=pd.Index(lines, dtype="int64"), columns=range(width), dtype="str")


def _text_rows(text: _Text, name: str) -> pd.DataFrame:
    """Fast for lines of the commonest width; the others are parsed one by one."""
    delimiter, width = _layout(text.head, name)
    odd: dict[int, str] = {}

    def keep(row: pa.csv.InvalidRow) -> str:
        odd[row.number] = row.text
        return "skip"

    table = _arrow_table(text, delimiter, width, keep, name)
    breaks = _line_breaks(table) if text.quoted else np.zeros(len(table), dtype="int64")
    table = pa.table([stripped(column) for column in table.columns], names=table.column_names)
    regular = table.to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    regular.columns = range(width)
    regular.index = range(1, len(regular) + 1)
    if not odd and not breaks.any():
        return regular
    numbers = np.setdiff1d(np.arange(1, len(regular) + len(odd) + 1), list(odd), assume_unique=True)
    regular.index = pd.Index(numbers, dtype="int64")
    moved, irregular = _by_line(regular, breaks, odd, delimiter)
    if breaks.any():
        refuse_swallowed_rows(moved, breaks, text.whole(), delimiter, name)
    return pd.concat([moved, irregular]).sort_index() if odd else moved


def _line_breaks(table: pa.Table) -> np.ndarray:
    """How many line breaks each row has within its cells."""
    counts = [pc.count_substring_regex(column, r"\r\n|\r|\n") for column in table.columns]
    return np.sum([count.to_numpy() for count in counts], axis=0, dtype="int64")


def _layout(content: bytes, name: str) -> tuple[str, int]:
    """Delimiter and commonest width: the pair that explains most cells of the file's first lines."""
    head = content.decode("utf-8", errors="replace").splitlines()[:_SNIFFED_LINES]
    if not any(line.strip() for line in head):
        raise InputError("the file is empty", file=name, remedy="export it again, or remove it")
    layouts = {}
    for delimiter in DELIMITERS:
        # A quotation mark astray hides the rows after it; each line alone hides cells of several lines.
        records, alone = csv.reader(head, delimiter=delimiter), (cells_alone(line, delimiter) for line in head)
        widths = [Counter(len(row) for row in rows if row) for rows in (records, alone)]
        layouts[delimiter] = max((lines * (width - 1), width) for way in widths for width, lines in way.items())
    delimiter = max(DELIMITERS, key=lambda d: layouts[d][0])
    return delimiter, layouts[delimiter][1]


def _arrow_table(
    text: _Text, delimiter: str, width: int, keep: Callable[[pa.csv.InvalidRow], str], name: str
) -> pa.Table:
    names = [str(i) for i in range(width)]
    try:
        table = pa.csv.read_csv(
            text.stream(),
            # One thread: only then do the odd rows know their number.
            pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=text.block),
            pa.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
            ),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        problem = f"not a readable table ({str(error).splitlines()[0][:120]})"
        raise InputError(problem, file=name, remedy="export it again") from None
    return table


def _by_line(
    regular: pd.DataFrame, breaks: np.ndarray, odd: dict[int, str], delimiter: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The regular rows and the odd ones, numbered by line: `breaks` within a row move the lines after it down.

    An odd row of several lines is most often a quotation mark without its twin, so each line is read alone.
    """
    parts = {number: _LINE_BREAK.split(text.rstrip("\r\n")) for number, text in odd.items()}
    more = pd.Series({n: len(p) - 1 for n, p in parts.items()}, dtype="int64")
    extra = pd.concat([pd.Series(breaks, index=regular.index), more]).sort_index()
    shift = extra.cumsum() - extra
    moved = regular.set_axis(regular.index + shift[regular.index].to_numpy(), axis=0)
    lines = [int(n + shift[n]) + i for n, p in parts.items() for i in range(len(p))]
    cells = [next(csv.reader([text], delimiter=delimiter), []) for p in parts.values() for text in p]
    return moved, _frame([[c.strip() for c in row] for row in cells], lines)
