"""Which files the gate let through before, so that each is looked through once: their checksums, in the build folder.
Of a file that has changed, the texts that it or any other has had before are not looked through again.

They are kept under a checksum of all that decides: the code, who must not be named, what is allowed, which folders are
forbidden. What is kept may be deleted at any time.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rorikt_lib.publish.privacy.gate import Gate
from rorikt_lib.store.checksums import running_code, sum_of_texts
from rorikt_lib.store.replace import replace_file

NAME = "looked-through.json"
# With more texts than these, they are all forgotten.
_MOST_TEXTS = 300_000


@dataclass
class Passed:
    """The files that were let through, by the gate's checksum. file: where that is kept; None where it is not."""

    file: Path | None = None
    _now: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _texts: dict[str, set[str]] = field(default_factory=dict)
    _checksums: dict[Path, str] = field(default_factory=dict)

    def but(self, files: Sequence[Path], gate: Gate | None = None) -> Sequence[Path]:
        """Those of the files that this gate has not let through before; without one, that were not found inert."""
        known = {*self._known(gate).get("files", [])}
        return [file for file in files if self._checksum(file) not in known] if known else files

    def texts(self, gate: Gate) -> set[str]:
        """Checksums of the texts that this gate has found nothing private in; what is added is kept with its files."""
        return self._texts.setdefault(_key(gate), {*self._known(gate).get("texts", [])})

    def _known(self, gate: Gate | None) -> dict[str, list[str]]:
        before = self._before.get(_key(gate), {})
        # With fewer numbers known to be the report's own, more is taken for private.
        return before if {*before.get("numbers", [])} <= _numbers(gate) else {}

    def let_through(self, files: Iterable[Path], gate: Gate | None = None) -> None:
        """Notes that the gate found nothing in these files, for `keep`; without one, that they are inert."""
        if self.file:
            checksums = sorted(set(map(self._checksum, files)))
            texts = sorted(self._texts.get(_key(gate), []))
            texts = texts if len(texts) <= _MOST_TEXTS else []
            self._now[_key(gate)] = {"numbers": sorted(_numbers(gate)), "files": checksums, "texts": texts}

    def keep(self) -> None:
        """Writes what was noted; what was not, is forgotten."""
        if self.file:
            replace_file(self.file, json.dumps(self._now).encode())

    @cached_property
    def _before(self) -> dict[str, dict[str, list[str]]]:
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8")) if self.file else {}
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _checksum(self, file: Path) -> str:
        # A file's name is read too, and how it is read follows from its kind.
        if file not in self._checksums:
            content = file.name.encode() + b"\0" + file.read_bytes()
            self._checksums[file] = hashlib.sha256(content).hexdigest()
        return self._checksums[file]


def _numbers(gate: Gate | None) -> set[str]:
    return {*gate.numbers} if gate else set()


def _key(gate: Gate | None) -> str:
    return sum_of_texts(running_code(), gate.checksum if gate else "inert")
