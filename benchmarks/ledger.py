"""What 1,000,000 ledger lines take, a transaction list → clean Parquet, beside what polars takes for typing the same.

Seconds are those of the processor, of each process and all its threads, with what starting it takes. polars, which
yardstick.py needs, comes with the extra `bench`.

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
RUNS, MEBIBYTE = 3, 2**20 if sys.platform == "darwin" else 2**10
CLEAN = """
import sys
from pathlib import Path
from rorikt_lib.config.folder import SHIPPED, Folder
from rorikt_lib.month.clean import clean_exports
clean_exports(Folder(SHIPPED / "demo", Path(sys.argv[1])), lambda name: None)
"""
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def measured(command: list[str], library: Path = ROOT) -> tuple[float, float]:
    """CPU seconds and the most memory in MiB of a command: the median of some runs by seconds."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(library), os.environ.get("PYTHONPATH", "")])}
    runs = []
    for _ in range(RUNS):
        run = subprocess.run(
            [sys.executable, "-c", MEASURED, *command], check=True, env=environment, cwd=library, stdout=subprocess.PIPE
        )
        seconds, memory = map(float, run.stdout.split())
        runs.append((seconds, memory / MEBIBYTE))
    return sorted(runs)[RUNS // 2]


def compare(kind: str, root: Path, file: Path, libraries: dict[str, Path], most: float) -> None:
    """Says what each library takes to clean the one export in a data root, and how many times what polars takes."""
    script = str(Path(__file__).with_name("yardstick.py"))
    seconds, memory = measured([sys.executable, script, kind, str(file), str(root / "yardstick.parquet")])
    print(f"{'polars:':16} {seconds:5.2f} CPU s           {memory:5.0f} MiB", flush=True)
    for name, library in libraries.items():
        ours, memory = measured([sys.executable, "-c", CLEAN, str(root)], library)
        times = f"{ours / seconds:5.2f} × (at most {most})"
        print(f"{name + ':':16} {ours:5.2f} CPU s, {times}, {memory:5.0f} MiB (at most 1024)", flush=True)


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


def libraries_of(folder: Path, commits: list[str]) -> dict[str, Path]:
    """The library as it is, and as it was at each commit, unpacked below a folder."""
    return {"now": ROOT} | {f"at {commit[:9]}": library_of(commit, folder / commit) for commit in commits}


def main() -> None:
    """Makes the export, and measures what each library takes, in processes of their own."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory() as folder:
        demo, big = Path(folder) / "demo", Path(folder) / "big"
        make = "from rorikt_lib.cli import main; main()"
        subprocess.run([sys.executable, "-c", make, "demo", demo], check=True, stderr=subprocess.DEVNULL)
        file = big / "raw" / "ledger" / "liste.csv"
        write_export(demo / "data", file, lines)
        os.sync()  # what is still being written to disk is no part of what is measured
        print(f"{lines:,} lines, {file.stat().st_size / 1e6:.0f} MB", flush=True)
        compare("ledger", big, file, libraries_of(Path(folder), sys.argv[2:]), most=2.5)


if __name__ == "__main__":
    main()
