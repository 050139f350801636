"""Which files the gate let through before, so that each is looked through once: their checksums, in the build folder.

They are kept under a checksum of all that decides: the code, who must not be named, what is allowed, which folders are
forbidden. What is kept may be deleted at any time.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import joblib

from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.store.clean_tables import code_checksum
from rorikt_lib.store.replace import replace_file

NAME = "looked-through.json"


@dataclass
class Passed:
    """The files that were let through, by the gate's checksum. file: where that is kept; None where it is not."""

    file: Path | None = None
    _now: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def but(self, files: Iterable[Path], gate: Gate) -> list[Path]:
        """Those of the files that this gate has not let through before."""
        before = self._before().get(_key(gate), {})
        # With fewer numbers known to be the report's own, more is taken for private.
        known = set(before.get("files", [])) if {*before.get("numbers", [])} <= {*gate.numbers} else set()
        return [file for file in files if _checksum(file) not in known]

    def let_through(self, files: Iterable[Path], gate: Gate) -> None:
        """Notes that the gate found nothing in these files, for `keep`."""
        self._now[_key(gate)] = {"numbers": sorted(gate.numbers), "files": sorted(set(map(_checksum, files)))}

    def keep(self) -> None:
        """Writes what was noted; what was not, is forgotten."""
        if self.file:
            replace_file(self.file, json.dumps(self._now).encode())

    def _before(self) -> dict[str, dict[str, list[str]]]:
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8")) if self.file else {}
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}


def _checksum(file: Path) -> str:
    # A file's name is read too, and how it is read follows from its kind.
    return hashlib.sha256(file.name.encode() + b"\0" + file.read_bytes()).hexdigest()


def _key(gate: Gate) -> str:
    decides = joblib.hash([gate.people, sorted(gate.allowed), sorted(gate.forbidden)])
    return hashlib.sha256(f"{_code()}{decides}".encode()).hexdigest()


@cache
def _code() -> str:
    """Of the code that this process runs: as it was when first asked."""
    return code_checksum()
