"""The ledger in workbook.yml: lines and their accounts, projects, budgets and limits."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Positive, Strict, Year, distinct
from rorikt_lib.terms.enums import Kind


class Project(Strict):
    """A project code in the ledger and what it is."""

    code: str
    name: str
    kind: Kind


class LedgerSettings(Strict):
    """Expense types and the accounts behind them; balance accounts; projects; budget version and total of a year."""

    expense_types: dict[str, list[Annotated[str, Field(pattern=r"^\d{3}(-\d{3})?$")]]]
    balance_accounts: list[str]
    projects: list[Project]
    budget_versions: dict[int, str]
    adopted_budget_nok: dict[Year, int]
    forecast_gap_nok: Positive
    credit_limit_nok: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _claimed_once(self) -> Self:
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
        """KOSTRA art (three digits) → expense type. An art claimed twice is a ValueError."""
        claims: dict[str, str] = {}
        for name, ranges in self.expense_types.items():
            for first, _, last in (r.partition("-") for r in ranges):
                if last and last < first:
                    raise ValueError(f"{name}: the range {first}-{last} runs backwards")
                for art in range(int(first), int(last or first) + 1):
                    if f"{art:03d}" in claims:
                        raise ValueError(f"art {art:03d} is claimed by {claims[f'{art:03d}']} and by {name}")
                    claims[f"{art:03d}"] = name
        return claims
