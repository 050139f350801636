"""What all settings are made of: the strict base, plain kinds of values, and two checks."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[float, Field(gt=0)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Strict(BaseModel):
    """Base of all settings: frozen, a misspelt key is refused, and our terms are plain texts."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=True)


def complete(given: dict, needed: Iterable[str]) -> dict:
    """`given`; ValueError that names what is needed and not there."""
    if missing := [name for name in needed if name not in given]:
        raise ValueError(f"nothing is set for {', '.join(missing)}")
    return given


def distinct(names: list[str]) -> None:
    """ValueError that names what is given more than once."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"given twice: {', '.join(twice)}")
