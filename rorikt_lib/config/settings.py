"""workbook.yml as typed settings. An unknown key, a wrong type or an overlap is an InputError that names it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
Priority = Literal["low", "medium", "high", "critical"]
TicketType = Literal["incident", "request"]
TicketStatus = Literal["open", "closed"]
UserGroup = Literal["staff", "pupil"]
Kind = Literal["operating", "investment"]
Positive = Annotated[float, Field(gt=0)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Years = Annotated[int, Field(gt=0)]


def _clock_time(value: object) -> object:
    """YAML reads an unquoted 15:30 as a number to base 60."""
    if isinstance(value, int):
        raise ValueError('write the time in quotes, "15:30"')
    return value


def _closed_day(text: str) -> str:
    """MM-DD every year (29 February cannot be) or YYYY-MM-DD once."""
    dt.date.fromisoformat(text if len(text) == 10 else f"2023-{text}")
    return text


def _complete(given: dict, needed: tuple[str, ...]) -> dict:
    if missing := [name for name in needed if name not in given]:
        raise ValueError(f"nothing is set for {', '.join(missing)}")
    return given


def _distinct(names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"given twice: {', '.join(twice)}")


ClockTime = Annotated[dt.time, BeforeValidator(_clock_time)]
ClosedDay = Annotated[str, AfterValidator(_closed_day)]


class Strict(BaseModel):
    """Base of all settings: frozen, and a misspelt key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organisation(Strict):
    """Who reports."""

    name: str
    report_title: str
    responsible_unit: str


class Municipality(Strict):
    """One owner. users: people with an account. aliases: what the sources call it besides its name.

    left: the first month in which it shares the service no more.
    """

    name: str
    users: Annotated[int, Field(gt=0)]
    aliases: list[str] = []
    left: Month | None = None

    def shares_in(self, month: str) -> bool:
        """Whether it shares the service in a month."""
        return self.left is None or month < self.left


class Project(Strict):
    """A project code in the ledger and what it is."""

    code: str
    name: str
    kind: Kind


class Ledger(Strict):
    """Expense types and the accounts behind them; balance accounts; projects; budget version and total of a year."""

    expense_types: dict[str, list[Annotated[str, Field(pattern=r"^\d{3}(-\d{3})?$")]]]
    balance_accounts: list[str]
    projects: list[Project]
    budget_versions: dict[int, str]
    adopted_budget_nok: dict[Year, int]
    forecast_gap_nok: Positive
    credit_limit_nok: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _claimed_once(self) -> Ledger:
        self.expense_type_of_art()
        _distinct([project.code for project in self.projects])
        _distinct([*self.expense_types, *(project.name for project in self.projects)])
        return self

    @property
    def report_lines(self) -> dict[Kind, list[str]]:
        """Kind → the lines that the report has, in its order."""
        investments = [project.name for project in self.projects if project.kind == "investment"]
        return {"operating": [*self.expense_types], "investment": investments}

    def expense_type_of_art(self) -> dict[str, str]:
        """KOSTRA art (three digits) → expense type. An art claimed twice is a ValueError."""
        claims: dict[str, str] = {}
        for name, ranges in self.expense_types.items():
            for first, _, last in (r.partition("-") for r in ranges):
                if last and last < first:
                    raise ValueError(f"{name}: the range {first}-{last} runs backwards")
                for art in range(int(first), int(last or first) + 1):
                    if f"{art:03d}" in claims:
                        raise ValueError(f"art {art:03d} is claimed by {claims[f'{art:03d}']} and by {name}")
                    claims[f"{art:03d}"] = name
        return claims


class SlaTarget(Strict):
    """Time allowed for one priority, in `unit` on `clock`; first_response_minutes: on it too, if any is promised."""

    resolution: Positive
    first_response_minutes: Positive | None = None
    unit: Literal["hours", "days"]
    clock: Literal["service", "calendar"]


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

    type: dict[str, TicketType | Literal["change"]]
    priority: dict[str, Priority]
    status: dict[str, TicketStatus | Literal["merged"]]


class Tickets(Strict):
    """Service desk: names in the sources, SLA targets, service hours."""

    values: TicketValues
    alert_channels: list[str]
    sla: dict[Priority, SlaTarget]
    service_hours: ServiceHours
    closed_days: list[ClosedDay]

    @property
    def first_response_minutes(self) -> dict[Priority, float]:
        """Minutes allowed for the first response, of the priorities that one is promised for."""
        return {name: t.first_response_minutes for name, t in self.sla.items() if t.first_response_minutes}

    @field_validator("sla")
    @classmethod
    def _every_priority_has_a_target(cls, sla: dict[Priority, SlaTarget]) -> dict[Priority, SlaTarget]:
        return _complete(sla, get_args(Priority))


class DeviceValues(Strict):
    """What the registers call the user groups."""

    user_group: dict[str, UserGroup]


class ModelClass(Strict):
    """PCs alike in price and lifetime. models: names as the device export has them, `*` for any text.

    price_nok: what one costs in devices.price_year, without VAT. lifetime_years: where it is not the user group's.
    """

    name: str
    models: Annotated[list[str], Field(min_length=1)]
    price_nok: Positive
    lifetime_years: dict[UserGroup, Years] = {}


