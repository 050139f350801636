"""The recipe is told as it is: the numbers in English text are those of the code; the report's text takes them itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from rorikt_lib.ledger.forecast.choose import CLEARLY, HELD, INTERVAL, LEAST_YEARS, OF_COMMITMENTS, OWN
from rorikt_lib.ledger.forecast.combine import QUIET, STEADY

ROOT = Path(__file__).parents[3]
SPELT = {3: "three", 5: "five", 6: "sixth", 15: "fifteen"}


def _recipe(file: str) -> str:
    text = (ROOT / file).read_text(encoding="utf-8")
    begin = text.index("The model reads each line")
    return " ".join(text[begin : text.index("\n\n", begin)].split())


def test_the_recipe_is_the_same_wherever_it_is_told():
    assert _recipe("README.md") == _recipe("docs/forecast.md")


@pytest.mark.parametrize(
    "told",
    [
        f"*Steady* is the median of {SPELT[len(STEADY)]} methods",
        f"*Quiet* is the median of {SPELT[len(QUIET)]}",
        f"Commitments count for a {SPELT[round(1 / OF_COMMITMENTS)]},",
        f"counts as {SPELT[HELD]} tries of its own",
        f"tried in {SPELT[LEAST_YEARS]} years",
        f"The {INTERVAL:.0%} interval".replace("%", " %"),
    ],
)
def test_the_recipe_has_the_numbers_of_the_code(told):
    assert told in _recipe("README.md")
    assert CLEARLY == OWN == 0.5
