from __future__ import annotations

import pandas as pd
import pytest
import yaml
from golden_pairs import GOLDEN, check_golden, clean_path
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.config.mapping import MAPPED_FIELDS, Mapping
from rorikt_lib.config.settings import load_settings
from rorikt_lib.demo.make import DEMO, demo_settings
from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.tickets import combine_tickets
from rorikt_lib.sources.formats import mapped
from rorikt_lib.sources.read_file import read_file
from rorikt_lib.sources.reading.format import RawTable
from rorikt_lib.terms.schemas import Postings, Tickets, validate

SERVICENOW = """
table: tickets
columns: {ticket_id: number, priority: priority, category: category, channel: contact_type, status: incident_state,
  created_at: opened_at, resolved_at: resolved_at, closed_at: closed_at, sla_met_source: made_sla}
constants: {type: incident}
values:
  priority: {1 - Critical: critical, 2 - High: high, 3 - Moderate: medium, 4 - Low: low}
  status: {New: open, Active: open, Awaiting User Info: open, Awaiting Problem: open, Awaiting Vendor: open,
    Awaiting Evidence: open, Resolved: closed, Closed: closed}
date_format: "%d/%m/%Y %H:%M"
# The published durations are plain differences of the written times; a zone with summer time would move some an hour.
time_zone: UTC
missing: ["?"]
# Counts the changes of an incident; the time of change is the same for many.
last_event_by: sys_mod_count
"""
COUNCIL = """
table: postings
columns: {period: period, posted_on: updated, account: detail, account_name: subjective, cost_centre: directorate,
  supplier_id: supplier, amount_nok: amount}
constants: {account: unknown, line: Konsulenter}
date_format: "%Y-%m-%d"
decimal_sign: "."
fiscal_year_start: 4
"""
TICKETS = "table: tickets\ncolumns: {ticket_id: nr, created_at: at}\nconstants: {type: incident, priority: low}\n"
POSTINGS = "table: postings\ncolumns: {account: acc, posted_on: day, amount_nok: sum}\n"


def with_mapping(name: str, text: str):
    """The settings with one mapping."""
    mapping = Mapping.model_validate(yaml.safe_load(text))
    return demo_settings().model_copy(update={"mappings": {name: mapping}})


def clean_mapped(folder_or_text, text: str, tmp_path=None):
    """A file's rows as the mapping in `text` reads them."""
    used = with_mapping("desk", text)
    path = folder_or_text
    if tmp_path is not None:
        path = tmp_path / "raw.csv"
        path.write_text(folder_or_text, encoding="utf-8")
    return clean_path(path, mapped.formats(used)[0], used)


@pytest.mark.parametrize(("folder", "rows"), [("mapped_tickets", 10), ("mapped_postings", 10)])
def test_the_golden_exports_of_other_systems_give_the_expected_rows(folder, rows):
    text = (GOLDEN / folder / "mapping.yml").read_text(encoding="utf-8")
    cleaned = clean_mapped(GOLDEN / folder / "raw.csv", text)
    check_golden(folder, cleaned)
    assert len(cleaned.frame) + len(cleaned.quarantine) + cleaned.set_aside == rows


def test_every_mapped_field_is_a_field_of_the_clean_table_or_an_amount_column():
    # That a case was opened again is an event, not a field of the case.
    assert set(MAPPED_FIELDS["tickets"]) - {"reopened_at"} <= set(Tickets.to_schema().columns)
    assert set(MAPPED_FIELDS["postings"]) - {"debit_nok", "credit_nok", "side"} <= set(Postings.to_schema().columns)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"columns": {"ticket_id": "nr", "created_at": "at", "kategory": "c"}}, "kategory"),
        ({"constants": {"type": "incident", "prioritet": "low"}}, "prioritet"),
        ({"values": {"satus": {"A": "open"}}}, "satus"),
        ({"values": {"status": {"A": "open"}}}, "status"),
        ({"columns": {"ticket_id": "nr"}}, "created_at"),
        (
            {"columns": {"created_at": "at"}, "constants": {"ticket_id": "1", "type": "incident", "priority": "low"}},
            "ticket_id",
        ),
        ({"constants": {"type": "incident"}}, "priority"),
        ({"table": "postings"}, "no field"),
        ({"table": "invoices"}, "table"),
        ({"time_zone": "Europe/Molde"}, "Europe/Molde"),
        ({"date_format": "%d.%m"}, "year"),
        ({"fiscal_year_start": 13}, "fiscal_year_start"),
        ({"last_events_by": "n"}, "last_events_by"),
    ],
)
def test_a_mistake_in_a_mapping_is_an_error_at_load_that_names_it(tmp_path, change, named):
    workbook = yaml.safe_load((DEMO / "workbook.yml").read_text(encoding="utf-8"))
    workbook["mappings"] = {"desk": yaml.safe_load(TICKETS) | change}
    path = tmp_path / "workbook.yml"
    path.write_text(yaml.safe_dump(workbook), encoding="utf-8")
    with pytest.raises(InputError, match=named) as error:
        load_settings(path)
    assert "mappings.desk" in str(error.value)


