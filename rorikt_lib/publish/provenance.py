"""Which workbook computed a month."""

import subprocess
from importlib.metadata import version

from rorikt_lib.config.settings import ROOT


def workbook_version() -> str:
    """`0.1.0 (1a2b3c4)`: the package and the commit; `-dirty` where files differ from it; no commit outside git."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*"]
    try:
        commit = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return version("rorikt")
    return f"{version('rorikt')} ({commit})"
