"""Every physical line of a file is a row, part of one cell, or refused: no quotation mark swallows rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.rows import read_rows

HEADER = "Bilagsnr;Bilagsdato;Periode;Konto;Tekst;Beløp"
TEXTS = ["a", "b", "c", "d", "e", "f"]


def ledger(texts: list[str], delimiter: str = ";") -> str:
    rows = [f"{n};0{n}.01.2024;202401;195;{text};{60 + 20 * n}" for n, text in enumerate(texts, 1)]
    return "\n".join([HEADER, *rows, ""]).replace(";", delimiter)


@pytest.fixture
def rows_of(tmp_path):
    def read(text: str):
        (tmp_path / "raw.csv").write_bytes(text.encode())
        return read_rows(tmp_path / "raw.csv")[0]

    return read


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 3), (0, 5), (4, 5)])
def test_a_pair_of_quotes_astray_swallows_no_rows(rows_of, delimiter, first, last):
    texts = [*TEXTS]
    texts[first], texts[last] = '"abc', 'def"'
    with pytest.raises(InputError, match=rf"^raw\.csv, line {first + 2}: .* rows of their own: {first + 3}.*Remedy: "):
        rows_of(ledger(texts, delimiter))


def test_a_quote_without_its_twin_before_quoted_texts_swallows_no_rows(rows_of):
    with pytest.raises(InputError, match=r"^raw\.csv, line 3: .* rows of their own: 4\. Remedy: "):
        rows_of(ledger(['"a"', '"b', '"c"', '"d"', "e", "f"]))


def test_a_quote_that_is_never_closed_swallows_no_rows(rows_of):
    rows = rows_of(ledger(["a", '"b', "c", "d", "e", "f"]))
    assert rows[4].tolist() == ["Tekst", "a", "b;100", "c", "d", "e", "f"]
    assert rows[5].dropna().tolist() == ["Beløp", "80", "120", "140", "160", "180"]


def test_a_quote_astray_does_not_choose_the_delimiter(rows_of):
    text = ledger(['"a', "b", "c", "d", "e", "f"]).replace("0\n", "0,50\n")
    assert rows_of(text).shape[1] == 6


TEXT = st.text(st.sampled_from('ab ;,"\nå'), min_size=1, max_size=25).map(lambda text: f"x{text}")


@given(st.lists(TEXT, min_size=2, max_size=6))
def test_texts_of_several_lines_are_cells_and_the_lines_are_counted(rows_of, texts):
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    rows = rows_of(ledger(quoted))
    written = ledger(quoted).split("\n")
    assert rows[4].tolist()[1:] == [text.strip() for text in texts]
    starts = [n for n, line in enumerate(written, 1) if ".01.2024;202401;195;" in line]
    assert rows.index.tolist() == [1, *starts]


def test_a_long_text_with_as_many_commas_as_a_row_is_no_row(rows_of):
    text = '"Hei, det er meg, igjen, med, en feil,\nsom sagt, da jeg ringte, var det, ingen, der, takk"'
    rows = rows_of(ledger([text, *TEXTS[1:]], ","))
    assert rows.index.tolist() == [1, 2, 4, 5, 6, 7, 8]
