"""What a sentence may say of figures besides the figures themselves: a change, a share, a total, a number of them.

Each is a number that remembers what it was made of, so that every number in a text can be traced to its records.
"""

import math
from collections.abc import Iterable
from typing import Self


class Stated(float):
    """A number made of figures. how: change, share, growth, total, mean, figure or number; of: the figures.

    Of its size, how is `size of …`, and of it the other way, `opposite of …`. What `number` counts stands in how.
    """

    how: str
    of: tuple[float, ...]

    def __new__(cls, value: float, how: str, of: Iterable[float]) -> Self:
        """`value`, made of the figures `of`."""
        number = super().__new__(cls, value)
        number.how, number.of = how, tuple(float(figure) for figure in of)
        return number

    def __abs__(self) -> "Stated":
        """Its size: made of the same figures."""
        return Stated(abs(float(self)), f"size of {self.how}", self.of)

    def __neg__(self) -> "Stated":
        """The same the other way: made of the same figures."""
        return Stated(-float(self), f"opposite of {self.how}", self.of)


def figure(value: float) -> Stated:
    """A figure itself, whose size or opposite is written: `abs(figure(…))`."""
    return value if isinstance(value, Stated) else Stated(value, "figure", (value,))


def change(now: float, before: float) -> Stated:
    """now − before."""
    return Stated(float(now) - float(before), "change", (now, before))


def share(part: float, whole: float) -> Stated:
    """part ÷ whole; missing where the whole is nothing."""
    return Stated(float(part) / float(whole) if whole else float("nan"), "share", (part, whole))


def growth(now: float, before: float) -> Stated:
    """(now − before) ÷ before; missing where there was nothing."""
    return Stated((float(now) - float(before)) / float(before) if before else float("nan"), "growth", (now, before))


def total(figures: Iterable[float]) -> Stated:
    """Their sum; nothing missing counts."""
    known = [float(figure) for figure in figures if not math.isnan(figure)]
    return Stated(sum(known), "total", known)


def mean(figures: Iterable[float]) -> Stated:
    """Their mean; nothing missing counts."""
    known = [float(figure) for figure in figures if not math.isnan(figure)]
    return Stated(sum(known) / len(known) if known else float("nan"), "mean", known)


def number(rows: Iterable[object]) -> Stated:
    """How many there are: of a column all rows of its table, or all that have one value (`number of priority high`)."""
    values = list(dict.fromkeys(map(str, rows)))
    name = [f"of {rows.name}", *values[: len(values) == 1]] if hasattr(rows, "name") else []
    return Stated(len(list(rows)), " ".join(["number", *name]), ())
