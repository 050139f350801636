"""Rows that are no postings and no items: balances and sums that an export prints among its lines."""

from __future__ import annotations

import pytest
from sampled import first

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import allocation, budget
from rorikt_lib.sources.formats.ledger_list import FORMAT

HEADER = "Bilagsnr;Bilagsdato;Periode;Konto;Tekst;Beløp\n"
ROWS = "1;05.01.2024;202401;195;a;5\n2;06.01.2024;202401;195;b;6\n"
COSTS = "År;Kategori;Post;Kostnad\n2025;Drift;A;500\n2025;Drift;B;700\n"


@pytest.mark.parametrize(
    "row",
    first([";01.01.2024;202401;195;IB;99", ";;202401;195;UB 2024;99", "9;01.01.2024;202401;195;Inngående saldo;99",
     "9;;202401;195;Utgående balanse 31.12.2024;99", "IB;01.01.2024;202401;195;;99", "9;;202400;195;a;99",
     ";;202401;195;Inng. saldo;99", ";;202401;195;Opening balance;99"]),
)  # fmt: skip
def test_opening_and_closing_balances_are_no_postings(clean_text, row):
    cleaned = clean_text(FORMAT, HEADER + ROWS + row + "\n")
    assert cleaned.frame["amount_nok"].sum() == 11.0
    assert cleaned.findings[["finding", "count"]].to_numpy().tolist() == [["opening_balances", 1]]
    assert cleaned.set_aside == 1


@pytest.mark.parametrize("text", first(["IBM lisens", "UBS", "Saldo Bygg AS", "Inngående fraktsaldo", "ib-tjenester"]))
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


DATED = "".join(f"{n};{n:02d}.01.2024;202401;195;a;{n}\n" for n in range(1, 11))


@pytest.mark.parametrize(
    "text",
    first(["Overført saldo", "Saldo overført fra 2023", "Saldo pr. 01.01.2024", "Opening balances 2024", "IB/UB",
     "Balance brought forward", "Carried forward", "Utgående saldoen"]),
)  # fmt: skip
def test_what_says_in_other_words_that_it_is_a_balance_is_no_posting(clean_text, text):
    cleaned = clean_text(FORMAT, HEADER + DATED + f"99;31.01.2024;202401;195;{text};99\n")
    assert cleaned.frame["amount_nok"].sum() == 55.0
    assert cleaned.findings["finding"].tolist() == ["opening_balances"]


@pytest.mark.parametrize("text", ["Saldo", "Saldo 31.01.2024", "Balanse"])
def test_a_bare_saldo_is_a_balance_only_where_it_lacks_the_voucher_that_others_have(clean_text, text):
    assert clean_text(FORMAT, HEADER + DATED + f";;202401;195;{text};99\n").frame["amount_nok"].sum() == 55.0
    assert clean_text(FORMAT, HEADER + DATED + f"99;31.01.2024;202401;195;{text};99\n").frame["amount_nok"].sum() == 154


@pytest.mark.parametrize(
    "text",
    first(["I alt", "Subtotal", "Sub-total", "Summert", "Kontosum", "Sum for konto 195", "Periodens bevegelse", "Resultat",
     "Til sammen", "Hittil i år", "Totals", ""]),
)  # fmt: skip
def test_a_subtotal_with_account_and_period_is_known_by_its_words_or_as_the_sum_that_it_is(clean_text, text):
    other = "20;06.01.2024;202401;200;c;7\n" + f";;202401;200;{text};7\n"
    cleaned = clean_text(FORMAT, HEADER + DATED + f";;202401;195;{text};55\n" + other)
    assert cleaned.frame["amount_nok"].sum() == 62.0
    assert cleaned.findings["finding"].tolist() == ["total_row", "total_row"]


@pytest.mark.parametrize("text", first(["Sum", "Sum konto 195", "Totalt", "I alt"]))
def test_a_subtotal_with_a_date_is_no_posting_where_the_others_have_vouchers(clean_text, text):
    assert clean_text(FORMAT, HEADER + DATED + f";31.01.2024;202401;195;{text};55\n").frame["amount_nok"].sum() == 55
    kept = clean_text(FORMAT, HEADER + DATED + f"12;31.01.2024;202401;195;{text} av noe;55\n")
    assert kept.frame["amount_nok"].sum() == 110


@pytest.mark.parametrize("amount", [54.99, 7, -55, 0])
def test_a_row_without_voucher_that_is_no_sum_is_a_posting(clean_text, amount):
    cleaned = clean_text(FORMAT, HEADER + DATED + f";;202401;195;;{amount}\n")
    assert cleaned.frame["amount_nok"].sum() == pytest.approx(55 + amount)


def test_amounts_that_happen_to_repeat_are_no_sums(clean_text):
    rows = "1;02.01.2024;202401;195;a;5\n;;202401;195;;5\n2;02.01.2024;202401;200;b;6\n3;02.01.2024;202401;200;b;6\n"
    assert clean_text(FORMAT, HEADER + rows).frame["amount_nok"].sum() == 22


@pytest.mark.parametrize(
    ("row", "rest"), [("2024;V;195;Sum;1700", 0), ("2024;V;195;;1700", 0), ("2024;V;195;;500", 500)]
)
def test_a_subtotal_of_a_budget_that_carries_an_account_is_no_line(clean_text, row, rest):
    text = f"År;Versjon;Konto;Ansvar;Beløp\n2024;V;195;100;1200\n2024;V;195;200;500\n{row}\n2024;V;200;100;100\n"
    assert clean_text(budget.FORMAT, text).frame["amount_nok"].sum() == 1800 + rest


@pytest.mark.parametrize("item", ["I alt", "Totale kostnader", "Total", ""])
def test_the_sum_of_a_cost_list_is_known_in_other_words_or_without_any(clean_text, item):
    assert clean_text(allocation.COSTS, COSTS + f"2025;Drift;{item};1 200\n").frame["cost_nok"].sum() == 1200.0


def test_thousands_of_subtotals_take_no_more_than_their_time(clean_text):
    block = "".join(f"{n};0{n}.01.2024;202401;195;a;{n}\n" for n in range(1, 5)) + ";;202401;195;Sum;10\n"
    cleaned = clean_text(FORMAT, HEADER + block * 4000)
    assert (len(cleaned.frame), cleaned.set_aside) == (16000, 4000)
    assert set(cleaned.findings["finding"]) == {"total_row"}
