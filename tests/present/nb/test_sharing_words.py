"""The yearly documents' sentences: Norwegian, whole, and true to their frames."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from norwegian import ENGLISH, ODD, typed
from yearly_documents import (
    ALLOCATED,
    CHANGED,
    CHARGES,
    FRAMES,
    KEYS,
    PRICES,
    SHARES,
    WALKS,
    deviation,
    plan,
    worked_out,
    yearly,
)

from rorikt_lib.present import tables
from rorikt_lib.present.language import text
from rorikt_lib.present.nb import budget, cuts, investments, scenarios, settlement, sharing, step_prices
from rorikt_lib.report.scenarios import by_scenario
from rorikt_lib.sharing.allocate import allocate, with_all, with_sums
from rorikt_lib.sharing.budget import listed
from rorikt_lib.sharing.plan import investment_distribution
from rorikt_lib.sharing.settlement import settle_investment, settle_operating
from rorikt_lib.sharing.steps import growth_cost

NOTHING = pd.DataFrame()
STEP = listed({"x": 3, "y": 4}, "adjustment", 9).assign(step="Trinn")
GROWTH = growth_cost(PRICES, 350, [50])
MODELS = pd.DataFrame(
    {
        "sharing_model": ["Drivere", "Drivere", "Likt", "Likt"],
        "municipality": ["Molde", "Rauma"] * 2,
        "amount_nok": [6, 3, 5, 4],
    }
)


def items(table: pd.DataFrame = ALLOCATED) -> pd.DataFrame:
    """As report.sharing.allocation, where no item stands twice."""
    return table.assign(row=table["item"])


def scenario_sentences() -> list[str]:
    parts = by_scenario(worked_out()).values()
    return [say(rows) for rows in parts for say in (scenarios.heading, scenarios.described, scenarios.caption)]


def _distributed(underspend: int) -> pd.DataFrame:
    """As report.investments.distribution."""
    table = investment_distribution(SHARES, 1250, 0.25, underspend)
    return table.assign(underspend_gross_nok=table.underspend_nok.astype(float) * 1.25)


def sentences() -> list[str]:
    found: list[str | None] = [sharing.summary(yearly(), 2025), sharing.summary(yearly().head(0), None)]
    found += [text("rounding"), sharing.some_only(items()), sharing.categories_summary(with_sums(ALLOCATED))]
    found += [sharing.models_summary(MODELS)]
    for total in (1_937_900.0, -204_000.0, 0.0):
        found += [sharing.deviation_summary(deviation(total), month) for month in ("2024-09", "2023-12")]
    for table in WALKS.values():
        found += [budget.walk_summary(table), budget.walk_alt(table)]
    for table in CHANGED.values():
        found += [budget.changes_summary(table, 2025), budget.changes_alt(table)]
    found += [budget.changes_summary(NOTHING, 2025), budget.walk_summary(NOTHING), budget.step_summary(STEP)]
    found += [cuts.frame_summary(frame) for frame in [*FRAMES.values(), NOTHING]]
    found += [cuts.cuts_summary(listed({"a": -5}, "measure", printed)) for printed in (None, -5, -4)]
    found += [budget.plan_summary(NOTHING), budget.plan_summary(plan()), text("effects")]
    found += [investments.summary(NOTHING, 2025)]
    found += [investments.summary(_distributed(n), 2025) for n in (0, 100)]
    of_month = deviation(1_937_900.0), "2024-09"
    found += [settlement.summary(settle_operating(v, KEYS), 2023, *of_month) for v in ("-100.03", "100", "0")]
    found += [settlement.summary(NOTHING, 2023, *of_month)]
    found += [step_prices.summary(GROWTH, "Overvåkning", "servere", 350), text("scenarios")]
    found += [scenarios.alt(worked_out()), *scenario_sentences()]
    return [text for text in found if text]


@pytest.mark.parametrize("text", sentences())
def test_every_yearly_sentence_is_norwegian_and_whole(text):
    assert not ENGLISH.search(text), ENGLISH.search(text)
    assert not ODD.search(text), ODD.search(text)
    assert text.startswith("## ") or (text[0].isupper() or text[0] in "«" or text[0].isdigit())
    assert text.startswith("## ") or text.endswith((".", ":"))


def test_the_budget_is_reported_with_what_each_pays_largest_first():
    assert typed(sharing.summary(yearly(), 2025)) == (
        "Budsjettet for 2025 er 9 000 000 kroner. Kommunene betaler: Molde 6 000 000 (66,67 %) og Rauma 3 000 000 (33,33 %)."
    )
    assert typed(sharing.some_only(items())) == "1 post gjelder bare noen av kommunene: «Bookup» (Rauma)."
    assert sharing.some_only(items(allocate(CHARGES[:1]))) is None


def test_the_other_model_is_reported_with_who_would_pay_most_more_first():
    assert typed(sharing.models_summary(with_all(MODELS, ["sharing_model"]))) == (
        "Med modellen «Likt» ville beløpene vært annerledes, i kroner: Rauma +1 og Molde -1."
    )
    assert sharing.models_summary(MODELS.head(2)) is None
    alike = MODELS.assign(amount_nok=[6, 3, 6, 3])
    assert sharing.models_summary(alike) == "Med modellen «Likt» ville beløpene vært de samme."


def test_categories_are_reported_as_parts_of_the_budget_where_there_are_several():
    assert typed(sharing.categories_summary(with_sums(ALLOCATED))) == (
        "Kategorienes andel av budsjettet: «Drift» 88,9 % og «Lisens» 11,1 %."
    )
    assert sharing.categories_summary(with_sums(allocate(CHARGES[:1]))) is None


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        (60, "har betalt 120,00 kroner a konto og har til gode 20,00 kroner."),
        (40, "har betalt 80,00 kroner a konto og skal betale 20,00 kroner."),
        (50, "har betalt 100,00 kroner a konto, og ingen skal betale eller få tilbake noe."),
    ],
)
def test_investments_on_account_are_told_with_what_is_left_or_lacking(paid, said):
    table = settle_investment(dict.fromkeys(KEYS, paid), 100, KEYS).assign(year=2023)
    told = typed(settlement.invested_summary(table))
    assert told == f"Investeringene i 2023 kom på 100,00 kroner uten mva. Kommunene {said}"
    assert settlement.invested_summary(NOTHING) is None


def test_an_underspend_is_got_back_and_an_overspend_covered():
    assert "Fordelt etter kommunenes andeler i 2024 får Molde mest igjen: 1,5 millioner kroner (75,00 %)." in typed(
        sharing.deviation_summary(deviation(2e6), "2024-09")
    )
    assert "Prognosen fra september gir et merforbruk på 2,0 millioner kroner." in typed(
        sharing.deviation_summary(deviation(-2e6), "2024-09")
    )
    # Once the year is over, its settlement says it.
    assert sharing.deviation_summary(deviation(-2e6), "2023-12") is None
    assert sharing.deviation_summary(deviation(1).head(0), "2024-09") is None


def test_a_key_is_written_as_it_was_given():
    assert [typed(tables.cell("key", value)) for value in (1833016, 0.25, 0, Fraction(1, 8))] == [
        "1 833 016",
        "0,25",
        "0",
        "0,125",
    ]


def test_a_share_of_costs_has_two_decimals():
    assert typed(tables.cell("cost_share", 0.07801956)) == "7,80 %"


def test_a_step_whose_parts_are_not_its_amount_says_by_how_much():
    assert budget.step_summary(STEP) == (
        "«Trinn» er oppgitt til 9 kroner, men justeringene er til sammen 7 kroner: en forskjell på 2 kroner."
    )
    right = listed({"x": 3, "y": 4}, "adjustment", 7).assign(step="Trinn")
    assert budget.step_summary(right) == "«Trinn» er 7 kroner, satt sammen slik:"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("short", "må da ned 1 000 000 kroner. Det mangler tiltak for 400 000 kroner."),
        ("enough", "Tiltakene dekker kuttet."),
        ("more", "Tiltakene er 200 000 kroner mer enn nødvendig."),
        ("room", "Det er rom for hele budsjettet."),
    ],
)
def test_a_frame_says_what_must_be_cut_and_whether_the_cuts_do(name, said):
    assert typed(cuts.frame_summary(FRAMES[name])).endswith(said)


def test_a_settlement_that_rounding_would_break_says_where_the_ore_went():
    keys = {"Molde": 4587, "Vestnes": 1239, "Rauma": 1235, "Aukra": 837, "Hustadvika": 2102}
    sentence = typed(settlement.summary(settle_operating("-1937782.94", keys), 2023, NOTHING, "2024-09"))
    assert "merforbruk på 1 937 782,94 kroner" in sentence
    assert "forskjellen er lagt på Molde (-0,01 kroner)." in sentence
    assert "Avrundet" not in settlement.summary(settle_operating(100, KEYS), 2023, NOTHING, "2024-09")
    assert "går i balanse" in settlement.summary(settle_operating(0, KEYS), 2023, NOTHING, "2024-09")


def test_the_variance_of_another_year_is_told_apart_from_the_settled_one():
    settled = settlement.summary(settle_operating("-1937782.94", KEYS), 2023, deviation(1_937_900.0), "2024-09")
    assert (
        " sin andel. Resultatet for 2023 må ikke forveksles med 2024, der prognosen fra september gir et mindreforbruk på 1,9 millioner kroner."
    ) in settled
    of_december = settlement.summary(settle_operating("-1937782.94", KEYS), 2023, deviation(1.0), "2023-12")
    assert "forveksles" not in of_december


def test_what_last_year_left_is_told_without_and_with_vat():
    sentence = typed(investments.summary(_distributed(100), 2025))
    assert "mindreforbruket fra 2024 slik budsjettet har det, 100 kroner uten mva (125 kroner med)" in sentence
    assert sentence.endswith("så det skal betales 900 kroner.")


def test_a_share_that_the_paper_rounds_is_told_with_the_one_it_is_rounded_from():
    frame = FRAMES["short"].assign(cost_share=0.481, own_share=0.48140)
    assert "delt på andelen 48,1 % (avrundet i saken fra 48,14 %)" in typed(cuts.frame_summary(frame))
    alike = typed(cuts.frame_summary(FRAMES["short"].assign(cost_share=0.4814, own_share=0.48140)))
    assert "andelen 48,14 % gir" in alike
    other = typed(cuts.frame_summary(FRAMES["short"].assign(cost_share=0.5, own_share=0.48140)))
    assert "andelen 50 % (etter saken; i fordelingen er den 48,14 %)" in other


def test_the_largest_growth_is_reported_with_what_it_costs_a_year():
    assert typed(step_prices.summary(GROWTH.assign(more_nok=240_000), "Overvåkning", "servere", 350)) == (
        "Prisen for Overvåkning går i trinn etter antall servere. Det er 350 servere i dag; 50 til koster 240 000 kroner mer i året."
    )


def test_a_scenario_is_reported_with_what_falls_away_and_for_whom_it_means_most():
    parts = by_scenario(worked_out())
    assert [scenarios.heading(rows) for rows in parts.values()] == ["## Rauma går ut", "## Som før", "## Ny kommune"]
    assert typed(scenarios.described(parts["leaves"])).startswith(
        "Rauma slutter. Poster som faller bort: Bookup. Beløpet øker mest for Molde: 2,0 millioner kroner."
    )
    assert "bare veien pengene går" in scenarios.described(parts["same"])


def test_the_plan_grows_from_the_first_year_to_the_last():
    assert "fra 9,0 i 2025 til 9,4 millioner kroner i 2026" in typed(budget.plan_summary(plan()))
    assert plan().amount_nok.iloc[-1] == Decimal(9_432_000)
