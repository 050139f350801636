"""content/budgets/YEAR.yml: what was decided about a year's budget, beside the tables of keys and costs."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Misplaced, Positive, Strict, Year
from rorikt_lib.config.yaml_file import read_yaml

Amounts = dict[str, float]


class Frame(Strict):
    """What one municipality says that it can pay."""

    municipality: str
    """Who says it."""
    amount_nok: Positive
    """What it can pay, in kroner."""
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    """The part of the budget it is held to be; missing: its own."""
    rounded_to_nok: Positive = 1
    """The budget that follows is a multiple of it."""


class Cuts(Strict):
    """What is cut to keep within a frame."""

    frame: Frame
    """The frame that the budget is cut to."""
    amounts_nok: Amounts
    """Measure → kroner, below zero where it saves."""
    printed_sum_nok: float | None = None
    """The sum as the paper has it."""


class StepPrices(Strict):
    """A price in steps."""

    name: str
    """What is priced."""
    unit: str
    """What is counted, in the plural."""
    up_to: dict[Annotated[int, Field(gt=0)], Positive]
    """Number of units → kroner a month for up to so many."""
    count: Annotated[int, Field(ge=0)]
    """Units now."""
    growth: list[Annotated[int, Field(gt=0)]]
    """How many more units to price."""


class Investments(Strict):
    """The years' investment frames, and what is invoiced of them."""

    frames_nok: dict[Year, Positive]
    """Year → frame in kroner, with VAT."""
    underspend_nok: Annotated[float, Field(ge=0)] = 0
    """Last year's, without VAT, set off in the first year."""
    rounded_to_nok: Positive = 1
    """What is invoiced is a multiple of it."""


class InvestmentAccount(Strict):
    """A year's investments when it is over, without VAT."""

    year: Year
    """The year that is over."""
    spent_nok: Annotated[float, Field(ge=0)]
    """What was spent, in kroner without VAT."""
    paid_nok: dict[str, Annotated[float, Field(ge=0)]]
    """Municipality → what it paid on account, in kroner without VAT."""


class Budget(Strict):
    """What was decided about one year's budget."""

    steps_nok: Amounts = Field(default={})
    """Step from last year's adopted budget → kroner, in order."""
    parts_nok: dict[str, Amounts] = Field(default={})
    """Step → {part: kroner}, what it is made up of."""
    growth_percent: dict[Year, float] = Field(default={})
    """Later year → growth in percent."""
    cuts: Cuts | None = Field(default=None, alias="measures")
    """What is cut, and to which frame."""
    investments: Investments | None = None
    """The investment frames and how they are invoiced."""
    investment_account: InvestmentAccount | None = None
    """A year's investments, to be settled."""
    step_prices: StepPrices | None = None
    """A price in steps."""

    @model_validator(mode="after")
    def _parts_are_of_steps(self) -> Self:
        if unknown := self.parts_nok.keys() - self.steps_nok.keys():
            raise Misplaced(f"no step is called {', '.join(sorted(unknown))}", "parts_nok")
        return self


def read_budget(year: int, content: Path) -> Budget | None:
    """The year's file; None where there is none."""
    path = content / "budgets" / f"{year}.yml"
    return (read_yaml(path, Budget) or Budget()) if path.exists() else None
