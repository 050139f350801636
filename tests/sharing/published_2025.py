"""The published inputs of 2025 as the project's own model shares them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sharing.items import items
from rorikt_lib.sharing.model import Charge, model_charges
from rorikt_lib.sources.formats.key_table import KeyTable, read_key_table

PUBLISHED = Path(__file__).parent.parent / "published"
BUDGET = 96_343_000


def published(name: str) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv")


@cache
def key_table(name: str = "allocation_2025") -> KeyTable:
    return read_key_table(PUBLISHED / f"{name}.csv")


def charges_2025() -> list[Charge]:
    settings = demo_settings()
    model = settings.sharing.models[settings.sharing.model_of_year[2025]]
    return model_charges(model, items(key_table().keys, key_table().costs), BUDGET)
