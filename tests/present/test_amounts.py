"""Amounts told together: in one unit, no more finely than a reader needs to add them up."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from norwegian import stumbles, typed

from rorikt_lib.present.amounts import SCALES, scale_of, told_apart
from rorikt_lib.present.nb import economy, forecast, forecast_page

KRONER = st.integers(0, 200_000_000)
SHOWN = st.integers(1_000, 200_000_000)
# Of both signs, and each shown in thousands.
MOVED = st.integers(-9_000, 9_000).map(lambda thousands: 1_000 * thousands)


def amounts(text: str) -> list[Decimal]:
    """The amounts of a text, in kroner."""
    found = []
    for match in re.finditer(r"(-?\d[\d ]*(?:,\d+)?) (millioner )?kroner", typed(text)):
        number = Decimal(match[1].replace(" ", "").replace(",", "."))
        found.append(number * (1_000_000 if match[2] else 1))
    return found


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([75_018_000, 87_539_000], "75,0 millioner kroner"),
        ([387_400, 12_000], "387 000 kroner"),
        ([75_018_000, 30_000], "75,02 millioner kroner"),
        ([75_018_000, 3_000], "75 018 000 kroner"),
        ([75_018_000, float("nan")], "75,0 millioner kroner"),
    ],
)
def test_amounts_are_in_millions_where_one_is_and_none_that_counts_is_written_as_nothing(told, said):
    assert typed(scale_of(told).amount(told[0])) == said


def test_parts_that_would_not_add_up_are_written_more_finely():
    parts, whole = [87_539_000, 1_938_000], 89_477_000
    assert scale_of([whole]).number(whole) == "89,5"
    scale = scale_of([*parts, whole], (parts, whole))
    assert [scale.number(nok) for nok in (*parts, whole)] == ["87,54", "1,94", "89,48"]


@given(st.lists(KRONER, min_size=2, max_size=4))
def test_whole_kroner_add_up_as_they_are_written(parts):
    whole = sum(parts)
    assert scale_of([*parts, whole], (parts, whole)).adds_up(parts, whole)


@given(KRONER, KRONER)
def test_two_amounts_that_differ_are_seen_to_differ(before, now):
    scale = told_apart(before, now)
    assert (scale.number(before) == scale.number(now)) == (before == now)
    assert scale in SCALES


@given(SHOWN, SHOWN, SHOWN)
def test_budget_forecast_and_variance_can_be_subtracted_in_the_report(actual, budget, end):
    row = ("SUM", float(actual), float(budget), float(budget - end), float(end))
    costs = pd.DataFrame([row], columns=["line", "actual_nok", "budget_nok", "variance_nok", "forecast_nok"])
    sentence = economy.costs_summary(costs, "operating", "2024-09")
    told = amounts(sentence)
    assert stumbles(sentence) == []
    if "som budsjettert" not in sentence:
        _, planned, foreseen, left = told
        assert planned - foreseen == (left if "mindreforbruk" in sentence else -left)


@given(SHOWN, SHOWN)
def test_what_is_booked_and_budgeted_so_far_can_be_subtracted(actual, budget):
    course = pd.DataFrame({"month": ["2024-09"], "actual_nok": [float(actual)], "budget_nok": [float(budget)]})
    sentence = economy.so_far(course.assign(behind_nok=course.budget_nok - course.actual_nok))
    assert stumbles(sentence) == []
    if "følger" not in sentence:
        booked, apart, planned = amounts(sentence)
        assert planned - booked == (apart if "mindre enn" in sentence else -apart)


@given(SHOWN, SHOWN, st.integers(1_000, 50_000_000))
def test_what_is_booked_expected_and_lacking_adds_up_to_the_forecast(booked, waited, short):
    adopted = booked + waited - short
    assume(adopted >= 1_000)
    row = {"line": "Tele", "booked_nok": float(booked), "committed_nok": float(waited), "adopted_nok": float(adopted)}
    sentence = forecast.too_low(pd.DataFrame([row | {"short_nok": float(short)}]), "2024-09")
    told_adopted, told_booked, told_waited, told_short = amounts(sentence)
    assert told_booked + told_waited - told_short == told_adopted
    assert stumbles(sentence) == []


@given(MOVED, MOVED, MOVED)
def test_the_parts_of_the_models_change_add_up_to_it(booked, invoices, outlook):
    parts = {"booked_apart_nok": booked, "commitments_nok": invoices, "outlook_nok": outlook}
    change = sum(parts.values())
    row = pd.DataFrame([{"line": "SUM", "previous_nok": 9e6, "model_nok": 9e6 + change, "change_nok": change} | parts])
    made = pd.DataFrame({"period": ["2024-08"], "in_hindsight": [False]})
    sentence = forecast.model_bridge_summary(row.astype(dict.fromkeys(parts, float)), made, "2024-08")
    first, _, rest = sentence.partition(". ")
    told = amounts(first)
    signs = [1 if nok > 0 else -1 for nok in parts.values() if nok]
    total = sum(sign * nok for sign, nok in zip(signs, amounts(rest), strict=True))
    assert total == ((told[0] if change > 0 else -told[0]) if told else 0)


@given(SHOWN, SHOWN)
def test_the_years_result_can_be_subtracted_from_its_budget(booked, budget):
    year = pd.DataFrame({"month": ["2023-12"], "booked_nok": [float(booked)], "budget_nok": [float(budget)]})
    sentence = forecast_page.budget_and_result(year)
    assert stumbles(sentence) == []
    if "som budsjettert" not in sentence:
        came_to, left, planned = amounts(sentence)
        assert planned - came_to == (left if "mindreforbruk" in sentence else -left)
