"""The tables of PCs and of use: what is shown of them, and which records their numbers are."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import make_book, make_devices, make_stock, make_usage

from rorikt_lib.report import pc_changes, pc_doubts, pc_plan, pcs, usage, windows
from rorikt_lib.report.records import records
from rorikt_lib.report.show import chart, table

CHAPTERS = [pcs, pc_changes, pc_plan, pc_doubts, windows, usage]


def _book():
    """Two owners' PCs, most due in one year, a month before, and a stray."""
    fleet = [{"purchased_on": f"{year}-03-01"} for year in [2015, 2020, *[2021] * 9, 2022, 2023]]
    fleet += [{"purchased_on": "2015-03-01", "user_group": "pupil"}, {"municipality": None, "user_group": None}]
    numbered = [{"serial_no": f"P{n}"} | pc for n, pc in enumerate(fleet)]
    august = {"extracted_on": "2024-08-30", "last_seen_on": "2024-08-29"}
    stray = {"serial_no": "stray", "municipality": None, "user_group": None, "purchased_on": None} | august
    stock = make_stock({"user_group": "pupil", "in_stock": 1, "on_order": 1})
    return make_book(devices=make_devices(*numbered, *(pc | august for pc in numbered), stray), device_stock=stock)


@pytest.fixture(scope="module")
def book():
    return _book()


def _records(declared, book) -> pd.Series:
    return records(declared, book).set_index(["figure", "dimension", "member"]).value


def test_the_rollover_shows_the_need_of_a_municipality_once_and_sums_it(book):
    frame, rollover = pcs.ROLLOVER.frame(book), pcs.pc_rollover(book)
    assert frame.to_order_municipality.notna().sum() == len(rollover) // 2 + 1
    assert frame.to_order_municipality.iloc[-1] == frame.to_order.iloc[-1] == rollover.to_order.sum()
    assert frame.municipality.iloc[-1] == "SUM"
    counts = ["expired", "expiring", "in_stock", "on_order"]
    assert frame[counts].iloc[-1].tolist() == rollover[counts].sum().tolist()


def test_the_need_of_a_municipality_is_a_record_of_it_beside_those_of_its_groups(book):
    value = _records(pcs.ROLLOVER, book)
    groups = [value["devices.to_order", "municipality|user_group", f"Molde|{group}"] for group in ("Ansatt", "Elev")]
    assert groups == [1, 0]
    assert value["devices.to_order", "municipality", "Molde"] == 1
    assert value["devices.on_order", "municipality", "SUM"] == 1


def test_a_class_s_lifetime_and_price_are_records_in_years_and_kroner(book):
    made = records(pcs.CLASSES, book).set_index(["figure", "member"])
    assert made.loc[("devices.lifetime", "Uten klasse|Ansatt"), ["value", "unit"]].tolist() == [5, "years"]
    assert made.loc[("devices.price", "Uten klasse|Ansatt"), ["value", "unit"]].tolist() == [11_890, "NOK"]
    assert "11\u202f890 |" in table(pcs.CLASSES, book).text


def test_the_settings_that_sentences_tell_are_records(book):
    value = _records(pcs.RULES, book)
    names = {
        name: value[f"rules.pc_{name}", "", ""]
        for name in ("price_growth", "peak_share", "within_years", "not_seen_days")
    }
    devices = book.settings.devices
    assert names == devices.levelling.model_dump() | {
        "price_growth": devices.price_growth, "not_seen_days": devices.not_seen_days,
    }  # fmt: skip


def test_the_table_of_changes_has_strays_in_a_row_of_their_own_and_a_sum(book):
    frame, moves, coverage = (
        pc_changes.CHANGES.frame(book),
        pc_changes.pc_changes(book),
        pc_changes.COVERAGE.frame(book),
    )
    assert frame.municipality.tolist()[-2:] == ["unknown", "SUM"]
    assert frame.iloc[-1][["replaced", "gone", "added"]].tolist() == moves[["replaced", "gone", "added"]].sum().tolist()
    owners = coverage[coverage.municipality != "SUM"]
    due = owners.due.sum()
    assert frame.covered_share.iloc[-1] == (due - owners.to_order.sum()) / due
    assert pd.isna(frame.to_order.iloc[-2])


def test_without_a_month_before_the_need_is_a_record_all_the_same():
    book = make_book(devices=make_devices({"purchased_on": "2015-01-01"}))
    assert table(pc_changes.CHANGES, book).text == ""
    assert _records(pc_changes.COVERAGE, book)["devices.due", "municipality", "SUM"] == 1


