"""The service desk in workbook.yml: what the sources call things, deadlines and opening hours."""

import datetime as dt
import difflib
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rorikt_lib.config.shipped import shipped
from rorikt_lib.config.strict import Misplaced, Positive, Strict, distinct
from rorikt_lib.terms.enums import Clock, Priority, SetAside, TicketStatus, TicketType, TimeUnit, Weekday


def _clock_time(value: object) -> object:
    """YAML reads an unquoted 15:30 as a number to base 60."""
    if isinstance(value, int):
        raise ValueError('write the time in quotes, "15:30"')
    return value


def _closing_time(value: object) -> object:
    """24:00, the end of the day, is no time of a day for Python: its last one stands for it."""
    return dt.time.max if value in ("24:00", "24:00:00") else _clock_time(value)


def _day(text: str) -> str:
    """MM-DD every year (29 February cannot be), easter+N or easter-N (days from Easter Sunday), or YYYY-MM-DD once."""
    if _FROM_EASTER.fullmatch(text):
        return text
    try:
        dt.date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    except ValueError:
        remedy = "write MM-DD for every year, or YYYY-MM-DD for once"
        raise ValueError(f"{text} is no day; {remedy}") from None
    return text


def is_once(day: str) -> bool:
    """Whether a Day is one day of one year, not one of every year."""
    return len(day) == 10 and not _FROM_EASTER.fullmatch(day)


_FROM_EASTER = re.compile(r"easter([+-]\d{1,3})?")
ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
ClosingTime = Annotated[dt.time, BeforeValidator(_closing_time)]
Day = Annotated[str, AfterValidator(_day)]
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
    serious: bool | None = None
    """Whether its cases are told of one by one. Where nothing is said, those of high and critical are."""


class Hours(Strict):
    """When the desk opens and closes on a day, local time."""

    opens: ClockTime
    """When the desk opens, local time in quotes, as "08:00"."""
    closes: ClosingTime
    """When the desk closes, local time in quotes, as "15:30"; "24:00" is the end of the day."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            how = 'the end of the day is "24:00", and no day has hours past it'
            raise ValueError(f"the desk opens at {self.opens} and closes at {self.closes}; {how}")
        return self


class SeasonHours(Hours):
    """Hours of a part of the year, as the summer; nothing else about the week holds in it."""

    first_day: Day
    """Its first day: "05-15" each year, "easter-7" (days from Easter Sunday), or "2025-05-15" once."""
    last_day: Day
    """Its last day, written the same way. It may be in the next year."""
    working_days: Annotated[list[Weekday], Field(min_length=1)] | None = None
    """The weekdays it is open on; the same as else where nothing is said."""
    weekdays: dict[Weekday, Hours] = Field(default={})
    """Weekdays with hours of their own in it."""

    @model_validator(mode="after")
    def _days_are_of_one_kind(self) -> Self:
        if is_once(self.first_day) != is_once(self.last_day):
            raise ValueError("first_day and last_day are both of every year, or both of one year")
        if is_once(self.first_day) and self.first_day > self.last_day:
            raise ValueError(f"it ends on {self.last_day}, before it begins")
        return self


class ServiceHours(Hours):
    """When the service desk is open: the hours of an ordinary working day, and what differs from them."""

    working_days: Annotated[list[Weekday], Field(min_length=1)] = [*Weekday][:5]
    """The weekdays the desk is open on."""
    weekdays: dict[Weekday, Hours] = Field(default={})
    """Working days with hours of their own: friday → opens and closes."""
    seasons: list[SeasonHours] = Field(default=[])
    """Parts of the year with hours of their own, as summer hours. Of several that have a day, the last counts."""
    half_days: dict[Day, Hours] = Field(default={})
    """Days with hours of their own: "12-24" each year or "easter-4" (days from Easter Sunday; this is the Wednesday
    before), where they are working days, or "2025-05-16" once, whatever day it is.
    """
    open_on_holidays: bool = False
    """Whether the desk is open on Norwegian public holidays, as on other days."""

    @model_validator(mode="after")
    def _only_working_days_have_hours(self) -> Self:
        weeks = [((), self), *((("seasons", n), season) for n, season in enumerate(self.seasons))]
        for place, week in weeks:
            days = week.working_days or self.working_days
            distinct(days, *place, "working_days")
            if idle := [day for day in week.weekdays if day not in days]:
                raise Misplaced(f"{idle[0]} is no working day; add it to working_days", *place, "weekdays", idle[0])
        return self


class TicketValues(Strict):
    """What the source systems call types, priorities and statuses."""

    type: dict[str, SourceType] = Field(default=shipped("names")["type"], validate_default=True)
    """The sources' name for a type → ours. A change is not a case."""
    priority: dict[str, str] = Field(default=shipped("names")["priority"])
    """The sources' name for a priority → ours, one of tickets.sla. Several may be one of ours."""
    status: dict[str, SourceStatus] = Field(default=shipped("names")["status"], validate_default=True)
    """The sources' name for a status → ours. A merged case goes on in another, and does not count."""


