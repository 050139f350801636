"""The yearly documents' sentences, tables and charts: Norwegian, true to their frames, read without overlap."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from test_charts import boxes, drawn_texts, words
from test_prose import ENGLISH, ODD

from rorikt_lib.config.budget_file import StepPrices
from rorikt_lib.config.scenario_file import Scenario
from rorikt_lib.present import charts, tables
from rorikt_lib.present.charts.style import NO_FIGURES
from rorikt_lib.present.numbers import integer
from rorikt_lib.present.prose import budget, scenarios, sharing
from rorikt_lib.sharing.allocate import allocate, by_category
from rorikt_lib.sharing.budget import CHANGES, against_last_year, frame_check, listed, walk
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.plan import investment_distribution, years_ahead
from rorikt_lib.sharing.scenario import compare, work_out
from rorikt_lib.sharing.settlement import settle_operating
from rorikt_lib.sharing.steps import growth_cost
from rorikt_lib.terms.fields import FIELDS, SUM

KEYS = {"Molde": 3, "Rauma": 1}
CHARGES = [
    Charge("Drift", "PC-er", Fraction(8_000_000), KEYS),
    Charge("Lisens", "Bookup", Fraction(1_000_000), {"Molde": 0, "Rauma": 1}),
]
SHARES = {"Molde": Fraction(2, 3), "Rauma": Fraction(1, 3)}
ALLOCATED = allocate(CHARGES)
STEPS = {"Ny avtale": 900_000, "Kutt": -400_000, "Små ting": 30_000}
WALKS = {
    "up": walk(9_000_000, STEPS, "Budsjett 2024", "Budsjett 2025"),
    "down": walk(9_000_000, {"Kutt": -1_000_000}, "Budsjett 2024", "Budsjett 2025"),
    "long": walk(89_477_000, {f"Et trinn med langt navn nummer {n}": 10**n for n in range(1, 8)}, "Budsjett 2024", "Budsjett 2025"),
    "level": walk(100, {"Ingenting": 0}, "Budsjett 2024", "Budsjett 2025"),
}  # fmt: skip
CHANGED = {
    "both": against_last_year([Charge("A", "a", Fraction(8_000_000), {"Molde": 1, "Rauma": 1})], CHARGES[:1] * 1),
    "cost": against_last_year([Charge("", "", Fraction(4_000_000), KEYS)], [Charge("", "", Fraction(8_000_000), KEYS)]),
    "none": pd.DataFrame(columns=CHANGES),
}
GIVEN = {
    "leaves": Scenario(title="Rauma går ut", year=2025, description="Rauma slutter.", leaves=["Rauma"]),
    "same": Scenario(title="Som før", year=2025, financing={"alternative": "paid_by_each", "category": "Lisens"}),
    "joins": Scenario(title="Ny kommune", year=2025, joins=[{"municipality": "Averøy", "like": "Molde"}]),
}


def worked_out(names=tuple(GIVEN)) -> pd.DataFrame:
    """As measures.scenarios."""
    parts = []
    for name in names:
        outcome = work_out(CHARGES, GIVEN[name])
        told = {"scenario": name, "title": GIVEN[name].title, "description": GIVEN[name].description}
        parts.append(compare(CHARGES, outcome).assign(**told, dropped="; ".join(outcome.dropped)))
    return pd.concat(parts, ignore_index=True)


def deviation(total: float) -> pd.DataFrame:
    rows = [("Molde", 0.75, total * 0.75), ("Rauma", 0.25, total * 0.25), (SUM, 1.0, total)]
    return pd.DataFrame(rows, columns=["municipality", "cost_share", "variance_nok"])


FRAME = {"municipality": "Molde", "frame_nok": 6e6, "cost_share": 0.75}
FRAMES = {
    "short": frame_check(8_000_000, 9_000_000, {"a": -600_000}).assign(**FRAME),
    "enough": frame_check(8_000_000, 9_000_000, {"a": -1_000_000}).assign(**FRAME),
    "more": frame_check(8_000_000, 9_000_000, {"a": -1_200_000}).assign(**FRAME),
    "room": frame_check(9_500_000, 9_000_000, {}).assign(**FRAME),
}
PRICES = StepPrices(name="Overvåkning", unit="servere", up_to={350: 100, 400: 120}, count=350, growth=[50])


def sentences() -> list[str]:
    found: list[str | None] = [sharing.in_short(ALLOCATED, 2025), sharing.in_short(ALLOCATED.head(0), None)]
    found += [sharing.ROUNDING, sharing.some_only(ALLOCATED), sharing.categories_in_short(by_category(ALLOCATED))]
    for total in (1_937_900.0, -204_000.0, 0.0):
        found += [sharing.deviation_in_short(deviation(total), month) for month in ("2024-09", "2023-12")]
    for table in WALKS.values():
        found += [budget.walk_in_short(table), budget.walk_alt(table)]
    for table in CHANGED.values():
        found += [budget.changes_in_short(table, 2025), budget.changes_alt(table)]
    found += [budget.frame_in_short(frame) for frame in FRAMES.values()]
    found += [budget.measures_in_short(listed({"a": -5}, "measure", printed)) for printed in (None, -5, -4)]
    nothing = pd.DataFrame()
    found += [budget.frame_in_short(nothing), budget.plan_in_short(nothing), budget.steps_in_short(nothing, None)]
    found += [budget.investments_in_short(nothing, 2025)]
    found += [budget.plan_in_short(plan()), budget.EFFECTS, budget.NO_BUDGET]
    found += [budget.investments_in_short(investment_distribution(SHARES, 1250, 0.25, n), 2025) for n in (0, 100)]
    found += [budget.settlement_in_short(settle_operating(v, KEYS), 2023) for v in ("-100.03", "100")]
    found += [budget.settlement_in_short(settle_operating(1, KEYS).head(0), 2023)]
    found += [budget.steps_in_short(growth_cost(PRICES.up_to, 350, [50]), PRICES), scenarios.HOW, scenarios.NONE]
    found += [scenarios.alt(worked_out()), *[text for text in scenarios.each(worked_out()) if "|" not in text]]
    return [text for text in found if text]


def plan() -> pd.DataFrame:
    table = years_ahead(SHARES, 2025, 9_000_000, {2026: 4.8})
    return table.assign(growth=table.year.map({2026: 0.048}))


@pytest.mark.parametrize("text", sentences())
def test_every_sentence_is_norwegian_and_whole(text):
    assert not ENGLISH.search(text), ENGLISH.search(text)
    assert not ODD.search(text), ODD.search(text)
    assert text.startswith("## ") or (text[0].isupper() or text[0] in "«" or text[0].isdigit())
    assert text.startswith("## ") or text.endswith((".", ":"))


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")


def test_the_budget_is_told_with_what_each_pays_largest_first():
    assert plain(sharing.in_short(ALLOCATED, 2025)) == (
        "Budsjettet for 2025 er 9 000 000 kroner. Kommunene betaler: Molde 6 000 000 (66,67 %) og Rauma 3 000 000 (33,33 %)."
    )
    assert plain(sharing.some_only(ALLOCATED)) == "1 post gjelder bare noen av kommunene: Bookup (Rauma)."


def test_an_underspend_is_got_back_and_an_overspend_covered():
    assert "som får igjen 1,5 millioner kroner (75,00 %)" in plain(
        sharing.deviation_in_short(deviation(2e6), "2024-09")
    )
    assert "prognosen fra september, et merforbruk" in plain(sharing.deviation_in_short(deviation(-2e6), "2024-09"))
    assert "resultatet for 2023" in sharing.deviation_in_short(deviation(-2e6), "2023-12")
    assert sharing.deviation_in_short(deviation(1).head(0), "2024-09") is None


def test_the_amounts_table_has_each_items_sum_and_every_sum_row():
    table = sharing.amounts_table(ALLOCATED)
    cells = table.set_index(["item", "municipality"]).amount_nok
    assert cells["PC-er", SUM] == 8_000_000
    assert cells["Sum Lisens", "Rauma"] == 1_000_000
    assert cells[SUM, "Molde"] == 6_000_000
    assert cells[SUM, SUM] == 9_000_000
    assert set(sharing.strong_rows(ALLOCATED)) == {"Sum Drift", "Sum Lisens", SUM}
    drawn = tables.by_municipality(table, "k", "Beløp.", strong=sharing.strong_rows(ALLOCATED), nok=integer)
    lines = [line for line in plain(drawn).splitlines() if line.startswith("|")]
    assert lines[0] == "| Post | Molde | Rauma | Sum |"
    assert lines[4] == "| Bookup |  | 1 000 000 | 1 000 000 |"
    assert lines[-1] == "| **Sum** | **6 000 000** | **3 000 000** | **9 000 000** |"


def test_one_category_alone_has_no_sum_of_its_own():
    table = allocate(CHARGES[:1])
    assert sharing.amounts_table(table)["item"].unique().tolist() == ["PC-er", SUM]
    assert sharing.categories_in_short(by_category(table)) is None
    totals = pd.DataFrame({"municipality": ["Molde"], "cost_share": [1.0]})
    assert sharing.category_shares(by_category(table), totals).empty
    assert len(sharing.category_shares(by_category(ALLOCATED), totals)) == 5


def test_an_item_that_two_categories_have_is_told_apart():
    table = allocate([Charge("A", "x", Fraction(10), KEYS), Charge("B", "x", Fraction(20), KEYS)])
    assert set(sharing.keys_table(table)["item"]) == {"x (A)", "x (B)"}


def test_a_key_is_written_as_it_was_given():
    assert [plain(tables.cell("key", value)) for value in (1833016, 0.25, 0, Fraction(1, 8))] == [
        "1 833 016",
        "0,25",
        "0",
        "0,125",
    ]


def test_a_share_of_costs_has_two_decimals():
    assert plain(tables.cell("cost_share", 0.07801956)) == "7,80 %"


def test_a_step_whose_parts_are_not_its_amount_says_by_how_much():
    parts = listed({"x": 3, "y": 4}, "adjustment", 9).assign(step="Trinn")
    told, drawn = budget.parts_of_steps(parts)
    assert told == "«Trinn» er oppgitt til 9 kroner, men justeringene summerer til 7: en forskjell på 2."
    assert "| **Sum** | **7** |" in drawn


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("short", "Budsjettet må da ned 1 000 000 kroner. Det mangler tiltak for 400 000 kroner."),
        ("enough", "Tiltakene dekker kuttet."),
        ("more", "Tiltakene er 200 000 kroner mer enn nødvendig."),
        ("room", "Det er rom for hele budsjettet."),
    ],
)
def test_a_frame_says_what_must_be_cut_and_whether_the_measures_do(name, said):
    assert plain(budget.frame_in_short(FRAMES[name])).endswith(said)


def test_a_settlement_that_rounding_would_break_says_where_the_ore_went():
    told = plain(budget.settlement_in_short(settle_operating("-1937782.94", {"Molde": 4587, "Vestnes": 1239, "Rauma": 1235, "Aukra": 837, "Hustadvika": 2102}), 2023))  # fmt: skip
    assert "merforbruk på 1 937 782,94 kroner" in told
    assert "forskjellen er lagt på Molde (-0,01)" in told
    assert "Avrundet" not in budget.settlement_in_short(settle_operating(100, KEYS), 2023)


def test_each_scenario_has_its_heading_its_words_and_its_table():
    parts = scenarios.each(worked_out())
    assert [part for part in parts if part.startswith("## ")] == ["## Rauma går ut", "## Som før", "## Ny kommune"]
    leaves, same = plain(parts[1]), plain(parts[4])
    assert leaves.startswith(
        "Rauma slutter. Poster som faller bort: Bookup. Beløpet øker mest for Molde, 2,0 millioner kroner."
    )
    assert "bare veien pengene går" in same
    assert "Faktureres" in parts[5]
    assert "Faktureres" not in parts[2]


def test_every_column_of_the_tables_has_a_label():
    shown = [
        sharing.amounts_table(ALLOCATED),
        sharing.keys_table(ALLOCATED),
        scenarios.overview(worked_out()),
        worked_out(),
    ]
    assert {column for table in shown for column in table.columns} <= FIELDS.keys()


CHARTS = {
    **{f"walk {name}": (charts.budget_walk, table) for name, table in WALKS.items()},
    "changes both": (charts.change_effects, CHANGED["both"]),
    "changes of cost": (charts.change_effects, CHANGED["cost"]),
    "scenarios": (charts.scenario_changes, worked_out()),
    "one scenario": (charts.scenario_changes, worked_out(("joins",))),
}


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_chart_touches_another_or_leaves_it(name):
    draw, table = CHARTS[name]
    chart = draw(table)
    texts = boxes(drawn_texts(chart))
    width, height = chart.get_size_inches() * chart.dpi
    for text, box in texts:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1, text  # noqa: PT018
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        assert not a.overlaps(b), (one, other)


def test_the_walk_is_drawn_with_its_steps_in_thousands():
    drawn = words(charts.budget_walk(WALKS["up"]))
    assert {"+900", "\u2212400", "+30", "9 000", "9 530"} <= {*drawn}


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (charts.budget_walk, WALKS["up"].head(0)),
        (charts.change_effects, CHANGED["none"]),
        (charts.scenario_changes, worked_out().head(0)),
    ],
)
def test_a_chart_without_figures_says_so(draw, table):
    assert words(draw(table)) == [NO_FIGURES]


def test_the_plan_grows_from_the_first_year_to_the_last():
    assert "fra 9,0 millioner kroner i 2025 til 9,4 millioner kroner i 2026" in plain(budget.plan_in_short(plan()))
    assert plan().amount_nok.iloc[-1] == Decimal(9_432_000)
