"""How long `rorikt backtest` takes on a ledger, and how much memory its largest process needs at most.

Run: .venv/bin/python benchmarks/backtest.py FILE [--mapping NAME] [--group COLUMN] [--years FROM-TO] …
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

RORIKT = [sys.executable, "-c", "from rorikt_lib.cli import main; main()"]
# ru_maxrss is in bytes on macOS, in kibibytes elsewhere.
MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10


def main() -> None:
    """Times one run with the options given, and shows what it came to."""
    start = time.perf_counter()
    run = subprocess.run([*RORIKT, "backtest", *sys.argv[1:], "--json"], check=True, stdout=subprocess.PIPE)
    seconds = time.perf_counter() - start
    found = json.loads(run.stdout)
    print(f"{len(found['lines'])} lines, {found['rows']['used']} postings, {len(found['years'])} years")
    for row in found["total"]:
        if row["method"] == "chosen":
            print(f"WAPE at {row['known_months']} months:        {row['wape']:6.2%}")
    print(f"ledger → backtest:       {seconds:6.1f} s   (at most 60, for 900 000 postings on two cores)")
    print(f"memory of a process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEBIBYTE:8.0f} MiB")


if __name__ == "__main__":
    main()