class WindowsVersion(Strict):
    """A Windows build. supported_until: the last day it gets security updates."""

    build: Annotated[int, Field(gt=0)]
    version: str
    supported_until: dt.date


class Windows(Strict):
    """When Windows versions lose support. editions: those that the dates hold for; source: where they stand."""

    editions: str
    source: str
    versions: list[WindowsVersion]

    @field_validator("versions")
    @classmethod
    def _each_build_once(cls, versions: list[WindowsVersion]) -> list[WindowsVersion]:
        _distinct([str(version.build) for version in versions])
        return versions


class Levelling(Strict):
    """When a suggestion to spread purchases is made: a year with more than `peak_share` above the years' mean.

    within_years: so many years at most may a PC be bought earlier or later.
    """

    peak_share: Annotated[float, Field(ge=0)]
    within_years: Annotated[int, Field(ge=1)]


class Devices(Strict):
    """PCs: names in the registers, lifetime, price (NOK without VAT) and its growth, Windows support.

    lifetime_years and price_nok hold for the models that no class names.
    """

    values: DeviceValues
    lifetime_years: dict[UserGroup, Years]
    price_nok: dict[UserGroup, Positive]
    price_year: Year
    price_growth: Annotated[float, Field(gt=-1, lt=1)]
    model_classes: list[ModelClass]
    not_seen_days: Annotated[int, Field(gt=0)]
    levelling: Levelling
    windows: Windows

    @field_validator("lifetime_years", "price_nok")
    @classmethod
    def _every_group_has_one(cls, given: dict[UserGroup, float]) -> dict[UserGroup, float]:
        return _complete(given, get_args(UserGroup))

    @field_validator("model_classes")
    @classmethod
    def _each_class_once(cls, classes: list[ModelClass]) -> list[ModelClass]:
        _distinct([each.name for each in classes])
        return classes


class SharingRule(Strict):
    """A row of a sharing model: a category's part of the budget, and what replaces or adds to the year's items in it.

    share: relative to the other categories'. weights: item → weight, which counts instead of its cost. rest: the name
    of an item that takes what the costs leave, charged equally to all, or to those in `only`. key: "equal", or the
    item whose keys the category as a whole is shared by; it then has no items.
    """

    category: str
    share: Positive
    weights: dict[str, Positive] = {}
    rest: str | None = None
    only: list[str] = []
    key: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> SharingRule:
        if self.key is not None and (self.weights or self.rest is not None):
            raise ValueError("a category with a key has no weights and no rest")
        if self.only and self.rest is None:
            raise ValueError("only says who pays the rest, so name the rest")
        return self


class Sharing(Strict):
    """How the budget is shared: models by name, the model of each year, and the VAT that is compensated."""

    models: dict[str, list[SharingRule]]
    model_of_year: dict[Year, str]
    vat_rate: Positive

    @model_validator(mode="after")
    def _models_fit(self) -> Sharing:
        for name, rules in self.models.items():
            if not rules:
                raise ValueError(f"the model {name} has no categories")
            _distinct([rule.category for rule in rules])
        if unknown := sorted({*self.model_of_year.values()} - self.models.keys()):
            raise ValueError(f"no model is called {', '.join(unknown)}")
        return self


class Quality(Strict):
    """Share of a source's rows that may be unreadable."""

    quarantine_limit: Annotated[float, Field(ge=0, lt=1)]


class Settings(Strict):
    """The whole of workbook.yml."""

    organisation: Organisation
    municipalities: list[Municipality]
    ledger: Ledger
    tickets: Tickets
    devices: Devices
    sharing: Sharing
    quality: Quality
    header_aliases: dict[str, dict[str, str]]
    mappings: dict[str, Mapping]

    @field_validator("municipalities")
    @classmethod
    def _each_name_once(cls, municipalities: list[Municipality]) -> list[Municipality]:
        _distinct([name for m in municipalities for name in [m.name, *m.aliases]])
        return municipalities

    @model_validator(mode="after")
    def _the_rest_is_paid_by_municipalities(self) -> Settings:
        paying = {name for rules in self.sharing.models.values() for rule in rules for name in rule.only}
        if unknown := sorted(paying - {m.name for m in self.municipalities}):
            raise ValueError(f"sharing: no municipality is called {', '.join(unknown)}")
        return self

    @property
    def municipality_names(self) -> list[str]:
        """Names in the order of the report's tables."""
        return [m.name for m in self.municipalities]

    def members(self, month: str) -> list[Municipality]:
        """The municipalities that share the service in a month, in the order of the report's tables."""
        return [m for m in self.municipalities if m.shares_in(month)]

    @property
    def municipality_of(self) -> dict[str, str]:
        """Every name a source may use for a municipality → its name in the report."""
        return {name: m.name for m in self.municipalities for name in [m.name, *m.aliases]}


@cache
def load_settings(path: Path = ROOT / "workbook.yml") -> Settings:
    """Settings from a YAML file; InputError names the file, the key and what is wrong with it."""
    settings = read_yaml(path, Settings)
    if settings is None:
        raise InputError("no settings", file=path, remedy="restore workbook.yml")
    return settings
