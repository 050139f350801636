"""Delimited text and Excel files as rows of cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sources.rows import read_rows

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
    assert unread == ["mer"]


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
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(rows_of, name, content, problem):
    with pytest.raises(InputError, match=f"^{name}: {problem}.* Remedy: "):
        rows_of(content, name)
