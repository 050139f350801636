"""The ledger in workbook.yml: lines and their accounts, projects, budgets and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pandas as pd
from pydantic import Field, field_validator, model_validator

from rorikt_lib.config.strict import Positive, Strict, Year, distinct
from rorikt_lib.terms.enums import Kind

MOST_DIGITS = 5
# An art, or the first and the last of several.
ArtRange = Annotated[str, Field(pattern=rf"^\d{{3,{MOST_DIGITS}}}(-\d{{3,{MOST_DIGITS}}})?$")]


class Project(Strict):
    """A project code in the ledger and what it is."""

    code: str
    name: str
    kind: Kind


class LedgerSettings(Strict):
    """Expense types and the accounts behind them; balance accounts; projects; budget version and total of a year.

    art_digits: the first and the last of the account's digits (from 1) that expense_types and income_arts are
    written in: [1, 3] is the art of a KOSTRA account, [2, 4] where its class stands before it, [1, 4] an NS 4102
    account. balance_accounts: how the accounts begin that are left out.
    """

    art_digits: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] = (1, 3)
    expense_types: dict[str, list[ArtRange]]
    income_arts: list[ArtRange] = Field(default=["600-999"])
    balance_accounts: list[str] = Field(default=[])
    projects: list[Project] = Field(default=[])
    budget_versions: dict[int, str] = Field(default={})
    adopted_budget_nok: dict[Year, int] = Field(default={})
    forecast_gap_nok: Positive = 500_000
    credit_limit_nok: Annotated[float, Field(ge=0)] = 500_000

    @field_validator("art_digits")
    @classmethod
    def _few_digits(cls, digits: tuple[int, int]) -> tuple[int, int]:
        if not 3 <= digits[1] - digits[0] + 1 <= MOST_DIGITS:
            raise ValueError(f"give the first and the last of three to {MOST_DIGITS} digits, for example [1, 3]")
        return digits

    @model_validator(mode="after")
    def _claimed_once(self) -> LedgerSettings:
        self.expense_type_of_art()
        distinct([project.code for project in self.projects])
        distinct([*self.expense_types, *(project.name for project in self.projects)])
        return self

    @property
    def report_lines(self) -> dict[Kind, list[str]]:
        """Kind → the lines that the report has, in its order."""
        investments = [project.name for project in self.projects if project.kind == Kind.INVESTMENT]
        return {Kind.OPERATING: [*self.expense_types], Kind.INVESTMENT: investments}

    def expense_type_of_art(self) -> dict[str, str]:
        """Art (the digits of `art_digits`) → expense type. An art claimed twice is a ValueError."""
        claims: dict[str, str] = {}
        for name, ranges in self.expense_types.items():
            for art in self._arts(name, ranges):
                if art in claims:
                    raise ValueError(f"art {art} is claimed by {claims[art]} and by {name}")
                claims[art] = name
        return claims

    def is_income(self, art: str) -> bool:
        """Whether an art is of income."""
        return any(first <= art <= (last or first) for first, _, last in (r.partition("-") for r in self.income_arts))

    def art_of(self, accounts: pd.Series) -> pd.Series:
        """The art of each account; dots are no digits."""
        first, last = self.art_digits
        return accounts.str.replace(".", "", regex=False).str.slice(first - 1, last)

    def _arts(self, name: str, ranges: list[str]) -> Iterator[str]:
        width = self.art_digits[1] - self.art_digits[0] + 1
        for first, _, last in (r.partition("-") for r in ranges):
            if len(first) != width or len(last or first) != width:
                raise ValueError(f"{name}: {first}-{last or first} is not of {width} digits, as art_digits says")
            if last and last < first:
                raise ValueError(f"{name}: the range {first}-{last} runs backwards")
            yield from (f"{art:0{width}d}" for art in range(int(first), int(last or first) + 1))
