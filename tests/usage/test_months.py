"""Portal and chatbot: what is given per month, what may be summed from the days, what is missing."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from builders import make_usage
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.usage.months import by_day, by_month, known, since_first, with_changes

MONTHS = ["2024-07", "2024-08", "2024-09"]
MONTHLY = {"span": "month", "date": "2024-09-01"}


def _portal(*rows: dict) -> pd.DataFrame:
    return by_month(make_usage(*rows), "portal", MONTHS).set_index("month")


def test_a_months_own_row_counts_and_its_days_are_not_added():
    row = _portal(MONTHLY | {"views": 100, "unique_users": 40}, {"views": 60}, {"views": 30, "date": "2024-09-03"}).loc[
        "2024-09"
    ]
    assert (row.views, row.unique_users) == (100, 40)


def test_views_are_summed_from_the_days_only_where_the_month_has_no_row():
    days = [{"views": 10, "unique_users": 7}, {"views": 20, "unique_users": 9, "date": "2024-09-30"}]
    row = _portal(*days).loc["2024-09"]
    assert row.views == 30
    assert pd.isna(row.unique_users)


def test_a_monthly_row_without_views_takes_them_from_its_days():
    row = _portal(MONTHLY | {"unique_users": 40}, {"views": 10}, {"views": 5, "date": "2024-09-03"}).loc["2024-09"]
    assert (row.views, row.unique_users) == (15, 40)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_unique_users_are_never_summed(users):
    days = [{"date": f"2024-09-{n:02d}", "views": u + 1, "unique_users": u} for n, u in enumerate(users, start=1)]
    row = _portal(*days).loc["2024-09"]
    assert row.views == sum(users) + len(users)
    assert pd.isna(row.unique_users)


def test_a_month_of_no_views_is_nothing_and_a_month_without_figures_is_missing():
    table = _portal(MONTHLY | {"views": 0, "unique_users": 0}, {"date": "2024-08-02", "views": 0})
    assert table.index.tolist() == MONTHS
    assert table.views.iloc[1:].tolist() == [0, 0]
    assert pd.isna(table.views["2024-07"])
    assert table.unique_users["2024-09"] == 0


def test_the_channels_do_not_mix():
    usage = make_usage(
        {"views": 10},
        {"channel": "chatbot", "inquiries": 3},
        {"channel": "chatbot", "inquiries": 4, "date": "2024-09-03"},
    )
    chatbot = by_month(usage, "chatbot", MONTHS)
    assert chatbot.columns.tolist() == ["month", "inquiries"]
    assert chatbot.inquiries.tolist()[2] == 7
    assert by_month(usage, "portal", MONTHS).views.tolist()[2] == 10


def test_a_month_outside_those_asked_for_is_not_shown():
    table = _portal({"date": "2023-09-02", "views": 5}, {"date": "2024-10-01", "views": 6})
    assert table.views.isna().all()


def test_users_since_launch_are_the_months_own():
    table = _portal(
        MONTHLY | {"views": 1, "unique_users_since_launch": 900},
        {"views": 1, "unique_users_since_launch": 880, "date": "2024-08-30"},
    )
    assert table.unique_users_since_launch["2024-09"] == 900
    assert pd.isna(table.unique_users_since_launch["2024-08"])


@pytest.mark.parametrize(("month", "length"), [("2024-02", 29), ("2023-02", 28), ("2024-09", 30), ("2024-12", 31)])
def test_every_day_of_the_month_has_a_row(month, length):
    table = by_day(make_usage({"date": f"{month}-05", "views": 3}), "portal", month)
    assert len(table) == length
    assert table.views.notna().sum() == 1


def test_days_keep_their_figures_and_weekends_are_marked():
    usage = make_usage({"views": 3, "unique_users": 2}, MONTHLY | {"views": 999}, {"date": "2024-08-31", "views": 8})
    table = by_day(usage, "portal", "2024-09")
    weekend = [dt.date(2024, 9, n).weekday() >= 5 for n in range(1, 31)]
    assert table.is_weekend.tolist() == weekend
    assert table.set_index("date").views.dropna().to_dict() == {pd.Timestamp("2024-09-02"): 3}
    assert table.unique_users.dropna().tolist() == [2]


def test_the_change_is_from_the_month_before_and_missing_where_either_is():
    rows = [("2024-07", 10, 4), ("2024-08", 7, None), ("2024-09", 9, 5)]
    usage = make_usage(*({"span": "month", "date": f"{m}-01", "views": v, "unique_users": u} for m, v, u in rows))
    table = with_changes(by_month(usage, "portal", MONTHS))
    assert table.columns.tolist() == [
        "month",
        "views",
        "views_change",
        "unique_users",
        "unique_users_change",
        "unique_users_since_launch",
    ]
    assert table.views_change.tolist()[1:] == [-3, 2]
    assert pd.isna(table.views_change[0])
    assert table.unique_users_change.isna().all()


def _since(*rows: dict, month: str = "2024-09", channel: str = "portal") -> pd.DataFrame:
    return since_first(make_usage(*rows), channel, month)


def test_views_since_the_first_month_are_those_of_every_month_to_the_report_s():
    days = [{"date": f"2024-{m:02d}-05", "views": m, "unique_users": 1} for m in range(6, 11)]
    assert _since(*days).to_dict("records") == [{"from_month": "2024-06", "views_since": 6 + 7 + 8 + 9}]
    assert _since(*days, month="2024-06").views_since.tolist() == [6]
    assert _since(*days, month="2024-05").empty


def test_a_month_without_figures_makes_the_sum_since_the_first_unknown():
    table = _since({"date": "2024-07-05", "views": 3}, {"date": "2024-09-05", "views": 3})
    assert table.from_month.tolist() == ["2024-07"]
    assert table.views_since.isna().all()


def test_inquiries_are_summed_likewise_and_without_any_there_is_no_first_month():
    chatbot = {"channel": "chatbot", "inquiries": 4}
    assert _since(chatbot, channel="chatbot").inquiries_since.tolist() == [4]
    assert _since(chatbot).empty
    assert _since().empty


def test_a_month_with_any_figure_is_known():
    rows = [{"date": "2024-07-05", "views": 3}, MONTHLY | {"unique_users_since_launch": 9}]
    table = with_changes(by_month(make_usage(*rows), "portal", MONTHS)).assign(channel="portal")
    assert known(table).month.tolist() == ["2024-07", "2024-09"]
