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


class ModelClass(Strict):
    """PCs alike in price and lifetime. models: names as the device export has them, `*` for any text.

    price_nok: what one costs in devices.price_year, without VAT. lifetime_years: where it is not the user group's.
    """

    name: str
    models: Annotated[list[str], Field(min_length=1)]
    price_nok: Positive
    lifetime_years: dict[UserGroup, Years] = Field(default={})


class WindowsVersion(Strict):
    """A Windows build. supported_until: the last day it gets security updates."""

    build: Annotated[int, Field(gt=0)]
    version: str
    supported_until: dt.date


class WindowsSettings(Strict):
    """When Windows versions lose support: as shipped (windows.yml), but for what is given.

    editions: those that the dates hold for; source: where they stand; as_of: when they were read there. versions: those
    given, and all that are shipped of other builds, by build.
    """

    editions: str = _WINDOWS["editions"]
    source: str = _WINDOWS["source"]
    as_of: dt.date = _WINDOWS["as_of"]
    versions: list[WindowsVersion] = Field(default=[], validate_default=True)

    @field_validator("versions")
    @classmethod
    def _each_build_once(cls, versions: list[WindowsVersion]) -> list[WindowsVersion]:
        distinct([str(version.build) for version in versions])
        known = [WindowsVersion(**version) for version in _WINDOWS["versions"]]
        by_build = {version.build: version for version in [*known, *versions]}
        return [by_build[build] for build in sorted(by_build)]


class Levelling(Strict):
    """When a suggestion to spread purchases is made: a year with more than `peak_share` above the years' mean.

    within_years: so many years at most may a PC be bought earlier or later.
    """

    peak_share: Annotated[float, Field(ge=0)] = 0.25
    within_years: Annotated[int, Field(ge=1)] = 1


class DeviceSettings(Strict):
    """PCs: names in the registers, lifetime, price (NOK without VAT) and its growth, Windows support.

    lifetime_years and price_nok hold for the models that no class names.
    """

    values: DeviceValues = DeviceValues()
    lifetime_years: dict[UserGroup, Years]
    price_nok: dict[UserGroup, Positive]
    price_year: Year
    price_growth: Annotated[float, Field(gt=-1, lt=1)]
    model_classes: list[ModelClass] = Field(default=[])
    not_seen_days: Annotated[int, Field(gt=0)] = 90
    levelling: Levelling = Levelling()
    windows: WindowsSettings = WindowsSettings()

    @field_validator("lifetime_years", "price_nok")
    @classmethod
    def _every_group_has_one(cls, given: dict[UserGroup, float]) -> dict[UserGroup, float]:
        return complete(given, UserGroup)

    @field_validator("model_classes")
    @classmethod
    def _each_class_once(cls, classes: list[ModelClass]) -> list[ModelClass]:
        distinct([each.name for each in classes])
        return classes
