"""A footer row is a footer however small the list; durations are read as text where a mapping says so."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.sources.reading.parse import parse_duration, parse_minutes

HEADER = "Saksnr;Type;Prioritet;Status;Kategori 1;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min)\n"
ROW = "1;Feil;Lav;Ny;;Molde;E-post;02.09.2024 08:00;;;0\n"


@pytest.mark.parametrize(
    "footer",
    [
        "Antall saker: 1\n",
        "Totalt;1;;;;;;;;;\n",
        "Totalt;1\n",
        ";;;;;;;;;;\nUtskrift 30.09.2024;;;;;;;;;;\n",
        "1\nSide 1 av 1\n",
    ],
)
def test_a_footer_row_in_a_small_list_is_a_footer(tmp_path, footer):
    (tmp_path / "a.csv").write_text(HEADER + ROW + footer, encoding="utf-8")
    tables = clean_raw(tmp_path, demo_settings())
    assert tables["tickets"].request_no.tolist() == ["1"]
    assert tables["quarantine"].empty
    found = tables["findings"].set_index("finding")["count"]
    assert (
        found["footer_row"]
        == tables["sources"].rows_set_aside[0]
        == len([t for t in footer.split("\n") if t.strip(";")])
    )


@pytest.mark.parametrize("row", ["2;Feil;Lav\n", ROW.replace("1;", "2;", 1).replace("08:00", "kl. 8")])
def test_a_damaged_last_row_is_no_footer(tmp_path, row):
    (tmp_path / "a.csv").write_text(HEADER + ROW * 3 + row, encoding="utf-8")
    assert len(clean_raw(tmp_path, demo_settings())["quarantine"]) == 1


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 Day 2 Hours", 1560), ("1 day, 2 hours and 5 minutes", 1565), ("26:15", 1575), ("26:15:30", 1575.5),
        ("1 day 02:15:00", 1575), ("P1DT2H15M", 1575), ("PT26H", 1560), ("PT90S", 1.5), ("P1W", 10_080), ("0 Seconds", 0),
        ("2 timer 30 min", 150), ("1,5 timer", 90), ("1.5 h", 90), ("1d 2h 3m", 1563), ("3 døgn", 4320),
        ("90", None), ("soon", None), ("1 Day ago", None), ("P", None), ("2 Hours 2 Hours", None), ("", None),
        ("0", 0), ("0,0", 0),
    ],
)  # fmt: skip
def test_a_duration_in_words_in_clock_time_or_in_iso_8601_is_minutes(text, minutes):
    (found,) = parse_duration(pd.Series([text], dtype="str"))
    assert (None if pd.isna(found) else found) == (None if minutes is None else pytest.approx(minutes))
    assert parse_minutes(pd.Series([text], dtype="str"), unit="text").equals(
        parse_duration(pd.Series([text], dtype="str"))
    )
