"""How costs are shared, in workbook.yml: models, the model of each year, and VAT."""

from collections.abc import Collection
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Misplaced, Positive, Strict, Year, distinct
from rorikt_lib.terms.parts import sum_of_parts, written

# The model that needs no settings: each item is charged at its own cost.
OWN_COST = "own_cost"


class SharingRule(Strict):
    """A row of a sharing model: a category's part of the budget, and what counts in it besides the year's items."""

    category: str
    """The category's name in the tables of keys and costs."""
    share: Positive
    """Its part of the budget; those of all categories make 1."""
    weights: dict[str, Positive] = Field(default={})
    """Item → weight, which counts instead of its cost, of what the category's costs leave."""
    rest: str | None = None
    """The name of an item that takes what the costs leave."""
    only: list[str] = Field(default=[])
    """Who pays the rest; all, equally, where nobody is named."""
    key: str | None = None
    """The item whose keys the whole category is shared by, or "equal". It then has no items of its own."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.key is not None and (self.weights or self.rest is not None):
            raise ValueError("a category with a key has no weights and no rest")
        if self.only and self.rest is None:
            raise ValueError("only says who pays the rest, so name the rest")
        if (total := sum_of_parts(_exact(self.weights.values()))) is not None:
            raise ValueError(
                f"the weights add up to {written(total)}, not 1; write whole numbers if they are no shares"
            )
        return self


def _exact(numbers: Collection[float]) -> list[Fraction]:
    """Numbers as they are written: 0.1 is one tenth."""
    return [Fraction(repr(number)) for number in numbers]


class SharingSettings(Strict):
    """How the budget is shared: models by name, the model of each year, and the VAT that is compensated."""

    models: dict[str, list[SharingRule]] = Field(default={})
    """Name → the model's categories, whose shares make 1. own_cost, each item at its own cost, is there already."""
    model_of_year: dict[Year, str] = Field(default={})
    """Year → the name of the model that its budget is shared by."""
    vat_rate: Positive = 0.25
    """VAT on investments, which the state compensates: 0.25 is 25 %."""

    @model_validator(mode="after")
    def _models_fit(self) -> Self:
        for name, rules in self.models.items():
            if name == OWN_COST:
                raise Misplaced(f"{OWN_COST} is the model of each item's own cost; call yours something else", "models")
            if not rules:
                raise Misplaced(f"the model {name} has no categories", "models", name)
            distinct([rule.category for rule in rules], "models", name)
            if (total := sum(_exact([rule.share for rule in rules]))) != 1:
                apart = ", ".join(f"{rule.category} {rule.share:g}" for rule in rules)
                problem = f"the shares of the model {name} add up to {written(total)}, not 1: {apart}"
                raise Misplaced(problem, "models", name)
        if unknown := sorted({*self.model_of_year.values()} - self.models.keys() - {OWN_COST}):
            raise Misplaced(f"no model is called {', '.join(unknown)}", "model_of_year")
        return self
