from __future__ import annotations

import pandas as pd
import pytest
from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.usage import CHATBOT, PORTAL, PORTAL_MONTHS
from rorikt_lib.sources.read_file import read_file
from rorikt_lib.terms.schemas import validate


@pytest.mark.parametrize(
    ("folder", "form"), [("portal", PORTAL), ("portal_months", PORTAL_MONTHS), ("chatbot", CHATBOT)]
)
def test_the_golden_exports_give_the_expected_usage(settings, folder, form):
    cleaned = clean_path(GOLDEN / folder / "raw.csv", form, settings)
    check_golden(folder, cleaned)
    assert len(validate("usage", cleaned.frame)) == len(cleaned.frame)


@pytest.mark.parametrize(
    ("written", "day", "span"),
    [
        ("2024-09", "2024-09-01", "month"),
        ("202411", "2024-11-01", "month"),
        ("09.2024", "2024-09-01", "month"),
        ("2024-09-01", "2024-09-01", "day"),
        ("20241101", "2024-11-01", "day"),
        ("1.9.2024", "2024-09-01", "day"),
        ("45536", "2024-09-01", "day"),
    ],
)
def test_a_date_written_as_a_month_is_a_month(clean_text, written, day, span):
    row = clean_text(PORTAL, f"Dato;Visninger;Unike brukere\n{written};1;1\n").frame.iloc[0]
    assert (row["date"], row["span"]) == (pd.Timestamp(day), span)


def test_under_a_month_header_a_date_stands_for_its_month(clean_text):
    rows = clean_text(PORTAL_MONTHS, "Måned;Visninger;Unike brukere\n30.09.2024;1;1\n").frame
    assert rows[["date", "span"]].values.tolist() == [[pd.Timestamp("2024-09-01"), "month"]]


@pytest.mark.parametrize("count", ["1,5", "-3", "mange", ""])
def test_a_count_that_is_none_is_quarantined(clean_text, count):
    cleaned = clean_text(CHATBOT, f"Dato;Henvendelser\n01.09.2024;{count}\n")
    assert cleaned.frame.empty
    assert len(cleaned.quarantine) == 1


def test_counts_that_can_be_read_both_ways_need_the_decimal_sign_of_their_format(settings, tmp_path):
    file = tmp_path / "chatbot.csv"
    file.write_text('Dato;Henvendelser\n2024-09-01;"1,000"\n', encoding="utf-8")
    with pytest.raises(
        InputError, match=r"chatbot\.csv, line 2: inquiries 1,000 can be .* decimal_sign: \{chatbot: '\.'\}"
    ):
        read_file(file, file.name, settings)
    told = settings.model_copy(update={"decimal_sign": {"chatbot": "."}})
    assert read_file(file, file.name, told).parts[1].frame["inquiries"].tolist() == [1000]
    unknown = settings.model_copy(update={"decimal_sign": {"chat": "."}})
    with pytest.raises(InputError, match="decimal_sign: no format is called chat"):
        read_file(file, file.name, unknown)
