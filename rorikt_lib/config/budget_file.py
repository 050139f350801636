"""content/budgets/YEAR.yml: what was decided about a year's budget, beside the tables of keys and costs."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Positive, Strict, Year
from rorikt_lib.config.yaml_file import read_yaml

Amounts = dict[str, float]


class Frame(Strict):
    """What one municipality says that it can pay. share: the part of the budget it is held to be; default its own."""

    municipality: str
    amount_nok: Positive
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    rounded_to_nok: Positive = 1


class Cuts(Strict):
    """What is cut to keep within a frame, below zero where it saves. printed_sum_nok: as the paper adds it up."""

    frame: Frame
    amounts_nok: Amounts
    printed_sum_nok: float | None = None


class StepPrices(Strict):
    """A price in steps. up_to: number of units → NOK a month. count: units now. growth: how many more to price."""

    name: str
    unit: str
    up_to: dict[Annotated[int, Field(gt=0)], Positive]
    count: Annotated[int, Field(ge=0)]
    growth: list[Annotated[int, Field(gt=0)]]


class Investments(Strict):
    """frames_nok: year → frame with VAT. underspend_nok: last year's, without VAT, set off in the first year.

    rounded_to_nok: what is invoiced is a multiple of it.
    """

    frames_nok: dict[Year, Positive]
    underspend_nok: Annotated[float, Field(ge=0)] = 0
    rounded_to_nok: Positive = 1


class InvestmentAccount(Strict):
    """A year's investments when it is over, without VAT. paid_nok: municipality → paid on account."""

    year: Year
    spent_nok: Annotated[float, Field(ge=0)]
    paid_nok: dict[str, Annotated[float, Field(ge=0)]]


class Budget(Strict):
    """One year. steps_nok: from last year's adopted budget, in order. parts_nok: step → what it is made up of."""

    steps_nok: Amounts = Field(default={})
    parts_nok: dict[str, Amounts] = Field(default={})
    growth_percent: dict[Year, float] = Field(default={})
    cuts: Cuts | None = Field(default=None, alias="measures")
    investments: Investments | None = None
    investment_account: InvestmentAccount | None = None
    step_prices: StepPrices | None = None

    @model_validator(mode="after")
    def _parts_are_of_steps(self) -> Self:
        if unknown := self.parts_nok.keys() - self.steps_nok.keys():
            raise ValueError(f"parts_nok: no step is called {', '.join(sorted(unknown))}")
        return self


def read_budget(year: int, content: Path) -> Budget | None:
    """The year's file; None where there is none."""
    path = content / "budgets" / f"{year}.yml"
    return (read_yaml(path, Budget) or Budget()) if path.exists() else None
