"""Frames as Markdown tables: what pandoc reads out of them is what went in."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pypandoc
import pytest
from lxml import html

from rorikt_lib.present import tables
from rorikt_lib.present.markdown import DOCUMENT
from rorikt_lib.terms.enums import Weekday

NASTY = [
    "a|b", "*a*", "**", "_b_", "__init__", "[c](d)", "![c](d)", "<b>x</b>", "<!-- x -->", "$1$ og $2$", "$$x$$", "`k`",
    "a\\b", "\\|", "~x~", "~~x~~", "^2^", "[^1]", "x^[note]", "# h", "@kilde", "[@kilde]", "(@a)", "{.x}", "R&amp;D",
    "&lt;", "a -- b", "a --- b", "slutt...", '"sitat"', "O'Neill", "https://x.no <a@b.no>", "- liste", "1. punkt",
    "---", "+--+", ":::", ": tekst", "||", "> x", "Rør & kabel", "#tag", "§ 5", "a=b", "2+2", "–", "½",
]  # fmt: skip


def _rendered(markdown: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{pypandoc.convert_text(markdown, 'html', format=DOCUMENT)}</div>")


def _lines(markdown: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines() if line.startswith("|")
    ]


def test_no_text_in_the_data_is_read_as_markup():
    frame = pd.DataFrame({"category": NASTY, "created": range(len(NASTY))})
    cells = _rendered(tables.table(frame, "k", "Saker")).xpath("//tbody/tr")
    assert [[td.text_content() for td in row] for row in cells] == [[text, str(n)] for n, text in enumerate(NASTY)]
    assert not [td for row in cells for td in row if len(td)]


def test_a_text_of_several_lines_stays_in_its_row():
    frame = pd.DataFrame({"reason": ["første\nandre\r\n\n| tredje |"], "change_nok": [1000.0]})
    row = _rendered(tables.table(frame, "k", "Bro")).xpath("//tbody/tr")
    assert [td.text_content() for td in row[0]] == ["første andre | tredje |", "1"]
    assert len(row) == 1


def test_names_and_times_stand_left_and_numbers_right():
    frame = pd.DataFrame({"month": ["2024-09"], "priority": ["high"], "within": [4], "share_within": [0.8]})
    table = _rendered(tables.table(frame, "k", "SLA"))
    assert [td.get("style") for td in table.xpath("//tbody/tr/td")] == [None, None, *["text-align: right;"] * 2]


def test_heads_are_labels_and_the_caption_carries_its_id():
    frame = pd.DataFrame({"priority": ["high"], "within": [4]})
    table = _rendered(tables.table(frame, "sla", "Saker innen frist."))
    assert [th.text_content() for th in table.xpath("//thead//th")] == ["Prioritet", "OK"]
    assert table.xpath("//table/@id") == ["tabell-sla"]
    assert table.xpath("//caption")[0].text_content() == "Saker innen frist."


def test_the_last_row_of_a_summed_table_is_bold_and_no_other():
    frame = pd.DataFrame({"line": ["Lønn", "SUM"], "actual_nok": [1_500.0, 2_500.0], "reason": ["a", None]})
    rows = _rendered(tables.table(frame, "k", "Kostnader", total=True)).xpath("//tbody/tr")
    assert [[td.text_content() for td in row] for row in rows] == [["Lønn", "2", "a"], ["Sum", "3", ""]]
    assert [[bool(td.xpath("strong")) for td in row] for row in rows] == [[False] * 3, [True, True, False]]


def test_without_a_sum_nothing_is_bold():
    frame = pd.DataFrame({"line": ["Lønn"], "actual_nok": [1_500.0]})
    assert not _rendered(tables.table(frame, "k", "Kostnader")).xpath("//strong")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("actual_nok", 1_234_500.0, "1\u202f235"),
        ("variance_nok", -1_500.0, "\u22122"),
        ("share", 0.125, "12,5\u00a0%"),
        ("created", 1234, "1\u202f234"),
        ("mean", 5.85, "5,9"),
        ("per_100_users", 3.25, "3,3"),
        ("target", 3.0, "3"),
        ("target", 2.5, "2,5"),
        ("month", "2024-09", "september\u00a02024"),
        ("date", dt.date(2024, 9, 7), "07.09.2024"),
        ("date", pd.Timestamp("2024-09-07"), "07.09.2024"),
        ("priority", "critical", "Kritisk"),
        ("user_group", "pupil", "Elev"),
        ("type", "request", "Tjenesteforespørsel"),
        ("category", "unknown", "Ikke oppgitt"),
        ("unit", "days", "dager"),
        ("year", 2024, "2024"),
        ("age_days", "365-", "Over ett år"),
        ("line", "SUM", "Sum"),
        ("views_change", 1234, "+1\u202f234"),
        ("views_change", -3, "\u22123"),
        ("views_change", 0, "0"),
        ("model_class", "other", "Uten klasse"),
    ],
)
def test_a_value_is_written_after_its_columns_unit(column, value, expected):
    assert tables.cell(column, value) == expected


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_number_is_a_dash_and_a_missing_text_or_count_of_pcs_is_empty(missing):
    assert {tables.cell(c, missing) for c in ("actual_nok", "share", "created", "mean", "date", "target")} == {"–"}
    assert {tables.cell(c, missing) for c in ("reason", "to_order_municipality")} == {""}


def test_a_column_without_a_label_stops_the_table():
    with pytest.raises(KeyError, match="mystery"):
        tables.table(pd.DataFrame({"mystery": [1]}), "k", "X")


def test_months_become_columns_oldest_first_and_rows_keep_their_order():
    frame = pd.DataFrame(
        [
            ["Skriver", "2024-08", 3],
            ["Skriver", "2024-09", 9],
            ["Nettverk", "2024-08", 1234],
            ["Nettverk", "2024-09", 2],
        ],
        columns=["category", "month", "created"],
    )
    assert _lines(tables.table(frame, "k", "Saker", across="month")) == [
        ["Kategori", "august 2024", "september 2024"],
        ["---", "---:", "---:"],
        ["Skriver", "3", "9"],
        ["Nettverk", "1\u202f234", "2"],
    ]


def test_years_become_columns_of_rows_named_by_several_columns_with_the_sum_in_bold():
    frame = pd.DataFrame(
        [
            ["Molde", "pupil", 2024, 3_400.0], ["Molde", "pupil", 2025, 9_500.0], ["Aukra", "staff", 2024, 0.0],
            ["Aukra", "staff", 2025, 1_000.0], ["SUM", None, 2024, 3_400.0], ["SUM", None, 2025, 10_500.0],
        ],
        columns=["municipality", "user_group", "year", "cost_nok"],
    )  # fmt: skip
    assert _lines(tables.table(frame, "k", "Kostnad", total=True, across="year")) == [
        ["Kommune", "Brukergruppe", "2024", "2025"],
        ["---", "---", "---:", "---:"],
        ["Molde", "Elev", "3", "10"],
        ["Aukra", "Ansatt", "0", "1"],
        ["**Sum**", "", "**3**", "**11**"],
    ]


@pytest.mark.parametrize(
    ("across", "given", "heads"),
    [
        ("priority", ["low", "medium", "high", "critical"], ["Lav", "Medium", "Høy", "Kritisk"]),
        ("weekday", [*Weekday], ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]),
        ("municipality", ["Vestnes", "Aukra", "SUM"], ["Vestnes", "Aukra", "Sum"]),
        ("month", ["2024-09", "2024-08"], ["august 2024", "september 2024"]),
        ("year", [2025, 2024], ["2024", "2025"]),
    ],
)
def test_only_times_are_put_in_order_side_by_side_and_what_has_an_order_keeps_it(across, given, heads):
    frame = pd.DataFrame({"category": "Skriver", across: given, "created": 1})
    head, *_ = _lines(tables.table(frame, "k", "Saker", across=across))
    assert [text.lower() for text in head[1:]] == [text.lower() for text in heads]


def test_a_month_that_a_row_lacks_is_a_dash():
    frame = pd.DataFrame(
        [["Skriver", "2023-09", 3], ["Nettverk", "2024-09", 2]], columns=["category", "month", "created"]
    )
    assert _lines(tables.table(frame, "k", "Saker", across="month"))[2:] == [
        ["Skriver", "3", "–"],
        ["Nettverk", "–", "2"],
    ]


def test_several_measures_of_a_month_stand_below_its_name():
    frame = pd.DataFrame(
        [["low", "2024-08", 1, 0], ["high", "2024-08", 3, 2], ["low", "2024-09", 5, 0], ["high", "2024-09", 7, 1]],
        columns=["priority", "month", "within", "breached"],
    )
    assert _lines(tables.table(frame, "sla", "Saker", across="month")) == [
        ["Prioritet", *(f"[{m} 2024]{{.over}} {what}" for m in ("august", "september") for what in ("OK", "Brudd"))],
        ["---", *["---:"] * 4],
        ["Lav", "1", "0", "5", "0"],
        ["Høy", "3", "2", "7", "1"],
    ]


def test_a_name_of_several_rows_is_marked_where_it_is_said_again():
    frame = pd.DataFrame(
        {"municipality": ["Molde", "Molde", "Rauma"], "user_group": ["staff", "pupil", "pupil"], "to_order": [1, 1, 1]}
    )
    rows = _lines(tables.table(frame, "k", "PC-er"))[2:]
    assert [row[0] for row in rows] == ["Molde", "[Molde]{.again}", "Rauma"]
    rows = _lines(tables.table(frame.drop(columns="user_group"), "k", "PC-er"))[2:]
    assert [row[0] for row in rows] == ["Molde", "Molde", "Rauma"]


def test_a_change_has_its_sign():
    assert [tables.cell("change_month", value) for value in (3, -3, 0, None)] == ["+3", "−3", "0", "–"]
