"""The small picture of a key figure."""

from __future__ import annotations

import pandas as pd
from lxml import etree

from rorikt_lib.present.charts.course import EDGE, HEIGHT, WIDTH, course_svg

NONE = pd.Series(dtype=float)
SPACE = "{http://www.w3.org/2000/svg}"


def lines(svg: bytes, of: str) -> list[list[tuple[float, float]]]:
    """The points of each line of a class."""
    found = etree.fromstring(svg).iterfind(f"{SPACE}polyline[@class='{of}']")
    return [[tuple(map(float, point.split(","))) for point in line.get("points").split()] for line in found]


def test_a_higher_value_is_higher_and_months_are_as_far_apart_as_they_are():
    ((first, second, last),) = lines(
        course_svg(pd.Series({"2024-07": 2.0, "2024-08": 4.0, "2024-09": 3.0}), NONE), "line"
    )
    assert first[1] > last[1] > second[1]
    assert (first[0], last[0]) == (EDGE, WIDTH - EDGE)
    assert second[0] - first[0] == last[0] - second[0]


def test_a_month_that_is_not_known_breaks_the_line_and_one_alone_is_a_dot():
    runs = lines(course_svg(pd.Series({"2024-05": 2.0, "2024-07": 4.0, "2024-08": 3.0}), NONE), "line")
    assert [len(set(run)) for run in runs] == [1, 2]


def test_a_level_of_the_last_month_is_that_of_all_and_is_within_the_picture():
    ((start, *_, end),) = lines(
        course_svg(pd.Series({"2024-08": 2.0, "2024-09": 3.0}), pd.Series({"2024-09": 9.0})), "level"
    )
    assert start[1] == end[1] == EDGE
    assert start[0] < end[0]


def test_one_month_and_numbers_that_are_all_the_same_are_drawn_too():
    for course in (pd.Series({"2024-09": 3.0}), pd.Series({"2024-08": 0.0, "2024-09": 0.0})):
        (circle,) = etree.fromstring(course_svg(course, NONE)).iterfind(f"{SPACE}circle")
        assert 0 <= float(circle.get("cy")) <= HEIGHT


def test_light_and_dark_are_one_picture_and_it_is_right_without_its_style():
    svg = course_svg(pd.Series({"2024-08": 2.0, "2024-09": 3.0}), NONE)
    assert b"prefers-color-scheme: dark" in svg
    assert b"style=" not in svg
    assert all(line.get("stroke") for line in etree.fromstring(svg).iterfind(f"{SPACE}polyline"))
