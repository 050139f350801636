"""Tables for spreadsheets: heads say the unit, values are what was measured, and a CSV reads as Norwegian Excel does."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal

import pandas as pd
import pytest

from rorikt_lib.present.sheets import DATE, MONTH, PLAIN, TEXT, csv_of, sheet_from, sheet_of

CASES = pd.DataFrame(
    {
        "date": [pd.Timestamp("2024-09-03"), pd.NaT], "priority": ["critical", "high"], "hours": [2.345678, None],
        "cause": ["Feil; «nede»", None], "within": [1, 2],
    }
)  # fmt: skip


def made(frame: pd.DataFrame, **look: object):
    return sheet_of(frame, "k", "tabell-k", "Saker.", **look)


def test_values_are_unrounded_and_what_is_missing_is_nothing():
    sheet = made(CASES)
    assert [column.values for column in sheet.columns] == [
        ("2024-09-03", None),
        ("Kritisk", "Høy"),
        (2.345678, None),
        ("Feil; «nede»", None),
        (1.0, 2.0),
    ]
    assert [column.format for column in sheet.columns] == [DATE, TEXT, "#,##0.0", TEXT, "#,##0"]


def test_heads_say_the_unit_once():
    frame = pd.DataFrame(
        {"actual_nok": [1.5], "share": [0.1], "price_nok": [2.0], "created": [3], "views": [4], "mean": [4.5]}
    )
    heads = [column.head for column in made(frame).columns]
    assert heads == ["Regnskap (kr)", "Andel (%)", "Pris (kr)", "Nye (saker)", "Visninger", "Gjennomsnitt"]


def test_a_unit_within_a_name_is_not_said_and_a_name_is_text():
    names = ["Aukra", "Våler (Østfold)", "Nore & Uvdal", "IKT_*Nord*"]
    frame = pd.DataFrame([["2024", name, 1.5] for name in names], columns=["year", "municipality", "amount_nok"])
    heads = [column.head for column in made(frame, across="municipality").columns]
    assert heads[1:] == [f"{name} (kr)" for name in names]


def test_exact_amounts_are_numbers():
    (column,) = made(pd.DataFrame({"variance_nok": [Decimal("156776.25"), None]})).columns
    assert column.values == (156776.25, None)
    assert isinstance(column.values[0], float)


def test_months_are_days_and_years_are_numbers():
    frame = pd.DataFrame({"month": ["2024-09", "SUM"], "year": [2024, 2025]})
    month, year = made(frame).columns
    assert (month.values, month.format) == (("2024-09-01", "Sum"), MONTH)
    assert (year.values, year.format) == ((2024.0, 2025.0), PLAIN)


def test_what_stands_below_one_head_is_told_apart_by_it():
    frame = pd.DataFrame(
        [["low", "2024-08", 1, 2], ["high", "2024-08", 3, 4], ["low", "2024-09", 5, 6], ["high", "2024-09", 7, 8]],
        columns=["priority", "month", "within", "breached"],
    )
    sheet = made(frame, across="month")
    assert [column.head for column in sheet.columns] == [
        "Prioritet",
        "august 2024: Innenfor frist (saker)",
        "august 2024: Brudd (saker)",
        "september 2024: Innenfor frist (saker)",
        "september 2024: Brudd (saker)",
    ]
    assert [column.values for column in sheet.columns[1:]] == [(1.0, 3.0), (2.0, 4.0), (5.0, 7.0), (6.0, 8.0)]


def test_columns_of_one_name_say_what_they_mean():
    frame = pd.DataFrame({"views_change": [1], "unique_users_change": [2]})
    assert [column.head for column in made(frame).columns] == [
        "Endring i visninger fra måneden før",
        "Endring i unike brukere fra måneden før",
    ]


def test_a_name_stands_in_each_of_its_rows():
    frame = pd.DataFrame({"municipality": ["Molde", "Molde"], "user_group": ["staff", "pupil"], "to_order": [1, 2]})
    assert made(frame).columns[0].values == ("Molde", "Molde")


def test_the_last_row_of_a_summed_table_and_those_named_are_bold():
    frame = pd.DataFrame({"line": ["Lønn", "Drift", "SUM"], "actual_nok": [1.0, 2.0, 3.0]})
    assert made(frame, total=True, strong={"Drift"}).bold == (1, 2)
    assert made(frame).bold == ()


def test_a_csv_is_written_as_a_norwegian_spreadsheet_reads_it():
    assert csv_of(made(CASES)) == (
        "Dato;Prioritet;Brukt tid (timer);Årsak til brudd;Innenfor frist (saker)\n"
        '03.09.2024;Kritisk;2,3457;"Feil; «nede»";1\n;Høy;;;2\n'
    )
    frame = pd.DataFrame({"month": ["2024-09"], "share": [0.12345], "actual_nok": [-1234567.8]})
    assert csv_of(made(frame)).splitlines()[1] == "september 2024;12,345;-1234567,8"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum"])
def test_no_text_of_a_csv_is_a_formula(text):
    assert csv_of(made(pd.DataFrame({"cause": [text]}))).splitlines()[1] == f"'{text}"


def test_a_sheet_is_the_same_after_a_notebook_has_kept_it():
    sheet = made(CASES, total=True)
    assert sheet_from(json.loads(json.dumps(asdict(sheet)))) == sheet
