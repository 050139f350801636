"""What a month's report may know of earlier ones, as one checksum: no report made later changes it.

See ledger.forecast_log.published_before and snapshots.published_before, which choose from just this.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from rorikt_lib.store.checksums import sum_of_file, sum_of_texts
from rorikt_lib.store.folders import approved_folder, log_path, snapshots_folder
from rorikt_lib.store.manifest import SEAL

_FACTS = "snapshot.json"


def sum_of_history(root: Path, month: str) -> str:
    """A checksum of what a data root keeps of reports before `month`, as it was when the month's was first made."""
    return sum_of_texts(*_logged(root, month), *_snapshots(root, month), *_approved(root, month))


def sum_of_own(root: Path, month: str) -> str:
    """A checksum of what a data root keeps of the month's own report."""
    rows = [row for of, row in _log(root) if of == month]
    facts = (folder / _FACTS for folder in sorted(snapshots_folder(root).glob(f"{month}-*")))
    return sum_of_texts(*rows, *map(sum_of_file, facts))


def _logged(root: Path, month: str) -> list[str]:
    """The log's rows of earlier months, up to the first of the month itself."""
    return [row for of, row in takewhile(lambda row: row[0] != month, _log(root)) if of < month]


def _log(root: Path) -> Iterator[tuple[str, str]]:
    """The month of each row of the log, and the row."""
    path = log_path(root)
    if path.exists():
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            yield from ((row[0], "\x1f".join(row)) for row in csv.reader(file) if row)


def _snapshots(root: Path, month: str) -> list[str]:
    """The facts of earlier months' snapshots, of those made before the month's own first."""
    facts = {folder.name: folder / _FACTS for folder in snapshots_folder(root).glob("????-??-*")}
    texts = {name: path.read_text("utf-8", errors="replace") for name, path in facts.items() if path.exists()}
    own = min((_made_at(text) for name, text in texts.items() if name.startswith(month)), default=None)
    earlier = {name: text for name, text in texts.items() if name[: len(month)] < month}
    return [f"{name} {text}" for name, text in sorted(earlier.items()) if own is None or _made_at(text) <= own]


def _made_at(facts: str) -> float:
    try:
        return datetime.fromisoformat(json.loads(facts)["made_at"]).timestamp()
    except (ValueError, KeyError, TypeError):
        return 0.0


def _approved(root: Path, month: str) -> list[str]:
    """Whether anything was approved, and the seals of what was of earlier months."""
    seals = {folder.name: folder / SEAL for folder in approved_folder(root).glob("[0-9][0-9][0-9][0-9]-??-*")}
    earlier = [f"{name} {path.read_text()}" for name, path in sorted(seals.items()) if name < month and path.exists()]
    return [str(bool(seals)), *earlier]
