from __future__ import annotations

import pytest

from rorikt_lib.errors import InputError
from rorikt_lib.sources.formats.allocation import COSTS, KEYS


def test_a_list_of_costs_needs_a_cost_or_a_weight_column():
    assert COSTS.matches(["År", "Kategori", "Post", "Andel"])
    assert COSTS.matches(["År", "Kategori", "Post", "Kostnad"])
    assert not COSTS.matches(["År", "Kategori", "Post"])


def test_an_item_with_both_a_cost_and_a_weight_is_refused_where_it_stands(clean_text):
    text = "År;Kategori;Post;Kostnad;Andel\n2025;A;a;100;\n2025;A;b;;0,3\n2025;A;c;50;0,3\n"
    with pytest.raises(InputError, match=r"raw.csv, line 4: item 'c' has both a cost \(50\) and a weight \(0.3\)"):
        clean_text(COSTS, text)


def test_keys_of_one_column_have_one_decimal_sign(clean_text):
    rows = "År;Kategori;Post;Kommune;Nøkkel\n2024;Drift;PC;Molde;12.345\n2024;Drift;PC;Rauma;8.5\n"
    keys = clean_text(KEYS, rows).frame["key"]
    assert keys.iloc[0] / keys.sum() == pytest.approx(0.5922, abs=5e-5)
