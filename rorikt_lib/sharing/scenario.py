"""Scenarios: the charges of a budget, changed, and what each municipality then pays against the base."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from rorikt_lib.config.scenario_file import CostChange, Joining, KeyChange, LicenceFinancing, Scenario
from rorikt_lib.errors import InputError
from rorikt_lib.sharing.allocate import allocate, by_municipality
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.rounding import Number, exact
from rorikt_lib.terms.sums import with_sum

COLUMNS = [
    "municipality", "base_nok", "frame_nok", "invoiced_nok", "scenario_nok", "change_nok", "share_before", "share_now",
]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A scenario worked out.

    frame: what is shared; invoiced: what is invoiced directly, outside the frame; dropped: items that went with the
    municipalities that left, as nobody else was charged for them.
    """

    frame: list[Charge]
    invoiced: list[Charge]
    dropped: list[str]


def work_out(charges: Sequence[Charge], scenario: Scenario) -> Outcome:
    """The charges under a scenario: costs first, then keys, who joins, who leaves, and last the financing.

    InputError for an item, category or municipality that the charges do not have, a cost or key that becomes negative,
    and an item that nobody pays any longer though nobody left.
    """
    changed = [*charges]
    for cost in scenario.costs:
        changed = _with_cost(changed, cost)
    for key in scenario.keys:
        changed = _with_key(changed, key)
    _refuse_unpaid(changed)
    for joining in scenario.joins:
        changed = _with_member(changed, joining)
    _known(scenario.leaves, _places(changed), "municipality")
    left = [replace(c, keys={p: k for p, k in c.keys.items() if p not in scenario.leaves}) for c in changed]
    stays = [any(exact(key) for key in charge.keys.values()) for charge in left]
    dropped = [charge.item for charge, is_paid in zip(left, stays, strict=True) if not is_paid]
    kept = [charge for charge, is_paid in zip(left, stays, strict=True) if is_paid]
    return Outcome(*_financed(kept, scenario.financing), dropped)


def compare(charges: Sequence[Charge], outcome: Outcome, unit: Number = 1) -> pd.DataFrame:
    """One row per municipality of either, and SUM: what it pays in the base and in the scenario.

    Columns (COLUMNS): scenario_nok = frame_nok + invoiced_nok; share_before and share_now are of the frame (float),
    which the plan and the settlement go by.
    """
    base, frame, invoiced = (_totals(part, unit) for part in (charges, outcome.frame, outcome.invoiced))
    places = list(dict.fromkeys([*base.index, *frame.index, *invoiced.index]))
    parts = {"base": base, "frame": frame, "invoiced": invoiced}
    amounts = {f"{name}_nok": [part.amount_nok.get(p, Decimal(0)) for p in places] for name, part in parts.items()}
    table = pd.DataFrame({"municipality": places} | amounts, dtype=object)
    table["scenario_nok"] = table.frame_nok + table.invoiced_nok
    table["change_nok"] = table.scenario_nok - table.base_nok
    shares = {"share_before": base, "share_now": frame}
    of_places = {name: [*(part.cost_share.get(p, 0.0) for p in places), 1.0] for name, part in shares.items()}
    return with_sum(table, "municipality", table.columns.drop("municipality")).assign(**of_places)[COLUMNS]


def _totals(charges: Sequence[Charge], unit: Number) -> pd.DataFrame:
    """Indexed by municipality: amount_nok and cost_share."""
    if not charges:
        return pd.DataFrame(columns=["amount_nok", "cost_share"])
    return by_municipality(allocate(charges, unit)).set_index("municipality")


def _with_cost(charges: list[Charge], change: CostChange) -> list[Charge]:
    if change.item:
        _known([change.item], [c.item for c in charges], "item")
    if change.category:
        _known([change.category], [c.category for c in charges], "category")

    def is_meant(charge: Charge) -> bool:
        return change.item in (None, charge.item) and change.category in (None, charge.category)

    def with_new(charge: Charge) -> Charge:
        amount = _changed(charge.amount, change)
        # What was an income may become a larger one; a cost does not become one.
        if amount < 0 <= charge.amount:
            remedy = f"make the change smaller: it costs {float(charge.amount):.2f} kroner in the budget"
            raise InputError(f"{charge.item}: its cost becomes {float(amount):.2f} kroner", remedy=remedy)
        return replace(charge, amount=amount)

    return _each(charges, is_meant, with_new)


