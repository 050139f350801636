"""Which version of the library computed a month."""

import subprocess
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).resolve()


def library_version() -> str:
    """`0.1.0 (1a2b3c4)`: the package and the commit; `-dirty` where files differ from it; no commit outside git."""
    try:
        # A library installed somewhere below another repository is no part of that.
        _git("ls-files", "--error-unmatch", _HERE.name)
        return f"{version('rorikt')} ({_git('describe', '--always', '--dirty', '--abbrev=7', '--exclude=*')})"
    except (OSError, subprocess.SubprocessError):
        return version("rorikt")


def _git(*words: str) -> str:
    command = ["git", "-C", str(_HERE.parent), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
