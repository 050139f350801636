"""SAF-T: lines split over several analyses, analyses that no table has, and opening balances."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import saft

TYPES = {
    "A": ("Ansvar", "100", "200"),
    "P": ("Prosjekt", "6201", "6202"),
    "DP": ("Delprosjekt", "1"),
    "B": ("Bilagsart", "11"),
}


def entries(types) -> str:
    return "".join(
        f"<AnalysisTypeTableEntry><AnalysisType>{kind}</AnalysisType><AnalysisTypeDescription>{name}"
        f"</AnalysisTypeDescription><AnalysisID>{value}</AnalysisID></AnalysisTypeTableEntry>"
        for kind, (name, *values) in types.items()
        for value in values
    )


def analysis(kind: str, value: str, amount: str = "", name: str = "AnalysisAmount") -> str:
    share = f"<{name}><Amount>{amount}</Amount></{name}>" if amount else ""
    return f"<Analysis><AnalysisType>{kind}</AnalysisType><AnalysisID>{value}</AnalysisID>{share}</Analysis>"


def transaction(analyses: str = "", period: str = "<Period>1</Period>", side: str = "Debit", said: str = "") -> str:
    other = {"Debit": "Credit", "Credit": "Debit"}[side]
    return (
        f"<Transaction><TransactionID>1</TransactionID>{period}<PeriodYear>2024</PeriodYear>"
        f"<TransactionDate>2024-01-15</TransactionDate>{said}"
        f"<Line><AccountID>195</AccountID>{analyses}<{side}Amount><Amount>1000</Amount></{side}Amount></Line>"
        f"<Line><AccountID>2.32</AccountID><{other}Amount><Amount>1000</Amount></{other}Amount></Line></Transaction>"
    )


def journal(*transactions: str, named: str = "Hovedbok") -> str:
    return f"<Journal><JournalID>HB</JournalID><Description>{named}</Description>{''.join(transactions)}</Journal>"


def audit_file(*journals: str, types=TYPES) -> str:
    count = "".join(journals).count("<Transaction>")
    return (
        f"<AuditFile><MasterFiles><AnalysisTypeTable>{entries(types)}</AnalysisTypeTable></MasterFiles>"
        f"<GeneralLedgerEntries><NumberOfEntries>{count}</NumberOfEntries><TotalDebit>{count * 1000}</TotalDebit>"
        f"<TotalCredit>{count * 1000}</TotalCredit>{''.join(journals)}</GeneralLedgerEntries></AuditFile>"
    )


@pytest.fixture
def cleaned(tmp_path, settings):
    def clean(*journals: str, types=TYPES):
        (tmp_path / "fil.xml").write_text(audit_file(*journals, types=types), encoding="utf-8")
        return saft.clean(saft.read(tmp_path / "fil.xml", "fil.xml"), settings)

    return clean


def rows(cleaned) -> list[list]:
    return cleaned.frame[["cost_centre", "project", "amount_nok"]].fillna("").to_numpy().tolist()


def found(cleaned) -> list[list]:
    told = cleaned.findings[cleaned.findings["finding"] != "balance_accounts"]
    return told[["finding", "count", "detail"]].fillna("").to_numpy().tolist()


def test_a_line_split_over_several_analyses_is_split_by_their_amounts(cleaned):
    split = analysis("A", "100") + analysis("P", "6201", "600.10") + analysis("P", "6202", "399.90")
    of_debit, of_credit = cleaned(journal(transaction(split))), cleaned(journal(transaction(split, side="Credit")))
    assert rows(of_debit) == [["100", "6201", 600.1], ["100", "6202", 399.9]]
    assert rows(of_credit) == [["100", "6201", -600.1], ["100", "6202", -399.9]]
    assert of_debit.frame.index.nunique() == 1
    assert (found(of_debit), of_debit.set_aside) == ([], 1)


def test_amounts_of_version_130_are_debit_or_credit_each_on_its_own_side(cleaned):
    debit, credit = "DebitAnalysisAmount", "CreditAnalysisAmount"
    split = analysis("P", "6201", "1200", debit) + analysis("P", "6202", "200", credit)
    assert rows(cleaned(journal(transaction(split)))) == [["", "6201", 1200.0], ["", "6202", -200.0]]
    split = analysis("P", "6201", "200", debit) + analysis("P", "6202", "1200", credit)
    assert rows(cleaned(journal(transaction(split, side="Credit")))) == [["", "6201", 200.0], ["", "6202", -1200.0]]


def test_two_dimensions_that_split_a_line_in_the_same_amounts_are_matched_by_them(cleaned):
    split = analysis("A", "100", "600") + analysis("A", "200", "400")
    split += analysis("P", "6202", "400") + analysis("P", "6201", "600")
    assert rows(cleaned(journal(transaction(split)))) == [["100", "6201", 600.0], ["200", "6202", 400.0]]


@pytest.mark.parametrize(
    ("split", "problem"),
    [
        ([("P", "6201", "600"), ("P", "6202", "399")], "the analyses of type P make 999, but the line is 1000"),
        ([("P", "6201", "600")], "the analyses of type P make 600, but the line is 1000"),
        ([("P", "6201"), ("P", "6202")], "the line is split by type P, but not every part has an amount"),
        ([("P", "6201", "600"), ("P", "6202")], "the line is split by type P, but not every part has an amount"),
        (
            [("A", "100", "500"), ("A", "200", "500"), ("P", "6201", "600"), ("P", "6202", "400")],
            "the line is split by cost_centre in other amounts than by project",
        ),
    ],
)
def test_parts_that_do_not_make_the_line_are_refused_with_line_and_remedy(cleaned, split, problem):
    with pytest.raises(InputError, match=rf"fil\.xml, line 1: {problem}\. Remedy: "):
        cleaned(journal(transaction("".join(analysis(*part) for part in split))))


def test_an_analysis_type_without_a_table_is_told(cleaned):
    result = cleaned(journal(transaction(analysis("X", "9") + analysis("A", "100") + analysis("B", "11"))))
    assert (rows(result), found(result)) == ([["100", "", 1000.0]], [["unread_analyses", 1, "X"]])


def test_a_type_without_a_table_whose_own_name_says_what_it_is_is_read_and_told(cleaned):
    result = cleaned(journal(transaction(analysis("PROSJEKT", "6201"))), types={})
    assert (rows(result), found(result)) == ([["", "6201", 1000.0]], [["unlisted_analyses", 1, "PROSJEKT 6201"]])


def test_a_project_that_no_table_has_is_kept_and_told(cleaned):
    result = cleaned(journal(transaction(analysis("P", "9999"))))
    assert (rows(result), found(result)) == ([["", "9999", 1000.0]], [["unlisted_analyses", 1, "P 9999"]])


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_types_of_one_dimension_the_plainer_counts_and_the_other_is_told(cleaned, order):
    both = [analysis("P", "6201"), analysis("DP", "1")][::order]
    result = cleaned(journal(transaction("".join(both))))
    assert (rows(result), found(result)) == ([["", "6201", 1000.0]], [["unread_analyses", 1, "DP"]])


@pytest.mark.parametrize(
    "opening",
    [
        journal(transaction(period="<Period>0</Period>")),
        journal(transaction(period="<Period>000</Period>")),
        journal(transaction(), named="Inngående saldo"),
        journal(transaction(said="<Description>IB 2024</Description>")),
        journal(
            transaction(said="<VoucherType>7</VoucherType><VoucherDescription>Åpningsbalanse</VoucherDescription>")
        ),
        journal(transaction(said="<TransactionType>Opening balance</TransactionType>")),
    ],
)
def test_opening_balances_are_set_aside_and_counted(cleaned, opening):
    result = cleaned(opening, journal(transaction()))
    assert rows(result) == [["", "", 1000.0]]
    assert (found(result), result.set_aside) == ([["opening_balances", 2, ""]], 3)


def test_every_transaction_of_a_journal_of_opening_balances_is_one(cleaned):
    result = cleaned(journal(transaction(), transaction(), transaction(), named="IB"), journal(transaction()))
    assert (len(result.frame), found(result)) == (1, [["opening_balances", 6, ""]])


def test_a_journal_of_payments_called_ib_is_no_opening_balance(cleaned):
    result = cleaned(
        journal(transaction(said="<VoucherType>IB</VoucherType><VoucherDescription>Innbetaling</VoucherDescription>"))
    )
    assert (len(result.frame), found(result)) == (1, [])


def test_a_transaction_without_period_takes_its_date_s_and_is_no_opening_balance(cleaned):
    result = cleaned(journal(transaction(period="")))
    assert (result.frame["period"].tolist(), found(result)) == (["2024-01"], [["period_from_date", 1, ""]])
