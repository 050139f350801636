"""Which files in content/ a month's report is made of. Imports nothing that takes long."""

from pathlib import Path

from rorikt_lib.terms.months import is_month

REPORT = "report.yml"


def is_read_for(written: Path, *months: str | None) -> bool:
    """Whether a file, seen from content/, may be read for these months: of others, it is how far exports reach."""
    folder = written.parts[0]
    return folder in months or not is_month(folder) or written.name == REPORT
