"""How workbook.yml describes another system's export; its place in the settings is `mappings: {name: Mapping}`."""

import datetime as dt
import zoneinfo
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from rorikt_lib.config.ledger import CreditAmounts
from rorikt_lib.config.strict import Strict
from rorikt_lib.terms.enums import Waiting

# fmt: off
MAPPED_FIELDS: dict[str, list[str]] = {
    "postings": [
        "voucher_no", "posted_on", "period", "account", "account_name", "cost_centre", "function", "project",
        "supplier_id", "supplier_name", "text", "amount_nok", "debit_nok", "credit_nok", "side", "kind",
        "line",
    ],
    "budget_lines": [
        "period", "year", "version", "account", "cost_centre", "project", "month", "amount_nok", "side", "kind",
        "line",
    ],
    "tickets": [
        "ticket_id", "request_no", "type", "priority", "category", "municipality", "channel", "status", "created_at",
        "responded_at", "resolved_at", "closed_at", "paused_minutes", "reopened", "reopened_at", "is_deleted",
        "sla_met_source",
    ],
}
# fmt: on
# Of each group one alternative must be given whole.
_NEEDED: dict[str, list[list[set[str]]]] = {
    "postings": [[{"period"}, {"posted_on"}], [{"account"}], [{"amount_nok"}, {"debit_nok", "credit_nok"}]],
    "budget_lines": [[{"year"}, {"period"}], [{"version"}], [{"account"}], [{"amount_nok"}]],
    "tickets": [[{"created_at"}], [{"type"}], [{"priority"}]],
}
# Formats of cases that are no mapping, and what says that a mapping's cases are no other's.
KNOWN_CASES, OWN_CASES = ("pureservice_list", "pureservice_api"), "none"


