"""content/annual/YEAR.yml: what people know of a year that no export has, for its annual report."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import Field

from rorikt_lib.config.strict import Strict
from rorikt_lib.config.yaml_file import read_yaml
from rorikt_lib.errors import InputError

Count = Annotated[int, Field(ge=0)]


class Department(Strict):
    """A department, and how it was staffed when the year ended."""

    name: str
    """What it is called."""
    positions: Annotated[float, Field(ge=0)]
    """Full-time positions, as 2.4."""
    note: str | None = None
    """What the report says of it, as positions that stood vacant."""


class Delivery(Strict):
    """What was delivered in the year."""

    area: str
    """For whom, or of what kind."""
    text: str
    """What it was, in a sentence or two."""


class Annual(Strict):
    """What people know of a year besides its exports."""

    staffing: list[Department] = Field(default=[])
    """The departments, in the order of the report's table."""
    deliveries: list[Delivery] = Field(default=[])
    """What was delivered, in the order of the report's table."""
    meetings: Count | None = None
    """How many meetings the board had."""
    cases: Count | None = None
    """How many cases the board dealt with in them."""
    requests: Count | None = None
    """About how many requests the service desk handled, of a year that the exports have no cases of."""
    explanations: dict[str, str] = Field(default={})
    """Line of the operating costs → why it ended as it did. Without it, the last reason given for its forecast."""
    carried_over_nok: Annotated[float, Field(ge=0)] = 0
    """How much of the year's investment budget was carried over from the year before, in kroner."""
    members_approved: dict[str, dt.date] = Field(default={})
    """Municipality → the day it approved the annual report."""


def annual_file(year: int) -> str:
    """Where the year's file is, seen from content/."""
    return f"annual/{year}.yml"


def read_annual(year: int, path: Path) -> Annual:
    """The year's file; one that says nothing where there is none. InputError where it is approved before it is over."""
    annual = (read_yaml(path, Annual) if path.exists() else None) or Annual()
    early = [place for place, day in annual.members_approved.items() if day.year <= year]
    if early:
        problem = f"{early[0]} approved {year} on {annual.members_approved[early[0]]}, before the year was over"
        raise InputError(problem, file=path, remedy="correct the day under members_approved")
    return annual
