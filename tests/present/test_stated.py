"""Numbers that sentences make of figures remember which."""

import datetime as dt
import math

import pandas as pd
import pytest

from rorikt_lib.present import stated
from rorikt_lib.present.numbers import (
    DATE,
    day,
    decimal,
    integer,
    percent,
    read,
    reading,
    signed,
    thousands,
    whole_thousands,
    written,
)


@pytest.mark.parametrize(
    ("made", "value", "how", "of"),
    [
        (stated.change(5, 8), -3, "change", (5, 8)),
        (stated.share(1, 4), 0.25, "share", (1, 4)),
        (stated.growth(5, 4), 0.25, "growth", (5, 4)),
        (stated.total([1, 2, float("nan")]), 3, "total", (1, 2)),
        (stated.mean([1, 3, float("nan")]), 2, "mean", (1, 3)),
        (stated.figure(-3), -3, "figure", (-3,)),
        (stated.number(["a", "b"]), 2, "number", ()),
        (stated.number(pd.Series(["a", "b"], name="line")), 2, "number of line", ()),
        (stated.number(pd.Series(["high", "high"], name="priority")), 2, "number of priority high", ()),
    ],
)
def test_a_stated_number_is_its_value_and_remembers_its_figures(made, value, how, of):
    assert (float(made), made.how, made.of) == (value, how, of)
    assert (float(abs(made)), abs(made).how, abs(made).of) == (abs(value), f"size of {how}", of)
    assert (float(-made), (-made).how, (-made).of) == (-value, f"opposite of {how}", of)


def test_a_figure_that_is_made_of_others_stays_as_it_is():
    made = stated.change(5, 8)
    assert stated.figure(made) is made


def test_a_share_or_growth_of_nothing_is_not_known():
    assert math.isnan(stated.share(1, 0))
    assert math.isnan(stated.growth(1, 0))


def test_what_is_written_is_noted_unrounded_with_what_it_was_made_of():
    with written() as numbers:
        thousands(1234567)
        whole_thousands(386950)
        percent(stated.share(1, 3))
        signed(decimal(-0.25, 1))
    assert [(n.text, n.value, n.how, n.of, n.decimals, n.per) for n in numbers] == [
        ("1\u202f235", 1234567, "", (), 0, 1000),
        ("387\u202f000", 386950, "", (), -3, 1),
        ("33,3", 1 / 3, "share", (1, 3), 1, 0.01),
        ("−0,3", -0.25, "", (), 1, 1),
    ]


def test_what_is_written_is_noted_with_the_tables_that_were_read_for_it():
    with written() as numbers:
        with reading("a"):
            read("b")
            with reading():
                read("c")
                integer(1)
            read("b")
            integer(2)
        read("d")
        integer(3)
    assert [n.among for n in numbers] == [("c",), ("a", "b"), ()]


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
