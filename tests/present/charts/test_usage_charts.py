"""The charts of portal and chatbot on ordinary, nasty and absent data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import assert_sound, assert_texts_are_apart_and_norwegian, contrast_to_white, drawn, words

from rorikt_lib.present.charts import usage as charts
from rorikt_lib.terms.period import last_months

NAN = float("nan")
WEEKDAYS = [
    4, 61, 88, 102, 95, 70, 8, 6, 120, 131, 140, 99, 85, 12, 9, 77, 91, 88, 79, 60, 5, 3, 70, 81, 66, 92, 54, 7, 2, 66,
]  # fmt: skip


def days(views: list[float | None], users: list[float | None], first: str = "2024-09-01") -> pd.DataFrame:
    date = pd.Series(pd.date_range(first, periods=len(views)))
    counts = {"views": pd.array(views, dtype="Int64"), "unique_users": pd.array(users, dtype="Int64")}
    return pd.DataFrame({"date": date, **counts, "is_weekend": date.dt.day_of_week >= 5})


def monthly(**columns: list) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"month": last_months("2024-09", count) if count else [], **columns})


# Name → chart function and its frame. The first of each function is an ordinary month.
CASES = {
    "portal_days": (charts.portal_days, days(WEEKDAYS, [n // 3 + 1 for n in WEEKDAYS])),
    "portal_days: gaps": (charts.portal_days, days([5, None, 7, 0, None], [None, None, 2, 0, None], "2024-10-02")),
    "portal_days: same height": (charts.portal_days, days([9] * 31, [9] * 31, "2024-10-01")),
    "portal_days: huge": (charts.portal_days, days([10_000_000] * 28, [9_999_999] * 28, "2023-02-01")),
    "portal_months": (charts.portal_months, monthly(views=[NAN] * 6 + [812, 1210, 1544, 900, 640, 1702, 1961], unique_users=[NAN] * 6 + [210, 280, 301, 190, 120, 344, 375])),
    "portal_months: one": (charts.portal_months, monthly(views=[1961], unique_users=[375])),
    "portal_months: users unknown": (charts.portal_months, monthly(views=[1, 2, 1961], unique_users=[NAN] * 3)),
    "portal_months: equal and huge": (charts.portal_months, monthly(views=[5e7] * 13, unique_users=[5e7] * 13)),
    "portal_months: last missing": (charts.portal_months, monthly(views=[5, 7, None], unique_users=[2, None, None])),
    "chatbot_months": (charts.chatbot_months, monthly(inquiries=[31, 44, 52, 61, 40, 38, 57, 66, 49, 12, 8, 47, 56])),
    "chatbot_months: huge and missing": (charts.chatbot_months, monthly(inquiries=[NAN, 1e7, 2, 0, 1.2e7])),
    "chatbot_months: huge": (charts.chatbot_months, monthly(inquiries=[1e7 + n for n in range(13)])),
    "chatbot_months: zero": (charts.chatbot_months, monthly(inquiries=[0])),
}  # fmt: skip
EMPTY = {
    "portal_days": (charts.portal_days, days([None] * 3, [None] * 3)),
    "portal_months": (charts.portal_months, monthly(views=[NAN], unique_users=[NAN])),
    "chatbot_months": (charts.chatbot_months, monthly(inquiries=[None, None])),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.deep
def test_texts_are_apart_and_norwegian(name):
    assert_texts_are_apart_and_norwegian(CASES[name])


@pytest.mark.parametrize("name", [name for name in CASES if ":" not in name])
@pytest.mark.deep
def test_a_chart_is_drawn_alike_from_the_same_frame_and_leaves_all_alone(name):
    assert_sound(CASES[name])


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_is_drawn_where_nothing_is_known(name):
    assert drawn(EMPTY[name]) is None


def test_weekends_are_lighter_than_weekdays():
    bars = drawn(CASES["portal_days"]).axes[0].patches
    light = [contrast_to_white(bar.get_facecolor()) < 5 for bar in bars]
    assert [day for day, is_light in enumerate(light, start=1) if is_light] == [1, 7, 8, 14, 15, 21, 22, 28, 29]


def test_months_before_the_launch_are_blank_and_the_last_is_labelled():
    chart = drawn(CASES["portal_months"])
    heights = np.array([bar.get_height() for bar in chart.axes[0].patches])
    assert np.isnan(heights[:6]).all()
    assert heights[6:].tolist() == [812, 1210, 1544, 900, 640, 1702, 1961]
    assert {"Visninger 1 961", "Unike brukere 375"} <= set(words(chart))


def test_an_unknown_last_month_is_a_dash_and_not_the_month_before():
    assert {"Visninger –", "Unike brukere –"} <= set(words(drawn(CASES["portal_months: last missing"])))


def test_each_month_of_the_chatbot_has_its_number_where_there_is_room():
    assert {"31", "44", "8", "56", "Henvendelser"} <= set(words(drawn(CASES["chatbot_months"])))
    crowded = words(drawn(CASES["chatbot_months: huge"]))
    assert "10 000 012" in crowded
    assert "10 000 011" not in crowded


def test_no_grid_runs_through_the_numbers_of_columns_that_have_room_for_them():
    def grid(name: str) -> list[bool]:
        return [line.get_visible() for line in drawn(CASES[name]).axes[0].get_ygridlines()]

    assert not any(grid("chatbot_months"))
    assert all(grid("chatbot_months: huge"))