@pytest.mark.parametrize(
    ("text", "field", "named"),
    [
        (TICKETS.replace("low", "lav"), "priority", "lav"),
        (TICKETS.replace("at}", "at, status: s}") + "values: {status: {A: opne}}\n", "status", "opne"),
        (POSTINGS + "constants: {line: Bil}\n", "line", "Bil"),
        (POSTINGS + "constants: {kind: drift}\n", "kind", "drift"),
    ],
)
def test_a_term_that_is_none_of_ours_is_an_error_that_names_it(text, field, named):
    with pytest.raises(InputError, match=f"mappings.desk: {field}: unknown {named}"):
        mapped.formats(with_mapping("desk", text))


def test_a_file_without_a_mapped_header_is_refused_and_the_header_named(tmp_path):
    with pytest.raises(InputError, match="at"):
        clean_mapped("nr,on\n1,01.01.2024\n", TICKETS, tmp_path)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [("Europe/Oslo", "2024-07-01 10:00"), ("UTC", "2024-07-01 12:00"), ("Asia/Tokyo", "2024-07-01 03:00")],
)
def test_times_are_read_in_the_zone_of_the_mapping(tmp_path, zone, utc):
    text = TICKETS + f"date_format: '%d.%m.%Y %H:%M'\ntime_zone: {zone}\n"
    cleaned = clean_mapped("nr,at\n1,01.07.2024 12:00\n", text, tmp_path)
    assert cleaned.frame["created_at"].tolist() == [pd.Timestamp(utc, tz="UTC")]


@pytest.mark.parametrize(
    ("written", "oslo"),
    [("2024-07-01 12:00:00", "2024-07-01 14:00"), ("2024-07-01", "2024-07-01 02:00"), ("45474.5", "2024-07-01 14:00"),
     ("2024-07-01T12:00:00+02:00", "2024-07-01 12:00")],
)  # fmt: skip
def test_what_a_spreadsheet_stores_is_a_date_whatever_the_mapping_says(tmp_path, written, oslo):
    cleaned = clean_mapped(f"nr,at\n1,{written}\n", TICKETS + "time_zone: UTC\n", tmp_path)
    assert cleaned.frame["created_at"].tolist() == [pd.Timestamp(oslo, tz="Europe/Oslo")]


def test_a_date_in_another_order_than_the_mapping_says_is_quarantined(tmp_path):
    cleaned = clean_mapped("nr,at\n1,27.09.2024\n2,09.27.2024\n", TICKETS + "date_format: '%m.%d.%Y'\n", tmp_path)
    assert cleaned.frame["request_no"].tolist() == ["2"]


def test_without_a_status_a_case_is_closed_when_it_has_a_time_it_was_done(tmp_path):
    text = TICKETS.replace("at}", "at, resolved_at: r, closed_at: c}")
    cleaned = clean_mapped(
        "nr,at,r,c\n1,01.01.2024,,\n2,01.01.2024,02.01.2024,\n3,01.01.2024,,03.01.2024\n", text, tmp_path
    )
    assert cleaned.frame["status"].tolist() == ["open", "closed", "closed"]
    assert cleaned.frame["resolved_at_imputed"].tolist() == [False, False, True]


def test_an_absent_municipality_is_missing_and_the_cases_fit_the_clean_table(tmp_path):
    cleaned = clean_mapped("nr,at\n1,01.01.2024\n2,01.01.2024\n", TICKETS, tmp_path)
    cases = validate("tickets", combine_tickets([cleaned.frame])[0])
    assert cases["municipality"].isna().all()
    assert cases["ticket_id"].tolist() == ["desk:1", "desk:2"]


def test_cases_of_two_systems_with_the_same_number_stay_two(tmp_path):
    parts = []
    for name in ("old", "new"):
        used = with_mapping(name, TICKETS)
        (tmp_path / "raw.csv").write_text("nr,at\n1,01.01.2024\n", encoding="utf-8")
        parts.append(clean_path(tmp_path / "raw.csv", mapped.formats(used)[0], used).frame)
    assert sorted(combine_tickets(parts)[0]["ticket_id"]) == ["new:1", "old:1"]


