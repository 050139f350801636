"""data/memory/: results that a month's chapters share, and its next run, each with what it was made from.

A result is taken where all that it was made from is as it was, byte for byte. What is here may be deleted at any time.
"""

import pickle
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rorikt_lib.store.replace import replace_file

MEMORY = "memory"
# What nobody asked for in so long is of settings or tables that are no more.
_DAYS_KEPT = 60


@dataclass(frozen=True)
class Traced:
    """A result. noted: see Workbook.note. read: names of all that it depends on, as Workbook.sum_of knows them."""

    value: Any
    noted: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()


def recalled(file: Path, base: str, sum_of: Callable[[str], str], make: Callable[[], Traced]) -> Traced:
    """What `make` gives, worked out once for all processes, and kept in `file`.

    base: a checksum of all that results are made from but for what each reads, of which sum_of(name) is the checksum.
    """
    if kept := recall(file, base, sum_of):
        return kept
    made = make()
    sums = {name: sum_of(name) for name in made.read}
    replace_file(file, pickle.dumps({"base": base, "sums": sums, "made": made}, protocol=pickle.HIGHEST_PROTOCOL))
    return made


def recall(file: Path, base: str, sum_of: Callable[[str], str]) -> Traced | None:
    """What `recalled` has kept; None where there is nothing, or of other inputs."""
    kept = _kept(file)
    if not kept or kept["base"] != base or not is_as_it_was(kept["sums"], sum_of):
        return None
    with suppress(OSError):
        file.touch()
    return kept["made"]


def is_as_it_was(sums: Mapping[str, str], sum_of: Callable[[str], str]) -> bool:
    """Whether all of these names have the checksums that they had."""
    return all(sum_of(name) == then for name, then in sums.items())


def _kept(file: Path) -> dict[str, Any] | None:
    """What is kept in a file; None where there is nothing, or it is damaged or of another version."""
    try:
        kept = pickle.loads(file.read_bytes())
        return kept if isinstance(kept["made"], Traced) else None
    except Exception:  # whatever is wrong with it, it is worked out again
        return None


def forget_old(root: Path) -> None:
    """Removes what nobody has asked for in long, of all months of a data root."""
    oldest = time.time() - _DAYS_KEPT * 24 * 3600
    for file in (root / MEMORY).glob("*/*.pkl"):
        with suppress(OSError):  # another process forgets it too
            if file.stat().st_mtime < oldest:
                file.unlink()
