"""One ledger file of any kind → the postings that count, in lines by one of its columns."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from builders import make_postings
from golden_pairs import GOLDEN
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.settings import load_settings
from rorikt_lib.demo.make import DEMO
from rorikt_lib.errors import InputError
from rorikt_lib.sources.ledger_file import COLUMNS, read_ledger

COUNCIL = """
table: postings
columns: {period: Month, posted_on: Posted, account_name: Nominal, supplier_id: Payee, amount_nok: Amount}
constants: {account: "0"}
date_format: "%Y-%m-%d"
decimal_sign: "."
missing: [N/A]
fiscal_year_start: 4
"""
TICKETS = "table: tickets\ncolumns: {ticket_id: nr, created_at: at}\nconstants: {type: incident, priority: low}\n"
GATESHEAD = """
table: postings
columns: {period: period, account: subjective, account_name: detail, supplier_id: supplier, amount_nok: amount,
  posted_on: updated}
constants: {account: "0"}
decimal_sign: "."
fiscal_year_start: 4
"""
RAW = pd.DataFrame(
    [
        (202401, "2024-04-03", "Telephony", "S1", "IT", 1234.5),
        (202410, "2025-01-15", "Telephony", None, "N/A", 100.0),
        (202412, "2025-03-31", None, "S2", None, -50.25),
        (202401, None, "Salaries", "S2", "HR", 0.125),
    ],
    columns=["Month", "Posted", "Nominal", "Payee", "Cost Unit", "Amount"],
)
LIST = "Bilagsnr;Bilagsdato;Periode;Konto;Leverandør;Prosjekt;Enhet;Beløp\n"
LINES = [
    "1;15.01.2024;202401;195;Programhuset;;Drift;1 000,50\n",
    "2;16.01.2024;202401;0100;;;Stab;500\n",
    "3;17.02.2024;202402;195;Programhuset;6201;Drift;70\n",
    "4;17.02.2024;202402;2.13;;;Drift;-70\n",
]


@pytest.fixture(scope="module")
def mapped_settings(tmp_path_factory):
    """mapped_settings(name=text, …) → the settings of a workbook.yml with these mappings."""

    def load(**mappings: str):
        workbook = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
        workbook["mappings"] = {name: yaml.safe_load(text) for name, text in mappings.items()}
        path = tmp_path_factory.mktemp("settings") / "workbook.yml"
        path.write_text(yaml.safe_dump(workbook), encoding="utf-8")
        return load_settings(path)

    return load


@pytest.fixture
def council(mapped_settings):
    return mapped_settings(council=COUNCIL, desk=TICKETS)


@pytest.fixture
def written(tmp_path):
    """written(frame, kind) and written(text) → the path of a file with that."""

    def write(content: pd.DataFrame | str, kind: str = "csv"):
        path = tmp_path / f"ledger.{kind}"
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif kind == "csv":
            content.to_csv(path, index=False)
        elif kind == "xlsx":
            content.to_excel(path, index=False, engine="xlsxwriter")
        else:
            content.to_parquet(path, index=False)
        return path

    return write


def cells(frame: pd.DataFrame) -> list[list]:
    """Rows with None where a value is missing."""
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


def clean_rows() -> pd.DataFrame:
    return make_postings(
        {"supplier_id": "S1", "amount_nok": 10.25, "posted_on": pd.Timestamp("2024-09-15")},
        {"amount_nok": 20.0, "supplier_name": "Programhuset", "cost_centre": "100"},
        {"amount_nok": 40.0, "is_duplicate": True},
        {"amount_nok": 80.0, "kind": "investment", "line": "Grunnmur del 3", "cost_centre": "200"},
        {"amount_nok": -5.5, "period": "2024-13", "line": "Inntekter"},
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_mapped_ledger_gives_the_same_postings_from_every_kind_of_file(written, council, kind):
    ledger = read_ledger(written(RAW, kind), council, "council", "account_name")
    assert (ledger.format, ledger.unreadable, ledger.left_out) == ("council", 0, {})
    assert ledger.postings.columns.tolist() == COLUMNS
    assert cells(ledger.postings) == [
        ["2024-04", pd.Timestamp("2024-04-03"), "Telephony", "S1", 1234.5],
        ["2025-01", pd.Timestamp("2025-01-15"), "Telephony", None, 100.0],
        ["2025-03", pd.Timestamp("2025-03-31"), None, "S2", -50.25],
        ["2024-04", None, "Salaries", "S2", 0.125],
    ]


AMOUNTS = st.integers(-(10**9), 10**9).map(lambda ore: ore / 100)
POSTINGS = st.tuples(st.integers(1, 13), st.sampled_from(["A", "B 1", "c;d", None]), AMOUNTS)


@given(st.lists(POSTINGS, min_size=1, max_size=20), st.sampled_from(["csv", "xlsx", "parquet"]))
@pytest.mark.deep
def test_the_totals_are_those_of_the_table_that_was_written(written, mapped_settings, rows, kind):
    months, groups, amounts = zip(*rows, strict=True)
    frame = pd.DataFrame({"Month": [202400 + m for m in months], "Unit": groups, "Amount": amounts, "Row": 1})
    mapping = "table: postings\ncolumns: {period: Month, amount_nok: Amount}\nconstants: {account: x}\n"
    used = mapped_settings(plain=mapping + "decimal_sign: '.'\n")
    if frame["Unit"].isna().all():
        with pytest.raises(InputError, match="no posting has a value for the group Unit"):
            read_ledger(written(frame, kind), used, "plain", "Unit")
        return
    postings = read_ledger(written(frame, kind), used, "plain", "Unit").postings
    expected = frame.assign(period=[f"2024-{m:02d}" for m in months]).groupby(["Unit", "period"], dropna=False)
    actual = postings.groupby(["line", "period"], dropna=False)
    assert actual["amount_nok"].sum().to_numpy() == pytest.approx(expected["Amount"].sum().to_numpy())
    assert actual.size().to_numpy().tolist() == expected.size().to_numpy().tolist()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("group", ["Cost Unit", "cost unit"])
def test_a_header_that_the_mapping_does_not_use_is_a_group_too(written, council, kind, group):
    postings = read_ledger(written(RAW, kind), council, "council", group).postings
    assert cells(postings[["line", "amount_nok"]]) == [["IT", 1234.5], [None, 100.0], [None, -50.25], ["HR", 0.125]]


def test_a_header_that_the_mapping_uses_is_the_group_as_the_file_writes_it(written, mapped_settings):
    translated = COUNCIL + "values: {account_name: {Telephony: Tele}}\n"
    used = mapped_settings(council=translated)
    ours, theirs = (read_ledger(written(RAW), used, None, group).postings for group in ("account_name", "Nominal"))
    assert cells(ours[["line"]]) == [["Tele"], ["Tele"], [None], ["Salaries"]]
    assert cells(theirs[["line"]]) == [["Telephony"], ["Telephony"], [None], ["Salaries"]]


def test_a_field_that_the_mapping_leaves_empty_gives_way_to_the_files_header_of_that_name(written, council):
    postings = read_ledger(
        written(RAW.rename(columns={"Cost Unit": "project"})), council, "council", "project"
    ).postings
    assert cells(postings[["line"]]) == [["IT"], [None], [None], ["HR"]]


def test_a_ledger_list_is_classified_and_only_operating_postings_count(written, settings):
    ledger = read_ledger(written(LIST + "".join(LINES)), settings)
    assert cells(ledger.postings[["period", "line", "supplier_id", "amount_nok"]]) == [
        ["2024-01", "Lisens, vedlikehold og support", "Programhuset", 1000.5],
        ["2024-01", "Lønn", None, 500.0],
    ]
    assert (ledger.format, ledger.left_out) == ("ledger_list", {"set aside": 1, "investment": 1})


@pytest.mark.parametrize(
    ("group", "lines"),
    [
        ("account", ["195", "0100", "195"]),
        ("supplier_name", ["Programhuset", None, "Programhuset"]),
        ("Enhet", ["Drift", "Stab", "Drift"]),
        ("Leverandør", ["Programhuset", None, "Programhuset"]),
        ("kind", ["operating", "operating", "investment"]),
    ],
)
def test_by_another_group_every_posting_counts(written, settings, group, lines):
    ledger = read_ledger(written(LIST + "".join(LINES)), settings, group=group)
    assert cells(ledger.postings[["line", "amount_nok"]]) == [
        [line, amount] for line, amount in zip(lines, [1000.5, 500.0, 70.0], strict=True)
    ]
    assert ledger.left_out == {"set aside": 1}


def test_accounts_that_no_expense_type_claims_matter_only_to_the_expense_types(written, settings):
    path = written(LIST + LINES[0].replace(";195;", ";999;"))
    assert read_ledger(path, settings, group="account").postings["line"].tolist() == ["999"]
    with pytest.raises(InputError, match="no expense type claims the account 999"):
        read_ledger(path, settings)


def test_a_known_list_saved_as_parquet_is_read_as_that_list(written, settings):
    frame = pd.DataFrame({"Bilagsnr": [1], "Periode": [202401], "Konto": [195], "Beløp": [1000.5]})
    postings = read_ledger(written(frame, "parquet"), settings).postings
    assert cells(postings[["period", "line", "amount_nok"]]) == [["2024-01", "Lisens, vedlikehold og support", 1000.5]]


def test_saft_is_read_as_rorikt_clean_reads_it(tmp_path, settings):
    shutil.copy(GOLDEN / "saft" / "version_120.xml", tmp_path / "saft.xml")
    expected = pd.read_csv(GOLDEN / "saft" / "clean.csv", sep=";", dtype={"account": "str"})
    ledger = read_ledger(tmp_path / "saft.xml", settings, group="account")
    assert ledger.format == "saft"
    assert cells(ledger.postings[["line", "amount_nok"]]) == cells(expected[["account", "amount_nok"]])


def test_the_rows_below_a_repeated_header_keep_their_own_column(written, settings):
    second = "Bilagsnr;Enhet;Periode;Konto;Beløp\n5;Skole;202403;195;3\n"
    ledger = read_ledger(written(LIST + LINES[0] + LIST + LINES[1] + second), settings, group="Enhet")
    assert cells(ledger.postings[["line", "amount_nok"]]) == [["Drift", 1000.5], ["Stab", 500.0], ["Skole", 3.0]]


def test_rows_of_another_table_in_the_file_are_left_out_and_reported(written, settings):
    budget = "År;Versjon;Konto;Beløp\n2024;Vedtatt;195;5\n2024;Vedtatt;200;5\n"
    ledger = read_ledger(written(LIST + LINES[0] + budget), settings)
    assert (len(ledger.postings), ledger.left_out) == (1, {"another table": 2})


BAD = "9;15.01.2024;202401;195;;;Drift;#####\n"


@given(st.lists(st.sampled_from([*LINES, BAD, LIST, "Sum;;;;;;;7\n"]), max_size=25))
def test_every_row_of_the_file_is_a_posting_or_unreadable_or_left_out(written, settings, lines):
    limit = settings.quality.model_copy(update={"quarantine_limit": 0.999})
    path = written(LIST + LINES[0] + "".join(lines))
    ledger = read_ledger(path, settings.model_copy(update={"quality": limit}))
    assert len(ledger.postings) + ledger.unreadable + sum(ledger.left_out.values()) == len(lines) + 1
    assert ledger.unreadable == lines.count(BAD)


@pytest.mark.parametrize(("good", "bad"), [(94, 6), (2, 1)])
def test_more_unreadable_rows_than_the_limit_are_refused(written, settings, good, bad):
    path = written(LIST + LINES[0] * good + BAD * bad)
    with pytest.raises(InputError, match=rf"^ledger\.csv, line {good + 2}: {bad} of {good + bad} rows cannot be read"):
        read_ledger(path, settings, group="account")


def test_a_clean_parquet_is_taken_as_it_is_without_duplicates_and_investments(written, settings):
    ledger = read_ledger(written(clean_rows(), "parquet"), settings)
    assert (ledger.format, ledger.unreadable, ledger.left_out) == (
        "clean Parquet",
        0,
        {"duplicate": 1, "investment": 1},
    )
    assert cells(ledger.postings) == [
        ["2024-09", pd.Timestamp("2024-09-15"), "Lønn", "S1", 10.25],
        ["2024-09", None, "Lønn", "Programhuset", 20.0],
        ["2024-13", None, "Inntekter", None, -5.5],
    ]


def test_a_clean_parquet_by_another_group_has_its_investments_too(written, settings):
    ledger = read_ledger(written(clean_rows(), "parquet"), settings, group="cost_centre")
    assert cells(ledger.postings[["line", "amount_nok"]]) == [[None, 10.25], ["100", 20.0], ["200", 80.0], [None, -5.5]]


def test_a_clean_parquet_and_the_exports_it_came_from_give_the_same_lines(demo_root, settings):
    clean = read_ledger(demo_root / "clean" / "postings.parquet", settings).postings
    raw = pd.read_parquet(demo_root / "clean" / "postings.parquet")
    counted = raw[~raw["is_duplicate"] & (raw["kind"] == "operating")]
    assert len(clean) == len(counted)
    assert clean.groupby("line")["amount_nok"].sum().to_dict() == counted.groupby("line")["amount_nok"].sum().to_dict()
    files = counted.groupby("source_file")["amount_nok"].sum()
    name = files.index[0]
    assert not raw.loc[raw["source_file"] == name, "is_duplicate"].any()
    export = read_ledger(demo_root / "raw" / name, settings).postings
    assert export["amount_nok"].sum() == pytest.approx(files[name])


@pytest.mark.parametrize(
    "amounts",
    [pa.array([1, -2]), pa.array([1.0, -2.0], pa.float32()), pa.array([Decimal("1.00"), Decimal("-2.00")])],
)
def test_a_parquet_needs_no_more_than_period_amount_and_group(tmp_path, settings, amounts):
    table = pa.table({"period": ["2024-01", "2024-13"], "unit": [7, None], "amount_nok": amounts})
    pq.write_table(table, tmp_path / "ledger.parquet")
    postings = read_ledger(tmp_path / "ledger.parquet", settings, group="unit").postings
    assert cells(postings) == [["2024-01", None, "7", None, 1.0], ["2024-13", None, None, None, -2.0]]
    assert postings.dtypes.astype(str).tolist() == ["str", "datetime64[us]", "str", "str", "float64"]


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        ([202401, 202402], "202401"),
        (pd.to_datetime(["2024-01-01", "2024-02-01"]), "2024-01-01"),
        (["2024-01", "202402"], "202402"),
        (["2024-01", "2024-14"], "2024-14"),
    ],
)
def test_a_parquet_with_periods_written_otherwise_is_refused_with_the_remedy(written, settings, periods, shown):
    path = written(pd.DataFrame({"period": periods, "unit": "a", "amount_nok": 1.0}), "parquet")
    line = 2 if shown != str(periods[1]) else 3
    problem = rf"^ledger\.parquet, line {line}: column period has '{shown}', .*YYYY-MM\. Remedy: give --mapping NAME"
    with pytest.raises(InputError, match=problem):
        read_ledger(path, settings, group="unit")


def test_a_parquet_whose_amounts_are_no_numbers_is_refused_with_the_remedy(written, settings):
    path = written(pd.DataFrame({"period": ["2024-01"], "unit": "a", "amount_nok": "1 234,50"}), "parquet")
    with pytest.raises(
        InputError, match=r"^ledger\.parquet: column amount_nok is .*string, not double\. Remedy: give --m"
    ):
        read_ledger(path, settings, group="unit")


def test_a_row_of_a_clean_parquet_without_period_or_amount_is_unreadable(written, settings):
    rows = pd.concat([clean_rows()[["period", "line", "amount_nok"]]] * 10, ignore_index=True)
    rows.loc[3, "period"], rows.loc[7, "amount_nok"], rows.loc[11, "amount_nok"] = None, None, float("inf")
    ledger = read_ledger(written(rows, "parquet"), settings)
    assert (len(ledger.postings), ledger.unreadable, ledger.left_out) == (47, 3, {})
    rows.loc[20:, "amount_nok"] = None
    with pytest.raises(InputError, match=r"^ledger\.parquet, line 5: 33 of 50 rows cannot be read"):
        read_ledger(written(rows, "parquet"), settings)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (
            "csv",
            "line; kind; account; account_name; supplier_id; Month; Posted; Nominal; Payee; Cost Unit; Amount",
        ),
        ("parquet", "posting_id; .*cost_centre; .*line; .*source_line"),
    ],
)
def test_a_group_that_nothing_has_is_refused_and_the_choices_listed(written, council, kind, choices):
    path = written(RAW if kind == "csv" else clean_rows(), kind)
    for group in ("nothing", "function"):
        problem = rf"^ledger\.{kind}: no posting has a value for the group {group}\. Remedy: use one of: {choices}$"
        with pytest.raises(InputError, match=problem):
            read_ledger(path, council, group=group)


def test_two_columns_with_the_groups_header_are_refused(written, settings):
    path = written("Periode;Konto;Enhet;Beløp;Enhet\n202401;195;a;1;b\n")
    with pytest.raises(InputError, match=r"^ledger\.csv, line 1: 2 columns are called Enhet\. Remedy: "):
        read_ledger(path, settings, group="Enhet")


@pytest.mark.parametrize("name", ["kouncil", "desk", "ledger_list"])
def test_a_name_that_no_mapping_of_postings_has_is_refused_and_the_mappings_listed(written, council, settings, name):
    with pytest.raises(InputError, match=rf"^workbook\.yml: .* is called {name}\. Remedy: use one of: council$"):
        read_ledger(written(RAW), council, name)
    with pytest.raises(InputError, match=r"Remedy: describe the export there, under mappings$"):
        read_ledger(written(RAW), settings, name)


def test_with_a_mapping_no_other_format_is_tried(written, council):
    with pytest.raises(
        InputError, match=r"^ledger\.csv, line 1: format not recognised; .* expected for council: Amount"
    ):
        read_ledger(written(LIST + LINES[0]), council, "council")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.csv", "nr;at\n1;01.01.2024\n", r"^a\.csv: read as desk, which is no ledger\."),
        ("a.csv", LIST, r"^a\.csv: there are no postings in it\."),
        ("a.docx", "x", r"^a\.docx: not a kind of file that is read here\."),
        ("a.parquet", "x", r"^a\.parquet: not a readable Parquet file"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(tmp_path, council, name, text, problem):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_ledger(tmp_path / name, council, group="account")


def test_a_folder_or_a_file_that_is_not_there_is_refused(tmp_path, settings):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(InputError, match=r"there is no such file\. Remedy: give the path of one export$"):
            read_ledger(path, settings)


def test_a_mapping_does_not_read_saft(council):
    with pytest.raises(InputError, match=r"^version_120\.xml: a mapping does not read this kind of file\."):
        read_ledger(GOLDEN / "saft" / "version_120.xml", council, "council")


@pytest.mark.parametrize(("group", "header"), [("account_name", "detail"), ("directorate", "directorate")])
@pytest.mark.deep
def test_the_published_ledger_of_a_council_is_read_by_line(shared, mapped_settings, group, header):
    path = shared / "realdata/ledger_gateshead/postings.parquet"
    used = mapped_settings(council=GATESHEAD)
    ledger = read_ledger(path, used, "council", group)
    raw = pd.read_parquet(path)
    assert (len(ledger.postings), ledger.unreadable, ledger.left_out) == (943_525, 0, {})
    assert ledger.postings["amount_nok"].sum() == pytest.approx(2_852_363_933.47, abs=0.005)
    expected = raw.groupby(raw[header].str.strip())["amount"].sum()
    actual = ledger.postings.assign(line=ledger.postings["line"].fillna("")).groupby("line")["amount_nok"].sum()
    assert actual.index.tolist() == expected.index.tolist()
    assert actual.to_numpy() == pytest.approx(expected.to_numpy(), abs=0.01)