def test_the_plan_s_tables_add_up(book):
    plan = pc_plan.replacement_plan(book)
    value = _records(pc_plan.PLAN, book)
    for year, pcs_to_buy in plan.groupby("year").to_buy.sum().items():
        assert value["devices.to_buy", "municipality|year", f"SUM|{year}"] == pcs_to_buy
        assert _records(pc_plan.YEARS, book)["devices.to_buy", "year", str(year)] == pcs_to_buy


def test_the_suggestion_is_shown_where_there_is_a_peak_and_in_the_years_only_where_it_is_another_than_the_plan(book):
    even = make_book(devices=make_devices(*({"purchased_on": f"{year}-03-01"} for year in range(2020, 2025))))
    assert "| 2024 |" in table(pc_plan.SUGGESTED, book).text
    assert table(pc_plan.SUGGESTED, even).text == ""
    assert pc_plan.YEARS_SHOWN.published(book).columns.tolist()[-2:] == ["suggested", "suggested_nok"]
    assert "suggested" not in pc_plan.YEARS_SHOWN.published(even)
    assert _records(pc_plan.YEARS, even)["devices.suggested", "year", "2025"] == 1


def test_costs_beside_counts_are_said_to_be_in_thousands_and_the_counts_not(book):
    lines = table(pc_plan.YEARS_SHOWN, book).text.splitlines()
    assert lines[-1].endswith("Kostnad i hele 1000. {#tabell-pc-plan-ar}")
    assert lines[2].startswith("| 2024 | 2 | 0 | 1 | 12 |")


def test_a_month_without_pcs_or_use_has_no_tables_charts_or_records_but_its_settings():
    book = make_book()
    declared = {
        each.key: each for chapter in CHAPTERS for each in vars(chapter).values() if type(each).__name__ == "Table"
    }
    assert {key for key, each in declared.items() if len(records(each, book))} == {"pc-regler"}
    assert [each.key for each in declared.values() if each.caption and table(each, book).text] == []
    drawn = [
        pc_plan.PURCHASES,
        windows.READINESS,
        usage.PORTAL_DAYS_CHART,
        usage.PORTAL_MONTHS_CHART,
        usage.CHATBOT_CHART,
    ]
    assert [each.key for each in drawn if chart(each, book).text or "image/svg+xml" in chart(each, book).forms] == []


def test_the_portal_s_months_are_shown_from_the_first_known_and_the_trend_is_as_long_as_the_book_says():
    rows = [{"date": f"2024-{m:02d}-05", "views": m, "unique_users": 1} for m in (6, 8, 9)]
    book = make_book(usage=make_usage(*rows))
    assert usage.PORTAL_MONTHS.frame(book).month.tolist()[0] == "2023-09"
    assert usage.PORTAL.published(book).month.tolist() == ["2024-06", "2024-08", "2024-09"]
    assert usage.PORTAL.published(book).columns.tolist() == ["month", *usage.PORTAL_COLUMNS]
    value = _records(usage.PORTAL_MONTHS, book)
    assert value["usage.views_change", "month|channel", "2024-09|Kompetanseportalen"] == 1
    assert _records(usage.PORTAL_DAYS, book)["usage.views", "date|channel", "2024-09-05|Kompetanseportalen"] == 9


def test_a_trend_of_one_month_still_has_its_change_from_the_month_before():
    rows = [{"date": f"2024-{m:02d}-05", "channel": "chatbot", "inquiries": m} for m in (8, 9)]
    book = replace(make_book(usage=make_usage(*rows)), trend_months=1)
    frame = usage.CHATBOT.frame(book)
    assert frame[["month", "inquiries", "inquiries_change"]].to_numpy().tolist() == [["2024-09", 9, 1]]


def test_inquiries_since_the_first_month_are_a_record():
    book = make_book(usage=make_usage({"channel": "chatbot", "inquiries": 4}))
    value = _records(usage.CHATBOT_SINCE, book)
    assert value["usage.inquiries_since", "from_month|channel", "2024-09|Chatbot"] == 4
    assert _records(usage.PORTAL_SINCE, book).empty


@pytest.mark.parametrize(("detail", "is_known"), [("municipality: 'Stranda'", False), ("user_group: 'Gjest'", True)])
def test_pcs_of_a_municipality_whose_names_nobody_mapped_are_unknown_not_none(detail, is_known):
    refused = {
        "table": "device_register",
        "source_file": "r.csv",
        "source_line": 2,
        "reason": "unknown_value",
        "raw": "",
    }
    month = make_book(
        devices=make_devices({"municipality": "Molde"}, {"municipality": "Aukra", "serial_no": "b"}),
        quarantine=pd.DataFrame([refused | {"detail": detail}]),
    )
    shown = [*pcs.pc_rollover(month).municipality.unique()]
    assert shown == (month.settings.municipality_names if is_known else ["Aukra", "Molde"])
