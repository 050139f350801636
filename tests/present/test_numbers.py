"""Numbers as the report writes them, against the decimal module."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rorikt_lib.present import numbers
from rorikt_lib.present.nb.grammar import kroner, million
from rorikt_lib.present.numbers import decimal, integer, percent, rounded, signed, thousands

T, MINUS = "\u202f", "\u2212"
MISSING = [None, float("nan"), pd.NA, pd.NaT, np.nan]
# As many digits as a ledger of ten billion kroner with øre has.
written = st.decimals(-(10**10), 10**10, allow_nan=False, allow_infinity=False, places=3).map(
    lambda d: d.normalize() + 0
)


def _back(text: str) -> Decimal:
    """A number as the report writes it, read back."""
    return Decimal(text.replace(T, "").replace(MINUS, "-").replace(",", "."))


@given(written, st.integers(0, 3))
def test_a_number_is_rounded_half_away_from_zero(number, decimals):
    step = Decimal(1).scaleb(-decimals)
    expected = number.copy_abs().quantize(step, rounding=ROUND_HALF_UP).copy_sign(number)
    assert rounded(float(number), decimals) == expected
    assert _back(decimal(float(number), decimals)) == expected


@given(st.integers(-(10**6), 10**6))
def test_halves_go_away_from_zero_on_both_sides(whole):
    half = whole + 0.5
    assert int(rounded(half)) == (whole + 1 if half > 0 else whole)


@given(st.integers(-(10**6), 10**6).map(lambda thousand: thousand * 1000 + 500))
def test_half_a_thousand_goes_away_from_zero_also_when_summed_of_parts(nok):
    exact = (abs(nok) + 500) // 1000 * (1 if nok > 0 else -1)
    assert _back(thousands(nok)) == exact
    parts = [nok / 3, nok / 3, nok / 3, 239.01, -0.1 * 3, 0.3, -239.01]
    assert _back(thousands(sum(parts))) == exact


def test_what_a_float_sum_is_off_by_does_not_turn_a_half():
    amounts = [239.01, 9.89, 160.28, 90.82]  # 500 kroner exactly; as floats 499.99999999999994
    assert sum(amounts) < 500
    assert thousands(sum(amounts)) == "1"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, "2,68"), (2.5, 0, "3"), (-2.5, 0, f"{MINUS}3"), (0.5, 0, "1"), (1.005, 2, "1,01"), (0.45, 1, "0,5"),
        (1234567, 0, f"1{T}234{T}567"), (-1234.56, 1, f"{MINUS}1{T}234,6"), (999.95, 1, f"1{T}000,0"), (999, 0, "999"),
        (0, 0, "0"), (-0.4, 0, "0"), (-0.04, 1, "0,0"), (np.int64(1000), 0, f"1{T}000"), (12, 2, "12,00"),
    ],
)  # fmt: skip
def test_groups_are_split_by_a_thin_space_and_decimals_by_a_comma(value, decimals, expected):
    assert decimal(value, decimals) == expected


@given(written)
def test_no_text_of_a_number_has_a_hyphen_a_point_or_a_space_that_breaks(number):
    text = decimal(float(number), 2)
    assert not set(text) - set(f"0123456789,{T}{MINUS}")
    assert all(len(group) == 3 for group in text.lstrip(MINUS).split(",")[0].split(T)[1:])


def test_negative_nothing_is_nothing():
    assert {thousands(-499.99), integer(-0.49), decimal(-0.0, 0)} == {"0"}


@pytest.mark.parametrize("value", MISSING)
def test_a_missing_number_is_a_dash(value):
    assert {f(value) for f in (integer, thousands, percent)} == {"–"}
    assert decimal(value, 2) == "–"


def test_thousands_millions_and_percent():
    assert thousands(1_234_500) == f"1{T}235"
    assert thousands(-1_938_000) == f"{MINUS}1{T}938"
    assert million(1_938_000) == "1,9 millioner kroner"
    assert million(1_950_000) == "2,0 millioner kroner"
    assert million(-150_000) == f"{MINUS}0,2 millioner kroner"
    assert percent(0.023108) == "2,3\u00a0%"
    assert percent(0.0231, 2) == "2,31\u00a0%"
    assert percent(0.1225) == "12,3\u00a0%"
    assert percent(1) == "100,0\u00a0%"


@given(st.integers(-(10**7), 10**7))
def test_a_share_is_a_hundredth_of_its_percent(hundred_thousandths):
    exact = Decimal(hundred_thousandths).scaleb(-3)
    expected = exact.copy_abs().quantize(Decimal("0.1"), rounding=ROUND_HALF_UP).copy_sign(exact)
    assert _back(percent(hundred_thousandths / 100_000).removesuffix("\u00a0%")) == expected


def test_only_a_change_above_nothing_gets_a_plus():
    assert signed(thousands(191_000)) == "+191"
    assert signed(thousands(-191_000)) == f"{MINUS}191"
    assert [signed(text) for text in (thousands(300), decimal(0.04, 1), "–")] == ["0", "0,0", "–"]


def test_months_and_days_are_norwegian():
    assert numbers.month_name("2024-09") == "september 2024"
    assert [numbers.month_name(f"2024-{n:02d}").split()[0] for n in range(1, 13)] == [
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
    ]  # fmt: skip
    assert [numbers.short_month(f"2024-{n:02d}") for n in (5, 6, 9)] == ["mai 24", "juni 24", "sep. 24"]
    assert numbers.day(dt.date(2024, 9, 27)) == "27. september 2024"
    assert numbers.day(pd.Timestamp("2024-03-01")) == "1. mars 2024"
    assert numbers.moment(pd.Timestamp("2024-09-27 08:05", tz="Europe/Oslo")) == "27. september 2024 kl. 08.05"


@pytest.mark.parametrize(
    ("nok", "text"),
    [(1_938_000, "1,9 millioner kroner"), (999_499, f"999{T}000 kroner"), (387_500, f"388{T}000 kroner"),
     (-68_400, f"{MINUS}68{T}000 kroner"), (0, "0 kroner"), (-2e6, f"{MINUS}2,0 millioner kroner")],
)  # fmt: skip
def test_an_amount_under_a_million_is_reported_in_thousands(nok, text):
    assert kroner(nok) == text
