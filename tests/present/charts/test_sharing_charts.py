"""The yearly documents' charts: read without overlap, true to their frames."""

from __future__ import annotations

import itertools

import pytest
from drawings import boxes, drawn, words
from yearly_documents import CHANGED, WALKS, worked_out

from rorikt_lib.present.charts import sharing as charts

CHARTS = {
    **{f"walk {name}": (charts.budget_walk, table) for name, table in WALKS.items()},
    "changes both": (charts.change_effects, CHANGED["both"]),
    "changes of cost": (charts.change_effects, CHANGED["cost"]),
    "scenarios": (charts.scenario_changes, worked_out()),
    "one scenario": (charts.scenario_changes, worked_out(("joins",))),
}


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_yearly_chart_touches_another_or_leaves_it(name):
    chart = drawn(CHARTS[name])
    texts = boxes(chart)
    width, height = chart.get_size_inches() * chart.dpi
    for text, box in texts:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1, text  # noqa: PT018
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        assert not a.overlaps(b), (one, other)


def test_the_walk_is_drawn_with_its_steps_in_thousands():
    said = words(charts.budget_walk(WALKS["up"]))
    assert {"+900", "\u2212400", "+30", "9 000", "9 530"} <= {*said}
