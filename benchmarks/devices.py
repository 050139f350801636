"""How long the PC measures take on a million PCs: all that the report's month asks, from the clean tables.

Run: .venv/bin/python benchmarks/devices.py [PCS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib import measures
from rorikt_lib.config.content import Report
from rorikt_lib.config.settings import load_settings
from rorikt_lib.terms import schemas as tables
from rorikt_lib.terms.schemas import USER_GROUPS
from rorikt_lib.workbook import Workbook

MONTH, EXTRACTS = "2024-09", ["2024-08-30", "2024-09-27"]
MODELS = [f"{name} {n}" for name in ("Nordlys Data Kontor", "Nordlys Data Stasjon", "Havtind Skole") for n in range(20)]
BUILDS = [f"10.0.{build}.{n}" for build in (19044, 19045, 22621, 22631, 26100) for n in range(200)]
MEASURES = [
    measures.pc_rollover, measures.pcs_by_class, measures.replacement_plan, measures.windows_readiness,
    measures.windows_versions, measures.pc_changes, measures.pc_coverage, measures.doubtful_pcs,
    measures.doubts_by_municipality, measures.expired_pcs,
]  # fmt: skip


def main(pcs: int = 1_000_000) -> None:
    """Makes the tables, two extracts of so many PCs each, and times each measure of one report."""
    settings = load_settings()
    given = _tables(pcs, settings.municipality_names)
    held = {name: given.get(name, tables.empty(name)) for name in tables.CLEAN_TABLES}
    book = Workbook(MONTH, settings, Path("nowhere"), Report(), Path("nowhere"), held)
    total = 0.0
    for measure in MEASURES:
        start = time.perf_counter()
        rows = len(measure(book))
        seconds = time.perf_counter() - start
        total += seconds
        print(f"{measure.__name__ + ':':24} {seconds:6.2f} s   {rows:9,} rows")
    print(f"{pcs:,} PCs to all measures: {total:6.2f} s   (at most 5, for 1,000,000)")


def _tables(pcs: int, municipalities: list[str]) -> dict[str, pd.DataFrame]:
    random = np.random.default_rng(1)
    serial = np.array([f"PC{n:08d}" for n in range(pcs + pcs // 50)])
    owner = pd.DataFrame(
        {
            "serial_no": serial,
            "municipality": random.choice(municipalities, len(serial)),
            "user_group": random.choice(USER_GROUPS, len(serial)),
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
    parts = {EXTRACTS[0]: first.iloc[:pcs], EXTRACTS[1]: first.iloc[-pcs:]}
    devices = pd.concat([_seen(part, day, random) for day, part in parts.items()])
    stock = owner[["municipality", "user_group"]].drop_duplicates().assign(date=pd.Timestamp(EXTRACTS[1]))
    return {
        "devices": tables.validate("devices", devices.sample(frac=1, random_state=1)),
        "device_register": tables.validate("device_register", register),
        "device_stock": tables.validate("device_stock", stock.assign(in_stock=pcs // 100, on_order=pcs // 100)),
    }


def _seen(pcs: pd.DataFrame, day: str, random: np.random.Generator) -> pd.DataFrame:
    days = random.exponential(15, len(pcs)).clip(0, 400).astype(int)
    return pcs.assign(extracted_on=pd.Timestamp(day), last_seen_on=pd.Timestamp(day) - _days(days))


def _days(counts: np.ndarray) -> pd.TimedeltaIndex:
    return pd.to_timedelta(counts, unit="D")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
