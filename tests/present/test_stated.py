"""Numbers that sentences make of figures remember which."""

import datetime as dt
import math

import pytest

from rorikt_lib.present import stated
from rorikt_lib.present.numbers import DATE, day, decimal, integer, percent, signed, thousands, whole_thousands, written


@pytest.mark.parametrize(
    ("made", "value", "how", "of"),
    [
        (stated.change(5, 8), -3, "change", (5, 8)),
        (stated.share(1, 4), 0.25, "share", (1, 4)),
        (stated.growth(5, 4), 0.25, "growth", (5, 4)),
        (stated.total([1, 2, float("nan")]), 3, "total", (1, 2)),
        (stated.mean([1, 3, float("nan")]), 2, "mean", (1, 3)),
        (stated.number(["a", "b"]), 2, "number", ()),
    ],
)
def test_a_stated_number_is_its_value_and_remembers_its_figures(made, value, how, of):
    assert (float(made), made.how, made.of) == (value, how, of)
    assert abs(made) == abs(value)
    assert (abs(made).of, (-made).of) == (of, of)


def test_a_share_or_growth_of_nothing_is_not_known():
    assert math.isnan(stated.share(1, 0))
    assert math.isnan(stated.growth(1, 0))


def test_what_is_written_is_noted_unrounded_with_what_it_was_made_of():
    with written() as numbers:
        thousands(1234567)
        whole_thousands(386950)
        percent(stated.share(1, 3))
        signed(decimal(-0.25, 1))
    assert [(n.text, n.value, n.how, n.of) for n in numbers] == [
        ("1\u202f235", 1234567, "", ()),
        ("387\u202f000", 386950, "", ()),
        ("33,3", 1 / 3, "share", (1, 3)),
        ("−0,3", -0.25, "", ()),
    ]


def test_dates_are_noted_as_dates_and_missing_numbers_not_at_all():
    with written() as numbers:
        day(dt.date(2024, 9, 27))
        integer(float("nan"))
    assert [(n.text, n.how) for n in numbers] == [("27. september 2024", DATE)]


def test_nothing_is_noted_outside():
    with written() as numbers:
        pass
    integer(3)
    assert numbers == []
