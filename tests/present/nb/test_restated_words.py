"""What the report says of numbers that an earlier report published as others."""

from __future__ import annotations

import pandas as pd
import pytest

from rorikt_lib.present.language import members
from rorikt_lib.present.nb import restated
from rorikt_lib.terms.reasons import RestatedCause


def test_nothing_changed_is_reported():
    rows = pd.DataFrame({"month": [], "is_later": pd.array([], dtype=bool)})
    assert restated.summary(rows) == "Ingen tall for tidligere måneder er endret siden de ble publisert."


@pytest.mark.parametrize(
    ("is_later", "said"),
    [
        ([True, False], "2 tall for tidligere måneder er endret siden de ble publisert. For 1 av dem er årsaken bare at "
         "september 2024 ikke var over da rapporten ble laget: saker som kom eller ble løst etter uttrekket, er nå med. "
         "De står ikke i tabellen."),
        ([False, False], "2 tall for tidligere måneder er endret siden de ble publisert."),
        ([False], "1 tall for tidligere måneder er endret siden det ble publisert."),
    ],
)  # fmt: skip
def test_what_only_the_rest_of_the_month_changed_is_reported_in_a_sentence(is_later, said):
    assert restated.summary(pd.DataFrame({"month": "2024-09", "is_later": is_later})) == said


def test_causes_are_named_with_cases_that_came_or_went():
    counts = dict.fromkeys(RestatedCause, 0) | {"registered_late": 2, "deleted": -1}
    assert restated.causes(counts) == "−1 slettet eller slått sammen, +2 registrert sent"
    assert restated.causes(dict.fromkeys(RestatedCause, pd.NA)) == "andre saker eller andre tider"


@pytest.mark.parametrize("cause", RestatedCause)
def test_every_cause_has_words(cause):
    assert members("causes")[cause]
