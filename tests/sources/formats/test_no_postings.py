"""Rows that are no postings and no items: balances and sums that an export prints among its lines."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import allocation
from rorikt_lib.sources.formats.ledger_list import FORMAT

HEADER = "Bilagsnr;Bilagsdato;Periode;Konto;Tekst;Beløp\n"
ROWS = "1;05.01.2024;202401;195;a;5\n2;06.01.2024;202401;195;b;6\n"
COSTS = "År;Kategori;Post;Kostnad\n2025;Drift;A;500\n2025;Drift;B;700\n"


@pytest.mark.parametrize(
    "row",
    [";01.01.2024;202401;195;IB;99", ";;202401;195;UB 2024;99", "9;01.01.2024;202401;195;Inngående saldo;99",
     "9;;202401;195;Utgående balanse 31.12.2024;99", "IB;01.01.2024;202401;195;;99", "9;;202400;195;a;99",
     ";;202401;195;Inng. saldo;99", ";;202401;195;Opening balance;99"],
)  # fmt: skip
def test_opening_and_closing_balances_are_no_postings(clean_text, row):
    cleaned = clean_text(FORMAT, HEADER + ROWS + row + "\n")
    assert cleaned.frame["amount_nok"].sum() == 11.0
    assert cleaned.findings[["finding", "count"]].to_numpy().tolist() == [["opening_balances", 1]]
    assert cleaned.set_aside == 1


@pytest.mark.parametrize("text", ["IBM lisens", "UBS", "Saldo Bygg AS", "Inngående fraktsaldo", "ib-tjenester"])
def test_a_text_that_only_begins_as_a_balance_is_a_posting(clean_text, text):
    assert len(clean_text(FORMAT, HEADER + ROWS + f"3;06.01.2024;202401;195;{text};7\n").frame) == 3


@pytest.mark.parametrize("row", [";;202401;195;Sum;11", "Sum;;202401;195;;11", ";;;195;Sum konto 195;11"])
def test_a_subtotal_with_an_account_is_no_posting(clean_text, row):
    cleaned = clean_text(FORMAT, HEADER + ROWS + row + "\n3;06.01.2024;202401;200;c;7\n;;202401;200;Sum 200;7\n")
    assert cleaned.frame["amount_nok"].sum() == 18.0
    assert cleaned.findings["finding"].tolist() == ["total_row", "total_row"]


def test_the_sum_of_a_cost_list_is_no_item(clean_text):
    cleaned = clean_text(allocation.COSTS, COSTS + "2025;Drift;Sum;1 200\n")
    assert cleaned.frame["cost_nok"].sum() == 1200.0
    assert (cleaned.set_aside, cleaned.findings["finding"].tolist()) == (1, ["total_row"])


def test_a_sum_of_a_cost_list_that_is_not_its_sum_is_refused(clean_text):
    with pytest.raises(InputError, match=r"^raw\.csv, line 4: .*1300\.00 / 1200\.00.*Remedy: "):
        clean_text(allocation.COSTS, COSTS + "2025;Drift;Sum;1 300\n")


def test_a_second_table_with_an_unknown_header_is_refused(clean_text, tmp_path, settings):
    from rorikt_lib.sources.read_file import read_file

    path = tmp_path / "raw.csv"
    path.write_text(HEADER + ROWS * 20 + "Nr;Dag;Mnd;Art;Merknad;Budsjett\n" + ROWS, encoding="utf-8")
    with pytest.raises(InputError, match=r"^raw\.csv, line 42: .*header of another table.*Art; .*Remedy: "):
        read_file(path, path.name, settings)
