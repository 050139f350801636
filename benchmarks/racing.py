"""Runs that race each other, and runs that are killed at any moment: what is kept and published stays right.

Twenty runs of three months are started at once; then thirty are killed with SIGKILL, half of them while the site is
being made and swapped. After each, no forecast may be kept twice, every month that was published must stand as it was
or as it is to be, and the next run must give what a run in peace gives, and leave nothing half-made behind.

Run: .venv/bin/python benchmarks/racing.py [RACING RUNS] [KILLED RUNS] [SEED]
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from rorikt_lib.demo.make import make_demo
from rorikt_lib.store.folders import log_path
from rorikt_lib.store.manifest import Sums, sums_of
from rorikt_lib.store.snapshots import read_figures, read_snapshots

RORIKT = [sys.executable, "-c", "from rorikt_lib.cli import main; main()"]
MONTHS = ["2024-08", "2024-09", "2024-10"]
# An export of the demo, whose last line comes and goes.
CHANGES = "data/raw/usage/chatbot_2024.csv"


@dataclass
class Book:
    """A workbook in two states, between which each round changes. change: brings it into the one or the other."""

    root: Path
    months: list[str]
    change: Callable[[bool], None]
    # What a run in peace published of each state.
    right: dict[bool, Sums] = field(default_factory=dict)
    seconds: float = 0.0

    def start(self, month: str) -> subprocess.Popen:
        """A run of a month in a process group of its own."""
        command = [*RORIKT, "report", month, "--workbook", str(self.root), "--renderer", "embedded"]
        return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def make(self) -> None:
        """All months, one after the other."""
        for month in self.months:
            run = self.start(month)
            told = run.communicate()[1]
            require(run.returncode == 0, f"{month}: {told.decode()}")

    def learn(self) -> None:
        """What is right in both states, as runs in peace give it."""
        for state in (True, False):
            self.change(state)
            begun = time.perf_counter()
            self.make()
            self.seconds = (time.perf_counter() - begun) / len(self.months)
            self.right[state] = sums_of(self.root / "_site")


def require(holds: bool, otherwise: str) -> None:
    """AssertionError that says what does not hold."""
    if not holds:
        raise AssertionError(otherwise)


def check_kept(book: Book) -> None:
    """No forecast is kept twice, and no snapshot says what the one before it says."""
    log = pd.read_csv(log_path(book.root / "data"))
    keys = ["period", "revision", "kind", "line"]
    require(not log.duplicated(keys).any(), f"kept twice:\n{log[log.duplicated(keys, keep=False)][keys]}")
    kept = read_snapshots(book.root / "data")
    for one, other in itertools.pairwise(kept):
        same = one.period == other.period and read_figures(one).equals(read_figures(other))
        require(not same or one.facts.sha256 != other.facts.sha256, f"kept twice: {one.folder} and {other.folder}")


def check_site(book: Book) -> None:
    """Each month stands as it is right in one of the two states, and so does the front page."""
    site = sums_of(book.root / "_site")
    require("index.html" in site, "the site has no front page")
    for month in book.months:
        stands = _of(site, month)
        whole = [stands == _of(right, month) for right in book.right.values()]
        require(any(whole), f"{month} stands as it never was right: {len(stands)} files")


def _of(site: Sums, month: str) -> Sums:
    return {name: of for name, of in site.items() if name.startswith(f"{month}/")}


def check_next(book: Book, state: bool) -> None:
    """The next run gives what is right, and nothing half-made is left."""
    book.make()
    check_kept(book)
    site, right = sums_of(book.root / "_site"), book.right[state]
    differs = sorted(name for name in site.keys() | right.keys() if site.get(name) != right.get(name))
    require(not differs, f"not as a run in peace makes it: {differs[:5]}")
    left = [path for path in book.root.rglob(".*-new") if "kept" not in path.parts]
    require(not left, f"left half-made: {left[:5]}")


def race(book: Book, runs: int, chance: random.Random, state: bool) -> None:
    """Runs of all months at once, after a change."""
    book.change(state)
    started = [book.start(chance.choice(book.months)) for _ in range(runs)]
    told = [run.communicate()[1].decode() for run in started]
    failed = [text for run, text in zip(started, told, strict=True) if run.returncode != 0]
    require(not failed, f"{len(failed)} of {runs} racing runs failed: {failed[:1]}")
    check_kept(book)
    check_site(book)
    check_next(book, state)


def kill(book: Book, chance: random.Random, state: bool, in_swap: bool) -> str:
    """A run killed at any moment, or when the new site is being filled or swapped; how far it had come."""
    book.change(state)
    month = book.months[-1]
    run = book.start(month)
    begun = time.perf_counter()
    if in_swap:
        while run.poll() is None and not list((book.root / "_build").glob("._site-*-new")):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 1.5))
    else:
        time.sleep(chance.uniform(0, book.seconds * 1.2))
    ended = run.poll() is not None
    if not ended:
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    check_kept_if_any(book)
    check_site(book)
    return f"{'ended' if ended else 'killed'} after {time.perf_counter() - begun:.1f} s"


def check_kept_if_any(book: Book) -> None:
    """As `check_kept`, where there is a log yet."""
    if log_path(book.root / "data").exists():
        check_kept(book)


def try_all(book: Book, racing: int, killed: int, seed: int, told: Callable[[str], None] = print) -> None:
    """AssertionError where anything is not as it ought to be."""
    chance = random.Random(seed)
    book.learn()
    told(f"a month in peace: {book.seconds:.1f} s")
    race(book, racing, chance, state=True)
    told(f"{racing} racing runs: none failed, nothing is kept twice, the site is right")
    state = False
    for number in range(killed):
        how = kill(book, chance, state, in_swap=number % 2 == 1)
        if chance.random() < 0.5:
            check_next(book, state)
            state = not state
        told(f"kill {number + 1}: {how}; the site is whole")
    book.change(state)
    check_next(book, state)
    told(f"{killed} killed runs: nothing is kept twice, the old site stood, the next run was right")


def _demo(root: Path) -> Book:
    make_demo(root, lambda file: None)
    file = root / CHANGES
    whole = file.read_bytes()
    lines = whole.splitlines(keepends=True)

    def change(state: bool) -> None:
        file.write_bytes(whole if state else b"".join(lines[:-1]))

    return Book(root, MONTHS, change)


def main() -> None:
    """Tries the demo in a temporary folder."""
    racing, killed, seed = (int(text) for text in (sys.argv[1:] + ["20", "30", "1"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        try_all(_demo(Path(folder) / "demo"), racing, killed, seed, lambda line: print(line, flush=True))
        print(f"in {time.perf_counter() - begun:.0f} s")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
