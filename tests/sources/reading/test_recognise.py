"""A file is known by its header row, wherever that stands; what is not known is refused."""

from __future__ import annotations

import pytest
from golden_pairs import clean_path

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats import adopted_forecast, budget, ledger_list, ticket_list
from rorikt_lib.sources.reading.accept import accept
from rorikt_lib.sources.reading.format import recognise, with_aliases
from rorikt_lib.sources.reading.recognise import split
from rorikt_lib.sources.reading.rows import read_rows

FORMATS = [ledger_list.FORMAT, budget.FORMAT, adopted_forecast.FORMAT]
LEDGER = "Bilagsnr;Bilagsdato;Periode;Konto;Beløp\n"
BUDGET = "År;Versjon;Konto;Beløp\n"


@pytest.fixture
def tables_of(tmp_path):
    def read(text: str, formats=FORMATS):
        (tmp_path / "raw.csv").write_text(text, encoding="utf-8")
        return list(split(read_rows(tmp_path / "raw.csv")[0], "raw.csv", formats))

    return read


def findings(notes) -> dict[str, tuple[int, str]]:
    return {
        row.finding: (row.count_, row.detail) for row in notes.findings.rename(columns={"count": "count_"}).itertuples()
    }


@pytest.mark.parametrize(
    "header", ["KONTO;Periode;beløp", ' "Konto" ; Periode ;Beløp', "Annet;Beløp;Konto;Periode;Mer"]
)
def test_case_blanks_order_and_other_columns_do_not_hide_a_format(tables_of, header):
    ((form, raw, _),) = tables_of(header + "\n" + ";".join("1" for _ in header.split(";")) + "\n")
    assert form.name == "ledger_list"
    assert raw.frame.loc[2, ["account", "period", "amount_nok"]].tolist() == ["1", "1", "1"]


def test_the_format_that_uses_most_of_the_header_wins():
    assert recognise(["Periode", "År", "Versjon", "Konto", "Ansvar", "Måned", "Beløp"], FORMATS) is budget.FORMAT


def test_titles_above_the_header_are_skipped(tables_of):
    ((_, raw, notes),) = tables_of("Liste over bilag\nUtskrift 1.10.2024\n\n" + LEDGER + "1;01.01.2024;202401;195;5\n")
    assert list(raw.frame.index) == [5]
    assert notes.quarantine.empty


def test_rows_above_the_header_that_are_filled_like_data_are_quarantined(tables_of):
    ((_, raw, notes),) = tables_of("1;01.01.2024;202401;195;5\n" + LEDGER + "2;01.01.2024;202401;195;5\n")
    assert list(raw.frame.index) == [3]
    assert notes.quarantine[["source_line", "reason"]].to_numpy().tolist() == [[1, "row_before_header"]]


def test_a_repeated_header_is_set_aside_and_its_rows_belong_to_the_same_table(tables_of):
    ((_, raw, notes),) = tables_of(
        LEDGER + "1;;202401;195;5\n" + LEDGER + "2;;202401;195;5\n" + LEDGER + "3;;202401;195;5\n"
    )
    assert raw.frame["voucher_no"].tolist() == ["1", "2", "3"]
    assert findings(notes) == {"repeated_header": (2, "3; 5")}
    assert notes.set_aside == 2


def test_a_second_table_in_the_file_is_read_as_its_own_format(tables_of):
    tables = tables_of(LEDGER + "1;;202401;195;5\n\n" + BUDGET + "2024;Vedtatt;195;7\n")
    assert [form.name for form, _, _ in tables] == ["ledger_list", "budget"]
    assert tables[1][1].frame.loc[5, ["year", "amount_nok"]].tolist() == ["2024", "7"]
    assert findings(tables[1][2]) == {"second_header": (1, "4")}


def test_a_column_that_an_export_lacks_is_there_without_values(tables_of):
    ((_, raw, _),) = tables_of(LEDGER + "1;;202401;195;5\n")
    assert raw.frame["supplier_name"].isna().all()
    assert set(raw.frame.columns) == set(ledger_list.HEADERS.values())


def test_an_unknown_header_is_refused_with_what_was_found_and_what_is_expected(tables_of):
    problem = (
        r"raw\.csv, line 1: format not recognised; headers found: Bilagsnr; Konto; Sum; expected for ledger_list: "
        r"Periode; Konto; Beløp; missing: Periode; Beløp\. Remedy: .*header_aliases"
    )
    with pytest.raises(InputError, match=problem):
        tables_of("Bilagsnr;Konto;Sum\n1;195;5\n")


