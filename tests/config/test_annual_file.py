"""content/annual/YEAR.yml: what is given is kept, what cannot be is named."""

from __future__ import annotations

import datetime as dt

import pytest

from rorikt_lib.config.annual_file import Annual, annual_file, read_annual
from rorikt_lib.errors import InputError


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        file = tmp_path / annual_file(2023)
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return read_annual(2023, file)

    return write


def test_a_year_without_a_file_and_an_empty_file_say_nothing(tmp_path, written):
    assert read_annual(2023, tmp_path / annual_file(2023)) == Annual()
    assert written("") == Annual()


def test_what_is_given_is_kept_in_its_order(written):
    annual = written(
        "staffing: [{name: Drift, positions: 15}, {name: Ledelse, positions: 2.4, note: én vakant}]\n"
        "members_approved: {Molde: 2024-03-01}\n"
    )
    assert [(one.name, one.positions, one.note) for one in annual.staffing] == [
        ("Drift", 15, None),
        ("Ledelse", 2.4, "én vakant"),
    ]
    assert annual.members_approved == {"Molde": dt.date(2024, 3, 1)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("stafing: []", r"2023.yml, line 1: 'stafing' is no known key; the nearest is 'staffing'"),
        ("staffing: [{name: Drift, positions: -1}]", r"'staffing\[?\.?0\]?\.positions'"),
        ("meetings: mange", "'meetings'"),
        ("carried_over_nok: -5", "'carried_over_nok'"),
        ("members_approved: {Molde: 2023-12-31}", "Molde approved 2023 on 2023-12-31, before the year was over"),
    ],
)
def test_what_is_misspelt_or_cannot_be_is_named(written, text, problem):
    with pytest.raises(InputError, match=problem):
        written(text)
