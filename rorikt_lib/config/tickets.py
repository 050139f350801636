"""The service desk in workbook.yml: what the sources call things, deadlines and opening hours."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rorikt_lib.config.shipped import shipped
from rorikt_lib.config.strict import Misplaced, Positive, Strict
from rorikt_lib.terms.enums import Clock, Priority, SetAside, TicketStatus, TicketType, TimeUnit


def _clock_time(value: object) -> object:
    """YAML reads an unquoted 15:30 as a number to base 60."""
    if isinstance(value, int):
        raise ValueError('write the time in quotes, "15:30"')
    return value


def _closed_day(text: str) -> str:
    """MM-DD every year (29 February cannot be) or YYYY-MM-DD once."""
    try:
        dt.date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    except ValueError:
        raise ValueError(f"{text} is no day; write MM-DD for every year, or YYYY-MM-DD for once") from None
    return text


ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
ClosedDay = Annotated[str, AfterValidator(_closed_day)]
SourceType = Literal[*(term.value for term in (*TicketType, SetAside.CHANGE))]
SourceStatus = Literal[*(term.value for term in (*TicketStatus, SetAside.MERGED))]


class SlaTarget(Strict):
    """Time allowed for one priority."""

    resolution: Positive
    """Time allowed from created to resolved, in `unit` on `clock`."""
    first_response_minutes: Positive | None = None
    """Minutes on the same clock allowed until the first answer. Leave it out where nothing is promised."""
    unit: TimeUnit
    """What `resolution` is in. A day is one service day on the service clock, else 24 hours."""
    clock: Clock
    """service: hours when the desk is open; calendar: all hours."""


class ServiceHours(Strict):
    """When the service desk is open on a working day, local time."""

    opens: ClockTime
    """When the desk opens, local time in quotes, as "08:00"."""
    closes: ClockTime
    """When the desk closes, local time in quotes, as "15:30"."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(f"the desk opens at {self.opens} and closes at {self.closes}")
        return self


class TicketValues(Strict):
    """What the source systems call types, priorities and statuses."""

    type: dict[str, SourceType] = Field(default=shipped("names")["type"], validate_default=True)
    """The sources' name for a type → ours. A change is not a case."""
    priority: dict[str, Priority] = Field(default=shipped("names")["priority"], validate_default=True)
    """The sources' name for a priority → ours. Several may be one of ours."""
    status: dict[str, SourceStatus] = Field(default=shipped("names")["status"], validate_default=True)
    """The sources' name for a status → ours. A merged case goes on in another, and does not count."""


class TicketSettings(Strict):
    """Service desk: names in the sources, SLA targets, service hours."""

    values: TicketValues = TicketValues()
    """What the sources call things → our terms. A name that is not listed stops the run."""
    alert_channels: list[str] = Field(default=[])
    """Channels of the security monitoring: their cases are counted as alerts, apart from people's."""
    sla: Annotated[dict[Priority, SlaTarget], Field(min_length=1)]
    """Priority → its deadlines. A priority that the organisation does not use is left out."""
    service_hours: ServiceHours
    """When the service desk is open on a working day."""
    closed_days: list[ClosedDay] = Field(default=[])
    """Closed besides weekends and Norwegian public holidays: "12-24" each year, or "2024-12-23" once."""

    @property
    def first_response_minutes(self) -> dict[Priority, float]:
        """Minutes allowed for the first response, of the priorities that one is promised for."""
        return {name: t.first_response_minutes for name, t in self.sla.items() if t.first_response_minutes}

    @model_validator(mode="after")
    def _every_priority_has_a_target(self) -> Self:
        for name, priority in self.values.priority.items():
            self.check_priority(priority, "values", "priority", name)
        return self

    def check_priority(self, priority: str, *at: str) -> None:
        """A priority that cases may get has a deadline. at: where in the settings it is given, see Misplaced."""
        if priority in [*Priority] and priority not in self.sla:
            raise Misplaced(f"{priority} has no deadline; give it one in tickets.sla, or name another priority", *at)

    @property
    def priorities(self) -> list[Priority]:
        """The priorities that the organisation uses, the least urgent first."""
        return [name for name in Priority if name in self.sla]
