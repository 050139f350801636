"""How costs are shared, in workbook.yml: models, the model of each year, and VAT."""

from __future__ import annotations

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Positive, Strict, Year, distinct


class SharingRule(Strict):
    """A row of a sharing model: a category's part of the budget, and what replaces or adds to the year's items in it.

    share: relative to the other categories'. weights: item → weight, which counts instead of its cost. rest: the name
    of an item that takes what the costs leave, charged equally to all, or to those in `only`. key: "equal", or the
    item whose keys the category as a whole is shared by; it then has no items.
    """

    category: str
    share: Positive
    weights: dict[str, Positive] = Field(default={})
    rest: str | None = None
    only: list[str] = Field(default=[])
    key: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> SharingRule:
        if self.key is not None and (self.weights or self.rest is not None):
            raise ValueError("a category with a key has no weights and no rest")
        if self.only and self.rest is None:
            raise ValueError("only says who pays the rest, so name the rest")
        return self


class SharingSettings(Strict):
    """How the budget is shared: models by name, the model of each year, and the VAT that is compensated."""

    models: dict[str, list[SharingRule]] = Field(default={})
    model_of_year: dict[Year, str] = Field(default={})
    vat_rate: Positive = 0.25

    @model_validator(mode="after")
    def _models_fit(self) -> SharingSettings:
        for name, rules in self.models.items():
            if not rules:
                raise ValueError(f"the model {name} has no categories")
            distinct([rule.category for rule in rules])
        if unknown := sorted({*self.model_of_year.values()} - self.models.keys()):
            raise ValueError(f"no model is called {', '.join(unknown)}")
        return self
