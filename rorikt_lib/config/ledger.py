"""The ledger in workbook.yml: lines and their accounts, projects, budgets and limits."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import Field, field_validator, model_validator

from rorikt_lib.config.strict import DIGITS, Arts, Misplaced, Positive, Strict, Year, distinct
from rorikt_lib.terms.enums import AccountClass, Kind, Side

# As config.strict.Arts has them.
LEAST_DIGITS, MOST_DIGITS = 3, 5
# Whether the amounts of credit are written with their minus, where a column says which is debit and which credit.
CreditAmounts = Literal["signed", "unsigned"]


class Project(Strict):
    """A project code in the ledger and what it is."""

    code: str
    """The project's code in the ledger, in quotes."""
    name: str
    """What the report calls it."""
    kind: Kind
    """Whether it is an investment or part of operations."""


class LedgerValues(Strict):
    """What the sources call things."""

    side: dict[str, Side] = Field(default={})
    """The sources' name for debit and credit → ours, besides D, K, Debet, Kredit and the like."""


class LedgerSettings(Strict):
    """Expense types and the accounts behind them; balance accounts; projects; budget version and total of a year."""

    art_digits: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]] = (1, 3)
    """The first and the last digit of an account's art: [1, 3] in KOSTRA, [2, 4] after a class, [1, 4] in NS 4102."""
    account_digits: Annotated[int, Field(ge=1, le=20)] | None = None
    """How many digits the accounts have: a shorter one gets the zeros in front that a spreadsheet dropped."""
    account_classes: dict[Annotated[str, Field(pattern=DIGITS)], AccountClass] = Field(default={})
    """How accounts begin → investment, operating or balance, where a class stands before the art; no other occurs."""
    expense_types: dict[str, list[Arts]]
    """Report line → the arts behind it: the digits of the account that art_digits says, as "270-279"."""
    income_arts: list[Arts] = Field(default=["600-999"])
    """The arts that are income: a budget of the wrong sign stops the report."""
    balance_accounts: list[str] = Field(default=[])
    """How the balance accounts of a full ledger (SAF-T) begin; they are left out of the report."""
    projects: list[Project] = Field(default=[])
    """The projects of the ledger, in the order of the report's table. One that is not here stops the run."""
    without_project: str | None = None
    """What the report calls investments without a project. Missing: they stop the run."""
    budget_versions: dict[int, str] = Field(default={})
    """Year → the version of its budget that counts, for a year that has more than one."""
    adopted_budget_nok: dict[Year, int] = Field(default={})
    """Year → the adopted operating budget, income subtracted. A budget with another total stops the report."""
    contributions_in_income_nok: dict[Year, Positive] = Field(default={})
    """Year → what municipalities pay of the adopted budget, where ledger and budget have it among the income."""
    forecast_gap_nok: Positive = 500_000
    """The report says so where model and adopted forecast of a line differ by more than this."""
    credit_limit_nok: Annotated[float, Field(ge=0)] = 500_000
    """How much lower than what is booked an adopted forecast may be, with a reason; more stops the report."""

    values: LedgerValues = LedgerValues()
    """What the sources call things → our terms. A name that is not known stops the run."""
    credit_amounts: CreditAmounts | None = None
    """Where a column (D/K) says which amounts are debit and which credit: signed, all stand as they are; unsigned,
    those of credit change sign. Missing: as the signs of the file show.
    """

    @field_validator("art_digits")
    @classmethod
    def _few_digits(cls, digits: tuple[int, int]) -> tuple[int, int]:
        if not LEAST_DIGITS <= digits[1] - digits[0] + 1 <= MOST_DIGITS:
            raise ValueError("give the first and the last of three to five digits, for example [1, 3]")
        return digits

    @model_validator(mode="after")
    def _claimed_once(self) -> Self:
        self.expense_type_of_art()
        distinct([project.code for project in self.projects])
        distinct([*self.report_lines[Kind.OPERATING], *(project.name for project in self.projects), *self._unassigned])
        if unknown := sorted(self.contributions_in_income_nok.keys() - self.adopted_budget_nok.keys()):
            problem = f"no budget is adopted for {', '.join(map(str, unknown))}"
            raise Misplaced(f"{problem}: name it under adopted_budget_nok", "contributions_in_income_nok", unknown[0])
        return self

    @property
    def report_lines(self) -> dict[Kind, list[str]]:
        """Kind → the lines that the report has, in its order."""
        investments = [project.name for project in self.projects if project.kind == Kind.INVESTMENT]
        return {Kind.OPERATING: [*self.expense_types], Kind.INVESTMENT: [*investments, *self._unassigned]}

    @property
    def _unassigned(self) -> list[str]:
        """The line of investments without a project, where there is one."""
        return [] if self.without_project is None else [self.without_project]

    @property
    def balance_beginnings(self) -> tuple[str, ...]:
        """How the accounts begin that are left out of the report."""
        classes = [start for start, of in self.account_classes.items() if of == AccountClass.BALANCE]
        return (*self.balance_accounts, *classes)

    @property
    def named_arts(self) -> frozenset[str]:
        """The arts that an expense type names one by one."""
        return frozenset(art for ranges in self.expense_types.values() for art in ranges if "-" not in art)

    def class_of(self, accounts: pd.Series) -> pd.Series:
        """The class of each account, missing where none is said."""
        found = pd.Series(None, index=accounts.index, dtype="str")
        for start in sorted(self.account_classes, key=len):
            found = found.mask(accounts.str.startswith(start).fillna(False).astype(bool), self.account_classes[start])
        return found

    def expense_type_of_art(self) -> dict[str, str]:
        """Art (the digits of `art_digits`) → expense type. An art claimed twice is a ValueError."""
        claims: dict[str, str] = {}
        for name, ranges in self.expense_types.items():
            for art in self._arts(name, ranges):
                if art in claims:
                    raise Misplaced(f"art {art} is claimed by {claims[art]} and by {name}", "expense_types", name)
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
                problem = f"{first}-{last or first} is not of {width} digits, as art_digits says"
                raise Misplaced(problem, "expense_types", name)
            if last and last < first:
                raise Misplaced(f"the range {first}-{last} runs backwards", "expense_types", name)
            yield from (f"{art:0{width}d}" for art in range(int(first), int(last or first) + 1))
