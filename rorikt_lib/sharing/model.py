"""What is shared and by which keys: a model's categories and the items of a year → charges, each with its amount."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rorikt_lib.config.sharing import SharingRule
from rorikt_lib.errors import InputError
from rorikt_lib.sharing.blame import CostsError
from rorikt_lib.sharing.rounding import Number, exact, shares

# Printed costs are rounded to whole kroner: this much of an item may differ from its category for that alone.
_ROUNDED_OFF = Fraction(1, 2)
_NAMED = 10


@dataclass(frozen=True)
class Item:
    """One thing whose cost is shared.

    keys: municipality → its key; 0 is not charged. cost: kroner, or weight: what the category's items with a weight
    share, in proportion, of the category's amount when its costs are taken. With neither, it is only a set of keys.
    """

    category: str
    name: str
    keys: Mapping[str, Number]
    cost: Fraction | None = None
    weight: Fraction | None = None

    @property
    def is_charged(self) -> bool:
        """Whether it has a cost or a weight."""
        return self.cost is not None or self.weight is not None


@dataclass(frozen=True)
class Charge:
    """An item's exact amount in kroner, and its keys."""

    category: str
    item: str
    amount: Fraction
    keys: Mapping[str, Number]

    @property
    def parts(self) -> dict[str, Fraction]:
        """Each municipality's exact part."""
        name = f"item '{self.item}'" if self.item else "the keys"
        return {place: self.amount * share for place, share in shares(self.keys, name).items()}


def charges(items: Sequence[Item], budget: Number | None = None) -> list[Charge]:
    """Items at their cost; with a budget, items with a weight share what the costs leave of it.

    InputError where an item has neither, where a weight has no budget to share, and where the costs are not the budget.
    """
    alone = [replace(item, weight=Fraction(1)) for item in items if len(items) == 1 and not item.is_charged]
    items = alone or items
    if lacking := [item.name for item in items if not item.is_charged]:
        remedy = "give each item a cost or a weight, or use a model that does"
        raise CostsError(f"neither cost nor weight: {_listed(lacking)}", remedy=remedy)
    if budget is None:
        if weighted := [item.name for item in items if item.weight is not None]:
            raise CostsError(f"a weight, but no amount to share: {_listed(weighted)}", remedy="give the amount")
        return [Charge(item.category, item.name, item.cost, item.keys) for item in items]
    return _within("the amount", items, exact(budget))


def model_charges(rules: Sequence[SharingRule], items: Sequence[Item], budget: Number) -> list[Charge]:
    """The year's items under a model: each category gets its share of the budget.

    InputError where a category has no items, an item's category is not in the model, a weight names no item, or the
    costs of a category are not its share of the budget and no item takes the rest.
    """
    whole = any(rule.key is None for rule in rules)
    unknown = sorted({item.category for item in items if item.is_charged} - {rule.category for rule in rules})
    if whole and unknown:
        remedy = f"use one of: {_listed(rule.category for rule in rules)}; or add it to the model"
        raise InputError(f"the model has no category {_listed(unknown)}", remedy=remedy)
    places = list(dict.fromkeys(place for item in items for place in item.keys))
    part = shares({rule.category: rule.share for rule in rules}, "the model's categories")
    found = []
    for rule in rules:
        own = _items_of(rule, items, places)
        found += _within(f"category '{rule.category}'", own, exact(budget) * part[rule.category])
    return found


def _items_of(rule: SharingRule, items: Sequence[Item], places: list[str]) -> list[Item]:
    """The category's items as the model has them."""
    if rule.key is not None:
        return [Item(rule.category, rule.category, _key(rule.key, items, places), weight=Fraction(1))]
    own = [item for item in items if item.category == rule.category]
    if missing := sorted(rule.weights.keys() - {item.name for item in own}):
        remedy = f"its items are: {_listed(item.name for item in own) or 'none'}"
        raise InputError(f"{rule.category}: no item is called {_listed(missing)}", remedy=remedy)
    found = [
        replace(item, cost=None, weight=exact(rule.weights[item.name])) if item.name in rule.weights else item
        for item in own
    ]
    if rule.rest is not None:
        found.append(Item(rule.category, rule.rest, _rest_keys(rule, places), weight=Fraction(1)))
    return [item for item in found if item.is_charged]


def _rest_keys(rule: SharingRule, places: list[str]) -> Mapping[str, Number]:
    if unknown := sorted({*rule.only} - {*places}):
        raise InputError(f"{rule.category}: no keys for {_listed(unknown)}", remedy=f"use: {_listed(places)}")
    return {place: int(not rule.only or place in rule.only) for place in places}


def _key(name: str, items: Sequence[Item], places: list[str]) -> Mapping[str, Number]:
    """The keys of the item called `name`. One set of keys without a category is what the user has for any name."""
    if name == "equal":
        return dict.fromkeys(places, 1)
    found = [item.keys for item in items if item.name == name]
    alone = [item.keys for item in items if len(items) == 1 and not item.category]
    if not found + alone:
        raise InputError(f"no item is called {name}", remedy=f"use one of: {_listed(item.name for item in items)}")
    return (found or alone)[0]


def _within(name: str, items: Sequence[Item], amount: Fraction) -> list[Charge]:
    """Items that together cost `amount`."""
    if not items:
        raise InputError(f"{name} has no items", remedy="give it items with keys, or take it out of the model")
    cost = sum((item.cost for item in items if item.cost is not None), Fraction(0))
    weight = sum((item.weight for item in items if item.weight is not None), Fraction(0))
    rest = amount - cost
    # What is left for weights is never the opposite of the amount: a cost above it is an error, not an income.
    if weight and rest * amount >= 0:
        per_cost, per_weight = Fraction(1), rest / weight
    elif cost and abs(rest) <= _ROUNDED_OFF * len(items):
        per_cost, per_weight = amount / cost, Fraction(0)
    else:
        apart = f"the items cost {_kroner(cost)}, but it has {_kroner(amount)}: they differ by {_kroner(abs(rest))}"
        remedy = "correct a cost or the amount, or give an item a weight so that it takes the rest"
        raise CostsError(f"{name}: {apart}", remedy=remedy)
    amounts = [item.cost * per_cost if item.weight is None else item.weight * per_weight for item in items]
    return [Charge(i.category, i.name, charged, i.keys) for i, charged in zip(items, amounts, strict=True)]


def _kroner(amount: Fraction) -> str:
    return f"{float(amount):.2f}".removesuffix(".00")


def _listed(names: Iterable[str]) -> str:
    """The first ten, and how many more there are."""
    first = [*names]
    return ", ".join(first[:_NAMED]) + (f" and {len(first) - _NAMED} more" if len(first) > _NAMED else "")
