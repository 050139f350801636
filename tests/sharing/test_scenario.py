"""Scenarios: what a change does to each municipality's amount, and what must stay as it was."""

from __future__ import annotations

from fractions import Fraction

import pytest
from published_2025 import BUDGET, charges_2025

from rorikt_lib.config.scenario_file import Scenario, read_scenarios
from rorikt_lib.errors import InputError
from rorikt_lib.sharing.allocate import exact_totals
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.scenario import compare, work_out

CHARGES = [
    Charge("Drift", "PC-er", Fraction(1000), {"Molde": 6, "Rauma": 2, "Aukra": 2}),
    Charge("Lisens", "Visma", Fraction(600), {"Molde": 1, "Rauma": 1, "Aukra": 1}),
    Charge("Lisens", "Bookup", Fraction(90), {"Molde": 0, "Rauma": 1, "Aukra": 0}),
]


def paid(charges=CHARGES, **changes):
    """municipality → (base, frame, invoiced) in kroner."""
    table = compare(charges, work_out(charges, Scenario(title="t", year=2025, **changes)))
    return {r.municipality: (r.base_nok, r.frame_nok, r.invoiced_nok) for r in table.itertuples()}


def test_a_scenario_without_changes_is_the_base():
    table = compare(charges_2025(), work_out(charges_2025(), Scenario(title="t", year=2025)))
    assert (table.change_nok == 0).all()
    assert (table.share_before == table.share_now).all()
    assert table.base_nok.iloc[-1] == BUDGET


def test_more_of_a_driver_moves_cost_to_who_has_it_and_leaves_the_total():
    changes = {"keys": [{"items": ["PC-er"], "municipality": "Rauma", "change": 10}]}
    assert paid(**changes) == {
        "Molde": (800, 500, 0), "Rauma": (490, 890, 0), "Aukra": (400, 300, 0), "SUM": (1690, 1690, 0),
    }  # fmt: skip


def test_a_key_can_be_set_or_changed_in_percent_but_not_below_zero():
    by = {"items": ["PC-er"], "municipality": "Molde"}
    assert paid(keys=[by | {"to": 12}]) == paid(keys=[by | {"change_percent": 100}])
    with pytest.raises(InputError, match="PC-er: the key of Molde becomes -1"):
        paid(keys=[by | {"change": -7}])


def test_a_cost_cannot_become_an_income_and_is_refused_with_what_it_would_be():
    for change, becomes in (({"change": -1000}, "-400.00"), ({"change_percent": -150}, "-300.00")):
        with pytest.raises(InputError, match=f"Visma: its cost becomes {becomes} kroner. .*it costs 600.00 kroner"):
            paid(costs=[{"item": "Visma"} | change])
    assert paid(costs=[{"item": "Visma", "change": -600}])["SUM"] == (1690, 1090, 0)
    income = [*CHARGES, Charge("Drift", "Refusjon", Fraction(-100), {"Molde": 1, "Rauma": 1, "Aukra": 0})]
    assert paid(income, costs=[{"item": "Refusjon", "change": -100}])["SUM"] == (1590, 1490, 0)


def test_an_item_whose_only_key_becomes_0_is_refused_and_not_dropped():
    gone = {"keys": [{"items": ["Bookup"], "municipality": "Rauma", "to": 0}]}
    with pytest.raises(InputError, match=r"Bookup: its keys add up to 0, so nobody pays its 90\.00 kroner"):
        paid(**gone)
    assert paid(**gone, costs=[{"item": "Bookup", "to": 0}])["SUM"] == (1690, 1600, 0)


def test_a_dearer_item_is_paid_by_its_keys():
    assert paid(costs=[{"item": "Visma", "change": 300}])["Aukra"] == (400, 500, 0)
    assert paid(costs=[{"item": "Visma", "to": 900}]) == paid(costs=[{"item": "Visma", "change_percent": 50}])


def test_a_category_or_all_can_be_made_dearer_in_percent():
    assert paid(costs=[{"category": "Lisens", "change_percent": 10}])["SUM"] == (1690, 1759, 0)
    assert paid(costs=[{"change_percent": 10}])["SUM"] == (1690, 1859, 0)


def test_who_leaves_pays_nothing_the_others_pay_its_part_and_its_own_items_go():
    outcome = work_out(CHARGES, Scenario(title="t", year=2025, leaves=["Rauma"]))
    assert outcome.dropped == ["Bookup"]
    assert paid(leaves=["Rauma"]) == {
        "Molde": (800, 1050, 0), "Rauma": (490, 0, 0), "Aukra": (400, 550, 0), "SUM": (1690, 1600, 0),
    }  # fmt: skip


