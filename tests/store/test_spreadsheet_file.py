"""No text of an export becomes a formula in the spreadsheet that opens one of our files."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.store.spreadsheets import inert, inert_texts

BEGINS_FORMULA = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠]")


@pytest.mark.parametrize(
    "text",
    ["=cmd()", "+1", "-1", "@sum", "\t=1", "\r=1", " =1", "\n@x", "\u200b=1", "\u00a0=1", "＝1", "=HYPERLINK(\"x\")"],
)  # fmt: skip
def test_a_text_that_begins_a_formula_is_written_after_an_apostrophe(text):
    assert inert(text).startswith("'")
    assert not BEGINS_FORMULA.match(inert(text))


@pytest.mark.parametrize(
    "text", ["Lønn", "2024-09|Medium", "Tilgang - ny", "a = b", "kr 100,-", "SAK-1, -2 dager", "x@y", "50 %"]
)
def test_other_texts_stand_as_they_are(text):
    assert inert(text) == text


@given(
    st.lists(st.sampled_from(["=cmd()", "a", ";", ",", "\n", "\r", "\t", '"', "+", "-1", "@x", " ", "'"]), max_size=8)
)
def test_no_cell_is_a_formula_whichever_sign_a_program_separates_cells_by(pieces):
    frame = pd.DataFrame({"text": ["".join(pieces)], "number": [-1.5]})
    for separator in ",;":
        text = inert_texts(frame).to_csv(sep=separator, index=False, lineterminator="\n")
        for read in ",;\t":
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=read))
            cells = [cell for row in rows for cell in row if cell != "-1.5"]
            assert not [cell for cell in cells if re.match(r"[=+\-@]\S", cell)], (separator, read, text)


def test_numbers_days_and_what_is_missing_are_left_alone():
    frame = pd.DataFrame({"n": [-1.5], "d": [pd.Timestamp("2024-09-01")], "t": [None], "b": [True]})
    pd.testing.assert_frame_equal(inert_texts(frame), frame)