class TicketSettings(Strict):
    """Service desk: names in the sources, SLA targets, service hours."""

    values: TicketValues = TicketValues()
    """What the sources call things → our terms. A name that is not listed stops the run."""
    alert_channels: list[str] = Field(default=[])
    """Channels of the security monitoring: their cases are counted as alerts, apart from people's."""
    sla: Annotated[dict[str, SlaTarget], Field(min_length=1)]
    """Priority → its deadlines: low, medium, high and critical, or any number with names of your own, which the report
    writes as they stand here. Where one is your own, the least urgent stands first.
    """
    share_within_target: Annotated[float, Field(gt=0, le=1)] | None = None
    """The share of all incidents that is to be resolved in time, as 0.9: what the front page and the page across months
    hold it against. Leave it out where nothing is promised.
    """
    service_hours: ServiceHours
    """When the service desk is open on a working day."""
    closed_days: list[Day] = Field(default=[])
    """Closed besides weekends and Norwegian public holidays: "12-24" each year, "easter-4" (days from Easter Sunday),
    or "2024-12-23" once.
    """
    paused_clock: Clock = Clock.CALENDAR
    """What the minutes of waiting in the exports are of: calendar, all hours; service, those when the desk is open."""

    @model_validator(mode="before")
    @classmethod
    def _known_names_of_priorities_in_use(cls, given: Any) -> Any:
        """Where the settings say nothing of priorities' names, those known of the priorities that have a deadline."""
        sla, values = (given.get("sla"), given.get("values", {})) if isinstance(given, dict) else (None, None)
        if not isinstance(sla, dict) or not isinstance(values, dict) or "priority" in values:
            return given
        names = {name: priority for name, priority in shipped("names")["priority"].items() if priority in sla}
        return {**given, "values": {**values, "priority": names}}

    @property
    def first_response_minutes(self) -> dict[str, float]:
        """Minutes allowed for the first response, of the priorities that one is promised for."""
        return {name: t.first_response_minutes for name, t in self.sla.items() if t.first_response_minutes}

    @model_validator(mode="after")
    def _half_days_are_not_closed(self) -> Self:
        if both := [day for day in self.service_hours.half_days if day in self.closed_days]:
            raise Misplaced(f"{both[0]} is closed; take it out of closed_days", "service_hours", "half_days", both[0])
        return self

    @model_validator(mode="before")
    @classmethod
    def _own_priorities_are_called_what_they_are(cls, given: Any) -> Any:
        """The shipped names are of the shipped priorities: where there are only others, each is its own name."""
        sla, values = (given.get(key) for key in ("sla", "values")) if isinstance(given, dict) else (None, None)
        if not isinstance(sla, dict) or {*sla} & {*Priority} or not isinstance(values or {}, dict):
            return given
        return given | {"values": {"priority": {name: name for name in sla}} | (values or {})}

    @model_validator(mode="after")
    def _every_priority_has_a_target(self) -> Self:
        lacking = [priority for priority in self.values.priority.values() if priority not in self.sla]
        for own in self.sla:
            if own not in [*Priority] and (near := difflib.get_close_matches(own, lacking, 1, 0.8)):
                raise Misplaced(
                    f"no name of a priority stands for it; the nearest that one does is '{near[0]}'", "sla", own
                )
        for name, priority in self.values.priority.items():
            self.check_priority(priority, "values", "priority", name)
        return self

    def check_priority(self, priority: str, *at: str) -> None:
        """A priority that cases may get has a deadline. at: where in the settings it is given, see Misplaced."""
        if priority not in self.sla:
            known = ", ".join(self.sla)
            raise Misplaced(
                f"{priority} has no deadline; give it one in tickets.sla, or name another priority ({known})", *at
            )

    @property
    def priorities(self) -> list[str]:
        """The priorities that the organisation uses, the least urgent first."""
        ours = [name for name in Priority if name in self.sla]
        return ours if len(ours) == len(self.sla) else [*self.sla]

    @property
    def priority_names(self) -> dict[str, str]:
        """Every name by which people may call a priority → ours."""
        own = [name for name in self.sla if name not in [*Priority]]
        return {name: name for name in own} | self.values.priority
