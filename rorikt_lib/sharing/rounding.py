"""Exact amounts in whole units that add up: largest remainder. No float takes part in a sum."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite

from rorikt_lib.errors import InputError

# What an amount, a key or a share may be given as. A float counts as it is written: 0.1 is one tenth.
Number = int | float | str | Decimal | Fraction
ORE = Decimal("0.01")
# In our digits, and no larger than can be worked out: 1e999999999 would be written out in full.
_WRITTEN = re.compile(r"\s*[-+]?[0-9./_]{1,60}(?:[eE][-+]?[0-9]{1,2})?\s*")


def exact(value: Number) -> Fraction:
    """`value` as a fraction; text may be `0.25`, `3/34` or `1e6`. InputError where it is missing or no number."""
    try:
        if isinstance(value, float) and isfinite(value):
            return Fraction(repr(float(value)))
        if isinstance(value, str) and not _WRITTEN.fullmatch(value):
            raise ValueError(value)
        return Fraction(value)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        raise InputError(f"'{value}' is not a number", remedy="write a number; 0 where there is nothing") from None


def shares(keys: Mapping[str, Number], name: str = "the keys") -> dict[str, Fraction]:
    """Each member's part of the sum of keys; they add up to exactly 1.

    InputError, which says `name` and the member, for a key that is missing or negative, and where all are zero.
    """
    values = {}
    for member, key in keys.items():
        try:
            values[member] = exact(key)
        except InputError:
            remedy = "give every municipality a key; 0 is not charged"
            raise InputError(f"{name}: no key for {member}", remedy=remedy) from None
        if values[member] < 0:
            raise InputError(f"{name}: the key of {member} is negative ({key})", remedy="give keys of 0 or more")
    total = sum(values.values())
    if not total:
        raise InputError(f"{name}: the keys are all zero", remedy="give at least one municipality a key above 0")
    return {member: value / total for member, value in values.items()}


def whole_units(amount: Fraction, unit: Number = 1) -> int:
    """How many units the amount is, rounded half away from zero."""
    count = abs(amount) / unit_size(unit)
    return floor(count + Fraction(1, 2)) * (1 if amount >= 0 else -1)


def in_kroner(units: int, unit: Number = 1) -> Decimal:
    """A number of units as kroner, exactly."""
    size = unit_size(unit)
    return Decimal(units * size.numerator) / Decimal(size.denominator)


def to_unit(amount: Number, unit: Number = 1) -> Decimal:
    """`amount` to the nearest unit, half away from zero."""
    return in_kroner(whole_units(exact(amount), unit), unit)


def split(amount: Number, keys: Mapping[str, Number], unit: Number = 1, name: str = "the keys") -> dict[str, Decimal]:
    """`amount` by keys, each part a multiple of `unit`; they add up to the amount, itself rounded to the unit.

    The order of the keys and their scale do not matter. A negative amount is split as the positive one.
    """
    return largest_remainder({member: exact(amount) * share for member, share in shares(keys, name).items()}, unit)


def largest_remainder(parts: Mapping[str, Fraction], unit: Number = 1) -> dict[str, Decimal]:
    """Exact parts as multiples of `unit` that add up to their sum, itself rounded to the unit.

    Each part is rounded down; the units then left go one by one to the parts with the largest remainders. Equal
    remainders: the larger part first, then by name.
    """
    size = unit_size(unit)
    units = whole_counts({member: part / size for member, part in parts.items()})
    return {member: in_kroner(count, unit) for member, count in units.items()}


def whole_counts(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """As largest_remainder, with units of 1 and whole numbers."""
    total = whole_units(sum(parts.values(), Fraction(0)))
    if total < 0:
        return {member: -count for member, count in whole_counts({m: -p for m, p in parts.items()}).items()}
    counts = {member: floor(part) for member, part in parts.items()}
    order = sorted(parts, key=lambda m: (counts[m] - parts[m], -parts[m], m))
    for member in order[: total - sum(counts.values())]:
        counts[member] += 1
    return counts


def unit_size(unit: Number) -> Fraction:
    """A rounding unit in kroner; InputError where it is not above zero."""
    size = exact(unit)
    if size <= 0:
        raise InputError(f"the rounding unit {unit} is not above zero", remedy="use for example 1, 1000 or 0.01")
    return size
