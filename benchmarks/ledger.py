"""How long 1,000,000 ledger lines take: a transaction list → clean Parquet, now and as it was before.

Run: .venv/bin/python benchmarks/ledger.py [LINES [COMMIT]]        (COMMIT: the library to compare with, read from git)
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

LINES = 1_000_000
ROOT = Path(__file__).resolve().parents[1]
WHAT_IT_TAKES = """
import resource, sys, time
from pathlib import Path
start = time.perf_counter()
from rorikt_lib.demo.make import demo_settings
from rorikt_lib.sources.clean import clean_raw
from rorikt_lib.store.clean_tables import fingerprint, write_clean
root, settings = Path(sys.argv[1]), demo_settings()
tables = clean_raw(root / "raw", settings)
write_clean(tables, root, fingerprint(root, settings))
end = time.perf_counter()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
rows, kroner = len(tables["postings"]), tables["postings"].amount_nok.sum()
print(f"{end - start:5.1f} s, {memory:5.2f} GB, {rows:,} postings of {kroner:,.2f}")
"""


def write_export(demo: Path, file: Path, lines: int) -> None:
    """A transaction list with the demo's postings over and over, each on a voucher of its own."""
    parts = sorted((demo / "raw" / "ledger").glob("*.csv"))
    frames = [pd.read_csv(part, sep=None, engine="python", dtype="str", encoding=_encoding(part)) for part in parts]
    rows = pd.concat([frame for frame in frames if {"Konto", "Beløp", "Bilagsnr"} <= set(frame.columns)])
    # Headers and totals in the middle of a file are no postings.
    rows = rows[rows["Konto"].str.fullmatch(r"[0-9]+").fillna(False).astype(bool) & rows["Bilagsnr"].notna()]
    drawn = rows.iloc[np.random.default_rng(1).integers(0, len(rows), lines)].reset_index(drop=True)
    drawn["Bilagsnr"] = np.arange(10_000_000, 10_000_000 + lines).astype(str)
    file.parent.mkdir(parents=True)
    drawn.to_csv(file, sep=";", index=False)


def _encoding(file: Path) -> str:
    try:
        file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def library_of(commit: str, folder: Path) -> Path:
    """The library as it was at a commit, unpacked."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def main() -> None:
    """Makes the export, and times each library in a process of its own, in turn, twice."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory() as folder:
        demo, big = Path(folder) / "demo", Path(folder) / "big"
        make = "from rorikt_lib.cli import main; main()"
        subprocess.run([sys.executable, "-c", make, "demo", demo], check=True, stderr=subprocess.DEVNULL)
        file = big / "raw" / "ledger" / "liste.csv"
        write_export(demo / "data", file, lines)
        os.sync()  # what is still being written to disk is no part of what is measured
        print(f"{lines:,} lines, {file.stat().st_size / 1e6:.0f} MB", flush=True)
        libraries = {"now": ROOT}
        if len(sys.argv) > 2:
            libraries = {f"at {sys.argv[2]}": library_of(sys.argv[2], Path(folder) / "before")} | libraries
        for name, library in [*libraries.items()] * (2 if len(libraries) > 1 else 1):
            print(f"{name}: ", end="", flush=True)
            environment = os.environ | {"PYTHONPATH": str(library)}
            subprocess.run([sys.executable, "-c", WHAT_IT_TAKES, big], check=True, env=environment, cwd=library)


if __name__ == "__main__":
    main()