@pytest.mark.parametrize(
    "header", ["Konto;Beløp", "Konto;Periode;Debet", "Konto;Periode;Kredit", "Periode;Beløp", "Konto;Periode"]
)
def test_a_ledger_needs_account_amount_and_a_period_or_date(tables_of, header):
    with pytest.raises(InputError, match="format not recognised"):
        tables_of(header + "\n" + ";".join("1" for _ in header.split(";")) + "\n")


def test_other_header_names_come_from_the_settings(tables_of):
    formats = with_aliases(FORMATS, {"ledger_list": {"Art": "Konto", "Sum kr": "Beløp"}})
    ((form, raw, _),) = tables_of("Art;Periode;Sum kr\n195;202401;5\n", formats)
    assert (form.name, raw.frame.loc[2, "account"]) == ("ledger_list", "195")


@pytest.mark.parametrize(
    ("aliases", "problem"),
    [
        ({"ledger": {"Art": "Konto"}}, "ledger: no such format"),
        ({"ledger_list": {"Art": "Kontoer"}}, "ledger_list: no such header 'Kontoer'"),
    ],
)
def test_an_alias_for_something_unknown_is_refused(aliases, problem):
    with pytest.raises(InputError, match=rf"workbook\.yml: header_aliases: {problem}\. Remedy: use one of: "):
        with_aliases(FORMATS, aliases)


def test_a_row_is_refused_once_and_for_its_first_fault(tables_of):
    ((_, raw, _),) = tables_of(LEDGER + "1;x;y;;5\n2;01.01.2024;202401;195;5\n")
    parsed = raw.frame.assign(posted_on=raw.frame["posted_on"].mask(raw.frame["posted_on"] == "x"), period=None)
    good, refused = accept("postings", raw, parsed, ["account"])
    assert good.empty
    assert refused[["source_line", "reason", "detail"]].to_numpy().tolist() == [
        [2, "unreadable_value", "posted_on: 'x'"],
        [3, "unreadable_value", "period: '202401'"],
    ]
    assert refused["raw"].str.contains("01.01.2024").tolist() == [False, True]


def test_a_ragged_row_that_may_hold_a_name_or_a_subject_is_reported_by_its_place_alone(tmp_path, settings):
    head = "Saksnr;Type;Prioritet;Status;Kategori 1;Kategori 2;Firma;Kilde;Opprettet;Løst;Lukket;Ventetid (min);Emne\n"
    path = tmp_path / "saker.csv"
    path.write_text(head + "7;Feil;Lav;Ny;PC;;Molde;Epost;01.02.2024 08:00;;;0;Hemmelig;emne\n", encoding="utf-8")
    refused = clean_path(path, ticket_list.FORMAT, settings).quarantine
    assert list(refused.source_line) == [2]
    assert not refused.astype(str).apply(lambda column: column.str.contains("Hemmelig")).any(axis=None)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Periode;Konto;Beløp;Beløp", "Beløp and Beløp"),
        ("Periode;Konto; beløp ;BELØP;Beløp", "beløp and BELØP and Beløp"),
        ("Konto;Art;Periode;Beløp", "Konto and Art"),
    ],
)
def test_two_columns_for_the_same_field_are_refused_with_line_and_header(tables_of, header, named):
    formats = with_aliases(FORMATS, {"ledger_list": {"Art": "Konto"}})
    row = ";".join("1" for _ in header.split(";"))
    with pytest.raises(InputError, match=rf"^raw\.csv, line 2: two columns for the same: {named}\. Remedy: "):
        tables_of(f"Liste\n{header}\n{row}\n", formats)


def test_columns_that_are_not_read_may_have_the_same_header(tables_of):
    ((_, raw, _),) = tables_of("Periode;Merknad;Konto;Merknad;Beløp\n202401;a;195;b;5\n")
    assert raw.frame.loc[2, ["period", "account", "amount_nok"]].tolist() == ["202401", "195", "5"]


@pytest.mark.parametrize(
    ("header", "nearest", "missing"),
    [
        ("År;Konto;Ansvar;Beløp", "budget", r"Versjon"),
        ("Bilagsnr;Periode;Konto;Beløb", "ledger_list", r"Beløp \(is it Beløb\?\)"),
        ("Bilagsnr;Konto;Tekst;Debet;Kredit", "ledger_list", r"Periode"),
        ("Periode;Type;Linje;Sum", "adopted_forecast", r"Beløp"),
    ],
)
def test_a_refused_header_is_told_the_nearest_table_and_the_header_that_is_missing(tables_of, header, nearest, missing):
    with pytest.raises(InputError, match=rf"expected for {nearest}: .*; missing: {missing}\. Remedy: "):
        tables_of(header + "\n" + ";".join("1" for _ in header.split(";")) + "\n")
