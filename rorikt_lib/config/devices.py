"""PCs in workbook.yml: what the registers call things, lifetimes, prices and Windows' support."""

import datetime as dt
from typing import Annotated

from pydantic import Field, field_validator

from rorikt_lib.config.shipped import shipped
from rorikt_lib.config.strict import Positive, Strict, Year, complete, distinct
from rorikt_lib.terms.enums import UserGroup

Years = Annotated[int, Field(gt=0)]
_WINDOWS = shipped("windows")


class DeviceValues(Strict):
    """What the registers call the user groups."""

    user_group: dict[str, UserGroup] = Field(default=shipped("names")["user_group"], validate_default=True)
    """The registers' name for a group of users → ours."""


class ModelClass(Strict):
    """PCs alike in price and lifetime."""

    name: str
    """What the report calls the class."""
    models: Annotated[list[str], Field(min_length=1)]
    """Models as the device export names them, alone or after the manufacturer; * is any text."""
    price_nok: Positive
    """What one costs in kroner of price_year, without VAT."""
    lifetime_years: dict[UserGroup, Years] = Field(default={})
    """Years until it is replaced, where they are not the user group's."""


class WindowsVersion(Strict):
    """A Windows build."""

    build: Annotated[int, Field(gt=0)]
    """The build's number, as 22631."""
    version: str
    """What the report calls it."""
    supported_until: dt.date
    """The last day with security updates."""


class WindowsSettings(Strict):
    """When Windows versions lose support: as shipped (windows.yml), but for what is given."""

    editions: str = _WINDOWS["editions"]
    """The editions that the dates hold for."""
    source: str = _WINDOWS["source"]
    """Where the dates stand."""
    as_of: dt.date = _WINDOWS["as_of"]
    """When they were read there."""
    versions: list[WindowsVersion] = Field(default=[], validate_default=True)
    """Builds and their dates, besides those that are shipped or instead of them. Another build's support is unknown."""

    @field_validator("versions")
    @classmethod
    def _each_build_once(cls, versions: list[WindowsVersion]) -> list[WindowsVersion]:
        distinct([str(version.build) for version in versions])
        known = [WindowsVersion(**version) for version in _WINDOWS["versions"]]
        by_build = {version.build: version for version in [*known, *versions]}
        return [by_build[build] for build in sorted(by_build)]


class Levelling(Strict):
    """When a suggestion to spread purchases is made: a year with much more to buy than the others."""

    peak_share: Annotated[float, Field(ge=0)] = 0.25
    """How much above the years' mean a year's purchases must be: 0.25 is a quarter."""
    within_years: Annotated[int, Field(ge=1)] = 1
    """A PC may be bought at most this many years earlier or later."""


class DeviceSettings(Strict):
    """PCs: names in the registers, lifetime, price and its growth, Windows support."""

    values: DeviceValues = DeviceValues()
    """What the registers call things → our terms."""
    lifetime_years: dict[UserGroup, Years]
    """User group → years from purchase until a PC is replaced, where no class says otherwise."""
    price_nok: dict[UserGroup, Positive]
    """User group → what a new PC costs in kroner of price_year, without VAT, where no class says otherwise."""
    price_year: Year
    """The year of the prices."""
    price_growth: Annotated[float, Field(gt=-1, lt=1)]
    """How much dearer PCs become each year: 0.03 is 3 %."""
    model_classes: list[ModelClass] = Field(default=[])
    """Models with a price of their own. A PC is of the first class that names its model."""
    counted_if_seen_within_days: Annotated[int, Field(gt=0)] | None = None
    """A PC counts as in use when it was seen within so many days before the extract; missing: in the report's month."""
    not_seen_days: Annotated[int, Field(gt=0)] = 90
    """A PC that has not checked in for longer is counted on the page about the figures."""
    levelling: Levelling = Levelling()
    """When it is suggested that purchases be moved."""
    windows: WindowsSettings = WindowsSettings()
    """The Windows versions, and when they lose support."""

    @field_validator("lifetime_years", "price_nok")
    @classmethod
    def _every_group_has_one(cls, given: dict[UserGroup, float]) -> dict[UserGroup, float]:
        return complete(given, UserGroup)

    @field_validator("model_classes")
    @classmethod
    def _each_class_once(cls, classes: list[ModelClass]) -> list[ModelClass]:
        distinct([each.name for each in classes])
        return classes
