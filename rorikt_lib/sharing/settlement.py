"""What a year came to against what was paid: to each municipality by its share, to the øre, adding up exactly."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing import rounding
from rorikt_lib.sharing.rounding import ORE, Number, exact, split, to_unit
from rorikt_lib.terms.sums import with_sum


def settle_operating(variance: Number, keys: Mapping[str, Number], unit: Number = ORE) -> pd.DataFrame:
    """One row per municipality, and SUM: municipality, cost_share, amount_nok, rounding_nok.

    variance: budget − actual, so an overspend is below zero and is to be paid. keys: the year's shares. Each amount is
    share × variance, and the amounts add up to it. rounding_nok: amount − the amount rounded by itself: where the
    units went that rounding each by itself would have lost or made.
    """
    shares = rounding.shares(keys, "the shares")
    parts = split(variance, keys, unit, "the shares")
    alone = {place: to_unit(exact(variance) * share, unit) for place, share in shares.items()}
    rows = [(place, float(shares[place]), amount, amount - alone[place]) for place, amount in parts.items()]
    return _summed(pd.DataFrame(rows, columns=["municipality", "cost_share", "amount_nok", "rounding_nok"]))


def settle_investment(
    paid: Mapping[str, Number], spent: Number, keys: Mapping[str, Number], unit: Number = ORE
) -> pd.DataFrame:
    """One row per municipality, and SUM: municipality, cost_share, paid_nok, spent_nok, amount_nok.

    paid: on account, without VAT. spent: what the investments cost in all, without VAT; spent_nok: its part by share.
    amount_nok = paid − spent: above zero is to be paid back or set off, below zero is still to be paid.
    InputError where those who paid are not those who have shares.
    """
    if paid.keys() != keys.keys():
        apart = ", ".join(sorted({*paid} ^ {*keys}))
        raise InputError(f"paid and shares are not of the same municipalities: {apart}", remedy="give both for each")
    shares = rounding.shares(keys, "the shares")
    parts = split(spent, keys, unit, "the shares")
    rows = [(p, float(shares[p]), to_unit(paid[p], ORE), part) for p, part in parts.items()]
    table = pd.DataFrame(rows, columns=["municipality", "cost_share", "paid_nok", "spent_nok"])
    return _summed(table.assign(amount_nok=table.paid_nok - table.spent_nok))


def _summed(table: pd.DataFrame) -> pd.DataFrame:
    amounts = table.columns.drop(["municipality", "cost_share"])
    return with_sum(table, "municipality", amounts).fillna({"cost_share": 1.0})
