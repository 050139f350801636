"""Identity numbers of nobody, with control digits as the textbook works them out."""

from __future__ import annotations

import datetime as dt
from random import Random

ADDED = {"birth number": (0, 0), "D-number": (40, 0), "H-number": (0, 40), "test number": (0, 80), "D test": (40, 80)}


def identity_number(seed: int, kind: str = "birth number") -> str:
    """A random number of a kind."""
    random = Random(seed)
    while True:
        born = dt.date(1940, 1, 1) + dt.timedelta(random.randrange(30_000))
        day, month = born.day + ADDED[kind][0], born.month + ADDED[kind][1]
        number = f"{day:02}{month:02}{born.year % 100:02}{random.randrange(1000):03}"
        for weights in ("376189452", "5432765432"):
            rest = -sum(int(a) * int(b) for a, b in zip(number, weights, strict=True)) % 11
            if rest == 10:  # no digit: such a number is not given out
                break
            number += str(rest)
        else:
            return number
