"""How long 1,000,000 cases take: a list export (about 90 MB) → clean Parquet → every table of the service desk.

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
from ledger import ROOT, library_of

CASES = 1_000_000
MONTH = "2024-09"
WHAT_IT_TAKES = """
import resource, sys, time
from pathlib import Path
start = time.perf_counter()
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, write_clean
root, settings = Path(sys.argv[1]), demo_settings()
write_clean(clean_raw(root / "raw", settings), root, fingerprint(root, settings))
cleaned = time.perf_counter()
from rorikt_lib.config.folder import Folder
from rorikt_lib.demo.make import DEMO
from rorikt_lib.report.restated import desk_figures
from rorikt_lib.workbook import open_month
book = open_month(sys.argv[2], Folder(DEMO, root))
desk_figures(book)
end = time.perf_counter()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(f"export → clean Parquet: {cleaned - start:5.1f} s")
print(f"all tables:             {end - cleaned:5.1f} s")
print(f"together:               {end - start:5.1f} s   (at most 10)")
print(f"memory:                 {memory:5.2f} GB  (at most 1.5)")
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
        libraries = {"now": ROOT}
        if len(sys.argv) > 2:
            libraries = {f"at {sys.argv[2]}": library_of(sys.argv[2], Path(folder) / "before")} | libraries
        for name, library in libraries.items():
            print(f"{name}:", flush=True)
            environment = os.environ | {"PYTHONPATH": str(library)}
            subprocess.run([sys.executable, "-c", WHAT_IT_TAKES, big, MONTH], check=True, env=environment, cwd=library)


if __name__ == "__main__":
    main()
