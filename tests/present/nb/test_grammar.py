"""The small pieces that sentences are made of: words agree with their number, changes tell their size and way."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from rorikt_lib.present.nb.grammar import (
    capitalised,
    change,
    changes,
    count,
    listed,
    priority_called,
    priority_name,
    result,
)


def test_words_agree_with_their_number():
    assert [count(n, "sak", "saker") for n in (0, 1, 2, 1234)] == [
        "ingen saker",
        "1 sak",
        "2 saker",
        "1\u202f234 saker",
    ]
    assert [listed(items) for items in (["a"], ["a", "b"], ["a", "b", "c"], [])] == ["a", "a og b", "a, b og c", ""]
    assert capitalised("ingen PC-er") == "Ingen PC-er"


def test_a_change_is_a_rise_a_fall_unchanged_or_unknown():
    assert change(113, 100) == "en økning på 13 (13,0\u00a0%)"
    assert change(75, 100) == "en nedgang på 25 (25,0\u00a0%)"
    assert change(649, 2) == "en økning på 647"
    assert change(5, 2) == "en økning på 3"
    assert change(2200, 200) == "en økning på 2\u202f000 (1\u202f000,0\u00a0%)"
    assert change(2201, 200) == "en økning på 2\u202f001"
    assert change(5, 5) == "uendret"
    assert change(0, 0) == "uendret"
    assert change(5, 0) == "en økning på 5"
    assert change(5, float("nan")) is None
    assert change(pd.NA, 5) is None


@given(st.integers(0, 5000), st.integers(0, 5000))
@example(99, 100)
@example(101, 100)
@example(1, 0)
def test_a_change_tells_its_size_its_direction_and_its_part_of_what_was_before(now, before):
    words = change(now, before)
    numbers = [Decimal(n.replace("\u202f", "").replace(",", ".")) for n in re.findall(r"\d[\d\u202f]*(?:,\d)?", words)]
    if now == before:
        assert words == "uendret"
        return
    assert words.startswith("en økning" if now > before else "en nedgang")
    assert numbers[0] == abs(now - before)
    is_telling = before > 0 and abs(now - before) <= before * (10 if before >= 10 else 1)
    is_telling = is_telling and 2000 * abs(now - before) >= before and now > 0
    assert len(numbers) == 1 + is_telling
    if is_telling:
        assert abs(numbers[1] - Decimal(abs(now - before)) * 100 / before) <= Decimal("0.05")


def test_changes_are_reported_against_what_is_known_only():
    assert changes(5, {}) == ""
    assert changes(5, {"august": float("nan")}) == ""
    assert (
        changes(6, {"august": 5, "september 2023": 6})
        == ", en økning på 1 (20,0\u00a0%) fra august og uendret fra september 2023"
    )


def test_less_used_than_the_budget_is_good_news():
    assert result(1_938_000) == "et mindreforbruk på 1,9 millioner kroner"
    assert result(-2_286_000) == "et merforbruk på 2,3 millioner kroner"
    assert result(0) is None


def test_a_priority_of_ones_own_is_called_as_it_is_written_with_nothing_that_is_markup():
    assert [priority_name(name) for name in ("high", "P1 *haster*", "A_B")] == ["høy", r"P1 \*haster\*", r"A\_B"]
    # On pages that are not Markdown it stands as it is, of our terms as figures.csv has them.
    assert [priority_called(name) for name in ("Høy", "P1 *haster*")] == ["høy", "P1 *haster*"]
