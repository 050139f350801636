"""What makes long exports quick changes nothing of what is read: a text that repeats is read once, errors keep their row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from rorikt_lib.sources.reading.large import (
    each_once,
    first_bytes,
    masked,
    rows_once,
    stripped,
    without,
    without_blanks,
)
from rorikt_lib.sources.reading.parquet_rows import TEXT
from rorikt_lib.sources.reading.parse import UnclearSign, parse_amount, parse_date, parse_ledger_period
from rorikt_lib.sources.reading.rows import read_rows

MANY = 5000


def repeated(*texts: str | None) -> pd.Series:
    """Many rows of some texts, in a fixed disorder, on lines from 7."""
    places = np.random.default_rng(1).integers(0, len(texts), MANY)
    return pd.Series(np.array(texts, dtype=object)[places], index=range(7, MANY + 7), dtype="str", name="cells")


@pytest.mark.parametrize(
    ("read", "texts"),
    [
        (parse_amount, ["1 234,50", "12-", "(3,5)", None, "", "x", "1.5", "kr 10", "2\u0663"]),
        (parse_date, ["31.01.2024", "2024-01-31", "1.2.24", "45322", None, "", "31.02.2024"]),
        (parse_ledger_period, ["202401", "2024-13", "2024-09-01", "09.2024", None, "x"]),
    ],
)
def test_a_long_column_reads_as_each_of_its_cells_does(read, texts):
    cells = repeated(*texts)
    each = {text: read(pd.Series([text], dtype="str")).iloc[0] for text in texts}
    found = read(cells)
    assert found.index.equals(cells.index)
    for text, value in zip(cells, found, strict=True):
        expected = each[None if pd.isna(text) else text]
        assert value == expected or (pd.isna(value) and pd.isna(expected))


def test_each_text_is_read_once_where_texts_repeat_and_as_it_stands_where_they_do_not():
    asked: list[int] = []

    def read(texts: pd.Series) -> pd.Series:
        asked.append(len(texts))
        return texts.str.upper()

    each_once(repeated("a", "b", None), read)
    each_once(pd.Series([f"b{n}" for n in range(MANY)], dtype="str"), read)
    each_once(repeated(None), read)
    assert asked == [3, MANY, 1]


def test_a_number_that_can_be_read_both_ways_is_told_with_its_first_row():
    cells = repeated("1.234", "17")
    first = cells.index[cells == "1.234"][0]
    with pytest.raises(UnclearSign) as told:
        parse_amount(cells, None)
    assert told.value.place == first


def test_rows_that_are_alike_are_told_by_the_first_of_them():
    rows = pd.DataFrame({"a": ["x", None, "x", None], "b": ["1", "1", "1", "2"], "c": [1, 2, 3, 4]})
    place, first = rows_once(rows, ["a", "b"])
    assert place.tolist() == [0, 1, 0, 2]
    assert first["c"].tolist() == [1, 2, 4]


def test_rows_are_copied_only_where_some_are_left_out():
    rows = pd.DataFrame({"a": [1, 2, 3]})
    assert without(rows, pd.Series([False] * 3)) is rows
    assert without(rows, pd.Series([False, True, False]))["a"].tolist() == [1, 3]


def test_values_are_copied_only_where_some_are_replaced():
    values = pd.Series(["a", "b"], dtype="str")
    assert masked(values, values == "c") is values
    assert masked(values, values == "b").isna().tolist() == [False, True]
    assert masked(values, values == "b", "c").tolist() == ["a", "c"]


@pytest.mark.parametrize(
    "texts", [["a", "", None, "å", "", "b", "c", "", "d", None, "e"], ["", None], ["a", "b"], [""], []]
)
def test_empty_texts_are_missing_and_the_others_stand_where_they_stood(texts):
    column = pa.chunked_array([texts[:3], texts[3:]], pa.large_string())
    cells = column.to_pandas(types_mapper={pa.large_string(): TEXT}.get).rename("cells")
    for start in range(len(texts) + 1):
        rows = cells.iloc[start:]
        pd.testing.assert_series_equal(without_blanks(rows), rows.mask(rows == ""))


@pytest.mark.parametrize("texts", [["", None, "ab", "øl", "€", "\U0001d11e", None], [None, ""], []])
def test_the_first_byte_of_a_text_is_that_of_its_first_letter(texts):
    column = pa.chunked_array([texts[:2], texts[2:]], pa.large_string())
    cells = column.to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    for start in range(len(texts) + 1):
        expected = [text.encode()[0] if text else 0 for text in texts[start:]]
        assert first_bytes(cells.iloc[start:]).tolist() == expected


@pytest.mark.parametrize("texts", [[" a", "b", ""], ["a", "b", ""], ["\u00a0a ", "b\t"], ["å", "\u2003a", "b\u3000"]])
def test_white_space_around_a_text_is_gone_in_columns_of_any_length(texts):
    for column in (texts, texts * MANY, [f"{text}{n} " for n, text in enumerate(texts * MANY)]):
        pieces = pa.chunked_array([column[: len(column) // 2], column[len(column) // 2 :]], pa.large_string())
        assert stripped(pieces).to_pylist() == [text.strip() for text in column]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_letter_that_lies_over_two_pieces_of_a_file_is_read(tmp_path, monkeypatch, ending):
    lines = ["Måned;Beløp", "jånuår;1", "fébruær;2", "€𝄞;3"]
    (tmp_path / "raw.csv").write_bytes(ending.join([*lines, ""]).encode("utf-8-sig"))
    for size in (1, 2, 3, 5, 7):
        monkeypatch.setattr("rorikt_lib.sources.reading.rows._PIECE", size)
        assert read_rows(tmp_path / "raw.csv")[0].to_numpy().tolist() == [line.split(";") for line in lines]
