"""workbook.yml as typed settings. An unknown key, a wrong type or an overlap is an InputError that names it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.config.ledger import LedgerSettings
from rorikt_lib.config.mapping import Mapping
from rorikt_lib.config.organisation import Municipality, Organisation
from rorikt_lib.config.sharing import SharingSettings
from rorikt_lib.config.strict import Strict, distinct
from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError


class QualitySettings(Strict):
    """Share of a source's rows that may be unreadable."""

    quarantine_limit: Annotated[float, Field(ge=0, lt=1)] = 0.01


class Settings(Strict):
    """The whole of workbook.yml."""

    organisation: Organisation
    municipalities: list[Municipality]
    ledger: LedgerSettings
    tickets: TicketSettings
    devices: DeviceSettings
    sharing: SharingSettings = SharingSettings()
    quality: QualitySettings = QualitySettings()
    header_aliases: dict[str, dict[str, str]] = Field(default={})
    mappings: dict[str, Mapping] = Field(default={})

    @field_validator("municipalities")
    @classmethod
    def _each_name_once(cls, municipalities: list[Municipality]) -> list[Municipality]:
        distinct([name for m in municipalities for name in [m.name, *m.aliases]])
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
def load_settings(path: Path) -> Settings:
    """Settings from a YAML file; InputError names the file, the key and what is wrong with it."""
    settings = read_yaml(path, Settings)
    if settings is None:
        raise InputError("no settings", file=path, remedy="restore workbook.yml")
    return settings
