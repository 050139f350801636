"""figures.csv as it was written: a member may be called NA, and a value comes back to the last bit."""

from pathlib import Path

import pandas as pd


def read_records(file: Path) -> pd.DataFrame:
    """One row per figure, dimension and member; see report.records."""
    texts = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
    return texts.assign(value=texts.value.map(float))
