"""The annual report's sentences: which is more, which is best, and what was before, told as the frames have it."""

from __future__ import annotations

import pandas as pd
import pytest
from norwegian import typed

from rorikt_lib.present.nb import annual_desk, annual_economy

QUARTERS = pd.DataFrame(
    {
        "quarter": ["q1", "q2", "q3", "q4", "SUM"],
        "created": [10, 20, 30, 41, 101.0],
        "resolved": [9, 19, 29, 39, 96.0],
        "open": [3, 4, 5, 7, None],
    }
)
LEFT = "96 saker ble løst, og ved utgangen av året var det 7 åpne saker."


@pytest.mark.parametrize(
    ("before", "against"),
    [
        (95.0, ", flere enn de 95 (6,3 %) i 2022"),
        (202.0, ", færre enn de 202 (50,0 %) i 2022"),
        (101.0, ", like mange som i 2022"),
        (None, ""),
    ],
)
def test_cases_of_a_year_are_more_or_fewer_than_the_year_before_and_open_are_those_at_its_end(before, against):
    years = pd.DataFrame({"year": [2022, 2023], "created": [before, 101.0]}).dropna()
    told = annual_desk.requests_summary(QUARTERS, years, 2023)
    assert typed(told) == f"I 2023 kom det inn 101 saker{against}. {LEFT}"


def test_the_best_quarter_has_the_largest_share_in_time_and_the_weakest_the_smallest():
    quarters = pd.DataFrame(
        {"quarter": ["q1", "q2", "q3"], "share_within": [0.8, 0.95, 0.7], "share_within_target": [0.9] * 3}
    )
    year = pd.DataFrame({"year": [2023], "within": [80], "breached": [20], "share_within": [0.8]})
    assert typed(annual_desk.sla_summary(year, quarters, 2023)) == (
        "Av 100 feilmeldinger løst i 2023 ble 80 løst innen fristen (80,0 %). Målet er 90 %. Best var andre kvartal med "
        "95,0 %, svakest tredje kvartal med 70,0 %."
    )


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (2e6, -1e6, "et merforbruk på 1,0 millioner kroner, 1,0 % av rammen på 100,0 millioner kroner. "
         "Året før var det et mindreforbruk på 2,0 millioner kroner."),
        (-2e6, 1e6, "et mindreforbruk på 1,0 millioner kroner, 1,0 % av rammen på 100,0 millioner kroner. "
         "Året før var det et merforbruk på 2,0 millioner kroner."),
    ],
)  # fmt: skip
def test_a_year_above_its_budget_is_an_overspend_and_so_is_the_one_before_it(before, now, told):
    outcomes = pd.DataFrame(
        {
            "year": [2022, 2023],
            "variance_nok": [before, now],
            "frame_nok": [9e7, 1e8],
            "actual_nok": [9e7 - before, 1e8 - now],
            "variance_share": [before / 9e7, now / 1e8],
        }
    )
    assert typed(annual_economy.result_summary(outcomes, 2023)) == f"Driftsregnskapet for 2023 endte med {told}"
