"""The service desk in workbook.yml: what the sources call things, deadlines and opening hours."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from rorikt_lib.config.shipped import shipped
from rorikt_lib.config.strict import Positive, Strict, complete
from rorikt_lib.terms.enums import Clock, Priority, SetAside, TicketStatus, TicketType, TimeUnit


def _clock_time(value: object) -> object:
    """YAML reads an unquoted 15:30 as a number to base 60."""
    if isinstance(value, int):
        raise ValueError('write the time in quotes, "15:30"')
    return value


def _closed_day(text: str) -> str:
    """MM-DD every year (29 February cannot be) or YYYY-MM-DD once."""
    dt.date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    return text


ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
ClosedDay = Annotated[str, AfterValidator(_closed_day)]
SourceType = Literal[*(term.value for term in (*TicketType, SetAside.CHANGE))]
SourceStatus = Literal[*(term.value for term in (*TicketStatus, SetAside.MERGED))]


class SlaTarget(Strict):
    """Time allowed for one priority, in `unit` on `clock`; first_response_minutes: on it too, if any is promised."""

    resolution: Positive
    first_response_minutes: Positive | None = None
    unit: TimeUnit
    clock: Clock


class ServiceHours(Strict):
    """When the service desk is open on a working day, local time."""

    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> ServiceHours:
        if self.opens >= self.closes:
            raise ValueError(f"the desk opens at {self.opens} and closes at {self.closes}")
        return self


class TicketValues(Strict):
    """What the source systems call types, priorities and statuses.

    A change is not a case, and a merged case goes on in another: neither counts.
    """

    type: dict[str, SourceType] = Field(default=shipped("names")["type"], validate_default=True)
    priority: dict[str, Priority] = Field(default=shipped("names")["priority"], validate_default=True)
    status: dict[str, SourceStatus] = Field(default=shipped("names")["status"], validate_default=True)


class TicketSettings(Strict):
    """Service desk: names in the sources, SLA targets, service hours."""

    values: TicketValues = TicketValues()
    alert_channels: list[str] = Field(default=[])
    sla: dict[Priority, SlaTarget]
    service_hours: ServiceHours
    closed_days: list[ClosedDay] = Field(default=[])

    @property
    def first_response_minutes(self) -> dict[Priority, float]:
        """Minutes allowed for the first response, of the priorities that one is promised for."""
        return {name: t.first_response_minutes for name, t in self.sla.items() if t.first_response_minutes}

    @field_validator("sla")
    @classmethod
    def _every_priority_has_a_target(cls, sla: dict[Priority, SlaTarget]) -> dict[Priority, SlaTarget]:
        return complete(sla, Priority)
