"""Who reports, and the municipalities it is for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from rorikt_lib.config.strict import EMAIL, HTTPS, Misplaced, Month, Strict
from rorikt_lib.terms.enums import Source

Contact = Annotated[str, Field(pattern=rf"{HTTPS}|{EMAIL}")]
Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Accessibility(Strict):
    """What a public site must say of its accessibility."""

    statement: Annotated[str, Field(pattern=HTTPS)]
    """The address of the accessibility statement, as uustatus.no gave it: https://uustatus.no/nb/erklaringer/…"""
    contact: Contact
    """Where people tell of what they cannot use, or ask for it in another form: an e-mail address, or a page's address
    that begins with https://. It is published.
    """

    @property
    def contact_address(self) -> str:
        """The contact as a link has it."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact


class Organisation(Strict):
    """Who reports."""

    name: Named
    """The organisation's name, as the report writes it."""
    report_title: Named
    """What the report is called, on its front page and in its files."""
    responsible_unit: Named
    """Who answers for the report."""
    accessibility: Accessibility | None = None
    """The site's accessibility statement, and whom to write to. Missing: the pages are without, with a warning."""
    chapters: Annotated[list[Source], Field(min_length=1)] | None = None
    """What the report tells of: ledger, tickets, devices, usage, sharing. One of these without exports is a warning,
    and an error with --strict; what is not here is left out. Missing: all that there are exports of."""


class Municipality(Strict):
    """One owner: it shares the service from `joined` on and until `left`."""

    name: Named
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