class Mapping(Strict):
    """Another system's export of postings, a budget or tickets, described instead of programmed."""

    table: Literal["postings", "budget_lines", "tickets"]
    """What the export is of."""
    columns: Annotated[dict[str, str], Field(min_length=1)]
    """Our field → their header."""
    constants: dict[str, str] = Field(default={})
    """Our field → a value, in our terms, where no column gives one."""
    values: dict[str, dict[str, str]] = Field(default={})
    """Our field → {their value: ours}."""
    date_format: str = "%d.%m.%Y"
    """How every date and time is written, as strptime has it. ISO times are read in any case."""
    time_zone: str = "Europe/Oslo"
    """Of times without an offset."""
    decimal_sign: Literal[",", "."] | None = None
    """What stands before the decimals: needed where a column's numbers could be read both ways, as 1.234 can."""
    credit_amounts: CreditAmounts | None = None
    """Where a column (side) says which amounts are debit and which credit: as in ledger.credit_amounts, which holds
    where this is missing.
    """
    amounts: dict[str, Annotated[str, Field(pattern=r"^(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?$")]] = Field(default={})
    """Of a budget with a column for each year or month: their header → the year (2025) or month (2025-01) it is of."""
    extra_cells: Literal["refuse", "ignore"] = "refuse"
    """What becomes of a row with more filled cells than there are headers: refused, or read without them."""
    missing: list[str] = Field(default=[])
    """Texts that mean no value."""
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    """The calendar month that their period 01 is. A fiscal year has the number of the calendar year it starts in."""
    last_event_by: str | None = None
    """Their header that orders the events of one case; the last one counts."""
    event_at: str | None = None
    """Their header with the time of each event.

    The statuses are then a history, and say when a case was created and resolved where no column does. A status that is
    not listed leaves the case as it was.
    """
    waiting: dict[str, Waiting] = Field(default={})
    """Their status that means waiting → for whom. Such a case is open."""
    paused_unit: Literal["minutes", "hours", "seconds", "text"] = "minutes"
    """Of paused_minutes that are plain numbers; h:mm says itself what it is.

    text: every one says its units itself, as `1 Day 2 Hours`, `26:15` or `P1DT2H15M`. A day is 24 hours.
    """
    same_cases_as: str | None = None
    """The mapping, or pureservice_list, whose cases these are too: they are joined by their number.

    none: its cases are its own, also where their numbers are those of another system.
    """

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        known, given = MAPPED_FIELDS[self.table], {*self.columns, *self.constants}
        timed = (
            given | ({"created_at"} if self.event_at else set()) | ({"year", "amount_nok"} if self.amounts else set())
        )
        if unknown := sorted({*given, *self.values} - {*known}):
            raise ValueError(f"{self.table} has no field {', '.join(unknown)}; it has {', '.join(known)}")
        if idle := sorted({*self.values} - given):
            raise ValueError(f"values for a field that has no column: {', '.join(idle)}")
        for group in _NEEDED[self.table]:
            if not any(fields <= timed for fields in group):
                raise ValueError(f"{self.table} needs {' or '.join(' and '.join(sorted(f)) for f in group)}")
        if self.table == "tickets" and "ticket_id" not in self.columns:
            raise ValueError("tickets needs a column for ticket_id")
        if self.amounts and (self.table != "budget_lines" or given & {"year", "month", "period", "amount_nok"}):
            raise ValueError("amounts is for budget_lines, and says year, month and amount_nok itself")
        if "side" in given and "amount_nok" not in timed:
            raise ValueError("side says what amount_nok is of: give a column for that, or leave out side")
        if self.credit_amounts and self.table == "tickets":
            raise ValueError("credit_amounts is for postings and budget_lines")
        if (self.last_event_by or self.same_cases_as) and self.table != "tickets":
            raise ValueError("last_event_by and same_cases_as are for tickets")
        if self.event_at and (not self.last_event_by or "status" not in self.columns):
            raise ValueError("event_at needs last_event_by and a column for status")
        if self.event_at and "reopened_at" in given:
            raise ValueError("the events say when a case was opened again: leave out reopened_at, or event_at")
        if self.waiting and not self.event_at:
            raise ValueError("waiting needs event_at")
        return self

    def case_prefix(self, name: str) -> str:
        """What stands before the number of a case of the mapping called `name`, so that two systems' numbers differ."""
        system = name if self.same_cases_as in (None, OWN_CASES) else self.same_cases_as
        return "" if system in KNOWN_CASES else f"{system}:"

    @field_validator("columns", "constants", "values", "amounts", "missing", "waiting", mode="before")
    @classmethod
    def _is_text(cls, given: object, info: ValidationInfo) -> object:
        return _as_text(given, are_terms=info.field_name in ("constants", "values"))

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        if name not in zoneinfo.available_timezones():
            raise ValueError(f"no time zone is called {name}")
        return name

    @field_validator("date_format")
    @classmethod
    def _format_reads_what_it_writes(cls, text: str) -> str:
        if "%z" in text.lower():
            raise ValueError(f"{text}: leave it out, as an ISO time says its offset itself")
        noon = dt.datetime(2024, 9, 27, 12)
        try:
            read = dt.datetime.strptime(noon.strftime(text), text)
        except ValueError:
            raise ValueError(f"{text} is no format of dates; write for example %d.%m.%Y %H:%M") from None
        if read.date() != noon.date():
            raise ValueError(f"{text} lacks day, month or year")
        return text


def _as_text(given: object, are_terms: bool) -> object:
    """What YAML read as numbers, or as true and false, as the text it is here; ValueError where the text is lost.

    are_terms: whether the innermost texts are ours, of which true and false are two; else they are another system's.
    """
    if isinstance(given, dict):
        return {_as_text(name, False): _as_text(value, are_terms) for name, value in given.items()}
    if isinstance(given, list):
        return [_as_text(value, are_terms) for value in given]
    if isinstance(given, bool) and are_terms:
        return str(given).lower()
    if isinstance(given, bool | float):
        raise ValueError(f"YAML reads a text as {given}; put it in quotes, as Yes, No, On, Off and 1.10 need")
    return str(given) if isinstance(given, int) else given
