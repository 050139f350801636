"""Runs that nobody watches, in workbook.yml: how new the exports must be, and who is told how a run ended."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from rorikt_lib.config.strict import ADDRESS, Misplaced, Strict

Days = Annotated[int, Field(ge=0)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Freshness(Strict):
    """How new a source must be, in days beside the last day that the month's report counts of it.

    That is the month's last day, or the day of the cut-off in its report.yml.
    """

    expected_after_days: Annotated[int, Field(ge=-31, le=31)] = 0
    """The newest day that is expected in the source, so many days after the last one that counts: 0 is that day, 5 asks
    for an export that was taken five days later, when the month is closed."""
    warning_after_days: Days = 4
    """The source is late, which is a warning, when its newest day is more than so many days before the expected one.
    A week-end or a few holidays without cases or vouchers are no fault."""
    error_after_days: Days | None = None
    """It is missing, and no report is made, when its newest day is more than so many days before the expected one.
    Missing: being late is never more than a warning. Ledger and cases must reach the month in any case."""

    @model_validator(mode="after")
    def _warns_first(self) -> Self:
        if self.error_after_days is not None and self.error_after_days < self.warning_after_days:
            problem = f"an error after {self.error_after_days} days leaves no room for a warning after"
            raise Misplaced(f"{problem} {self.warning_after_days}", "error_after_days")
        return self


class SourcesFreshness(Strict):
    """How new each source must be. What the organisation does not have (organisation.chapters) is not asked for."""

    ledger: Freshness = Freshness()
    """The ledger. Its newest day is when the export was taken, as the file says it, else its newest voucher."""
    tickets: Freshness = Freshness()
    """The service desk's cases. Their newest day is the newest thing that happened in them."""
    devices: Freshness = Freshness(warning_after_days=30)
    """The PCs. Their newest day is when the export was taken."""
    usage: Freshness = Freshness(warning_after_days=31)
    """Portal and chatbot. A month's figure counts as of the month's first day."""


class UnattendedSettings(Strict):
    """What `rorikt run` waits for, and whom it tells. See docs/schedule.md."""

    freshness: SourcesFreshness = SourcesFreshness()
    """How new each source must be."""
    notify: list[Address] = Field(default=[])
    """Who is told how a run ended: addresses as Apprise has them, for e-mail, Teams and others. `${NAME}` is what the
    environment has of that name: passwords and keys belong there, not in this file."""
    link: Annotated[str, Field(pattern=ADDRESS)] | None = None
    """Where the site can be read, as https://rapport.example.no: the notification leads to the month's page there.
    Missing: it has no link."""
