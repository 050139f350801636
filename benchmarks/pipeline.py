"""How long the demo takes: exports → clean tables → report (embedded renderer), each as a command of its own.

Run: .venv/bin/python benchmarks/pipeline.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

RORIKT = [sys.executable, "-c", "from rorikt_lib.cli import main; main()"]


def seconds(*arguments: object) -> float:
    """Wall-clock seconds of one rorikt command."""
    start = time.perf_counter()
    subprocess.run([*RORIKT, *map(str, arguments)], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Times the three steps in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        print(f"demo exports:            {seconds('demo', demo):6.1f} s")
        print(f"exports → clean tables:  {seconds('clean', '--workbook', demo):6.1f} s   (at most 6)")
        report = seconds("report", "2024-09", "--workbook", demo, "--renderer", "embedded")
        print(f"clean tables → report:   {report:6.1f} s   (at most 25)")


if __name__ == "__main__":
    main()
