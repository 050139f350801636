"""Who reports, and the municipalities it is for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Misplaced, Month, Strict
from rorikt_lib.terms.enums import Source


class Organisation(Strict):
    """Who reports."""

    name: str
    """The organisation's name, as the report writes it."""
    report_title: str
    """What the report is called, on its front page and in its files."""
    responsible_unit: str
    """Who answers for the report."""
    chapters: list[Source] | None = None
    """What the report tells of: ledger, tickets, devices, usage, sharing. One of these without exports is a warning,
    and an error with --strict; what is not here is left out. Missing: all that there are exports of."""


class Municipality(Strict):
    """One owner: it shares the service from `joined` on and until `left`."""

    name: str
    """What the report calls it."""
    users: Annotated[int, Field(gt=0)] | None = None
    """People with an account, for what is counted per 100 users. Missing: not known."""
    aliases: list[str] = Field(default=[])
    """What the ticket system, the PC registers and other sources call it besides its name."""
    joined: Month | None = None
    """The first month in which it shares the service, YYYY-MM. Missing: it always did."""
    left: Month | None = None
    """The first month in which it shares the service no more, YYYY-MM; its history is kept. Missing: it still does."""

    @model_validator(mode="after")
    def _joined_before_it_left(self) -> Municipality:
        if self.joined and self.left and self.joined >= self.left:
            raise Misplaced(f"{self.name} joins in {self.joined} and has left in {self.left}", "joined")
        return self

    def shares_in(self, month: str) -> bool:
        """Whether it shares the service in a month."""
        return (self.joined or month) <= month and (self.left is None or month < self.left)
