"""The pictures of how cases spread, for both widths, and where counts are hidden or there are none."""

from __future__ import annotations

import pandas as pd
import pytest
from drawings import assert_sound, assert_texts_are_apart_and_norwegian, drawn, words

from rorikt_lib.present.charts import spread as charts
from rorikt_lib.present.charts.colours import HEAT
from rorikt_lib.present.charts.style import Width, drawn_for
from rorikt_lib.terms.enums import Weekday
from rorikt_lib.tickets.spread import HOURS, TIME_BANDS

NAN = float("nan")


def times(**of_priority: list[float]) -> pd.DataFrame:
    rows = [
        (priority, band, cases)
        for priority, counts in of_priority.items()
        for band, cases in zip(TIME_BANDS, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["priority", "time_band", "cases"]).assign(target=3.0, unit="days")


def week(*, busiest: float = 390, others: float = 12) -> pd.DataFrame:
    table = pd.DataFrame([(hour, day) for hour in HOURS for day in Weekday], columns=["hour", "weekday"])
    table["weekday"] = pd.Categorical(table.weekday, [*Weekday])
    return table.assign(created=[busiest, *[others] * (len(table) - 1)], first="2023-10", last="2024-09")


CASES = {
    "time_against_target": (charts.time_against_target, times(low=[8, 3, 0, 1, 1, 0], medium=[336, 80, 35, 31, 3, 77], high=[0, 0, 3, 1, 0, 1])),
    "time_against_target: one": (charts.time_against_target, times(critical=[0, 1, 0, 0, 0, 0])),
    "time_against_target: huge": (charts.time_against_target, times(medium=[10**6, 10**6, 10**6, 10**5, 10**6, 9])),
    "time_against_target: hidden": (charts.time_against_target, times(medium=[30, NAN, 0, 0, NAN, 7], high=[NAN] * 6)),
    "arrivals": (charts.arrivals, week()),
    "arrivals: many": (charts.arrivals, week(busiest=12_345, others=9_876)),
    "arrivals: hidden": (charts.arrivals, week(others=NAN)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.deep
def test_texts_are_apart_and_norwegian(name):
    assert_texts_are_apart_and_norwegian(CASES[name])


@pytest.mark.deep
def test_a_chart_is_drawn_alike_from_the_same_frame_and_leaves_all_alone():
    assert_sound(CASES["time_against_target"])


def test_the_deadline_stands_between_what_was_in_time_and_what_was_not():
    (axes, *_) = drawn(CASES["time_against_target: one"]).axes
    assert [line.get_xdata()[0] for line in axes.lines] == [3.5]
    assert len({bar.get_facecolor() for bar in axes.patches[:4]}) == 1
    assert axes.patches[3].get_facecolor() != axes.patches[4].get_facecolor()
    assert axes.get_ylim()[0] == 0


def test_each_priority_has_a_panel_that_says_its_deadline_and_how_many_were_solved():
    shown = words(drawn(CASES["time_against_target"]))
    assert {"Lav, frist 3 dager: 13 løst", "Medium, frist 3 dager: 562 løst", "Høy, frist 3 dager: 5 løst"} <= set(
        shown
    )


def test_a_hidden_count_is_a_dash_and_so_is_their_sum():
    shown = words(drawn(CASES["time_against_target: hidden"]))
    assert "Medium, frist 3 dager: – løst" in shown
    assert shown.count("–") == 2 + 6
    assert words(drawn(CASES["arrivals: hidden"])).count("–") == len(HOURS) * len(Weekday) - 1


@pytest.mark.parametrize(("width", "rows"), [(Width.WIDE, len(Weekday)), (Width.NARROW, len(HOURS))])
def test_the_week_lies_across_a_wide_screen_and_down_a_narrow_one_and_the_busiest_hour_is_the_darkest(width, rows):
    with drawn_for(width):
        (axes,) = drawn(CASES["arrivals"]).axes
    assert len(axes.get_yticks()) == rows
    (mesh,) = axes.collections
    mesh.update_scalarmappable()
    darkest = mesh.get_facecolors()[0]
    assert [round(255 * part) for part in darkest[:3]] == [int(HEAT[-1][i : i + 2], 16) for i in (1, 3, 5)]


@pytest.mark.parametrize(
    ("draw", "frame"), [(charts.time_against_target, times(low=[0] * 6)), (charts.arrivals, week(busiest=0, others=0))]
)
def test_where_no_cases_are_nothing_is_drawn(draw, frame):
    assert draw(frame) is None
