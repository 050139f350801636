"""What the clean tables of a data root say that they were made from, and how long that holds. Imports little, so that
what has not changed is told at once.
"""

import datetime as dt
from pathlib import Path

FINGERPRINT = "fingerprint.txt"


def mark(fingerprint: str, holds_until: dt.datetime | None = None) -> str:
    """What the file says. holds_until: when a time that was not read, as it was still to come, is read."""
    return f"{fingerprint}\n{holds_until.isoformat()}" if holds_until else fingerprint


def fingerprint_of(root: Path) -> str:
    """The checksum that the clean tables were made from (see clean_tables.fingerprint); empty where there are none."""
    return _lines(root)[0]


def has_expired(root: Path) -> bool:
    """Whether the same exports would be read otherwise now: a time in them that was still to come is no more."""
    _, *until = _lines(root)
    try:
        return any(dt.datetime.fromisoformat(time) <= now() for time in until)
    except (ValueError, TypeError):  # the file is damaged
        return True


def mark_of(root: Path) -> str:
    """All that the file says: another where exports, settings or code are, and where they are read otherwise."""
    return "\n".join(_lines(root))


def now() -> dt.datetime:
    """This instant."""
    return dt.datetime.now(dt.UTC)


def _lines(root: Path) -> list[str]:
    file = root / "clean" / FINGERPRINT
    return file.read_text(encoding="utf-8").splitlines() or [""] if file.exists() else [""]
