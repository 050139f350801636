"""What the clean tables of a data root say that they were made from. Imports nothing that takes long."""

from pathlib import Path

FINGERPRINT = "fingerprint.txt"


def fingerprint_of(root: Path) -> str:
    """The checksum that the clean tables were made from (see clean_tables.fingerprint); empty where there are none."""
    file = root / "clean" / FINGERPRINT
    return file.read_text(encoding="utf-8") if file.exists() else ""
