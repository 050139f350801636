"""What must not be published, and what may though it looks like it."""

from typing import Annotated

from pydantic import Field

from rorikt_lib.config.organisation import Named
from rorikt_lib.config.strict import Strict


class Allowed(Strict):
    """A text that is published though it looks private."""

    text: Named
    """The text as it is published: an address, a number, a name, or the words that a name stands in."""
    reason: Named
    """Why it may be published."""


class PrivacySettings(Strict):
    """The privacy gate: nothing is published that it stops. See docs/privacy.md."""

    allow: list[Allowed] = Field(default=[])
    """Texts that may be published though they look private, each with the reason. A longer text is not let through
    because a part of it stands here.
    """
    person_columns: list[Named] = Field(default=[])
    """Headers of exports under which people stand, besides those that are known. Their names are not published."""
    case_numbers: bool = False
    """Whether files that list single cases give their numbers, by which they can be looked up in the ticket system."""
    small_counts_below: Annotated[int, Field(ge=2)] | None = None
    """Counts of cases by municipality, category, channel, hour of the week or part of their deadline, above none and
    below this, are hidden, and as many others as it takes that they cannot be worked out from totals. Missing: none
    are.
    """
