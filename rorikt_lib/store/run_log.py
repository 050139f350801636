"""data/logs/: what each run that nobody watched did, a file a run, a JSON object a line. The newest are kept."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from rorikt_lib.errors import Busy

# More than a year of daily runs, a few kilobytes each.
KEPT = 400
LOCK = "run.lock"
Level = Literal["info", "warning", "error"]


def logs_folder(root: Path) -> Path:
    """Where the data root keeps them."""
    return root / "logs"


class RunLog:
    """The log of one run. Each line is on its way to the disk, whole, before the next thing is done.

    failed: why lines are lacking, where the disk took no more; a report is not stopped by that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run = path.stem
        self.failed: OSError | None = None
        # Without a buffer of its own, and always at the end: a run that is killed leaves what it had written.
        self._file = path.open("ab", buffering=0)

    def write(self, event: str, level: Level = "info", **facts: object) -> None:
        """One line: when (UTC), which run, what, how grave, and facts, which must be plain values of JSON or days."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"time": now, "run": self.run, "event": event, "level": level, **facts}
        try:
            self._append(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")
        except OSError as error:
            self.failed = error

    def _append(self, line: bytes) -> None:
        """All of a line, or nothing of it."""
        before = os.fstat(self._file.fileno()).st_size
        if self._file.write(line) != len(line):
            self._file.truncate(before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def close(self) -> None:
        """Nothing more is written."""
        self._file.close()


def begin_log(root: Path) -> RunLog:
    """The log of a run that begins now, called by its time (UTC) and process; the oldest beyond KEPT are gone.

    OSError where there is no data root: none is made by mistake.
    """
    folder = logs_folder(root)
    folder.mkdir(exist_ok=True)
    log = RunLog(folder / f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H%M%SZ}-{os.getpid()}.jsonl")
    for old in sorted(folder.glob("*.jsonl"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return log


class OnlyRun:
    """While it lasts, no other such run of this data root begins; Busy where one is at work.

    It is the system's own lock, which goes with the process: a run that was killed blocks none.
    """

    def __init__(self, root: Path) -> None:
        self._folder = logs_folder(root)
        self._lock = FileLock(self._folder / LOCK)

    def __enter__(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise Busy("another rorikt run is at work here", file=self._folder, remedy="wait for it to end") from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()
