"""Key tables as people write them: wide, long and simple, in Norwegian or as published."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.key_table import read_key_table
from rorikt_lib.terms.fields import SUM


@pytest.fixture
def read(tmp_path):
    def of(text: str, encoding: str = "utf-8", name: str = "table.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_key_table(path, {"Molde": "Molde", "Molde kommune": "Molde", "Rauma": "Rauma"})

    return of


def keys(table) -> list[tuple]:
    return [(r.category, r.item, r.municipality, r.key) for r in table.keys.itertuples()]


WIDE = [("Drift", "PC-er", "Molde", 3), ("Drift", "PC-er", "Rauma", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Kategori;Post;Kostnad;Nøkkel Molde;Nøkkel Rauma\nDrift;PC-er;1 000,50;3;1\n",
        "Kategori;Post;Kostnad;Molde;Rauma\nDrift;PC-er;1.000,50;3;1\n",
        "category,item,cost,key_Molde,key_Rauma\nDrift,PC-er,1000.50,3,1\n",
        "Kategori;Post;Kommune;Nøkkel;Kostnad\nDrift;PC-er;Molde kommune;3;1000,5\nDrift;PC-er;Rauma;1;1000,5\n",
    ],
    ids=["wide", "municipalities alone", "as published", "long"],
)
def test_wide_and_long_tables_say_the_same(read, text):
    table = read(text)
    assert keys(table) == WIDE
    assert table.costs.cost_nok.tolist() == [Fraction(2001, 2)]
    assert table.totals.empty


def test_windows_files_are_read(read):
    table = read("Kategori;Post;Nøkkel Molde\nLønn;Rådgivning;3\n", encoding="cp1252")
    assert keys(table) == [("Lønn", "Rådgivning", "Molde", 3)]


def test_a_table_of_municipalities_has_an_item_for_each_column_of_numbers(read):
    table = read("Kommune;Folketall;Brukere\nMolde;32 920;2465\nRauma;7 169;516\n")
    assert sorted(keys(table)) == [
        ("", "Brukere", "Molde", 2465), ("", "Brukere", "Rauma", 516),
        ("", "Folketall", "Molde", 32920), ("", "Folketall", "Rauma", 7169),
    ]  # fmt: skip


def test_a_table_of_shares_and_amounts_is_one_item_and_its_sum_row_a_total(read):
    table = read("municipality,share,amount\nMolde,0.75,-75.00\nRauma,0.25,-25.00\nSUM,1.0,-100.00\n")
    assert keys(table) == [("", "", "Molde", Fraction(3, 4)), ("", "", "Rauma", Fraction(1, 4))]
    assert table.keys.printed_nok.tolist() == [-75, -25]
    total = table.totals.iloc[0]
    assert (total.category, total.printed_nok) == (SUM, -100)


@pytest.mark.parametrize(
    ("written", "value"), [("3/34", Fraction(3, 34)), ("9 %", Fraction(9, 100)), ("0,1", Fraction(1, 10))]
)
def test_a_weight_is_read_exactly_as_it_is_written(read, written, value):
    assert read(f"Kategori;Post;Andel;Molde\nA;a;{written};1\n").costs.weight.tolist() == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.234.000", 1234000), ("12.5", Fraction(25, 2)), ("0.125", Fraction(1, 8)), ("1 234,5", Fraction(2469, 2))],
)
def test_a_number_with_one_reading_is_read_so(read, written, value):
    assert read(f"Kategori;Post;Kostnad;Molde\nA;a;{written};1\n").costs.cost_nok.tolist() == [value]


def test_a_point_is_the_decimal_sign_of_a_column_where_another_number_says_so(read):
    table = read("category,item,cost,key_Molde\nA,a,1.234,0.25\nA,b,0.5,1\n")
    assert table.costs.cost_nok.tolist() == [Fraction(1234, 1000), Fraction(1, 2)]


def test_costs_that_can_be_read_both_ways_are_refused_whatever_the_keys_say(read):
    with pytest.raises(InputError, match=r"line 2: cost_nok 1\.234 can be 1234 and 1,234.*--decimal-sign"):
        read("category,item,cost,key_Molde\nA,a,1.234,0.25\n")


def test_rows_without_an_item_are_totals_of_their_category_or_of_all(read):
    text = "Kategori;Post;Kostnad;Nøkkel Molde;Beløp Molde\nA;a;10;1;10\nA;;10;;10\nSum A og B;;30;;30\n"
    table = read(text)
    assert [(t.category, t.municipality, t.cost_nok, t.printed_nok) for t in table.totals.itertuples()] == [
        ("A", "Molde", 10, 10), (SUM, "Molde", 30, 30),
    ]  # fmt: skip
    assert len(table.keys) == 1


@pytest.mark.parametrize("label", [";Sum Diverse", "Sum Diverse;", ";Delsum", "Diverse;"])
def test_a_total_is_of_the_category_that_it_names_or_stands_below(read, label):
    text = f"Kategori;Post;Kostnad;Nøkkel Molde;Beløp Molde\nDiverse;a;10;1;10\n{label};10;;10\nLisens;b;5;1;5\n;Totalt;15;;15\n"
    assert read(text).totals.category.tolist() == ["Diverse", SUM]


def test_a_year_goes_with_its_rows(read):
    table = read("År;Kommune;Nøkkel\n2024;Molde;1\n2025;Molde;2\n")
    assert table.keys[["year", "key"]].to_numpy().tolist() == [[2024, 1], [2025, 2]]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Kategori;Post;Molde\nA;a;x\n", r"line 2: key 'x' is not a number"),
        ("Kategori;Post;Molde;Molde\nA;a;1;2\n", "line 1: two columns for the same: key Molde"),
        ("Kategori;Post\nA;a\n", r"line 1: no municipalities; headers found: Kategori; Post"),
        ("Kategori;Post;Kostnad;Kommune;Nøkkel\nA;a;1;Molde;1\nA;a;2;Rauma;1\n", "item 'a' has two different costs"),
        ("", "the file is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_file_and_line(read, text, problem):
    with pytest.raises(InputError, match=problem):
        read(text)
