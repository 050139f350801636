"""Amounts that a sentence tells together: in one unit, and so finely that a reader can add them up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from rorikt_lib.present.language import mark
from rorikt_lib.present.numbers import MILLION, decimal
from rorikt_lib.terms.rounding import rounded

# Parts, and what they add up to.
Sum = tuple[Iterable[float], float]


@dataclass(frozen=True)
class Scale:
    """How finely amounts are written: with so many decimals, of kroner ÷ per; below 0, in whole tens, hundreds …"""

    decimals: int
    per: int = 1

    def number(self, nok: float) -> str:
        """`1,9` or `1 938 000`."""
        return decimal(nok, self.decimals, self.per)

    def amount(self, nok: float) -> str:
        """`1,9 millioner kroner` or `1 938 000 kroner`."""
        return f"{self.number(nok)} {mark('millions' if self.per == MILLION else 'kroner')}"

    def rounded(self, nok: float) -> Decimal:
        """The number that is written."""
        return rounded(nok, self.decimals, self.per)

    def shows(self, nok: float) -> bool:
        """Whether it is not written as nothing."""
        return bool(self.rounded(nok))

    def adds_up(self, parts: Iterable[float], whole: float) -> bool:
        """Whether the parts, as they are written, are the whole as it is written."""
        return sum(map(self.rounded, parts)) == self.rounded(whole)


# Coarsest first.
THOUSANDS = Scale(-3)
SCALES = (Scale(1, MILLION), Scale(2, MILLION), THOUSANDS, Scale(0), Scale(2))


def scale_of(amounts: Iterable[float], *sums: Sum) -> Scale:
    """The coarsest scale of amounts told together: millions where one of them is as much, else thousands.

    It is finer where an amount that is shown in thousands would be written as nothing, or what adds up would not do so
    as it is written. What is missing does not count.
    """
    known = [float(nok) for nok in amounts if pd.notna(nok)]
    wholes = [(list(parts), whole) for parts, whole in sums]
    wholes = [(parts, whole) for parts, whole in wholes if all(map(pd.notna, [*parts, whole]))]
    most = max(map(abs, known), default=0.0)
    scales = [scale for scale in SCALES if most >= MILLION or scale.per == 1]
    legible = [scale for scale in scales if all(scale.shows(nok) or not THOUSANDS.shows(nok) for nok in known)]
    adding = [scale for scale in legible if all(scale.adds_up(*each) for each in wholes)]
    return (adding or legible or scales)[0]


def told_apart(before: float, now: float) -> Scale:
    """The coarsest scale in which two amounts that differ are seen to differ."""
    scale = scale_of([before, now])
    finer = [each for each in SCALES[SCALES.index(scale) :] if each.rounded(before) != each.rounded(now)]
    return finer[0] if finer else scale
