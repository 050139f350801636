"""The budget case from an open workbook: what stands in its tables is given, worked out anew here, or printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from builders import make_book
from norwegian import typed

from rorikt_lib.errors import InputError
from rorikt_lib.report import budget_case, budget_frame, budget_years, charges, investments
from rorikt_lib.report.records import records
from rorikt_lib.report.show import each, say, table
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.language import using

BEFORE = (2024, "Alle kostnader", "Vedtatt andel", {"Molde": 3, "Rauma": 1}, None)
ITEMS = [
    (2025, "Drift", "PC-er", {"Molde": 1, "Rauma": 1}, 60_000_000),
    (2025, "Drift", "Patch", {"Molde": 2, "Rauma": 2}, 10_000_000),
    (2025, "Lisens", "Bookup", {"Molde": 0, "Rauma": 1}, 30_000_000),
]
FILE = """
steps_nok: {Lønn: 12523000, Kutt: -2000000}
parts_nok: {Kutt: {Reiser: -500000, Kurs: -1500000}}
notes: {Lønn: Oppgjøret., Reiser: Færre reiser.}
step_groups: {Endringer: [Kutt], Manglet: [Lønn]}
growth_percent: {2026: 10}
investments:
  frames_nok: {2025: 1000, 2026: 500}
  projects:
    - {number: "1", group: Felles, name: Kart, basis: Vedtak, description: Nytt kart., estimate_nok: 600}
    - {number: "2", group: Nett, name: Linjer, description: Fiber., finish: Høsten, estimate_nok: 400}
measures:
  frame: {municipality: Molde, amount_nok: 31500000}
  amounts_nok: {Stillinger: -9000000}
  printed_sum_nok: -9000001
  consequences: {Stillinger: Lengre ventetid.}
