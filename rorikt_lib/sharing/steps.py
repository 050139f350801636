"""Prices in steps: so much a month up to a number of units (servers), and what growth costs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.rounding import ORE, Number, to_unit

MONTHS = 12


def monthly_price(prices: Mapping[int, Number], count: int) -> Decimal:
    """Kroner a month for `count` units. prices: up to so many units → kroner a month.

    InputError for a count that is negative or above the last step: no price is agreed for it.
    """
    if count < 0:
        raise InputError(f"{count} units", remedy="give 0 or more")
    reached = [limit for limit in sorted(prices) if count <= limit]
    if not reached:
        last = max(prices, default=0)
        raise InputError(f"no price for {count} units", remedy=f"add a step; the last one ends at {last}")
    return to_unit(prices[reached[0]], ORE)


def price_table(prices: Mapping[int, Number]) -> pd.DataFrame:
    """One row per step: up_to, month_nok, year_nok, step_nok (a month, above the step before), unit_nok (a month).

    unit_nok: per unit when the step is full. The first step has no step_nok.
    """
    limits = sorted(prices)
    months = [to_unit(prices[limit], ORE) for limit in limits]
    above = [None, *(after - before for before, after in pairwise(months))]
    steps = zip(limits, months, above, strict=False)
    rows = [(limit, month, month * MONTHS, more, to_unit(month / limit, ORE)) for limit, month, more in steps]
    return pd.DataFrame(rows, columns=["up_to", "month_nok", "year_nok", "step_nok", "unit_nok"], dtype=object)


def growth_cost(prices: Mapping[int, Number], count: int, added: Sequence[int]) -> pd.DataFrame:
    """One row per growth: more_units, units (then), month_nok, year_nok, more_nok (a year, above today's).

    count: units today. A growth within the step costs nothing; one above the last step is an InputError.
    """
    now = monthly_price(prices, count) * MONTHS
    rows = [(more, count + more, month, month * MONTHS, month * MONTHS - now) for more in added
            for month in [monthly_price(prices, count + more)]]  # fmt: skip
    return pd.DataFrame(rows, columns=["more_units", "units", "month_nok", "year_nok", "more_nok"])
