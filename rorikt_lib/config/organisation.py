"""Who reports, and the municipalities it is for."""

from typing import Annotated

from pydantic import Field

from rorikt_lib.config.strict import Month, Strict


class Organisation(Strict):
    """Who reports."""

    name: str
    report_title: str
    responsible_unit: str


class Municipality(Strict):
    """One owner. users: people with an account, where it is known. aliases: what the sources call it besides its name.

    left: the first month in which it shares the service no more.
    """

    name: str
    users: Annotated[int, Field(gt=0)] | None = None
    aliases: list[str] = Field(default=[])
    left: Month | None = None

    def shares_in(self, month: str) -> bool:
        """Whether it shares the service in a month."""
        return self.left is None or month < self.left
