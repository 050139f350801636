"""The yearly documents' charts: read without overlap, true to their frames."""

from __future__ import annotations

import pytest
from drawings import LONG_NAMES, assert_texts_are_apart_and_norwegian, words
from yearly_documents import CHANGED, WALKS, worked_out

from rorikt_lib.present.charts import sharing as charts

CHARTS = {
    **{f"walk {name}": (charts.budget_walk, table) for name, table in WALKS.items()},
    "changes both": (charts.change_effects, CHANGED["both"]),
    "changes of cost": (charts.change_effects, CHANGED["cost"]),
    "scenarios": (charts.scenario_changes, worked_out()),
    "one scenario": (charts.scenario_changes, worked_out(("joins",))),
}


# Which frame has names in which column, and one of the names.
NAMED = {
    "walk": (charts.budget_walk, WALKS["up"], {"step": "Kutt"}),
    "changes": (charts.change_effects, CHANGED["both"], {"municipality": "Molde"}),
    "scenarios": (charts.scenario_changes, worked_out(), {"municipality": "Molde", "title": "Som før"}),
}


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_yearly_chart_touches_another_or_leaves_it(name):
    assert_texts_are_apart_and_norwegian(CHARTS[name])


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("long", LONG_NAMES)
@pytest.mark.filterwarnings("error")
@pytest.mark.deep
def test_a_long_name_has_room_in_a_yearly_chart(name, long):
    draw, frame, given = NAMED[name]
    assert_texts_are_apart_and_norwegian((draw, frame.replace({of: {was: long} for of, was in given.items()})))


def test_the_walk_is_drawn_with_its_steps_in_thousands():
    said = words(charts.budget_walk(WALKS["up"]))
    assert {"+900", "\u2212400", "+30", "9 000", "9 530"} <= {*said}
