"""The charts of PCs on ordinary and nasty data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import LONG_NAMES, assert_sound, assert_texts_are_apart_and_norwegian, drawn, words

from rorikt_lib.devices.windows import with_total
from rorikt_lib.present.charts import pcs as charts
from rorikt_lib.present.charts.style import Width, drawn_for

PLACES = ["Aukra", "Hustadvika", "Molde", "Rauma", "Vestnes"]
LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"


def plan(counts: list[tuple[int, int]], suggested: list[int] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The plan by user group and by year, from so many PCs of staff and of pupils in each."""
    years = range(2024, 2024 + len(counts))
    rows = [("staff", year, pair[0]) for year, pair in zip(years, counts, strict=True)]
    rows += [("pupil", year, pair[1]) for year, pair in zip(years, counts, strict=True)]
    sums = pd.DataFrame({"year": [*years], "to_buy": [sum(pair) for pair in counts]})
    spread = sums.to_buy if suggested is None else suggested
    groups = pd.DataFrame(rows, columns=["user_group", "year", "to_buy"])
    return groups, sums.assign(cost_nok=sums.to_buy * 7_654.0, suggested=spread)


def windows(*counts: tuple[int, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(counts, columns=["windows_11", "older_windows", "unknown_build"])
    table.insert(0, "municipality", [*PLACES, LONG][: len(table)])
    return with_shares(table)


def with_shares(table: pd.DataFrame) -> pd.DataFrame:
    total = table[["windows_11", "older_windows", "unknown_build"]].sum(axis=1)
    return with_total(table.assign(share_windows_11=(table.windows_11 / total).where(total > 0)))


ORDINARY = [(389, 620), (210, 480), (333, 512), (402, 611), (280, 590)]
# Name → chart function and its frames. The first of each function is an ordinary month.
CASES = {
    "pcs_per_year": (charts.pcs_per_year, *plan(ORDINARY)),
    "pcs_per_year: spread": (charts.pcs_per_year, *plan([(389, 620), (210, 480), (333, 1512), (402, 611), (280, 590)], [1009, 1100, 1110, 1120, 1190])),
    "pcs_per_year: spread to none": (charts.pcs_per_year, *plan([(0, 0), (0, 0), (5, 900)], [0, 452, 453])),
    "pcs_per_year: few": (charts.pcs_per_year, *plan([(0, 1), (1, 0), (0, 0), (900, 2), (1, 1)])),
    "pcs_per_year: one year": (charts.pcs_per_year, *plan([(3, 0)])),
    "pcs_per_year: none": (charts.pcs_per_year, *plan([(0, 0), (0, 0)])),
    "pcs_per_year: huge": (charts.pcs_per_year, *plan([(1_250_000, 9_000_000)] * 5)),
    "windows_readiness": (charts.windows_readiness, windows((212, 31, 2), (610, 120, 11), (1502, 201, 20), (288, 66, 0), (351, 40, 4))),
    "windows_readiness: none and nearly": (charts.windows_readiness, windows((0, 0, 0), (0, 9, 0), (9999, 1, 0), (1, 0, 0), (0, 0, 3), (999_999, 5, 5))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.deep
def test_texts_are_apart_and_norwegian(name):
    assert_texts_are_apart_and_norwegian(CASES[name])


@pytest.mark.parametrize("long", LONG_NAMES)
@pytest.mark.filterwarnings("error")
@pytest.mark.deep
def test_a_municipality_s_long_name_has_room_for_its_value(long):
    table = windows((9999, 1, 0), (999_999, 5, 5), (0, 0, 0)).replace({"municipality": {"Hustadvika": long}})
    assert_texts_are_apart_and_norwegian((charts.windows_readiness, table))


@pytest.mark.parametrize("name", [name for name in CASES if ":" not in name])
def test_a_chart_is_drawn_alike_from_the_same_frames_and_leaves_all_alone(name):
    assert_sound(CASES[name])


def test_pcs_of_both_groups_stand_on_each_other_and_add_up():
    chart = drawn(CASES["pcs_per_year"])
    staff, pupil = chart.axes[0].containers
    assert [bar.get_y() for bar in pupil] == [bar.get_height() for bar in staff] == [389, 210, 333, 402, 280]
    assert {"1 009", "690", "389", "620", "Ansatt", "Elev", "2028", "7,7 mill. kr"} <= set(words(chart))
    assert "Forslag" not in words(chart)


def test_totals_too_wide_to_stand_side_by_side_are_only_the_last_year_s_and_a_grid():
    with drawn_for(Width.NARROW):
        chart = drawn(CASES["pcs_per_year: huge"])
    assert words(chart).count("10 250 000") == words(chart).count("78 453,5") == 1
    assert all(line.get_visible() for line in chart.axes[0].get_ygridlines())


def test_what_is_suggested_is_marked_in_the_years_after_the_report_s():
    chart = drawn(CASES["pcs_per_year: spread"])
    (marks,) = chart.axes[0].collections
    assert [segment[0][1] for segment in marks.get_segments()] == [1100, 1110, 1120, 1190]
    assert "Forslag" in words(chart)


def test_windows_shares_fill_each_bar_and_a_place_without_pcs_has_none():
    chart = drawn(CASES["windows_readiness"])
    widths = np.array([[bar.get_width() for bar in part] for part in chart.axes[0].containers])
    assert widths.sum(axis=0) == pytest.approx(1)
    assert widths[:, 0] == pytest.approx([212 / 245, 31 / 245, 2 / 245])
    assert "86,5 % (212 av 245)" in words(chart)
    assert "ingen PC-er" in words(drawn(CASES["windows_readiness: none and nearly"]))


def test_the_sum_of_the_municipalities_has_no_bar():
    chart = drawn(CASES["windows_readiness"])
    assert [tick.get_text() for tick in chart.axes[0].get_yticklabels()] == PLACES


def test_the_key_names_only_what_occurs():
    assert "Ukjent versjon" in words(drawn(CASES["windows_readiness"]))
    assert "Ukjent versjon" not in words(charts.windows_readiness(windows((212, 31, 0), (610, 120, 0))))


def test_no_grid_runs_through_the_numbers_of_columns():
    assert not any(line.get_visible() for line in drawn(CASES["pcs_per_year"]).axes[0].get_ygridlines())
