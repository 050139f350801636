"""The transaction list, trap by trap. Golden pairs are in test_golden.py."""

from __future__ import annotations

import pytest
from golden_pairs import clean_path
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.sources.formats.ledger_list import FORMAT

HEADER = "Bilagsnr;Bilagsdato;Periode;Konto;Tekst;Beløp\n"
SIDES = "Bilagsnr;Periode;Konto;Tekst;Debet;Kredit\n"


def found(cleaned) -> dict[str, str]:
    return dict(zip(cleaned.findings["finding"], cleaned.findings["detail"], strict=True))


def test_a_trailing_minus_makes_an_amount_negative(clean_text):
    assert clean_text(FORMAT, HEADER + "1;;202401;195;a;1 234,50-\n").frame["amount_nok"].tolist() == [-1234.5]


def test_debit_is_a_cost_and_credit_an_income(clean_text):
    cleaned = clean_text(FORMAT, SIDES + "1;202401;195;a;10;\n2;202401;700;b;;4,5\n")
    assert cleaned.frame["amount_nok"].tolist() == [10.0, -4.5]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#####", "#I/T"])
def test_an_error_value_in_any_used_cell_is_an_unreadable_row_and_not_a_blank(clean_text, error):
    cleaned = clean_text(FORMAT, HEADER + f"1;;202401;195;{error};5\n2;;202401;195;#1 i køen;7\n")
    assert cleaned.frame["amount_nok"].tolist() == [7.0]
    assert cleaned.quarantine[["source_line", "reason"]].to_numpy().tolist() == [[2, "unreadable_value"]]


@pytest.mark.parametrize(("sides", "reason"), [("10;5", "debit_and_credit"), (";", "missing_amount")])
def test_debit_and_credit_both_filled_or_both_empty_are_refused(clean_text, sides, reason):
    cleaned = clean_text(FORMAT, SIDES + f"1;202401;195;a;{sides}\n")
    assert cleaned.frame.empty
    assert cleaned.quarantine["reason"].tolist() == [reason]


def test_an_amount_that_is_not_debit_less_credit_is_refused(clean_text):
    cleaned = clean_text(FORMAT, "Periode;Konto;Beløp;Debet;Kredit\n202401;195;10;10;\n202401;195;10;;10\n")
    assert cleaned.frame["amount_nok"].tolist() == [10.0]
    assert cleaned.quarantine[["source_line", "reason"]].to_numpy().tolist() == [[3, "amounts_differ"]]


@pytest.mark.parametrize("amount", ["#####", "1e3", "n/a", "12 34"])
def test_an_unreadable_amount_is_quarantined_with_line_reason_and_text(clean_text, amount):
    cleaned = clean_text(FORMAT, HEADER + f"1;;202401;195;a;5\n2;;202401;195;b;{amount}\n")
    (row,) = cleaned.quarantine.to_dict("records")
    assert (row["source_file"], row["source_line"], row["reason"]) == ("raw.csv", 3, "unreadable_value")
    assert row["detail"] == f"amount_nok: '{amount}'"
    assert row["raw"].startswith("2;;202401;195;")


@pytest.mark.parametrize(
    "label", ["Sum", "SUM:", "Totalt", "Totalsum", "Sum total", "Grand total", "Delsum", "Sum 202401"]
)
def test_a_labelled_row_without_account_is_a_total_and_no_posting(clean_text, label):
    cleaned = clean_text(FORMAT, HEADER + f"1;;202401;195;a;5\n2;;202401;195;b;6\n;;;;{label};11,00\n")
    assert cleaned.frame["amount_nok"].sum() == 11.0
    assert (cleaned.set_aside, found(cleaned)["total_row"]) == (1, "4: 11.00 / 11.00")


