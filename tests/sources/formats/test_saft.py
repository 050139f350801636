"""SAF-T Financial: control totals, balance, hostile XML, and the tax administration's published examples."""

from __future__ import annotations

import re
import zipfile

import pytest
from golden_pairs import GOLDEN

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import saft

EXAMPLE = (GOLDEN / "saft" / "version_130_prefix.xml").read_text(encoding="utf-8")


@pytest.fixture
def read_text(tmp_path):
    def read(text: str):
        (tmp_path / "fil.xml").write_text(text, encoding="utf-8")
        return saft.read(tmp_path / "fil.xml", "fil.xml")

    return read


@pytest.mark.parametrize(
    ("name", "transactions", "lines", "total"),
    [("888888888_20180228235959", 53, 206, 9_487_049.35), ("999999999_20161125213512", 2, 5, 25_000.0)],
)
def test_the_published_examples_give_their_known_totals(shared, settings, name, transactions, lines, total):
    path = shared / "realdata" / "saft" / f"ExampleFile_SAF-T_Financial_{name}.xml"
    raw = saft.read(path, path.name)
    cleaned = saft.clean(raw, settings)
    amounts = cleaned.frame["amount_nok"]
    assert (cleaned.frame["voucher_no"].nunique(), len(cleaned.frame)) == (transactions, lines)
    assert round(amounts[amounts > 0].sum(), 2) == total
    assert round(amounts[amounts < 0].sum(), 2) == -total


def test_names_and_dimensions_of_a_published_example_are_read(shared, settings):
    path = shared / "realdata" / "saft" / "ExampleFile_SAF-T_Financial_999999999_20161125213512.xml"
    first = saft.clean(saft.read(path, path.name), settings).frame.iloc[0]
    fields = ["voucher_no", "period", "account_name", "cost_centre", "project", "supplier_name", "amount_nok"]
    assert first[fields].tolist() == ["4567", "2015-10", "Varekjøp", "100", "2000", "Leverandøren AS", 10_000.0]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Eksempelfil_fra_xmlSpy_v1.30.xml", r", line 335: NumberOfEntries says 0, but the transactions give 1\."),
        (
            "generated_auditfile_formatted_v2.0-draft.xml",
            r", line 480: '6531847451773948\.0' is not a number of at most 15 digits",
        ),
    ],
)
def test_the_published_skeletons_are_refused(shared, name, problem):
    with pytest.raises(InputError, match=re.escape(name) + problem):
        saft.read(shared / "realdata" / "saft" / name, name)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("NumberOfEntries>3<", "NumberOfEntries>4<", "line 21: NumberOfEntries says 4, but the transactions give 3"),
        (
            "TotalDebit>1400.30<",
            "TotalDebit>1400.31<",
            "line 22: TotalDebit says 1400.31, but the transactions give 1400.30",
        ),
        (
            "TotalCredit>1400.3<",
            "TotalCredit>1400<",
            "line 23: TotalCredit says 1400, but the transactions give 1400.30",
        ),
        ("Amount>0.20<", "Amount>0.21<", "line 37: transaction 3002 does not balance: debit − credit = -0.01"),
        ("Amount>400<", "Amount>4OO<", "line 44: '4OO' is not a number"),
        ("Amount>400<", "Amount>NaN<", "line 44: 'NaN' is not a number"),
        ("n1:TotalDebit", "n1:Total", "GeneralLedgerEntries has no TotalDebit"),
        ("n1:DebitAmount", "n1:Beløp", "line 28: the line has not just one of DebitAmount and CreditAmount"),
        ("n1:AuditFile", "n1:Invoice", "line 1: not SAF-T Financial: the root element is Invoice, not AuditFile"),
        ("</n1:Journal>", "", "not well-formed XML"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_line_and_remedy(read_text, old, new, problem):
    count = 1 if old.startswith("Amount") else -1
    with pytest.raises(InputError, match=rf"^fil\.xml.*{re.escape(problem)}.* Remedy: "):
        read_text(EXAMPLE.replace(old, new, count))


def test_small_amounts_are_added_exactly(read_text):
    small = "<n1:Line><n1:RecordID>9</n1:RecordID><n1:AccountID>195</n1:AccountID><n1:DebitAmount><n1:Amount>0.10</n1:Amount></n1:DebitAmount></n1:Line>"
    large = small.replace("Debit", "Credit").replace("0.10", "0.30")
    text = EXAMPLE.replace("</n1:Transaction>", small * 3 + large + "</n1:Transaction>", 1)
    text = text.replace("1400.30", "1400.60").replace("1400.3<", "1400.6<")
    assert len(read_text(text).frame) == 10


def test_a_zipped_file_gives_the_same_rows(read_text, tmp_path):
    with zipfile.ZipFile(tmp_path / "fil.zip", "w") as archive:
        archive.writestr("saft.xml", EXAMPLE)
    assert saft.read(tmp_path / "fil.zip", "fil.zip").frame.equals(read_text(EXAMPLE).frame)


def test_no_namespace_at_all_makes_no_difference(read_text):
    bare = re.sub(
        r"n1:|xmlns:n1=\S*", "", EXAMPLE.replace('xmlns:n1="urn:StandardAuditFile-Taxation-Financial:NO"', "")
    )
    assert read_text(bare).frame.equals(read_text(EXAMPLE).frame)


ENTITIES = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("doctype", "place"),
    [
        (f"<!DOCTYPE x [{ENTITIES}]>", "<n1:Header>"),
        ('<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>', "<n1:Header>"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">', ""),
    ],
)
def test_a_document_type_is_refused_whatever_it_would_expand_or_fetch(read_text, doctype, place):
    text = EXAMPLE.replace("<n1:AuditFile", doctype + "<n1:AuditFile", 1)
    if place:
        text = text.replace(place, place + "&i;", 1)
    with pytest.raises(InputError, match=r"fil\.xml, line \d+: (the file has a document type|not well-formed XML)"):
        read_text(text)


def test_entities_in_an_attribute_are_not_expanded_either(read_text):
    text = EXAMPLE.replace("<n1:AuditFile", f'<!DOCTYPE x [{ENTITIES}]><n1:AuditFile y="&i;"', 1)
    with pytest.raises(InputError, match=r"fil\.xml"):
        read_text(text)


def test_a_line_keeps_its_number_in_a_long_file(read_text):
    text = EXAMPLE.replace("<n1:Journal>", "<n1:Journal>" + "\n" * 100_000, 1)
    assert read_text(text).lines[0] == read_text(EXAMPLE).lines[0] + 100_000
