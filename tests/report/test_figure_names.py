"""What figures are called where they are listed: each has a Norwegian name, and no two the same."""

from __future__ import annotations

from collections import Counter

import pytest

from rorikt_lib.report.figure_names import _columns, name_of

FIGURES = sorted(_columns())


@pytest.mark.parametrize("figure", FIGURES)
def test_each_declared_figure_has_a_name_of_more_than_its_family(figure):
    assert ", " in name_of(figure)
    assert "_" not in name_of(figure)


def test_no_two_figures_have_one_name():
    assert [name for name, times in Counter(map(name_of, FIGURES)).items() if times > 1] == []


def test_a_figure_that_no_table_declares_any_more_is_called_by_its_family():
    assert name_of("operating_costs.of_old") == "Driftskostnader"
    assert name_of("operating_costs.actual") == "Driftskostnader, regnskap"
