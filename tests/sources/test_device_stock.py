from __future__ import annotations

import pytest
from golden_pairs import GOLDEN, check_golden, clean_path

from rorikt_lib.sources.formats.device_stock import FORMAT, combine_stock
from rorikt_lib.terms.schemas import validate

HEADER = "Dato;Kommune;Brukergruppe;På lager;Bestilt ikke levert\n"


@pytest.fixture
def listed(clean_text):
    """listed(file, row, …) → the stock rows of one file."""
    return lambda source_file, *rows: clean_text(FORMAT, HEADER + "\n".join(rows) + "\n").frame.assign(
        source_file=source_file
    )


def test_the_golden_list_gives_the_expected_stock(settings):
    check_golden("device_stock", clean_path(GOLDEN / "device_stock" / "raw.csv", FORMAT, settings))


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


def test_no_lists_give_an_empty_table():
    assert validate("device_stock", combine_stock([])[0]).empty
