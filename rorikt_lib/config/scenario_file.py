"""content/scenarios/NAME.yml: what if a driver, a cost, a membership or the financing of licences were another."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rorikt_lib.config.strict import Strict, Year
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError

NotNegative = Annotated[float, Field(ge=0)]
Financing = Literal["shared", "increases_invoiced", "paid_by_each"]


class _OneChange(Strict):
    """Exactly one of the ways to say how much."""

    change: float | None = None
    """So much more, or less if below zero."""
    change_percent: float | None = None
    """So many percent more, or less if below zero."""
    to: NotNegative | None = None
    """The new number."""

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if sum(given is not None for given in (self.change, self.change_percent, self.to)) != 1:
            raise ValueError("say how much with just one of change, change_percent and to")
        return self


class KeyChange(_OneChange):
    """Another number of what an item is shared by, for one municipality."""

    items: Annotated[list[str], Field(min_length=1)]
    """The items whose key changes: all that the driver is the key of."""
    municipality: str
    """Whose key changes."""


class CostChange(_OneChange):
    """Another cost, in kroner: of one item, of each item in a category (percent only), or of all (percent only)."""

    item: str | None = None
    """The item whose cost changes."""
    category: str | None = None
    """Each item of this category, by change_percent. Neither: all items."""

    @model_validator(mode="after")
    def _one_item_or_percent(self) -> Self:
        if self.item and self.category:
            raise ValueError("name an item or a category")
        if not self.item and self.change_percent is None:
            raise ValueError("more than one item is changed by change_percent")
        return self


class Joining(Strict):
    """A municipality that joins: its keys are those of `like` times `factor`, but for the items in `keys`."""

    municipality: str
    """Who joins."""
    like: str
    """The municipality that it is like."""
    factor: NotNegative = 1.0
    """Its keys are so many times those of `like`."""
    keys: dict[str, NotNegative] = Field(default={})
    """Item → its key, where that is not so."""


class LicenceFinancing(Strict):
    """Who pays a category of costs (licences)."""

    alternative: Financing = "shared"
    """Who pays.

    shared: all in the frame. increases_invoiced: what an item costs above `base_costs` is invoiced to those in
    `ordered_by`, by its keys. paid_by_each: the category is out of the frame, and each is invoiced its part.
    """
    category: str
    """The category of costs."""
    base_year: int | None = None
    """The year of base_costs."""
    base_costs: dict[str, NotNegative] = Field(default={})
    """Item → what it cost in the base year."""
    ordered_by: dict[str, Annotated[list[str], Field(min_length=1)]] = Field(default={})
    """Item → the municipalities that ordered it."""

    @model_validator(mode="after")
    def _base_is_given(self) -> Self:
        if self.alternative == "increases_invoiced" and (self.base_year is None or not self.base_costs):
            raise ValueError("increases_invoiced needs base_year and base_costs")
        return self


class Scenario(Strict):
    """One scenario. All changes count at once."""

    title: str
    """What the report calls it."""
    year: Year
    """The year whose budget it changes; its items and municipalities are those of that year."""
    description: str = ""
    """What the reader is to know of it."""
    costs: list[CostChange] = Field(default=[])
    """Other costs."""
    keys: list[KeyChange] = Field(default=[])
    """Other keys."""
    joins: list[Joining] = Field(default=[])
    """Municipalities that join."""
    leaves: list[str] = Field(default=[])
    """Municipalities that leave."""
    financing: LicenceFinancing | None = None
    """Who pays a category of costs."""


def read_scenarios(content: Path) -> dict[str, Scenario]:
    """Name of the file without its suffix → scenario, in alphabetical order; empty where there are none."""
    files = sorted((content / "scenarios").glob("*.yml"))
    found = {file.stem: read_yaml(file, Scenario) for file in files}
    if empty := [name for name, scenario in found.items() if scenario is None]:
        raise InputError(
            "an empty scenario", file=content / "scenarios" / f"{empty[0]}.yml", remedy="fill or remove it"
        )
    return found
