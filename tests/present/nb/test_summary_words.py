"""The summary's own words."""

from __future__ import annotations

import pytest

from rorikt_lib.present.nb import summary
from rorikt_lib.terms.enums import Mark

NAN = float("nan")


@pytest.mark.parametrize("gap", [NAN, 0.0, 490.0])
def test_nothing_to_follow_up_is_reported_so(gap):
    assert summary.follow_up(gap, 0, False, 0) == "Tallene gir ingen særskilte saker til oppfølging."


def test_a_forecast_that_the_model_contradicts_is_to_be_followed_up():
    assert "er 1,2 millioner kroner lavere enn modellens." in summary.follow_up(1_200_000.0, 0, {}, 0)
    assert "er 1,2 millioner kroner høyere enn modellens." in summary.follow_up(-1_200_000.0, 0, {}, 0)


def test_all_that_is_to_be_followed_up_is_reported_in_one_sentence():
    assert summary.follow_up(NAN, 1, dict.fromkeys(["App-utvikling", "Grunnmur"], Mark.OVER_FORECAST), 2) == (
        "Til oppfølging: bestilling av én PC; investeringer over prognose eller årsbudsjett: App-utvikling og Grunnmur; "
        "2 alvorlige saker som brøt fristen."
    )


def test_projects_that_are_all_over_a_budget_without_forecast_are_said_to_be_over_that():
    told = summary.follow_up(NAN, 0, {"Grunnmur": Mark.OVER_BUDGET}, 0)
    assert told == "Til oppfølging: investeringer over årsbudsjettet: Grunnmur."


def test_what_is_forecast_over_the_budget_is_followed_up_first():
    text = summary.follow_up(NAN, 1, {}, 0, "et ventet merforbruk på 204 000 kroner for året")
    assert text == "Til oppfølging: et ventet merforbruk på 204 000 kroner for året; bestilling av én PC."


def test_points_are_a_list_and_what_says_nothing_is_left_out():
    assert summary.bullets([["En."], [None], ["To.", None, "Tre."]]) == "- En.\n- To. Tre."


def test_what_is_asked_stands_alone_as_in_the_sentence():
    given = {
        "gap_nok": 1_200_000.0,
        "to_order": 1,
        "overspent": {"Grunnmur": Mark.OVER_FORECAST},
        "breached": 2,
        "overspend": "et merforbruk",
    }
    told = [summary.asked(at, **given) for at in range(5)]
    assert told[0] == "Et merforbruk"
    assert told[2:] == [
        "Bestilling av én PC",
        "Investeringer over prognose eller årsbudsjett: Grunnmur",
        "2 alvorlige saker som brøt fristen",
    ]
    sentence = summary.follow_up(**given)
    assert all(text[1:] in sentence for text in told)
    assert summary.asked(1, **given | {"gap_nok": None}) is None
