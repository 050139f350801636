"""workbook.yml as typed settings. An unknown key, a wrong type or an overlap is an InputError that names it."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.config.ledger import LedgerSettings
from rorikt_lib.config.mapping import KNOWN_CASES, OWN_CASES, Mapping
from rorikt_lib.config.news import NewsSettings
from rorikt_lib.config.organisation import Municipality, Organisation
from rorikt_lib.config.privacy import PrivacySettings
from rorikt_lib.config.sharing import SharingSettings
from rorikt_lib.config.strict import Misplaced, Strict, distinct
from rorikt_lib.config.tickets import TicketSettings
from rorikt_lib.config.unattended import UnattendedSettings
from rorikt_lib.config.usage import UsageSettings
from rorikt_lib.config.yaml_file import read_yaml, text_of
from rorikt_lib.errors import InputError
from rorikt_lib.terms.enums import Priority


class QualitySettings(Strict):
    """How bad a source may be."""

    quarantine_limit: Annotated[float, Field(ge=0, lt=1)] = 0.01
    """Share of a source's rows that may be unreadable; with more, the run stops. 0.01 is one in a hundred."""


class Settings(Strict):
    """The whole of workbook.yml: everything that one organisation would change."""

    organisation: Organisation
    """Who reports, and what the report is called."""
    municipalities: Annotated[list[Municipality], Field(min_length=1)]
    """Who shares the service, in the order of the report's tables."""
    ledger: LedgerSettings
    """The ledger: report lines and their accounts, projects, budgets and limits."""
    tickets: TicketSettings
    """The service desk: what the sources call things, deadlines and opening hours."""
    devices: DeviceSettings
    """PCs: what the registers call things, lifetimes, prices and Windows' support."""
    usage: UsageSettings = UsageSettings()
    """What inhabitants and staff use, by name."""
    sharing: SharingSettings = SharingSettings()
    """How the budget is shared among the municipalities."""
    news: NewsSettings = NewsSettings()
    """What counts as news: how much must have changed since last month for the summary to begin with it."""
    privacy: PrivacySettings = PrivacySettings()
    """What must not be published, and what may though it looks like it."""
    quality: QualitySettings = QualitySettings()
    """Limits to how bad a source may be."""
    unattended: UnattendedSettings = UnattendedSettings()
    """Runs that nobody watches: how new the exports must be, and who is told."""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    """What the report is written in: nb (bokmål) or nn (nynorsk). Missing: nb. Names that people give, figures.csv and
    the names of files are the same in both."""
    header_aliases: dict[str, dict[str, str]] = Field(default={})
    """Other names for the headers of a known format: format → {their header: our header}."""
    decimal_sign: dict[str, Literal[",", "."]] = Field(default={})
    """Format → what stands before the decimals, where a column's numbers could be read both ways, as 1.234 can."""
    mappings: dict[str, Mapping] = Field(default={})
    """Other systems' exports, described instead of programmed: name → description. See docs/add-a-source.md."""

    @field_validator("municipalities")
    @classmethod
    def _each_name_once(cls, municipalities: list[Municipality]) -> list[Municipality]:
        distinct([name for m in municipalities for name in [m.name, *m.aliases]])
        return municipalities

    @model_validator(mode="after")
    def _the_rest_is_paid_by_municipalities(self) -> Self:
        known = set(self.municipality_names)
        for model, rules in self.sharing.models.items():
            for n, rule in enumerate(rules):
                if unknown := sorted({*rule.only} - known):
                    problem = f"no municipality is called {', '.join(unknown)}"
                    raise Misplaced(problem, "sharing", "models", model, n, "only")
        return self

    @model_validator(mode="after")
    def _mapped_priorities_have_deadlines(self) -> Self:
        for name, mapping in self.mappings.items():
            given = {("constants", "priority"): mapping.constants.get("priority", "")}
            given |= {("values", "priority", theirs): p for theirs, p in mapping.values.get("priority", {}).items()}
            known = {*Priority} - {*self.tickets.sla}
            for place, priority in given.items():
                if priority in known:
                    self.tickets.check_priority(priority, "mappings", name, *place)
        return self

    @model_validator(mode="after")
    def _joined_cases_are_there(self) -> Self:
        whole = [name for name, m in self.mappings.items() if m.table == "tickets" and not m.same_cases_as]
        for name, mapping in self.mappings.items():
            known = [*whole, *KNOWN_CASES, OWN_CASES]
            if mapping.same_cases_as and (mapping.same_cases_as not in known or mapping.same_cases_as == name):
                choices = ", ".join(other for other in known if other != name)
                problem = f"no cases are called {mapping.same_cases_as}; write one of {choices}"
                raise Misplaced(problem, "mappings", name, "same_cases_as")
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


def load_settings(path: Path) -> Settings:
    """Settings from a YAML file, read anew where it has changed; InputError names file, key and what is wrong."""
    return _loaded(path, text_of(path))


@cache
def _loaded(path: Path, text: str) -> Settings:
    settings = read_yaml(path, Settings)
    if settings is None:
        raise InputError("no settings", file=path, remedy="restore workbook.yml")
    return settings
