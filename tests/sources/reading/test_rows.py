"""Delimited text and Excel files as rows of cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.parse import parse_amount, parse_date
from rorikt_lib.sources.reading.rows import Beside, read_rows

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=' ";,'), max_size=6)


@pytest.fixture
def rows_of(tmp_path):
    def read(content: bytes, name: str = "raw.csv") -> pd.DataFrame:
        (tmp_path / name).write_bytes(content)
        return read_rows(tmp_path / name)[0]

    return read


def as_dict(rows: pd.DataFrame) -> dict[int, list[str]]:
    return {
        line: [cell for cell in cells if pd.notna(cell)]
        for line, cells in zip(rows.index, rows.to_numpy(), strict=True)
    }


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=2, max_size=12), st.sampled_from(";,\t"))
@example([["a", 'b"c', "d;e"], ["", " ", '"']], ";")
def test_what_a_csv_writer_writes_is_read_back(tmp_path, table, delimiter):
    header = ["Alfa", "Beta", "Gamma"]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *table])
    (tmp_path / "raw.csv").write_bytes(text.getvalue().encode())
    expected = {1: header} | {i: [c.strip() for c in row] for i, row in enumerate(table, 2)}
    expected = {line: row for line, row in expected.items() if any(row)}
    assert as_dict(read_rows(tmp_path / "raw.csv")[0]) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ending_make_no_difference(rows_of, encoding, ending):
    text = ending.join(["Beløp;Måned", "1 234,50;9", "7;10"])
    assert as_dict(rows_of(text.encode(encoding))) == {1: ["Beløp", "Måned"], 2: ["1 234,50", "9"], 3: ["7", "10"]}


def test_decimal_commas_do_not_make_the_comma_the_delimiter(rows_of):
    assert as_dict(rows_of(b"Dato;Sum\n1;2,5\n2;3,5\n")) == {1: ["Dato", "Sum"], 2: ["1", "2,5"], 3: ["2", "3,5"]}


def test_a_title_line_with_many_commas_does_not_choose_the_delimiter(rows_of):
    rows = rows_of(b"Liste for A, B, C, D, E, F\nx;y;z\n1;2;3\n4;5;6\n")
    assert as_dict(rows)[3] == ["1", "2", "3"]


def test_short_and_long_lines_keep_their_place_and_blank_lines_are_left_out(rows_of):
    rows = rows_of(b"a;b;c\n1;2\n\n;;\n3;4;5;6\n7;8;9;;\n1;1;1\n")
    assert as_dict(rows) == {
        1: ["a", "b", "c"],
        2: ["1", "2"],
        5: ["3", "4", "5", "6"],
        6: ["7", "8", "9", "", ""],
        7: ["1", "1", "1"],
    }


def test_lines_are_counted_where_a_quoted_cell_holds_line_breaks(rows_of):
    rows = rows_of(b'a;b;c\n1;"x\ny\nz";2\n3;4\n5;6;7\n')
    assert as_dict(rows) == {1: ["a", "b", "c"], 2: ["1", "x\ny\nz", "2"], 5: ["3", "4"], 6: ["5", "6", "7"]}


def test_a_quotation_mark_without_its_twin_swallows_no_lines(rows_of):
    rows = rows_of(b'a;b;c\n1;"27 tommer;2\n3;4;5\n6;7;8\n')
    assert as_dict(rows)[3] == ["3", "4", "5"]
    assert as_dict(rows)[4] == ["6", "7", "8"]


def test_line_numbers_hold_in_a_file_larger_than_one_block(rows_of):
    lines = [f"{i};b;c" if i % 700 else f"{i};b" for i in range(1, 200_001)]
    rows = rows_of("\n".join(lines).encode())
    assert (rows[0].astype(int) == rows.index).all()


def test_excel_cells_are_written_the_norwegian_way(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        book.add_worksheet("tomt")
        sheet = book.add_worksheet("data")
        sheet.write_row(2, 0, ["010", 1234.5, 201808.0, 234.125, "tekst "])
        sheet.write_datetime(3, 0, dt.datetime(2024, 9, 27), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_datetime(
            3, 1, dt.datetime(2024, 9, 27, 12, 30), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        )
        book.add_worksheet("mer").write(0, 0, "ulest")
        hidden = book.add_worksheet("skjult")
        hidden.write(0, 0, "x")
        hidden.hide()
    rows, unread = read_rows(tmp_path / "raw.xlsx")
    assert as_dict(rows) == {
        3: ["010", "1234,5", "201808", "234,1250", "tekst"],
        4: ["2024-09-27", "2024-09-27 12:30:00", "", "", ""],
    }
    assert unread == Beside(["mer", "skjult"])


def test_an_error_value_is_its_text_and_hidden_rows_are_counted(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        sheet = book.add_worksheet("data")
        for n, error in enumerate(["#N/A", "#REF!", "#VALUE!", "#DIV/0!"]):
            sheet.write_formula(0, n, "=NA()", None, error)
        sheet.write_row(1, 0, [1, "#####"])
        sheet.set_row(1, None, None, {"hidden": True})
    rows, beside = read_rows(tmp_path / "raw.xlsx")
    assert as_dict(rows) == {1: ["#N/A", "#REF!", "#VALUE!", "#DIV/0!"], 2: ["1", "#####", "", ""]}
    assert beside == Beside(hidden_rows=1)


@pytest.mark.parametrize(("row", "column"), [(1048575, 16383), (1048575, 0), (3, 16383), (1, 16383)])
@pytest.mark.parametrize("value", ["x", ""])
def test_a_stray_cell_far_away_costs_neither_memory_nor_time_and_is_reported(tmp_path, row, column, value):
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        sheet = book.add_worksheet("data")
        for n in range(3):
            sheet.write_row(n, 0, ["a", "b", n])
        sheet.write(row, column, value, book.add_format({"bold": True}))
    rows, beside = read_rows(tmp_path / "raw.xlsx")
    assert as_dict(rows) == {n + 1: ["a", "b", str(n)] for n in range(3)}
    assert len(beside.stray) == (value == "x")


def test_dates_of_a_workbook_that_counts_from_1904_are_those_it_shows(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx", {"date_1904": True}) as book:
        shown = book.add_format({"num_format": "dd.mm.yyyy"})
        book.add_worksheet("data").write_datetime(0, 0, dt.datetime(2024, 9, 1), shown)
    assert as_dict(read_rows(tmp_path / "raw.xlsx")[0]) == {1: ["2024-09-01"]}


def test_a_zipped_file_is_read_as_the_file_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "raw.zip", "w") as archive:
        archive.writestr("liste.csv", "a;b\n1;2\n")
    assert as_dict(read_rows(tmp_path / "raw.zip")[0]) == {1: ["a", "b"], 2: ["1", "2"]}


def test_an_archive_of_several_files_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "raw.zip", "w") as archive:
        archive.writestr("a.csv", "a;b\n")
        archive.writestr("b.csv", "a;b\n")
    with pytest.raises(InputError, match=r"raw\.zip: the archive holds 2 files\. Remedy: zip one export alone"):
        read_rows(tmp_path / "raw.zip")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("raw.csv", b"", "the file is empty"),
        ("raw.csv", b" \n\n", "the file is empty"),
        ("raw.xlsx", b"no spreadsheet", "not a readable Excel file"),
        ("raw.zip", b"no archive", "not a readable archive"),
        ("raw.parquet", b"no Parquet at all", "not a readable Parquet file"),
        ("raw.parquet", b"", "not a readable Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(rows_of, name, content, problem):
    with pytest.raises(InputError, match=f"^{name}: {problem}.* Remedy: "):
        rows_of(content, name)


def parquet_cells(tmp_path, *columns: pa.Array | pa.ChunkedArray, names: list[str] | None = None) -> pd.DataFrame:
    """The rows of a Parquet file with these columns, called k0, k1, …"""
    table = pa.table(list(columns), names=names or [f"k{i}" for i in range(len(columns))])
    pq.write_table(table, tmp_path / "raw.parquet")
    return read_rows(tmp_path / "raw.parquet")[0]


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
NUMBERS = st.one_of(st.none(), st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000))
ROWS = st.tuples(TEXT.filter(str.strip), NUMBERS, st.one_of(st.none(), DAYS), st.integers(0, 999_999), st.booleans())


@given(st.lists(ROWS, min_size=1, max_size=10))
def test_a_parquet_file_gives_the_cells_of_the_same_table_in_excel(tmp_path, rows):
    names = ["Tekst", "Beløp", "Dato", "Konto", "Ja"]
    frame = pd.DataFrame(rows, columns=names).astype({"Dato": "datetime64[us]", "Beløp": "float64"})
    frame.to_parquet(tmp_path / "raw.parquet", index=False)
    with xlsxwriter.Workbook(tmp_path / "raw.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, names)
        for line, (text, amount, date, account, answer) in enumerate(rows, 1):
            sheet.write_string(line, 0, text)
            if amount is not None:
                sheet.write_number(line, 1, amount)
            if date is not None:
                sheet.write_datetime(line, 2, date, day)
            sheet.write_number(line, 3, account)
            sheet.write_boolean(line, 4, answer)
    parquet, excel = (read_rows(tmp_path / f"raw.{kind}")[0] for kind in ("parquet", "xlsx"))
    pd.testing.assert_frame_equal(parquet, excel, check_index_type=False, check_column_type=False)
    assert parquet.index.tolist() == list(range(1, len(rows) + 2))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1, max_size=20))
@example([1e15, 1e-7, -1.5e300, 5e-324, 1234.125, -0.001, 123456.0, 0.1 + 0.2])
def test_a_number_from_parquet_is_read_as_that_number_whatever_the_files_decimal_sign(tmp_path, numbers):
    cells = parquet_cells(tmp_path, pa.array(numbers))[0].iloc[1:]
    assert [float(cell.replace(",", ".")) for cell in cells] == numbers
    for sign in ",.":
        assert parse_amount(cells, sign).tolist() == pytest.approx(numbers, rel=1e-15)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (pa.array([201808.0, 1234.5, float("nan"), None]), ["201808", "1234,5", "", ""]),
        (pa.array([234.125, -0.125, 1e15]), ["234,1250", "-0,1250", "1000000000000000"]),
        (pa.array([1.1, 2.5], pa.float32()), ["1,1", "2,5"]),
        (pa.array([Decimal("0E-10"), Decimal("12.5"), None], pa.decimal128(38, 10)), ["0", "12,5", ""]),
        (pa.array([Decimal("100.00"), Decimal("-1234.50")], pa.decimal128(12, 2)), ["100", "-1234,5"]),
        (pa.array([dt.date(2024, 9, 27), None]), ["2024-09-27", ""]),
        (pa.array([dt.datetime(2024, 9, 27), dt.datetime(2024, 9, 27, 12, 30)], pa.timestamp("ns")),
         ["2024-09-27", "2024-09-27 12:30:00"]),
        (pa.array([dt.datetime(2024, 9, 27), dt.datetime(2024, 9, 27, 0, 0, 1)], pa.timestamp("s")),
         ["2024-09-27", "2024-09-27 00:00:01"]),
        (pa.array([dt.datetime(2024, 9, 27, 12, 30)], pa.timestamp("us", "Europe/Oslo")),
         ["2024-09-27 14:30:00.000000+0200"]),
        (pa.array([dt.time(7, 30), None]), ["07:30:00", ""]),
        (pa.array([" IT ", "\u00a0", None], pa.large_string()), ["IT", "", ""]),
        (pa.array(["b", "a", None, "b"]).dictionary_encode(), ["b", "a", "", "b"]),
        (pa.array([195, None]).dictionary_encode(), ["195", ""]),
        (pa.chunked_array([[1], [2, None]]), ["1", "2", ""]),
    ],
)  # fmt: skip
def test_each_type_of_a_parquet_column_is_written_as_excel_would(tmp_path, column, cells):
    line = pa.array([str(i) for i in range(len(column))])
    assert parquet_cells(tmp_path, line, column)[1].tolist() == ["k1", *cells]


def test_a_parquet_row_without_values_is_left_out_and_the_lines_keep_their_numbers(tmp_path):
    rows = parquet_cells(tmp_path, pa.array(["a", "", "c"]), pa.array([1, None, 3]), pa.nulls(3))
    assert as_dict(rows) == {1: ["k0", "k1", "k2"], 2: ["a", "1", ""], 4: ["c", "3", ""]}


@pytest.mark.parametrize(
    ("column", "problem"),
    [
        (pa.array([["a"], ["b"]]), r"column k0 holds list<.*>, which is no text"),
        (pa.array([b"\xe6", b"\xff"]), r"column k0 holds binary, which is no text"),
    ],
)
def test_a_parquet_column_that_is_no_text_is_refused_by_name(tmp_path, column, problem):
    with pytest.raises(InputError, match=rf"^raw\.parquet: {problem}\. Remedy: "):
        parquet_cells(tmp_path, column)


def test_a_parquet_file_with_one_name_for_two_columns_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"^raw\.parquet: two columns are called Sum\. Remedy: "):
        parquet_cells(tmp_path, pa.array([1]), pa.array([2]), names=["Sum", "Sum"])


def test_a_parquet_file_cut_short_is_refused(tmp_path, rows_of):
    pq.write_table(pa.table({"a": list(range(1000))}), tmp_path / "whole.parquet")
    with pytest.raises(
        InputError, match=r"^raw\.parquet: not a readable Parquet file \(.*\)\. Remedy: export it again"
    ):
        rows_of((tmp_path / "whole.parquet").read_bytes()[:-20], "raw.parquet")


def test_parquet_rows_are_read_as_they_are(tmp_path):
    numbers = np.arange(20_000)
    amounts, days = numbers / 100 - 5000, pd.Timestamp("2015-01-01") + pd.to_timedelta(numbers % 3000, unit="D")
    texts = pd.Series(numbers % 1000).astype("str")
    frame = pd.DataFrame({"a": numbers, "b": amounts, "c": days, "d": texts, "e": texts, "f": texts, "g": amounts})
    frame.to_parquet(tmp_path / "raw.parquet")
    rows, _ = read_rows(tmp_path / "raw.parquet")
    assert parse_amount(rows[1].iloc[1:]).sum() == pytest.approx(amounts.sum())
    assert (parse_date(rows[2].iloc[1:]).to_numpy() == days.to_numpy()).all()


def damaged_zip(text: bytes = b"a;b\n1;2\n" * 500, *, at: float = 0.5) -> bytes:
    """An archive of one file with one byte of its data changed, which shows only where the data are read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("liste.csv", text)
        start, size = 30 + len("liste.csv"), archive.infolist()[0].compress_size
    content = bytearray(made.getvalue())
    content[start + int(at * size)] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize("at", [0, 0.3, 0.6, 0.9])
def test_an_archive_damaged_inside_is_refused_by_name(rows_of, at):
    with pytest.raises(InputError, match=r"^raw\.zip: not a readable archive .* Remedy: zip the export again"):
        rows_of(damaged_zip(at=at), "raw.zip")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Kommune;Beløp\nMolde;1\n".encode() + "Ålesund;2\n".encode("cp1252"), 1),
        (b"a;b\n1;2\n" + "æ;2\n".encode("cp850") + "Å;2\n".encode("cp850"), 4),
        ("a;b\n1;2\n".encode("utf-16") + b"\x00", 3),
    ],
)
def test_a_file_in_no_encoding_or_in_two_is_refused_with_the_line(rows_of, content, line):
    with pytest.raises(InputError, match=rf"^raw\.csv, line {line}: the file is neither UTF-8 nor .* Remedy: "):
        rows_of(content)
