"""The budget: the walk from one year to the next, frames and cuts, and what moved each municipality's amount."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.sharing.allocate import as_one, exact_totals
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import ORE, Number, exact, largest_remainder, split, to_unit
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.sums import with_sum

CHANGES = [
    "municipality", "last_year_nok", "cost_effect_nok", "key_effect_nok", "next_year_nok", "change_nok",
    "share_before", "share_now",
]  # fmt: skip


def walk(start: Number, steps: Mapping[str, Number], start_name: str, end_name: str) -> pd.DataFrame:
    """One row per step, from last year's budget to the next: step, amount_nok, from_nok, to_nok.

    The first and last row are the budgets themselves, with from_nok 0. Exact, as Decimal with as many øre as given.
    """
    level = _kroner(start)
    rows = [(start_name, level, Decimal(0), level)]
    for step, amount in steps.items():
        rows.append((step, _kroner(amount), level, level + _kroner(amount)))
        level += _kroner(amount)
    rows.append((end_name, level, Decimal(0), level))
    return pd.DataFrame(rows, columns=["step", "amount_nok", "from_nok", "to_nok"])


def listed(amounts: Mapping[str, Number], name: str, printed: Number | None = None) -> pd.DataFrame:
    """One row per entry of a list and SUM, computed: `name`, amount_nok, printed_nok, difference_nok (printed − sum).

    printed: the sum that a paper prints; where it is not the entries' sum, the difference says by how much.
    """
    listed = [*map(_kroner, amounts.values())]
    total, shown = sum(listed, Decimal(0)), None if printed is None else _kroner(printed)
    rows = [*((entry, amount, None, None) for entry, amount in zip(amounts, listed, strict=True))]
    rows.append((SUM, total, shown, None if shown is None else shown - total))
    return pd.DataFrame(rows, columns=[name, "amount_nok", "printed_nok", "difference_nok"])


def total_of_frame(frame: Number, share: Number, unit: Number = 1) -> Decimal:
    """The whole budget when one municipality's part may be `frame` and its share is `share`, to the nearest unit.

    InputError for a share that is not above 0 and up to 1.
    """
    if not 0 < exact(share) <= 1:
        raise InputError(f"a share of {share}", remedy="give the municipality's share, above 0 and up to 1")
    return to_unit(exact(frame) / exact(share), unit)


def frame_check(total: Number, budget: Number, cuts: Mapping[str, Number]) -> pd.DataFrame:
    """Whether cuts bring the budget to `total`; one row: budget_nok, total_nok, needed_nok, measures_nok, left_nok.

    needed_nok = total − budget, negative as cuts are. left_nok = needed − cuts (measures_nok): below zero, cuts are
    missing; above, there are more than needed.
    """
    needed, made = _kroner(total) - _kroner(budget), sum(map(_kroner, cuts.values()), Decimal(0))
    columns = ["budget_nok", "total_nok", "needed_nok", "measures_nok", "left_nok"]
    return pd.DataFrame([(_kroner(budget), _kroner(total), needed, made, needed - made)], columns=columns)


def against_last_year(before: Sequence[Charge], now: Sequence[Charge], unit: Number = 1) -> pd.DataFrame:
    """One row per municipality, and SUM (CHANGES): last_year_nok + cost_effect_nok + key_effect_nok = next_year_nok.

    before, now: the charges of two years. cost_effect_nok: each item's change of cost, at last year's keys (at this
    year's for an item that is new); key_effect_nok: what the change of keys is, which adds up to nothing. Years
    without an item in common (last year was shared in another way) are compared as one item each. change_nok: the
    difference. share_before, share_now: of the year's total (float). Amounts add up down the columns and in each row.
    """
    if not in_common(before, now):
        before, now = [as_one(before)], [as_one(now)]
    places = list(dict.fromkeys(place for charge in [*now, *before] for place in charge.keys))
    cost = dict.fromkeys(places, Fraction(0)) | exact_totals(_changes(before, now))
    totals = [dict.fromkeys(places, Fraction(0)) | exact_totals(charges) for charges in (before, now)]
    was, becomes = (largest_remainder(parts, unit) for parts in totals)
    moved = largest_remainder(cost, unit)
    rows = [(p, was[p], moved[p], becomes[p] - was[p] - moved[p], becomes[p]) for p in places]
    table = pd.DataFrame(rows, columns=CHANGES[:5])
    table["change_nok"] = table.next_year_nok - table.last_year_nok
    table = with_sum(table, "municipality", table.columns.drop("municipality"))
    for name, parts in zip(("share_before", "share_now"), totals, strict=True):
        whole = sum(parts.values())
        table[name] = [*(float(parts[p] / whole) for p in places), 1.0]
    return table[CHANGES]


def revised(shares: Mapping[str, Fraction], total: Number, amounts: Mapping[str, Number]) -> pd.DataFrame:
    """What each municipality pays when the budget becomes `total`; one row per municipality, and SUM.

    Columns: municipality, amount_nok (as it was), revised_nok (in whole kroner, by exact shares), change_nok.
    """
    parts = split(total, shares, 1, "the shares")
    rows = [(place, _kroner(amounts[place]), part, part - _kroner(amounts[place])) for place, part in parts.items()]
    table = pd.DataFrame(rows, columns=["municipality", "amount_nok", "revised_nok", "change_nok"])
    return with_sum(table, "municipality", ["amount_nok", "revised_nok", "change_nok"])


def in_common(before: Sequence[Charge], now: Sequence[Charge]) -> bool:
    """Whether the years have an item in common; where not, last year was shared in another way."""
    return bool({(c.category, c.item) for c in before} & {(c.category, c.item) for c in now})


def _changes(before: Sequence[Charge], now: Sequence[Charge]) -> list[Charge]:
    """One charge per item of either year: its change of cost, by last year's keys where it had any."""
    old, new = ({(c.category, c.item): c for c in charges} for charges in (before, now))
    gone = [replace(charge, amount=-charge.amount) for name, charge in old.items() if name not in new]
    came = [charge for name, charge in new.items() if name not in old]
    stayed = [replace(old[name], amount=new[name].amount - old[name].amount) for name in new if name in old]
    return [*stayed, *came, *gone]


def _kroner(amount: Number) -> Decimal:
    """Kroner as given; finer than øre is rounded to øre, as nobody books it."""
    return to_unit(amount, ORE)
