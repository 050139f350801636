"""content/budgets/YEAR.yml: what is given is kept, what contradicts itself is named."""

from __future__ import annotations

import pytest

from rorikt_lib.config.budget_file import Budget, read_budget
from rorikt_lib.errors import InputError


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        (tmp_path / "budgets").mkdir(exist_ok=True)
        (tmp_path / "budgets" / "2025.yml").write_text(text, encoding="utf-8")
        return read_budget(2025, tmp_path)

    return write


def test_a_year_without_a_file_has_no_budget_and_an_empty_file_says_nothing(tmp_path, written):
    assert read_budget(2025, tmp_path) is None
    assert written("") == Budget()


def test_what_is_given_is_kept_in_its_order(written):
    budget = written("steps_nok: {B: 2, A: -1.5}\ngrowth_percent: {2026: 4.8}\n")
    assert [*budget.steps_nok.items()] == [("B", 2), ("A", -1.5)]
    assert budget.growth_percent == {2026: 4.8}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("step_nok: {A: 1}", r"2025.yml, line 1: 'step_nok' is no known key; the nearest is 'steps_nok'"),
        ("steps_nok: {A: 1}\nparts_nok: {B: {x: 1}}", "no step is called B"),
        ("steps_nok: {A: mye}", r"'steps_nok.A'"),
        ("measures: {frame: {municipality: Molde, amount_nok: 1, share: 1.2}, amounts_nok: {}}", "frame.share"),
        ("investments: {frames_nok: {2025: 0}}", "frames_nok.2025"),
    ],
)
def test_what_is_misspelt_or_contradicts_itself_is_named(written, text, problem):
    with pytest.raises(InputError, match=problem):
        written(text)
