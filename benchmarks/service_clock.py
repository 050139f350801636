"""How long the service clock takes for 1,000,000 pairs of instants over three years.

Run: .venv/bin/python benchmarks/service_clock.py
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from rorikt_lib.demo.make import demo_settings
from rorikt_lib.tickets.clock import calendar_minutes, service_minutes

PAIRS = 1_000_000
REPEATS = 5


def instants(seed: int) -> pd.Series:
    """Random instants of 2022–2024, to the second."""
    first, last = (pd.Timestamp(f"{year}-01-01").value // 10**9 for year in (2022, 2025))
    seconds = np.random.default_rng(seed).integers(first, last, PAIRS)
    return (
        pd.Series(seconds.astype("datetime64[s]").astype("datetime64[us]"))
        .dt.tz_localize("UTC")
        .dt.tz_convert("Europe/Oslo")
    )


def main() -> None:
    """Times both clocks, best of REPEATS."""
    tickets = demo_settings().tickets
    start, end = instants(1), instants(2)
    clocks = {
        "service": lambda: service_minutes(start, end, tickets.service_hours, tickets.closed_days),
        "calendar": lambda: calendar_minutes(start, end),
    }
    goals = {"service": "   (at most 0.5)", "calendar": ""}
    for name, clock in clocks.items():
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            clock()
            times.append(time.perf_counter() - began)
        print(f"{name:9} clock, {PAIRS:,} pairs: {min(times):6.3f} s{goals[name]}")


if __name__ == "__main__":
    main()