def _with_key(charges: list[Charge], change: KeyChange) -> list[Charge]:
    _known(change.items, [c.item for c in charges], "item")
    _known([change.municipality], _places(charges), "municipality")

    def with_new(charge: Charge) -> Charge:
        key = _changed(exact(charge.keys[change.municipality]), change)
        if key < 0:
            remedy = "make the change smaller"
            raise InputError(f"{charge.item}: the key of {change.municipality} becomes {float(key):g}", remedy=remedy)
        return replace(charge, keys={**charge.keys, change.municipality: key})

    return _each(charges, lambda charge: charge.item in change.items, with_new)


def _refuse_unpaid(charges: list[Charge]) -> None:
    """InputError for an item whose keys have all become 0: its cost would go, and nobody said so."""
    for charge in charges:
        if charge.amount and not any(exact(key) for key in charge.keys.values()):
            problem = f"{charge.item}: its keys add up to 0, so nobody pays its {float(charge.amount):.2f} kroner"
            raise InputError(problem, remedy="give a municipality a key above 0, or set the item's cost to 0 as well")


def _with_member(charges: list[Charge], joining: Joining) -> list[Charge]:
    _known([joining.like], _places(charges), "municipality")
    _known(joining.keys, [c.item for c in charges], "item")
    if joining.municipality in _places(charges):
        raise InputError(f"{joining.municipality} is a member already", remedy="change its keys instead")

    def with_member(charge: Charge) -> Charge:
        key = exact(charge.keys.get(joining.like, 0)) * exact(joining.factor)
        return replace(charge, keys={**charge.keys, joining.municipality: exact(joining.keys.get(charge.item, key))})

    def is_meant(charge: Charge) -> bool:
        # What only one is charged for is not the newcomer's, unless the scenario gives it a key.
        return charge.item in joining.keys or sum(exact(key) > 0 for key in charge.keys.values()) > 1

    return _each(charges, is_meant, with_member)


def _financed(charges: list[Charge], rule: LicenceFinancing | None) -> tuple[list[Charge], list[Charge]]:
    """What stays in the frame, and what is invoiced."""
    if rule is None or rule.alternative == "shared":
        return charges, []
    _known([rule.category], [c.category for c in charges], "category")
    own = [c for c in charges if c.category == rule.category]
    if rule.alternative == "paid_by_each":
        return [c for c in charges if c.category != rule.category], own
    _known(rule.base_costs, [c.item for c in own], "item")
    _known(rule.ordered_by, rule.base_costs, "item of base_costs")
    invoiced = [_increase(c, rule) for c in own if c.amount > exact(rule.base_costs.get(c.item, c.amount))]
    above = {(c.category, c.item): c.amount for c in invoiced}
    return [replace(c, amount=c.amount - above.get((c.category, c.item), 0)) for c in charges], invoiced


def _increase(charge: Charge, rule: LicenceFinancing) -> Charge:
    """What the item costs above the base year, charged to those who ordered it, by its keys."""
    if charge.item not in rule.ordered_by:
        remedy = f"name under ordered_by who is invoiced what it costs above {rule.base_year}"
        raise InputError(f"{charge.item}: nobody ordered the increase", remedy=remedy)
    _known(rule.ordered_by[charge.item], charge.keys, "municipality")
    keys = {place: charge.keys[place] for place in rule.ordered_by[charge.item]}
    return replace(charge, amount=charge.amount - exact(rule.base_costs[charge.item]), keys=keys)


def _changed(value: Fraction, change: CostChange | KeyChange) -> Fraction:
    if change.to is not None:
        return exact(change.to)
    if change.change is not None:
        return value + exact(change.change)
    return value * (1 + exact(change.change_percent) / 100)


def _each(charges: list[Charge], is_meant: Callable[[Charge], bool], make: Callable[[Charge], Charge]) -> list[Charge]:
    return [make(charge) if is_meant(charge) else charge for charge in charges]


def _places(charges: Sequence[Charge]) -> list[str]:
    return list(dict.fromkeys(place for charge in charges for place in charge.keys))


def _known(names: Iterable[str], known: Iterable[str], what: str) -> None:
    known = list(dict.fromkeys(known))
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"no {what} is called {', '.join(unknown)}", remedy=f"use one of: {', '.join(known)}")