@pytest.mark.parametrize(
    ("places", "last"),
    [
        (["2", "10", "9"], 1),
        (["01.02.2024", "15.01.2024", "31.01.2024"], 0),
        (["1", "1", "1"], 2),
        (["1,5", "1,25", "1"], 0),
    ],
)
def test_events_are_ordered_by_number_or_time_then_by_line(tmp_path, places, last):
    text = TICKETS.replace("at}", "at, category: c}") + "last_event_by: n\n"
    rows = "".join(f"1;01.01.2024;{i};{place}\n" for i, place in enumerate(places))
    cleaned = clean_mapped("nr;at;c;n\n" + rows, text, tmp_path)
    assert cleaned.frame["category"].tolist() == [str(last)]
    assert cleaned.set_aside == 2


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 20)), min_size=1, max_size=20, unique=True))
def test_the_last_event_of_each_case_is_that_with_the_highest_number(events):
    text = TICKETS.replace("at}", "at, category: n}") + "last_event_by: n\n"
    frame = pd.DataFrame(
        {"nr": [c for c, _ in events], "at": "01.01.2024", "n": [str(n) for _, n in events]}, dtype="str"
    )
    used = with_mapping("desk", text)
    cleaned = mapped.formats(used)[0].clean(RawTable("raw.csv", frame), used)
    expected = {case: max(n for c, n in events if c == case) for case, _ in events}
    assert dict(zip(cleaned.frame["request_no"], cleaned.frame["category"].astype(int), strict=True)) == expected
    assert cleaned.set_aside == len(events) - len(expected)
    assert cleaned.quarantine.empty


@pytest.mark.parametrize(
    ("period", "start", "calendar"),
    [
        ("2024-01", 4, "2024-04"), ("2024-09", 4, "2024-12"), ("2024-10", 4, "2025-01"), ("2024-12", 4, "2025-03"),
        ("2024-13", 4, "2025-03"), ("2024-01", 1, "2024-01"), ("2024-13", 1, "2024-13"), ("2024-01", 12, "2024-12"),
        ("2024-02", 12, "2025-01"), ("2024-12", 7, "2025-06"),
    ],
)  # fmt: skip
def test_a_fiscal_period_is_counted_from_the_years_first_month(period, start, calendar):
    assert mapped.calendar_period(pd.Series([period, None], dtype="str"), start).tolist()[0] == calendar


def test_a_ledger_with_dates_alone_takes_its_periods_from_them(tmp_path):
    cleaned = clean_mapped("acc;day;sum\n195;31.01.2024;1.234,50\n195;01.02.2024;-1\n", POSTINGS, tmp_path)
    assert cleaned.frame["period"].tolist() == ["2024-01", "2024-02"]
    assert cleaned.frame["amount_nok"].tolist() == [1234.5, -1.0]


def test_the_decimal_sign_of_the_mapping_decides_what_a_comma_is(tmp_path):
    rows = 'acc;day;sum\n195;31.01.2024;"1,234"\n'
    amounts = [
        clean_mapped(rows, POSTINGS + f"decimal_sign: '{sign}'\n", tmp_path).frame["amount_nok"].tolist()
        for sign in ",."
    ]
    assert amounts == [[1.234], [1234.0]]


