"""Keys and costs of several files become one table each; what contradicts itself is refused."""

from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.combine.allocation import combine_costs, combine_keys
from rorikt_lib.sources.formats.allocation import COSTS, KEYS
from rorikt_lib.terms.schemas import validate

KEY_HEAD = "År;Kategori;Post;Kommune;Nøkkel\n"


@pytest.fixture
def listed(clean_text):
    """listed(format, file, text) → the rows of one file, as they come to be combined."""
    return lambda form, file, text: clean_text(form, text).frame.assign(
        source_file=file, source_line=lambda rows: rows.index
    )


def test_years_in_different_files_are_one_table(listed):
    parts = [listed(KEYS, f"{year}.csv", f"{KEY_HEAD}{year};A;a;Molde;{year % 10}\n") for year in (2024, 2025)]
    keys, found = combine_keys(parts)
    assert validate("allocation_keys", keys).key.tolist() == [4, 5]
    assert found.empty


def test_the_same_row_again_counts_once_and_is_reported(listed):
    part = listed(KEYS, "a.csv", f"{KEY_HEAD}2025;A;a;Molde;3\n2025;A;a;Molde;3\n")
    keys, found = combine_keys([part, part.assign(source_file="b.csv")])
    assert len(keys) == 1
    assert found[["finding", "count"]].to_numpy().tolist() == [["overlapping_rows", 3]]


def test_another_key_for_the_same_is_refused_where_it_stands(listed):
    first = listed(KEYS, "a.csv", f"{KEY_HEAD}2025;A;a;Molde;3\n")
    second = listed(KEYS, "b.csv", f"{KEY_HEAD}2025;A;b;Molde;4\n2025;A;a;Molde;4\n")
    with pytest.raises(InputError, match=r"b.csv, line 3: 2025, A, a, Molde is given with another number"):
        combine_keys([first, second])


def test_another_cost_for_the_same_is_refused_and_none_is_an_empty_table(listed):
    head = "År;Kategori;Post;Kostnad\n"
    parts = [listed(COSTS, f"{n}.csv", f"{head}2025;A;a;{n}\n") for n in (1, 2)]
    with pytest.raises(InputError, match="2025, A, a is given with another number"):
        combine_costs(parts)
    assert validate("allocation_costs", combine_costs([])[0]).empty
