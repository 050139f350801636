from __future__ import annotations

from rorikt_lib.sources.formats.allocation import COSTS


def test_a_list_of_costs_needs_a_cost_or_a_weight_column():
    assert COSTS.matches(["År", "Kategori", "Post", "Andel"])
    assert COSTS.matches(["År", "Kategori", "Post", "Kostnad"])
    assert not COSTS.matches(["År", "Kategori", "Post"])
