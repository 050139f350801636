"""Times that stand in one form are read from their digits as each is read by itself; all others are left to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.sources.reading.parquet_rows import TEXT
from rorikt_lib.sources.reading.parse import parse_instant
from rorikt_lib.sources.reading.plain_times import FORMS, plain_times

WRONG = [
    "31.02.2024 08:15", "29.02.2023 08:15", "00.01.2024 08:15", "01.00.2024 08:15", "01.13.2024 08:15",
    "01.01.2024 24:00", "01.01.2024 08:60", "01.01.0000 08:15", "01-01-2024 08:15", "01.01.2024T08:15",
    "0a.01.2024 08:15", "0\u0661.01.2024 8:15", "+1.01.2024 08:15", " 1.01.2024 08:15",
]  # fmt: skip


def cells(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str", index=range(7, len(texts) + 7), name="cells")


def read_alone(form: str) -> Callable[[str], dt.datetime | None]:
    def read(text: str) -> dt.datetime | None:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            return None

    return read


@pytest.mark.parametrize("form", [*FORMS, "%d/%m/%Y", "%m/%d/%Y %H:%M", "%Y%m%d%H%M%S"])
@given(data=st.data())
def test_a_time_of_the_form_is_read_as_it_is_by_itself(form, data):
    times = data.draw(st.lists(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 12, 31)), min_size=1))
    texts = [time.strftime(form) for time in times]
    found = plain_times(cells(*texts), form)
    assert [*found] == [read_alone(form)(text) for text in texts]
    assert found.dtype == "datetime64[us]"
    assert [*found.index] == [*range(7, len(texts) + 7)]


@given(st.lists(st.sampled_from([*WRONG, "", None, "1.2.2024 08:15", "01.01.1899 08:15", "01.01.2101 08:15"])))
def test_what_has_not_the_form_or_is_no_time_is_left_and_hides_no_time_beside_it(others):
    found = plain_times(cells("29.02.2024 23:59", *others, "28.02.2100 00:00"))
    assert found.iloc[0] == pd.Timestamp("2024-02-29 23:59")
    assert found.iloc[-1] == pd.Timestamp("2100-02-28")
    assert found.iloc[1:-1].isna().all()


def test_the_first_filled_cell_says_the_form():
    assert plain_times(cells(None, "2024-01-31 08:15", "31.01.2024 08:15")).notna().tolist() == [False, True, False]
    assert plain_times(cells(None, "x", "31.01.2024 08:15")).isna().all()
    assert plain_times(cells(None, None)).isna().all()
    assert plain_times(cells()).empty


@pytest.mark.parametrize("form", ["%d.%m", "%d.%m.%y", "%d. %B %Y", "%d.%m.%Y %I:%M %p", "%d.%m.%Y %d", "%d.%m.%Y %%"])
def test_a_form_whose_digits_have_no_fixed_places_is_left_whole(form):
    assert plain_times(cells(dt.datetime(2024, 1, 31).strftime(form)), form).isna().all()


@pytest.mark.parametrize("first", ["31.01.2024 08:15", "2024-01-31 08:15", "x", None])
def test_a_column_of_several_forms_reads_as_each_of_its_cells_does(first):
    texts = [
        first, *WRONG, "", None, "28.02.2024 10:00", "1.2.24 7:05", "2024-06-01T10:00:00Z", "2024-06-01 10:00:00+05:00",
        "2024-03-31 02:30", "31.03.2024 02:30", "27.10.2024 02:30", "45322,5", "20240131", "01.01.1899 08:15",
    ]  # fmt: skip
    together = parse_instant(cells(*texts))
    for text, found in zip(texts, together, strict=True):
        alone = parse_instant(cells(text)).item()
        assert found == alone or (pd.isna(found) and pd.isna(alone))


def test_a_column_in_several_pieces_is_read_as_one_in_one():
    parts = [["31.01.2024 08:15", None], ["x"], ["01.02.2024 00:00", ""]]
    column = pa.chunked_array([pa.array(part, pa.large_string()) for part in parts])
    pieces = column.to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    whole = pd.Series([text for part in parts for text in part], dtype="str")
    for rows in (slice(None), slice(1, None), slice(3, 4)):
        pd.testing.assert_series_equal(plain_times(pieces.iloc[rows]), plain_times(whole.iloc[rows]))
