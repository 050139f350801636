"""content/budgets/YEAR.yml: what was decided about a year's budget, beside the tables of keys and costs."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Misplaced, Positive, Strict, Year, distinct
from rorikt_lib.config.yaml_file import read_yaml

Amounts = dict[str, float]
Given = TypeVar("Given", bound=Strict)


def _written(amount: float) -> Fraction:
    """An amount exactly as it is written: 0.1 is a tenth."""
    return Fraction(repr(amount))


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
    consequences: dict[str, str] = Field(default={})
    """Measure → what it means for those who use the service, in a sentence."""

    @model_validator(mode="after")
    def _consequences_are_of_measures(self) -> Self:
        return _refuse_unknown(self, "consequences", self.amounts_nok, "measure")


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


class Project(Strict):
    """A project that the first year's investment frame is to pay for."""

    number: str
    """Its number in the budget, as "1" or "A.1"."""
    group: str
    """What it is listed under, as Felles prosjekter."""
    name: str
    """What it is called."""
    basis: str | None = None
    """What it follows from: a strategy, a decision, an agreement."""
    description: str
    """What is to be done, and why: Markdown as in a narrative, without headings."""
    finish: str | None = None
    """When it is to be finished, as 3. kvartal 2025."""
    estimate_nok: Positive
    """What it is reckoned to cost in the first year, in kroner with VAT."""


class Investments(Strict):
    """The years' investment frames, and what is invoiced of them."""

    frames_nok: dict[Year, Positive]
    """Year → frame in kroner, with VAT."""
    underspend_nok: Annotated[float, Field(ge=0)] = 0
    """Last year's, without VAT, set off in the first year."""
    rounded_to_nok: Positive = 1
    """What is invoiced is a multiple of it."""
    projects: list[Project] = Field(default=[])
    """What the first year's frame is to pay for; their estimates add up to it."""

    @model_validator(mode="after")
    def _projects_are_the_frame(self) -> Self:
        distinct([project.number for project in self.projects], "projects")
        first = min(self.frames_nok, default=0)
        estimated = sum(_written(project.estimate_nok) for project in self.projects)
        frame = self.frames_nok.get(first, 0)
        if self.projects and estimated != _written(frame):
            problem = f"the projects are estimated at {float(estimated):.2f}, but the frame of {first} is {frame:.2f}"
            raise Misplaced(problem, "projects")
        return self


class InvestmentAccount(Strict):
    """A year's investments when it is over, without VAT."""

    year: Year
    """The year that is over."""
    spent_nok: Annotated[float, Field(ge=0)] | None = None
    """What was spent, in kroner without VAT. Missing: what the ledger has of the year's investments, less VAT."""
    paid_nok: dict[str, Annotated[float, Field(ge=0)]]
    """Municipality → what it paid on account, in kroner without VAT."""


class Budget(Strict):
    """What was decided about one year's budget."""

    steps_nok: Amounts = Field(default={})
    """Step from last year's adopted budget → kroner, in order."""
    parts_nok: dict[str, Amounts] = Field(default={})
    """Step → {part: kroner}, what it is made up of."""
    notes: dict[str, str] = Field(default={})
    """Step or part → why, in a sentence or two."""
    step_groups: dict[str, list[str]] = Field(default={})
    """Heading → the steps listed under it, each step once. Missing: they are listed without headings."""
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
        return _refuse_unknown(self, "parts_nok", self.steps_nok, "step")

    @model_validator(mode="after")
    def _notes_are_of_steps_or_parts(self) -> Self:
        parts = [part for amounts in self.parts_nok.values() for part in amounts]
        return _refuse_unknown(self, "notes", [*self.steps_nok, *parts], "step or part")

    @model_validator(mode="after")
    def _each_step_is_in_one_group(self) -> Self:
        grouped = [step for steps in self.step_groups.values() for step in steps]
        distinct(grouped, "step_groups")
        for unknown, problem in [
            ({*grouped} - {*self.steps_nok}, "no step is called"),
            ({*self.steps_nok} - {*grouped} if grouped else set(), "no heading has"),
        ]:
            if unknown:
                raise Misplaced(f"{problem} {', '.join(sorted(unknown))}", "step_groups")
        return self


def _refuse_unknown(given: Given, key: str, known: Iterable[str], what: str) -> Given:
    """`given`; Misplaced where one of the names in its field `key` is none of those that are known."""
    if unknown := {*getattr(given, key)} - {*known}:
        raise Misplaced(f"no {what} is called {', '.join(sorted(unknown))}", key)
    return given


def read_budget(year: int, content: Path) -> Budget | None:
    """The year's file; None where there is none."""
    path = content / "budgets" / f"{year}.yml"
    return (read_yaml(path, Budget) or Budget()) if path.exists() else None
