"""What a month costs beside the plain way, in CPU seconds of all processes: a fresh month, and one after a change.

The plain way: each chapter by papermill in an interpreter of its own, one after the other, then the same documents by
the same pandoc and Typst. Linux only: what forked processes took is known there.

Run: .venv/bin/python benchmarks/pipeline.py [months] [cluster]
months: 24 months by one worker and by two, in seconds. cluster: four months of two workbooks on a LocalCluster.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rorikt_lib.store.manifest import sums_of

MONTH, CHECKOUT = "2024-09", Path(__file__).resolve().parents[1]
RORIKT = [sys.executable, "-c", "from rorikt_lib.cli import main; main()"]
RENDER = """
import sys
from pathlib import Path
from rorikt_lib.publish.build import render
from rorikt_lib.terms.language import use
use("nb")
for name in sys.argv[1:]:
    document = Path(name)
    render("embedded", document, document.with_name(f"plain-{document.stem}.html"), document.with_suffix(".plain.pdf"))
"""
_CHILD_SUBREAPER = 36


def cpu(*command: object) -> float:
    """CPU seconds of a command and of all that it started, also of what outlived it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(root: Path, *given: object) -> float:
    """CPU seconds of a report of the workbook."""
    return cpu(*RORIKT, "report", *given, "--workbook", root, "--renderer", "embedded")


def forget(root: Path) -> None:
    """Nothing is left of earlier runs but the clean tables."""
    for name in ("_build", "_site", "data/memory", "data/forecasts", "data/snapshots", "data/drafts", "data/lists"):
        shutil.rmtree(root / name, ignore_errors=True)


def plain(root: Path) -> float:
    """CPU seconds of the plain way, with the chapters and documents of the month's last run."""
    documents = sorted((root / "_build" / MONTH).glob("*.qmd"))
    shutil.rmtree(root / "data" / "memory", ignore_errors=True)
    given = ["-p", "period", MONTH, "-p", "workbook", root, "-p", "data", root / "data"]
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3", "--language", "python"]
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        # Those of other documents are none of the month's.
        for name in sorted(chapter.name for chapter in (root / "_build" / MONTH / "notebooks").glob("*.ipynb")):
            spent += cpu(*papermill, *given, CHECKOUT / "notebooks" / name, Path(folder) / name)
    return spent + cpu(sys.executable, "-c", RENDER, *documents)


def change_text(root: Path) -> None:
    """One narrative says more."""
    file = root / "content" / MONTH / "teknisk.md"
    file.write_text(file.read_text("utf-8") + "\nOg en setning til.\n", encoding="utf-8")


def change_case(root: Path) -> None:
    """One case is of another municipality."""
    file = root / "data/raw/tickets/saker_2024-09_2024-10.csv"
    before, place, after = file.read_bytes().rpartition(b"Molde kommune")
    file.write_bytes(before + place.replace(b"Molde", b"Vestnes") + after)


def of_one_month(root: Path) -> None:
    """Prints what a month costs, fresh and after changes."""
    forget(root)
    fresh = report(root, MONTH)
    beside = plain(root)
    print(f"plain papermill, pandoc and Typst  {beside:6.1f} CPU s")
    print(f"full month                         {fresh:6.1f}   {fresh / beside:5.2f}×   (at most 0.45)")
    forget(root)
    report(root, MONTH)
    start = cpu(sys.executable, "-c", "pass")
    unchanged = report(root, MONTH) - start
    print(f"unchanged, beyond the interpreter  {unchanged:6.2f}            (at most 0.5 s)")
    change_text(root)
    text = report(root, MONTH)
    print(f"one narrative changed              {text:6.1f}   {text / beside:5.2f}×   (at most 0.15)")
    change_case(root)
    case = report(root, MONTH)
    print(f"one case changed                   {case:6.1f}   {case / beside:5.2f}×   (at most 0.4)", flush=True)


def of_24_months(root: Path) -> None:
    """Prints how long 24 months take by one worker and by two."""
    seconds = []
    for workers in (1, 2):
        forget(root)
        begun = time.perf_counter()
        report(root, "2022-12..2024-11", "--workers", workers)
        seconds.append(time.perf_counter() - begun)
        print(f"24 months, {workers} at a time            {seconds[-1]:6.0f} s", flush=True)
    print(f"two workers beside one             {seconds[0] / seconds[1]:6.2f}×           (at least 1.7)")


def of_cluster(root: Path) -> None:
    """Tells whether four months of two workbooks on a cluster have the figures of those made one by one."""
    other = root.with_name("other")
    forget(root)
    shutil.copytree(root, other)
    months, both = "2024-06..2024-09", ["--workbook", root, "--workbook", other]
    begun = time.perf_counter()
    cpu(*RORIKT, "report", months, *both, "--workers", 2, "--renderer", "embedded")
    seconds = time.perf_counter() - begun
    made = [sums_of(book / "_site") for book in (root, other)]
    forget(root)
    for month in ("2024-06", "2024-07", "2024-08", "2024-09"):
        report(root, month)
    alike = [one == sums_of(root / "_site") for one in made]
    print(f"4 months of 2 workbooks on a cluster {seconds:4.0f} s, as made one by one: {alike}")


def main() -> None:
    """Measures in a temporary folder."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        print(f"demo exports                       {cpu(*RORIKT, 'demo', root):6.1f} CPU s")
        print(f"exports → clean tables             {cpu(*RORIKT, 'clean', '--workbook', root):6.1f} CPU s", flush=True)
        of_one_month(root)
        if "months" in sys.argv:
            of_24_months(root)
        if "cluster" in sys.argv:
            of_cluster(root)


if __name__ == "__main__":
    main()
