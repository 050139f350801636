"""data/clean/memory/: results that a month's chapters share, made from its clean tables.

What is kept is under a checksum of all that it was made from, so nothing old is taken for new; it may be deleted
at any time, and goes when the clean tables are made anew.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import joblib

from rorikt_lib.store.clean_tables import fingerprint_of, running_code
from rorikt_lib.store.folders import files_below

MEMORY = "memory"
# A damaged result is worked out again; a chapter that runs has nothing to say of it.
logging.getLogger("joblib").setLevel(logging.ERROR)


def recalled(folder: Path, inputs: str, what: tuple[object, ...], make: Callable[[], Any]) -> Any:
    """What `make` gives, worked out once for all processes. inputs: see `inputs_of`. what: its name and arguments."""
    memory = joblib.Memory(folder / "clean" / MEMORY, verbose=0)
    return memory.cache(_worked_out, ignore=["make"])(inputs, what, make)


def _worked_out(inputs: str, what: tuple[object, ...], make: Callable[[], Any]) -> Any:
    return make()


def inputs_of(root: Path, folders: Iterable[Path], *more: object) -> str:
    """A checksum of the clean tables, the library's code, all files in `folders`, and `more` (as text)."""
    digest = hashlib.sha256(f"{fingerprint_of(root)}{running_code()}{more}".encode())
    for folder in folders:
        for path in files_below(folder):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