"""


@pytest.fixture
def book(tmp_path):
    return book_of(tmp_path, FILE)


def book_of(root: Path, file: str, items=(BEFORE, *ITEMS)):
    """A budget of 100 million in two categories, after a year of 89.477 million shared by adopted shares."""
    path = root / "content" / "budgets" / "2025.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file, encoding="utf-8")
    keys = [(year, category, item, place, key) for year, category, item, own, _ in items for place, key in own.items()]
    costs = [(year, category, item, cost, None) for year, category, item, _, cost in items if cost]
    given = {
        name: tables.validate(name, pd.DataFrame(rows, columns=tables.empty(name).columns))
        for name, rows in {"allocation_keys": keys, "allocation_costs": costs}.items()
    }
    made = make_book("2024-11", root=root, **given)
    own = made.settings.sharing.model_copy(update={"model_of_year": {2024: "Vedtatte andeler"}})
    return replace(made, settings=made.settings.model_copy(update={"sharing": own}))


def cells(text: str) -> list[list[str]]:
    lines = [line for line in typed(text).splitlines() if line.startswith("|")]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in [lines[0], *lines[2:]]]


def test_another_year_than_that_of_the_newest_keys_is_refused(book):
    charges.refuse_without_budget(book, "2025")
    charges.refuse_without_budget(book, None)
    with pytest.raises(InputError, match="no sharing keys of 2026 are read in 2024-11: the newest are of 2025"):
        charges.refuse_without_budget(book, "2026")
    with pytest.raises(InputError, match="there are none"):
        charges.refuse_without_budget(make_book(), "2025")


def test_a_budget_without_any_keys_in_the_exports_is_refused_as_bad_input(tmp_path):
    """Not left out, as a chapter of a month without keys is: there would be nothing left."""
    book = replace(
        make_book("2024-11", root=tmp_path), given={}, _tables={"allocation_keys": tables.empty("allocation_keys")}
    )
    with pytest.raises(InputError, match=r"no sharing keys of 2025.*there are none"):
        charges.refuse_without_budget(book, "2025")


def test_a_budget_that_nobody_has_said_the_amount_of_is_refused_with_where_to_write_it(tmp_path):
    book = book_of(tmp_path, "growth_percent: {2026: 10}")
    with pytest.raises(
        InputError, match=r"2025\.yml: the budget of 2025 is not known\. Remedy: .*steps_nok.*adopted_budget_nok"
    ):
        charges.refuse_without_budget(book, "2025")


def test_the_proposal_is_one_sentence_of_the_budget_and_the_frame(book):
    said = typed(say(book, budget_case.proposal).text)
    assert said == (
        "**Driftsbudsjettet for 2025 settes til 100 000 000 kroner, og investeringsrammen til 1 000 kroner med mva.**"
    )


def test_each_category_has_its_share_of_the_budget_and_what_each_municipality_pays_of_it(book):
    assert cells(table(budget_case.CATEGORY_BUDGETS, book).text) == [
        ["Kategori", "Andel", "Molde", "Rauma", "Sum"],
        ["Drift", "70,0 %", "35 000 000", "35 000 000", "70 000 000"],
        ["Lisens", "30,0 %", "0", "30 000 000", "30 000 000"],
        ["Sum", "100,0 %", "35 000 000", "65 000 000", "100 000 000"],
    ]


def test_what_each_key_moves_is_against_what_was_paid_of_all_last_year(book):
    """Half of 70 million instead of three quarters, and nothing of 30 million instead of three quarters."""
    assert cells(table(budget_case.KEY_EFFECTS, book).text) == [
        ["Nøkkel", "Poster", "Molde", "Rauma"],
        ["Bookup", "1", "-22 500 000", "22 500 000"],
        ["PC-er", "2", "-17 500 000", "17 500 000"],
        ["Sum", "3", "-40 000 000", "40 000 000"],
    ]


def test_the_drivers_say_for_each_municipality_what_is_of_cost_and_what_is_of_keys(book):
    said = typed(say(book, budget_case.drivers_summary).text)
    assert said.splitlines()[1] == (
        "-   **Molde** betaler 32 107 750 kroner mindre enn i 2024: +7 892 250 av kostnad og -40 000 000 av nøkler. "
        "Av nøklene betyr «Bookup» (-22 500 000) og «PC-er» (-17 500 000) mest."
    )


def test_where_no_key_moves_anything_nothing_is_said_of_keys(tmp_path):
    same = (2025, *BEFORE[1:4], 100_000_000)
    book = book_of(tmp_path, FILE, [BEFORE, same])
    assert table(budget_case.KEY_EFFECTS, book).text == say(book, budget_case.keys_summary).text == ""
    assert "+0" not in typed(say(book, budget_case.drivers_summary).text)


def test_a_key_that_moves_nothing_is_not_among_those_that_move_most(tmp_path):
    """A half of 50 million each is what it was; of the other 50 Molde pays all, instead of a half: 25 million more."""
    year_before = (2024, "Alle kostnader", "Vedtatt andel", {"Molde": 1, "Rauma": 1}, None)
    items = [(2025, "Drift", "Likt", {"Molde": 1, "Rauma": 1}, 50_000_000)]
    items += [(2025, "Drift", "Kart", {"Molde": 1, "Rauma": 0}, 50_000_000)]
    book = book_of(tmp_path, FILE, [year_before, *items])
    assert typed(say(book, budget_case.keys_summary).text) == (
        "I kroner flytter denne nøkkelen mest mellom kommunene: «Kart» (Molde +25 000 000, Rauma -25 000 000)."
    )


def test_the_keys_that_move_most_are_named_most_first_with_who_pays_more_and_who_less(book):
    assert typed(say(book, budget_case.keys_summary).text) == (
        "I kroner flytter disse nøklene mest mellom kommunene: «Bookup» (Rauma +22 500 000, Molde -22 500 000) og «PC-er» "
        "(Rauma +17 500 000, Molde -17 500 000)."
    )


def test_a_key_that_moves_less_than_two_others_is_not_named(tmp_path):
    """From a half each: nothing of 16 million is 8 less, three quarters of 30 million 7.5 more, all of 5 million 2.5."""
    year_before = (2024, "Alle kostnader", "Vedtatt andel", {"Molde": 1, "Rauma": 1}, None)
    own = {"Likt": (1, 1, 49), "Kart": (1, 0, 5), "Bookup": (3, 1, 30), "Patch": (0, 1, 16)}
    items = [
        (2025, "Drift", item, {"Molde": molde, "Rauma": rauma}, millions * 1_000_000)
        for item, (molde, rauma, millions) in own.items()
    ]
    told = typed(say(book_of(tmp_path, FILE, [year_before, *items]), budget_case.keys_summary).text)
    assert told.endswith(
        ": «Patch» (Rauma +8 000 000, Molde -8 000 000) og «Bookup» (Molde +7 500 000, Rauma -7 500 000)."
    )


def test_steps_stand_under_their_headings_with_why_they_are_taken(book):
    assert cells(table(budget_case.STEPS_NOTED, book).text) == [
        ["Hva det gjelder", "Trinn", "Beløp", "Begrunnelse"],
        ["Endringer", "Kutt", "-2 000 000", ""],
        ["Manglet", "Lønn", "12 523 000", "Oppgjøret."],
        ["", "Sum", "10 523 000", ""],
    ]
    assert cells(each(budget_case.PARTS_NOTED, book).text)[1] == ["Reiser", "-500 000", "Færre reiser."]


def test_steps_without_headings_or_notes_are_a_list_in_the_order_given(tmp_path):
    book = book_of(tmp_path, "steps_nok: {Lønn: 12523000, Kutt: -2000000}\n")
    assert cells(table(budget_case.STEPS_NOTED, book).text)[:2] == [["Trinn", "Beløp"], ["Lønn", "12 523 000"]]


def test_contributions_stand_beside_last_years_in_thousands(book):
    assert cells(table(budget_case.CONTRIBUTIONS, book).text) == [
        ["Kommune", "2024", "2025"],
        ["Molde", "67 108", "35 000"],
        ["Rauma", "22 369", "65 000"],
        ["Sum", "89 477", "100 000"],
    ]


def test_the_plan_has_years_side_by_side_and_its_growth_by_itself(book):
    assert cells(table(budget_years.PLAN_AS_PRINTED, book).text)[-1] == ["Sum", "100 000", "110 000"]
    assert cells(table(budget_years.PLAN_GROWTH, book).text) == [["Vekst", "2026"], ["Fra året før", "10,0 %"]]


def test_projects_are_listed_and_described_and_add_up_to_the_frame(book):
    assert cells(table(budget_years.PROJECTS, book).text) == [
        ["Gruppe", "Nr.", "Prosjekt", "Bygger på", "Ferdig", "Anslag"],
        ["Felles", "1", "Kart", "Vedtak", "", "600"],
        ["Nett", "2", "Linjer", "", "Høsten", "400"],
        ["", "", "Sum", "", "", "1 000"],
    ]
    assert typed(say(book, budget_years.project_texts).text) == "**1 Kart.** Nytt kart.\n\n**2 Linjer.** Fiber."


def test_the_investment_plan_has_the_frame_what_is_compensated_and_what_each_pays(book):
    assert records(budget_years.INVESTMENT_PLAN_AS_PRINTED, book).set_index("member").value.to_dict() == {
        "2025|Ramme med mva": 1000, "2026|Ramme med mva": 500,
        "2025|Mva-kompensasjon": 200, "2026|Mva-kompensasjon": 100,
        "2025|Molde": 280, "2026|Molde": 140, "2025|Rauma": 520, "2026|Rauma": 260,
        "2025|Betales a konto": 800, "2026|Betales a konto": 400,
    }  # fmt: skip


def test_from_the_frame_to_what_is_left_each_step_is_a_row(book):
    """Molde has 35 % of the budget: 31.5 million is that of 90."""
    assert cells(table(budget_frame.FRAME_ROWS, book).text)[1:] == [
        ["Rammen som er satt", "31 500 000"],
        ["Budsjettet den rekker til", "90 000 000"],
        ["Budsjettforslaget", "100 000 000"],
        ["Må kuttes", "-10 000 000"],
        ["Tiltakene til sammen", "-9 000 000"],
        ["Tiltakene slik saken summerer dem", "-9 000 001"],
        ["Gjenstår", "-1 000 000"],
    ]


def test_each_cut_has_what_it_means_and_what_each_pays_then_is_by_the_same_shares(book):
    assert cells(table(budget_frame.MEASURES, book).text)[1] == ["Stillinger", "-9 000 000", "Lengre ventetid."]
    assert cells(table(budget_frame.REVISED, book).text)[1:] == [
        ["Molde", "35 000 000", "31 500 000", "-3 500 000"],
        ["Rauma", "65 000 000", "58 500 000", "-6 500 000"],
        ["Sum", "100 000 000", "90 000 000", "-10 000 000"],
    ]


def test_who_then_pays_most_less_is_named(book):
    told = typed(say(book, budget_frame.revised_summary).text)
    assert "betaler kommunene 10 000 000 kroner mindre til sammen" in told
    assert told.endswith("Rauma får den største nedgangen, 6 500 000 kroner.")


def test_each_of_several_cuts_has_its_own_consequence(tmp_path):
    cuts = "amounts_nok: {Reiser: -1000000, Stillinger: -8000000}"
    file = FILE.replace("amounts_nok: {Stillinger: -9000000}", cuts)
    file = file.replace("{Stillinger: Lengre ventetid.}", "{Stillinger: Lengre ventetid., Reiser: Færre møter.}")
    assert cells(table(budget_frame.MEASURES, book_of(tmp_path, file)).text)[1:3] == [
        ["Reiser", "-1 000 000", "Færre møter."],
        ["Stillinger", "-8 000 000", "Lengre ventetid."],
    ]


def test_what_was_not_spent_of_investments_is_told_with_vat_too(tmp_path):
    """80 kroner without VAT are 100 with it."""
    file = FILE.replace(
        "frames_nok: {2025: 1000, 2026: 500}", "frames_nok: {2025: 1000, 2026: 500}\n  underspend_nok: 80"
    )
    made = records(investments.DISTRIBUTION, book_of(tmp_path, file)).query("member == '2025|SUM'")
    assert made.set_index("figure").value["investment_distribution.underspend_gross"] == -100


def test_a_frame_with_room_for_the_budget_changes_nobodys_contribution(tmp_path):
    book = book_of(tmp_path, FILE.replace("31500000", "35000000"))
    assert table(budget_frame.REVISED, book).text == say(book, budget_frame.revised_summary).text == ""


def test_a_printed_sum_that_is_the_computed_one_is_not_told(tmp_path):
    book = book_of(tmp_path, FILE.replace("-9000001", "-9000000"))
    assert "printed_nok" not in budget_frame.FRAME_ROWS.frame(book).frame_row.tolist()


def test_the_same_is_told_in_nynorsk(book):
    nynorsk = replace(book, settings=book.settings.model_copy(update={"language": "nn"}))
    with using("nn"):
        said = typed(say(nynorsk, budget_case.drivers_summary, budget_frame.revised_summary).text)
    assert (
        "**Molde** betaler 32 107 750 kroner mindre enn i 2024: +7 892 250 av kostnad og -40 000 000 av nøklar" in said
    )
    assert "dei same delane" in said


def test_a_workbook_without_keys_has_no_budget_case():
    book = make_book()
    declared = [table for module in (budget_case, budget_years, budget_frame) for table in vars(module).values()]
    for one in declared:
        if getattr(one, "compute", None) and one.compute.__module__ == budget_case.__name__:
            assert table(one, book).text == ""
    for sentence in (budget_case.proposal, budget_case.keys_summary, budget_case.drivers_summary):
        assert say(book, sentence).text == ""
    assert SUM not in budget_years.PROJECTS.frame(book).project.tolist()
