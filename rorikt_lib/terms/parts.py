"""Numbers that say to be parts of a whole, and whether they make one."""

from collections.abc import Collection
from fractions import Fraction

# What rounding may explain at the most: four decimals of some municipalities, never a hundredth that somebody mistyped.
_MOST_ROUNDING = Fraction(1, 1000)
_DECIMALS = 10


def sum_of_parts(numbers: Collection[Fraction]) -> Fraction | None:
    """What numbers that say to be parts of 1 add up to, where that is not 1; None where they are none, or make 1.

    They say so where there are several, none is above 1, and not all are whole: 0.25, 0.5 and 0.2 do, 1 and 0 do not.
    Half a unit of the last decimal of each is rounding, up to a thousandth in all.
    """
    if len(numbers) < 2 or any(number > 1 for number in numbers) or all(number in (0, 1) for number in numbers):
        return None
    total = sum(numbers, Fraction(0))
    rounding = len(numbers) * Fraction(1, 2 * 10 ** _decimals(numbers))
    return None if abs(total - 1) <= min(rounding, _MOST_ROUNDING) else total


def _decimals(numbers: Collection[Fraction]) -> int:
    """How many decimals the longest of them has, at the most ten."""
    return next((n for n in range(_DECIMALS) if all((x * 10**n).denominator == 1 for x in numbers)), _DECIMALS)


def written(number: Fraction) -> str:
    """`0.98`, with six significant digits."""
    return f"{float(number):.6g}"
