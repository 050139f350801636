"""A SAF-T export in several files is read together, or refused together."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.sources.read_file import read_file

MASTER = (
    "<MasterFiles><GeneralLedgerAccounts><Account><AccountID>195</AccountID><AccountDescription>Lisenser"
    "</AccountDescription></Account></GeneralLedgerAccounts><AnalysisTypeTable><AnalysisTypeTableEntry><AnalysisType>P"
    "</AnalysisType><AnalysisTypeDescription>Prosjekt</AnalysisTypeDescription><AnalysisID>6201</AnalysisID>"
    "</AnalysisTypeTableEntry></AnalysisTypeTable></MasterFiles>"
)
NAME = "ledger/SAF-T Financial_999999999_20240401235911_{}_3.xml"


def entries(voucher: int, amount: int, printed: tuple[int, int]) -> str:
    lines = "".join(
        f"<Line><AccountID>{account}</AccountID>{analysis}<{side}><Amount>{amount}</Amount></{side}></Line>"
        for account, side, analysis in (
            ("195", "DebitAmount", "<Analysis><AnalysisType>P</AnalysisType><AnalysisID>6201</AnalysisID></Analysis>"),
            ("2.32", "CreditAmount", ""),
        )
    )
    count, total = printed
    return (
        f"<GeneralLedgerEntries><NumberOfEntries>{count}</NumberOfEntries><TotalDebit>{total}</TotalDebit>"
        f"<TotalCredit>{total}</TotalCredit><Journal><Transaction><TransactionID>{voucher}</TransactionID>"
        f"<Period>1</Period><PeriodYear>2024</PeriodYear><TransactionDate>2024-01-15</TransactionDate>{lines}"
        "</Transaction></Journal></GeneralLedgerEntries>"
    )


def parts(of_two=(1, 100), of_three=(1, 250), vouchers=(1, 2), amounts=(100, 250)) -> dict[str, str]:
    inside = [MASTER, entries(vouchers[0], amounts[0], of_two), entries(vouchers[1], amounts[1], of_three)]
    return {NAME.format(number): f"<AuditFile>{text}</AuditFile>" for number, text in enumerate(inside, 1)}


@pytest.fixture
def write(tmp_path):
    def write(files: dict[str, str]):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("printed", [((1, 100), (1, 250)), ((2, 350), (2, 350))])
def test_parts_are_read_together_and_the_master_files_of_one_serve_the_others(write, settings, printed):
    tables = clean_raw(write(parts(*printed)), settings)
    fields = ["source_file", "account_name", "project", "amount_nok"]
    assert tables["postings"][fields].to_numpy().tolist() == [
        [NAME.format(2), "Lisenser", "6201", 100.0],
        [NAME.format(3), "Lisenser", "6201", 250.0],
    ]
    assert tables["sources"]["rows_read"].tolist() == [0, 2, 2]
    assert not tables["postings"]["is_duplicate"].any()
    assert set(tables["findings"]["finding"]) == {"balance_accounts"}


@pytest.mark.parametrize("lacking", [1, 2, 3])
def test_parts_are_refused_together_where_one_is_lacking_which_is_named(write, settings, lacking):
    files = parts()
    del files[NAME.format(lacking)]
    with pytest.raises(InputError, match=rf"_3\.xml: of an export in 3 parts, part {lacking} is lacking\. Remedy: "):
        clean_raw(write(files), settings)


def test_none_of_the_parts_is_read_where_one_is_damaged(write, settings):
    refused = []
    tables = clean_raw(
        write(parts(of_three=(1, 251)) | {"b.csv": "År;Versjon;Konto;Beløp\n2024;V;195;5\n"}),
        settings,
        None,
        refused.append,
    )
    assert tables["sources"]["source_file"].tolist() == ["b.csv"]
    (error,) = refused
    assert "_3_3.xml, line 1: TotalDebit says 251, but the transactions give 250" in str(error)


def test_a_part_that_is_there_twice_is_refused(write, settings):
    files = parts()
    again = files[NAME.format(2)].replace("2024-01-15", "2024-01-16")
    with pytest.raises(InputError, match="is part 2 of the same export too"):
        clean_raw(write(files | {NAME.format("02"): again}), settings)


def test_the_same_parts_delivered_again_count_once(write, settings):
    again = {name.replace("ledger/", "again/"): text for name, text in parts().items()}
    tables = clean_raw(write(parts() | again), settings)
    assert tables["postings"]["amount_nok"].tolist() == [100.0, 250.0]


def test_lines_alike_in_two_parts_are_meant(write, settings):
    files = parts(vouchers=(1, 1), amounts=(100, 100), of_three=(1, 100))
    files[NAME.format(3)] += "<!-- byte for byte another file -->"
    postings = clean_raw(write(files), settings)["postings"]
    assert (postings["amount_nok"].tolist(), postings["is_duplicate"].any()) == ([100.0, 100.0], False)


def test_a_part_is_refused_where_one_file_is_read_by_itself(write, settings):
    name = NAME.format(2)
    with pytest.raises(InputError, match=r"_2_3\.xml: it is part 2 of an export in 3 parts\. Remedy: "):
        read_file(write(parts()) / name, name, settings)


@pytest.mark.parametrize("name", ["ledger_2024_01.xml", "saft_3_2.xml", "saft_1_1.xml"])
def test_a_name_with_numbers_that_count_no_parts_is_a_whole_file(write, settings, name):
    text = f"<AuditFile>{MASTER}{entries(1, 100, (1, 100))}</AuditFile>"
    assert clean_raw(write({name: text}), settings)["postings"]["amount_nok"].tolist() == [100.0]


def test_files_named_by_year_and_month_are_no_parts_of_one_export(write, settings):
    months = {
        f"saft_2024_{month}_12.xml": f"<AuditFile>{MASTER}{entries(month, 100 + month, (1, 100 + month))}</AuditFile>"
        for month in (1, 2, 3)
    }
    postings = clean_raw(write(months), settings)["postings"]
    assert postings.loc[~postings["is_duplicate"], "amount_nok"].sum() == 306.0