def test_who_joins_is_charged_as_the_one_it_is_like_but_not_for_what_only_one_is_charged_for():
    joins = [{"municipality": "Averøy", "like": "Rauma", "factor": 2, "keys": {"Visma": 0}}]
    found = paid(joins=joins)
    assert found["Averøy"] == (0, Fraction(2000, 7).__round__(), 0)
    assert found["SUM"] == (1690, 1690, 0)
    assert paid(joins=[joins[0] | {"keys": {"Visma": 0, "Bookup": 1}}])["Averøy"][1] == found["Averøy"][1] + 45


def financing(alternative: str, **more):
    return {"financing": {"alternative": alternative, "category": "Lisens", **more}}


def test_licences_in_the_shared_frame_is_the_base():
    assert paid(**financing("shared")) == paid()


def test_increases_above_the_base_year_are_invoiced_to_those_who_ordered_them():
    rule = financing("increases_invoiced", base_year=2024, base_costs={"Visma": 300}, ordered_by={"Visma": ["Aukra"]})
    assert paid(**rule) == {
        "Molde": (800, 700, 0), "Rauma": (490, 390, 0), "Aukra": (400, 300, 300), "SUM": (1690, 1390, 300),
    }  # fmt: skip


def test_an_item_that_costs_less_than_in_the_base_year_is_not_invoiced():
    rule = financing("increases_invoiced", base_year=2024, base_costs={"Visma": 700})
    assert paid(**rule) == paid()


def test_an_increase_that_nobody_ordered_is_refused():
    rule = financing("increases_invoiced", base_year=2024, base_costs={"Visma": 400})
    with pytest.raises(InputError, match="Visma: nobody ordered the increase"):
        paid(**rule)


def test_licences_paid_by_each_leave_the_frame_and_cost_each_what_they_did():
    found = paid(**financing("paid_by_each"))
    assert found == {
        "Molde": (800, 600, 200),
        "Rauma": (490, 200, 290),
        "Aukra": (400, 200, 200),
        "SUM": (1690, 1000, 690),
    }


@pytest.mark.parametrize("alternative", ["shared", "paid_by_each", "increases_invoiced"])
def test_no_financing_alternative_makes_the_whole_cost_another(alternative):
    rule = financing(alternative, base_year=2024, base_costs={"Visma": 100}, ordered_by={"Visma": ["Molde", "Rauma"]})
    outcome = work_out(CHARGES, Scenario(title="t", year=2025, **rule))
    assert sum(exact_totals(outcome.frame + outcome.invoiced).values()) == sum(exact_totals(CHARGES).values())


def test_the_shares_are_those_of_the_frame():
    table = compare(CHARGES, work_out(CHARGES, Scenario(title="t", year=2025, **financing("paid_by_each"))))
    assert table.set_index("municipality").share_now.to_dict() == {"Molde": 0.6, "Rauma": 0.2, "Aukra": 0.2, "SUM": 1.0}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"leaves": ["Oslo"]}, "no municipality is called Oslo"),
        ({"keys": [{"items": ["Nett"], "municipality": "Molde", "to": 1}]}, "no item is called Nett"),
        ({"keys": [{"items": ["Visma"], "municipality": "Oslo", "to": 1}]}, "no municipality is called Oslo"),
        ({"costs": [{"item": "Nett", "to": 1}]}, "no item is called Nett"),
        ({"costs": [{"category": "Nett", "change_percent": 1}]}, "no category is called Nett"),
        ({"joins": [{"municipality": "Molde", "like": "Rauma"}]}, "Molde is a member already"),
        ({"financing": {"alternative": "paid_by_each", "category": "Nett"}}, "no category is called Nett"),
    ],
)
def test_what_the_charges_do_not_have_is_refused(changes, problem):
    with pytest.raises(InputError, match=problem):
        work_out(CHARGES, Scenario(title="t", year=2025, **changes))


def test_scenario_files_are_read_by_name_and_a_wrong_one_is_named(tmp_path):
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "b.yml").write_text("title: B\nyear: 2025\nleaves: [Rauma]\n", encoding="utf-8")
    (folder / "a.yml").write_text("title: A\nyear: 2025\n", encoding="utf-8")
    assert {name: s.title for name, s in read_scenarios(tmp_path).items()} == {"a": "A", "b": "B"}
    (folder / "b.yml").write_text("title: B\nyear: 2025\ncosts: [{item: x}]\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.yml, line 3: 'costs\.0': .*just one of change, change_percent and to"):
        read_scenarios(tmp_path)
    (folder / "b.yml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="an empty scenario"):
        read_scenarios(tmp_path)


def test_there_may_be_no_scenarios(tmp_path):
    assert read_scenarios(tmp_path) == {}
