"""Install Quarto into this virtual environment where none is found. Says in one line how it went; never fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

# The package downloads Quarto from outside the Python index while it installs, which many networks block.
PACKAGE = "quarto-cli==1.9.38"
TIME_LIMIT_SECONDS = 180


def main() -> str:
    """Try once; the sentence to show."""
    if shutil.which("quarto"):
        return "Quarto found; it renders the report."
    print("Trying to install Quarto …", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
    process = subprocess.Popen(pip, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        installed = process.wait(TIME_LIMIT_SECONDS) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        installed = False
    if installed:
        return "Quarto is installed; it renders the report."
    return "Quarto could not be installed here (its download is blocked); the embedded renderer serves."


if __name__ == "__main__":
    print(main())
