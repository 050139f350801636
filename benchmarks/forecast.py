"""How the model's forecast of a month grows with the postings, suppliers and report lines that it is made from.

Run: .venv/bin/python benchmarks/forecast.py [LINES]        (and with twice as many; each in a process of its own)
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys

import numpy as np
import pandas as pd

LINES, MONTH = 1_000_000, "2024-09"
MONTHS = [f"{year}-{month:02d}" for year in range(2020, 2025) for month in range(1, 13)]
# What is doubled, each by itself: postings, suppliers, report lines.
CASES = {"postings": (2, 1, 1), "postings and suppliers": (2, 2, 1), "report lines": (1, 1, 2)}
SUPPLIERS, REPORT_LINES = 5000, 8


def postings(count: int, suppliers: int, report_lines: int) -> pd.DataFrame:
    """Made-up postings of five years, each supplier's on two of the lines."""
    from rorikt_lib.terms import schemas

    random = np.random.default_rng(1)
    supplier = random.integers(0, suppliers, count)
    line = (supplier + random.integers(0, 2, count)) % report_lines
    period = _texts(MONTHS, random.integers(0, MONTHS.index(MONTH) + 1, count))
    columns = {
        "period": period,
        "supplier_id": _texts([f"{number}" for number in range(suppliers)], supplier),
        "supplier_name": _texts([f"Leverandør {number}" for number in range(suppliers)], supplier),
        "amount_nok": random.normal(10_000, 3000, count).round(2),
        "line": _texts([f"Linje {number}" for number in range(report_lines)], line),
    }
    fixed = {"kind": "operating", "is_duplicate": False, "account": "270", "source_file": "liste.csv"}
    ids = pd.Series(range(count)).astype("str")
    frame = pd.DataFrame(columns).assign(**fixed, source_line=range(count), posting_id=ids)
    return schemas.validate("postings", frame)


def _texts(texts: list[str], places: np.ndarray) -> pd.Series:
    return pd.Series(pd.array(texts, dtype="str").take(places))


def measured(count: int, suppliers: int, report_lines: int) -> float:
    """CPU seconds of the forecast rows of one month, the model among them; in this process."""
    import resource

    from rorikt_lib.ledger import year_end
    from rorikt_lib.terms.enums import Kind

    made = postings(count, suppliers, report_lines)
    lines = [f"Linje {number}" for number in range(report_lines)]
    costs = pd.DataFrame({"line": lines, "actual_nok": 0.0, "forecast_nok": np.nan})
    year_end.model_forecast(made.head(5000), Kind.OPERATING, MONTH, lines)
    before = resource.getrusage(resource.RUSAGE_SELF)
    model = year_end.model_forecast(made, Kind.OPERATING, MONTH, lines)
    year_end.forecast_rows(made, costs, model, MONTH)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Times the first case, and each with one thing doubled: cost grows as its number to the power of the exponent."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    single = _apart(count, SUPPLIERS, REPORT_LINES)
    print(f"{count:,} postings, {SUPPLIERS:,} suppliers, {REPORT_LINES} lines: {single:6.1f} CPU s", flush=True)
    for name, (more, suppliers, lines) in CASES.items():
        double = _apart(count * more, SUPPLIERS * suppliers, REPORT_LINES * lines)
        exponent = math.log2(double / single)
        print(f"twice the {name + ':':24} {double:6.1f} CPU s, exponent {exponent:5.2f}   (at most 1.1)", flush=True)


def _apart(*numbers: int) -> float:
    """`measured` in a process of its own, with one thread for each matrix as the command line has it."""
    command = [sys.executable, __file__, "--", json.dumps(numbers)]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--"]:
        print(measured(*json.loads(sys.argv[2])))
    else:
        main()
