"""data/clean/files/: what each export gave when it was read, so that one that has not changed is not read again.

An entry is under a checksum of all that it was made from, so nothing old is taken for new. It holds personal data as
the export does. It may be deleted at any time; those of exports that are gone go when the clean tables are replaced.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from rorikt_lib.config.settings import Settings
from rorikt_lib.store.checksums import running_code
from rorikt_lib.store.clean_tables import FILES
from rorikt_lib.store.replace import replace_file
from rorikt_lib.terms.instants import is_possible, noting_what_is_to_come

# Name of a file and its checksum, for each file of an export.
Parts = Iterable[tuple[str, str]]
# Of a larger export nothing is kept: to write what it gave takes as long as reading it does, and as much memory again.
LARGEST = 16 * 2**20


@dataclass(frozen=True)
class FilesRead:
    """The entries of a data root. fresh: none is used, and all are made anew. used: those of the exports asked for.

    to_come: of each export with times that are still to come, the first one.
    """

    root: Path
    settings: Settings
    fresh: bool = False
    used: set[str] = field(default_factory=set)
    to_come: list[pd.Timestamp] = field(default_factory=list)

    def recalled(self, parts: Parts, size: int, make: Callable[[], Any]) -> Any:
        """What `make` gives for an export of `size` bytes, read from its entry where there is one that holds.

        What is in the future is not read, so an entry that has such times holds until the first of them can be.
        """
        if size > LARGEST:
            first, made = _made(make)
        else:
            name = self._name(parts)
            self.used.add(name)
            path = self.root / "clean" / FILES / name
            entry = None if self.fresh else _entry(path)
            if not entry or (entry[0] is not None and is_possible(entry[0])):
                entry = _made(make)
                _keep(path, entry)
            first, made = entry
        self.to_come.extend([] if first is None else [first])
        return made

    def _name(self, parts: Parts) -> str:
        libraries = [library.__version__ for library in (pd, np, pa)]
        told = [running_code(), *libraries, self.settings.model_dump_json(), *(f"{n}\0{s}" for n, s in parts)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _made(make: Callable[[], Any]) -> tuple[pd.Timestamp | None, Any]:
    """What `make` gives, and the first time in it that is still to come."""
    with noting_what_is_to_come() as to_come:
        made = make()
    return min(to_come, default=None), made


def _entry(path: Path) -> tuple[pd.Timestamp | None, Any] | None:
    """What an entry holds; None where there is none, or it is damaged, however that shows."""
    try:
        with path.open("rb") as stream:
            to_come, made = pickle.load(stream)
    except Exception:
        return None
    return to_come, made


def _keep(path: Path, entry: object) -> None:
    """Writes an entry; where the disk has no room for it the export is read again next time."""
    try:
        replace_file(path, pickle.dumps(entry, protocol=5))
    except OSError:
        return
