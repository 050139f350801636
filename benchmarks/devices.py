"""How long a million PCs take: all that a month's report asks, from the clean tables.

Run: .venv/bin/python benchmarks/devices.py [PCS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from rorikt_lib.report.device_checks import device_failures

from rorikt_lib.config.folder import Folder
from rorikt_lib.config.month_file import Report
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.report import pc_changes, pc_doubts, pc_plan, pcs, windows
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.enums import UserGroup
from rorikt_lib.workbook import Workbook

MONTH, EXTRACTS = "2024-09", ["2024-08-30", "2024-09-27"]
MODELS = [f"{name} {n}" for name in ("Nordlys Data Kontor", "Nordlys Data Stasjon", "Havtind Skole") for n in range(20)]
BUILDS = [f"10.0.{build}.{n}" for build in (19044, 19045, 22621, 22631, 26100) for n in range(200)]
FUNCTIONS = [
    pcs.pc_rollover, pc_plan.replacement_plan, pc_changes.pc_changes, pc_changes.pc_coverage, pc_doubts.doubtful_pcs,
    pcs.expired_pcs,
]  # fmt: skip
TABLES = [pcs.CLASSES, windows.PLACES, windows.VERSIONS, pc_doubts.DOUBTS]
TIMED = {each.__name__: each for each in FUNCTIONS} | {each.key: each.frame for each in TABLES}
TIMED["device_failures"] = device_failures


def main(number: int = 1_000_000) -> None:
    """Makes the tables, two extracts of so many PCs each, and times what one report asks of them."""
    settings = demo_settings()
    given = _tables(number, settings.municipality_names)
    held = {name: given.get(name, tables.empty(name)) for name in tables.CLEAN_TABLES}
    book = Workbook(MONTH, settings, Folder(Path("nowhere"), Path("nowhere")), Report(), held)
    total = 0.0
    for name, compute in TIMED.items():
        start = time.perf_counter()
        rows = len(compute(book))
        seconds = time.perf_counter() - start
        total += seconds
        print(f"{name + ':':24} {seconds:6.2f} s   {rows:9,} rows")
    print(f"{number:,} PCs to all that is published: {total:6.2f} s   (at most 5, for 1,000,000)")


def _tables(number: int, municipalities: list[str]) -> dict[str, pd.DataFrame]:
    random = np.random.default_rng(1)
    serial = np.array([f"PC{n:08d}" for n in range(number + number // 50)])
    owner = pd.DataFrame(
        {
            "serial_no": serial,
            "municipality": random.choice(municipalities, len(serial)),
            "user_group": random.choice([*UserGroup], len(serial)),
            "purchased_on": pd.Timestamp("2018-01-01") + _days(random.integers(0, 2400, len(serial))),
        }
    )
    owner["purchased_on"] = owner.purchased_on.mask(random.random(len(serial)) < 0.01)
    register = owner.assign(other_municipalities=pd.Series(np.where(random.random(len(serial)) < 0.001, "Molde", None)))
    first = owner.assign(
        name="PC-" + owner.serial_no, manufacturer="Havtind", model=random.choice(MODELS, len(serial)),
        os_build=random.choice(BUILDS, len(serial)),
    )  # fmt: skip
    # The first fiftieth of August's PCs have left by September, the last fiftieth are new.
    parts = {EXTRACTS[0]: first.iloc[:number], EXTRACTS[1]: first.iloc[-number:]}
    devices = pd.concat([_seen(part, day, random) for day, part in parts.items()])
    stock = owner[["municipality", "user_group"]].drop_duplicates().assign(date=pd.Timestamp(EXTRACTS[1]))
    return {
        "devices": tables.validate("devices", devices.sample(frac=1, random_state=1)),
        "device_register": tables.validate("device_register", register),
        "device_stock": tables.validate("device_stock", stock.assign(in_stock=number // 100, on_order=number // 100)),
    }


def _seen(pcs: pd.DataFrame, day: str, random: np.random.Generator) -> pd.DataFrame:
    days = random.exponential(15, len(pcs)).clip(0, 400).astype(int)
    return pcs.assign(extracted_on=pd.Timestamp(day), last_seen_on=pd.Timestamp(day) - _days(days))


def _days(counts: np.ndarray) -> pd.TimedeltaIndex:
    return pd.to_timedelta(counts, unit="D")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
