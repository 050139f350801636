"""What 1,000,000 cases take: a list export → clean Parquet, beside polars (see ledger.py); then all tables of the desk.

Run: .venv/bin/python benchmarks/tickets.py [CASES [COMMIT]]        (COMMIT: the library to compare with, read from git)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from ledger import compare, libraries_of

CASES = 1_000_000
MONTH = "2024-09"
TABLES = """
import resource, sys, time
from pathlib import Path
root = Path(sys.argv[1])
start = time.perf_counter()
from rorikt_lib.config.folder import Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.report.restated import desk_figures
from rorikt_lib.workbook import open_month
book = open_month(sys.argv[2], Folder(DEMO, root))
desk_figures(book)
end = time.perf_counter()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"clean Parquet → all tables: {end - start:5.1f} s, {memory:5.2f} GB  (at most 1.5)")
"""


def write_export(demo: Path, file: Path, cases: int) -> None:
    """A list export with the demo's cases over and over: new numbers, times moved by whole weeks."""
    rows = pd.read_csv(demo / "raw" / "tickets" / "saker_2023.csv", sep="\t", dtype="str", keep_default_na=False)
    random = np.random.default_rng(1)
    rows = rows.drop(columns=["Kategori 2", "Emne"])  # which nobody reads
    drawn = rows.iloc[random.integers(0, len(rows), cases)].reset_index(drop=True)
    moved = pd.to_timedelta(random.integers(-52, 105, cases) * 7, unit="D")
    for name in ("Opprettet", "Besvart", "Løst", "Lukket"):
        times = pd.to_datetime(drawn[name], format="%d.%m.%Y %H:%M", errors="coerce") + moved
        drawn[name] = times.dt.strftime("%d.%m.%Y %H:%M").fillna("")
    drawn["Saksnr"] = np.arange(10_000_000, 10_000_000 + cases).astype(str)
    file.parent.mkdir(parents=True)
    drawn.to_csv(file, sep=";", index=False)


def main() -> None:
    """Makes the export, and times what each library does with it, in processes of their own."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as folder:
        demo, big = Path(folder) / "demo", Path(folder) / "big"
        make = "from rorikt_lib.cli import main; main()"
        subprocess.run([sys.executable, "-c", make, "demo", demo], check=True, stderr=subprocess.DEVNULL)
        file = big / "raw" / "tickets" / "saker.csv"
        write_export(demo / "data", file, cases)
        os.sync()  # what is still being written to disk is no part of what is measured
        print(f"{cases:,} cases, {file.stat().st_size / 1e6:.0f} MB", flush=True)
        libraries = libraries_of(Path(folder), sys.argv[2:])
        compare("tickets", big, file, libraries, most=1.8)
        for name, library in libraries.items():
            print(f"{name}: ", end="", flush=True)
            environment = os.environ | {"PYTHONPATH": str(library)}
            subprocess.run([sys.executable, "-c", TABLES, big, MONTH], check=True, env=environment, cwd=library)


if __name__ == "__main__":
    main()
