"""Stock and use that several exports count: the later one's numbers hold, and what differs is counted."""

from __future__ import annotations

import pytest

from rorikt_lib.sources.combine.counts import combine_stock, combine_usage
from rorikt_lib.sources.formats.device_stock import FORMAT
from rorikt_lib.sources.formats.usage import CHATBOT, PORTAL
from rorikt_lib.terms.schemas import validate

HEADER = "Dato;Kommune;Brukergruppe;På lager;Bestilt ikke levert\n"


@pytest.fixture
def listed(clean_text):
    """listed(file, row, …) → the stock rows of one file."""
    return lambda source_file, *rows: clean_text(FORMAT, HEADER + "\n".join(rows) + "\n").frame.assign(
        source_file=source_file
    )


@pytest.mark.parametrize("flip", [False, True])
def test_of_overlapping_lists_the_later_counts_and_the_difference_is_counted(listed, flip):
    first = listed("1.csv", "01.09.2024;Molde;Elev;5;0", "01.09.2024;Aukra;Elev;1;0")
    later = listed("2.csv", "01.09.2024;Molde;Elev;7;0", "01.09.2024;Aukra;Elev;1;0", "01.10.2024;Molde;Elev;9;0")
    stock, findings = combine_stock([later, first] if flip else [first, later])
    assert stock.set_index([stock["date"].dt.month, "municipality"])["in_stock"].to_dict() == {
        (9, "Molde"): 7, (9, "Aukra"): 1, (10, "Molde"): 9,
    }  # fmt: skip
    assert findings[["finding", "count"]].values.tolist() == [["overlapping_rows_differ", 1]]
    assert len(validate("device_stock", stock)) == 3


def test_the_list_that_reaches_furthest_counts_whatever_its_name(listed):
    long = listed("1.csv", "01.09.2024;Molde;Elev;5;0", "01.10.2024;Molde;Elev;9;0")
    short = listed("2.csv", "01.09.2024;Molde;Elev;7;0")
    assert combine_stock([short, long])[0]["in_stock"].tolist() == [5, 9]


def test_no_lists_of_stock_give_an_empty_table():
    assert validate("device_stock", combine_stock([])[0]).empty


@pytest.mark.parametrize("flip", [False, True])
def test_of_overlapping_exports_the_later_counts_and_the_difference_is_counted(clean_text, flip):
    first = clean_text(PORTAL, "Dato;Visninger;Unike brukere\n30.09.2024;5;2\n29.09.2024;3;1\n").frame
    later = clean_text(PORTAL, "Dato;Visninger;Unike brukere\n30.09.2024;8;3\n29.09.2024;3;1\n01.10.2024;1;1\n").frame
    parts = [first.assign(source_file="z.csv"), later.assign(source_file="a.csv")]
    usage, findings = combine_usage(parts[::-1] if flip else parts)
    assert len(validate("usage", usage)) == 3
    assert usage.set_index(usage["date"].dt.day)["views"].to_dict() == {30: 8, 29: 3, 1: 1}
    assert findings[["finding", "count"]].values.tolist() == [["overlapping_rows_differ", 1]]


def test_a_day_and_a_month_and_two_channels_do_not_overlap(clean_text):
    parts = [
        clean_text(PORTAL, "Dato;Visninger;Unike brukere\n2024-09-01;1;1\n2024-09;30;9\n").frame,
        clean_text(CHATBOT, "Dato;Henvendelser\n2024-09-01;4\n").frame,
    ]
    usage, findings = combine_usage(parts)
    assert len(usage) == 3
    assert findings.empty


def test_no_exports_of_use_give_an_empty_table():
    assert validate("usage", combine_usage([])[0]).empty
