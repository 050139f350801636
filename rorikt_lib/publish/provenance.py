"""Where the numbers come from: the files behind a month, and the workbook that computed it."""

from __future__ import annotations

import subprocess
from importlib.metadata import version

import pandas as pd

from rorikt_lib.settings import ROOT

CHECKSUM_DIGITS = 12


def source_list(sources: pd.DataFrame) -> pd.DataFrame:
    """One row per file of the clean table `sources`: its name without folder, format, newest date, rows, checksum.

    sha256: the first digits, enough to tell two extracts apart and to find one again.
    """
    return sources.assign(
        source_file=sources.source_file.str.rsplit("/", n=1).str[-1], sha256=sources.sha256.str[:CHECKSUM_DIGITS]
    )[["source_file", "format", "newest", "rows_read", "rows_clean", "rows_quarantined", "sha256"]]


def workbook_version() -> str:
    """`0.1.0 (1a2b3c4)`: the package and the commit; `-dirty` where files differ from it; no commit outside git."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return version("rorikt")
    return f"{version('rorikt')} ({commit})"
