"""What charts share: labels kept apart, ticks and names as the report writes them, nothing heavy imported."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.present.charts.ends import spread
from rorikt_lib.present.charts.scales import NorwegianNumbers

LONG = "Et system for lønn, økonomi, personal, fravær, reiser og alt det andre som ingen husket å nevne i bestillingen"


@pytest.mark.deep
def test_drawing_charts_imports_neither_seaborn_nor_pyplot():
    code = "import sys, rorikt_lib.report.figures; print({'seaborn', 'matplotlib.pyplot'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6), st.floats(1, 40))
def test_spread_labels_keep_their_order_and_distance(wanted, gap):
    placed = spread(np.array(wanted), gap, 0.0, 300.0)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= gap - 1e-6).all()
    assert placed.min() >= -1e-6
    assert placed.max() <= 300 + 1e-6


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True))
def test_labels_that_are_far_enough_apart_stay_where_they_are(places):
    wanted = np.array(places) * 10.0
    assert spread(wanted, 10.0, 0.0, 300.0) == pytest.approx(wanted)


def test_labels_at_one_height_spread_evenly_about_it():
    assert spread(np.array([50.0, 50.0, 50.0]), 10.0, 0.0, 100.0).tolist() == [40, 50, 60]


@pytest.mark.parametrize(
    ("per", "values", "expected"),
    [
        (1, [0, 500, 1000], ["0", "500", "1\u202f000"]),
        (1, [-0.5, 0, 0.5], ["−0,5", "0,0", "0,5"]),
        (1_000_000, [0, 20e6, 40e6], ["0", "20", "40"]),
        (1_000_000, [0, 50_000, 100_000], ["0,00", "0,05", "0,10"]),
    ],
)
def test_ticks_have_the_decimals_that_their_step_needs(per, values, expected):
    assert NorwegianNumbers(per).format_ticks(values) == expected
