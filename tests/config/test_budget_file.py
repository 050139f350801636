"""content/budgets/YEAR.yml: what is given is kept, what contradicts itself is named."""

from __future__ import annotations

import pytest

from rorikt_lib.config.budget_file import Budget, read_budget
from rorikt_lib.errors import InputError

PROJECT = "{number: a1, group: Felles, name: Kart, description: Nytt., estimate_nok: 5.5}"


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


def test_notes_groups_and_projects_that_add_up_are_kept(written):
    text = "steps_nok: {B: 2, A: 1}\nnotes: {A: Fordi.}\nstep_groups: {Nytt: [A], Gammelt: [B]}\n"
    budget = written(text + f"investments: {{frames_nok: {{2025: 5.5, 2026: 9}}, projects: [{PROJECT}]}}\n")
    assert [*budget.step_groups] == ["Nytt", "Gammelt"]
    assert budget.investments.projects[0].estimate_nok == 5.5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("step_nok: {A: 1}", r"2025.yml, line 1: 'step_nok' is no known key; the nearest is 'steps_nok'"),
        ("steps_nok: {A: 1}\nparts_nok: {B: {x: 1}}", "no step is called B"),
        ("steps_nok: {A: mye}", r"'steps_nok.A'"),
        ("measures: {frame: {municipality: Molde, amount_nok: 1, share: 1.2}, amounts_nok: {}}", "frame.share"),
        ("investments: {frames_nok: {2025: 0}}", "frames_nok.2025"),
        ("steps_nok: {A: 1}\nparts_nok: {A: {x: 1}}\nnotes: {A: da, x: ja, B: nei}", "no step or part is called B"),
        ("steps_nok: {A: 1, B: 2}\nstep_groups: {Nytt: [A]}", "no heading has B"),
        ("steps_nok: {A: 1}\nstep_groups: {Nytt: [A, C]}", "no step is called C"),
        ("steps_nok: {A: 1}\nstep_groups: {Nytt: [A], Gammelt: [A]}", "given twice: A"),
        (
            "measures: {frame: {municipality: Molde, amount_nok: 1}, amounts_nok: {A: -1}, consequences: {B: b}}",
            "no measure is called B",
        ),
        (
            f"investments: {{frames_nok: {{2026: 9, 2025: 10}}, projects: [{PROJECT}, {PROJECT.replace('a1', 'a2')}]}}",
            r"the projects are estimated at 11.00, but the frame of 2025 is 10.00",
        ),
        (f"investments: {{frames_nok: {{2025: 11}}, projects: [{PROJECT}, {PROJECT}]}}", "given twice: a1"),
    ],
)
def test_what_is_misspelt_or_contradicts_itself_is_named(written, text, problem):
    with pytest.raises(InputError, match=problem):
        written(text)
