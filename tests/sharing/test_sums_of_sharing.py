"""The table of amounts with its sums: each category's, all of them, and all municipalities together."""

from __future__ import annotations

from fractions import Fraction

from yearly_documents import ALLOCATED, CHARGES

from rorikt_lib.sharing.allocate import allocate, with_sums
from rorikt_lib.sharing.model import Charge
from rorikt_lib.terms.fields import SUM


def amounts(table) -> dict[tuple, float]:
    """category, item and municipality, what is missing as None → amount."""
    rows = with_sums(table)
    names = rows[["category", "item", "municipality"]].astype(object)
    return dict(zip(names.where(names.notna(), None).itertuples(index=False, name=None), rows.amount_nok, strict=True))


def test_every_row_and_category_has_its_sum_and_all_together():
    cells = amounts(ALLOCATED)
    assert cells["Drift", "PC-er", SUM] == 8_000_000
    assert cells["Lisens", None, "Rauma"] == 1_000_000
    assert cells[None, None, "Molde"] == 6_000_000
    assert cells[None, None, SUM] == 9_000_000


def test_sums_follow_what_they_add_up_and_the_sum_of_all_is_last():
    others = [Charge("Lisens", "Kart", Fraction(10), {"Molde": 1, "Rauma": 1})]
    rows = with_sums(allocate([*CHARGES, *others]))
    molde = rows[rows.municipality == "Molde"]
    assert molde["item"].fillna("sum").tolist() == ["PC-er", "sum", "Bookup", "Kart", "sum", "sum"]
    assert molde.category.fillna("all").tolist() == ["Drift", "Drift", "Lisens", "Lisens", "Lisens", "all"]


def test_one_category_alone_has_no_sum_of_its_own():
    assert {key[:2] for key in amounts(allocate(CHARGES[:1]))} == {("Drift", "PC-er"), (None, None)}


def test_who_is_not_charged_has_no_amount_and_counts_nothing():
    rows = with_sums(ALLOCATED)
    bookup = rows[rows["item"] == "Bookup"].set_index("municipality").amount_nok
    assert bookup.isna().to_dict() == {"Molde": True, "Rauma": False, SUM: False}
    assert bookup[SUM] == 1_000_000
