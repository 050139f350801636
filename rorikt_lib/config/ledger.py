"""The ledger in workbook.yml: lines and their accounts, projects, budgets and limits."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Arts, Misplaced, Positive, Strict, Year, distinct
from rorikt_lib.terms.enums import Kind


class Project(Strict):
    """A project code in the ledger and what it is."""

    code: str
    """The project's code in the ledger, in quotes."""
    name: str
    """What the report calls it."""
    kind: Kind
    """Whether it is an investment or part of operations."""


class LedgerSettings(Strict):
    """Expense types and the accounts behind them; balance accounts; projects; budget version and total of a year."""

    expense_types: dict[str, list[Arts]]
    """Report line → the KOSTRA arts behind it: the first three digits of the account, as "270-279"."""
    balance_accounts: list[str]
    """How the balance accounts of a full ledger (SAF-T) begin; they are left out of the report."""
    projects: list[Project]
    """The projects of the ledger, in the order of the report's table. One that is not here stops the run."""
    budget_versions: dict[int, str]
    """Year → the version of its budget that counts, for a year that has more than one."""
    adopted_budget_nok: dict[Year, int]
    """Year → the adopted operating budget, income subtracted. A budget with another total stops the report."""
    forecast_gap_nok: Positive
    """The report says so where model and adopted forecast of a line differ by more than this."""
    credit_limit_nok: Annotated[float, Field(ge=0)]
    """How much lower than what is booked an adopted forecast may be, with a reason; more stops the report."""

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
        """KOSTRA art (three digits) → expense type. An art claimed twice is a ValueError that names both."""
        claims: dict[str, str] = {}
        for name, ranges in self.expense_types.items():
            for first, _, last in (r.partition("-") for r in ranges):
                if last and last < first:
                    raise Misplaced(f"the range {first}-{last} runs backwards", "expense_types", name)
                for art in range(int(first), int(last or first) + 1):
                    if f"{art:03d}" in claims:
                        problem = f"art {art:03d} is claimed by {claims[f'{art:03d}']} and by {name}"
                        raise Misplaced(problem, "expense_types", name)
                    claims[f"{art:03d}"] = name
        return claims