def test_a_total_that_is_not_the_sum_of_its_rows_is_found(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;;202401;195;a;5\n2;;202401;195;b;#####\nSum;;;;;11\n")
    assert (cleaned.set_aside, found(cleaned)["total_row_differs"]) == (1, "4: 11.00 / 5.00")


def test_a_bare_amount_is_a_total_only_where_it_is_the_sum(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;;202401;195;a;5\n2;;202401;195;b;6\n;;;;;11\n;;;;;12\n")
    assert cleaned.set_aside == 1
    assert cleaned.quarantine[["source_line", "reason"]].to_numpy().tolist() == [[5, "missing_value"]]


def test_subtotals_and_a_grand_total_are_each_compared_with_their_own_rows(clean_text):
    rows = "1;05.01.2024;;195;a;5\nSum;;;;;5\n2;05.02.2024;;195;b;6\nSum;;;;;6\nSum;;;;;11\n"
    cleaned = clean_text(FORMAT, HEADER + rows)
    totals = cleaned.findings[cleaned.findings["finding"].str.startswith("total_row")]
    assert totals["finding"].tolist() == ["total_row"] * 3
    assert cleaned.frame["amount_nok"].tolist() == [5.0, 6.0]


def test_a_posting_whose_text_says_sum_stays(clean_text):
    assert len(clean_text(FORMAT, HEADER + "1;;202401;195;Sum fakturaer;5\n").frame) == 1


def test_a_missing_period_is_taken_from_the_date_and_found(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;31.01.2024;;195;a;5\n2;;;195;b;6\n")
    assert cleaned.frame["period"].tolist() == ["2024-01"]
    assert "period_from_date" in found(cleaned)
    assert cleaned.quarantine[["source_line", "detail"]].to_numpy().tolist() == [[3, "neither period nor date"]]


def test_a_list_without_any_date_is_kept_by_its_periods_and_found(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;;202401;195;a;5\n2;;202402;195;b;6\n")
    assert cleaned.frame["period"].tolist() == ["2024-01", "2024-02"]
    assert cleaned.findings[["finding", "count"]].to_numpy().tolist() == [["missing_date", 2]]


def test_an_art_that_lost_its_leading_zero_gets_it_back(clean_text):
    assert clean_text(FORMAT, HEADER + "1;;202401;10;a;5\n").frame["account"].tolist() == ["010"]


def test_balance_accounts_are_set_aside_and_counted(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;;202401;2.1310;a;5\n2;;202401;240;b;6\n")
    assert cleaned.frame["account"].tolist() == ["240"]
    assert (cleaned.set_aside, "balance_accounts" in found(cleaned)) == (1, True)


ROW = st.one_of(
    st.tuples(st.sampled_from(["", "01.01.2024", "x"]), st.sampled_from(["", "202401", "#"]),
              st.sampled_from(["", "195", "2.13", "abc"]), st.sampled_from(["", "Sum", "a"]),
              st.sampled_from(["", "5", "-5", "#####"])).map(lambda cells: "1;" + ";".join(cells)),
    st.sampled_from(["1;2", "1;2;3;4;5;6;7", HEADER.strip(), "Sum;;;;;10", ";;;;;5", "1;;202401;195;a;5;;"]),
)  # fmt: skip


@given(st.lists(ROW, min_size=1, max_size=15))
def test_every_row_is_clean_quarantined_or_set_aside(clean_text, rows):
    cleaned = clean_text(FORMAT, HEADER + "\n".join(rows) + "\n")
    lines = [*cleaned.frame.index, *cleaned.quarantine["source_line"]]
    assert len(lines) + cleaned.set_aside == len(rows)
    assert len(lines) == len(set(lines))


def test_a_given_period_stays_whatever_the_date_says(clean_text):
    cleaned = clean_text(FORMAT, HEADER + "1;31.01.2024;202402;195;a;5\n2;31.01.2024;;195;b;6\n")
    assert cleaned.frame["period"].tolist() == ["2024-02", "2024-01"]


def test_a_supplier_called_total_makes_no_total_row(clean_text):
    rows = "Periode;Konto;Leverandør;Beløp\n202401;195;A;5\n202401;#REF!;Total Norge AS;6\n"
    cleaned = clean_text(FORMAT, rows)
    assert cleaned.set_aside == 0
    assert cleaned.quarantine[["source_line", "detail"]].to_numpy().tolist() == [[3, "account: '#REF!'"]]


def test_accounts_that_a_spreadsheet_shortened_get_their_zeros_back_where_the_settings_say_the_digits(
    settings, tmp_path
):
    ledger = settings.ledger.model_copy(update={"account_digits": 4})
    path = tmp_path / "raw.csv"
    path.write_text(HEADER + "1;;202401;100;a;5\n2;;202401;1950;b;6\n", encoding="utf-8")
    cleaned = clean_path(path, FORMAT, settings.model_copy(update={"ledger": ledger}))
    assert cleaned.frame["account"].tolist() == ["0100", "1950"]