def test_a_mapping_without_decimal_sign_takes_it_from_the_column_or_says_where_to_write_it(tmp_path):
    rows = 'acc;day;sum\n195;31.01.2024;"1,234"\n'
    assert clean_mapped(rows + "195;31.01.2024;5.5\n", POSTINGS, tmp_path).frame["amount_nok"].tolist() == [1234.0, 5.5]
    (tmp_path / "raw.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=r"raw.csv, line 2: .*1,234 can be 1234.*mappings\.desk, decimal_sign: '\.'"):
        read_file(tmp_path / "raw.csv", "raw.csv", with_mapping("desk", POSTINGS))


@pytest.mark.deep
def test_the_published_incidents_of_another_system_are_read_to_the_published_figures(shared):
    file = read_file(
        shared / "realdata/tickets_servicenow/incident_event_log.zip", "log.zip", with_mapping("desk", SERVICENOW)
    )
    cases = validate("tickets", combine_tickets([part.frame for part in file.parts])[0])
    resolved = cases[cases["resolved_at"].notna() & ~cases["resolved_at_imputed"]]
    hours = (resolved["resolved_at"] - resolved["created_at"]) / pd.Timedelta(hours=1)
    counts = {name: file.source[f"rows_{name}"] for name in ("read", "clean", "quarantined", "set_aside")}
    assert counts == {"read": 141_712, "clean": 24_918, "quarantined": 0, "set_aside": 116_794}
    assert (len(cases), cases["sla_met_source"].sum()) == (24_918, 15_803)
    assert (len(hours), round(hours.mean(), 2), round(hours.median(), 2)) == (23_362, 178.17, 22.10)


@pytest.mark.deep
def test_the_published_ledger_of_a_council_is_read_to_its_published_total(shared, tmp_path):
    raw = pd.read_parquet(shared / "realdata/ledger_gateshead/postings.parquet")
    raw.to_csv(tmp_path / "ledger.csv", index=False)
    file = read_file(tmp_path / "ledger.csv", "ledger.csv", with_mapping("council", COUNCIL))
    postings = pd.concat(part.frame for part in file.parts)
    assert (file.source["rows_read"], len(postings), file.source["rows_quarantined"]) == (943_525, 943_525, 0)
    assert postings["amount_nok"].sum() == pytest.approx(2_852_363_933.47, abs=0.005)
    # An independent count of the calendar months, from the fiscal period as a number; 13 belongs to 12.
    months = raw["period"] // 100 * 12 + (raw["period"] % 100).clip(upper=12) + 2
    expected = raw["amount"].groupby(months).sum()
    actual = postings.groupby("period")["amount_nok"].sum()
    assert actual.index.tolist() == [f"{month // 12}-{month % 12 + 1:02d}" for month in expected.index]
    assert actual.to_numpy() == pytest.approx(expected.to_numpy())


def test_an_art_that_lost_its_leading_zero_gets_it_back_also_in_a_mapped_ledger(tmp_path):
    cleaned = clean_mapped("acc;day;sum\n10;31.01.2024;1\nX1;31.01.2024;2\n", POSTINGS, tmp_path)
    assert cleaned.frame["account"].tolist() == ["010", "X1"]


def test_balance_accounts_of_a_mapped_ledger_are_set_aside_whatever_their_line(tmp_path):
    text = POSTINGS.replace("sum}", "sum, line: acc}") + "values: {line: {'195': Lønn}}\n"
    cleaned = clean_mapped("acc;day;sum\n195;31.01.2024;1\n2.13;31.01.2024;-1\n", text, tmp_path)
    assert cleaned.frame["account"].tolist() == ["195"]
    assert ["balance_accounts", 1] in cleaned.findings[["finding", "count"]].to_numpy().tolist()
    assert (cleaned.set_aside, len(cleaned.quarantine)) == (1, 0)


PAYEES = POSTINGS.replace("sum}", "sum, supplier_name: payee, text: note}")


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Total;;;;11", "total_row"),
        (";;;Sum;11", "total_row"),
        (";;;;11", "total_row"),
        (";;Total;;11", "total_row"),
        (";;;Sum;12", "total_row_differs"),
    ],
)
def test_a_total_row_of_a_mapped_ledger_is_set_aside_and_compared(tmp_path, row, found):
    rows = f"acc;day;payee;note;sum\n195;31.01.2024;A;;5\n195;31.01.2024;B;;6\n{row}\n"
    for text in (PAYEES, PAYEES + "constants: {account: '195', period: '202401'}\n"):
        cleaned = clean_mapped(rows, text, tmp_path)
        totals = cleaned.findings[cleaned.findings["finding"].str.startswith("total")]
        assert totals["finding"].tolist() == [found]
        assert (cleaned.frame["amount_nok"].tolist(), cleaned.set_aside) == ([5.0, 6.0], 1)


@pytest.mark.parametrize(
    ("row", "kept"),
    [("195;31.01.2024;Total Norge AS;;11", 1), (";31.01.2024;Total Norge AS;;11", 0), (";;Total Norge AS;;12", 0)],
)
def test_a_supplier_called_total_makes_no_total_row(tmp_path, row, kept):
    rows = f"acc;day;payee;note;sum\n195;31.01.2024;A;;5\n195;31.01.2024;B;;6\n{row}\n"
    cleaned = clean_mapped(rows, PAYEES, tmp_path)
    assert cleaned.set_aside == 0
    assert (len(cleaned.frame), len(cleaned.quarantine)) == (2 + kept, 1 - kept)
