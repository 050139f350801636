"""Golden pairs: a folder in tests/golden with a raw export and what must come of it.

clean.csv, quarantine.csv (row = line number, reason) and findings.csv (finding, count, detail) are written by hand.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.format import Cleaned, Format
from rorikt_lib.sources.reading.recognise import split
from rorikt_lib.sources.reading.rows import read_rows

GOLDEN = Path(__file__).parent / "golden"


def clean_path(path: Path, form: Format, settings: Settings) -> Cleaned:
    """All tables of one file by one format, the notes of its recognition included."""
    parts = [(form.clean(raw, settings), notes) for _, raw, notes in split(read_rows(path)[0], path.name, [form])]
    return Cleaned(
        parts[0][0].table,
        pd.concat([cleaned.frame for cleaned, _ in parts]),
        pd.concat([each.quarantine for pair in parts for each in pair]),
        pd.concat([each.findings for pair in parts for each in pair]),
        sum(each.set_aside for pair in parts for each in pair),
    )


def check_golden(folder: str, cleaned: Cleaned) -> None:
    """Compare with the expected files of tests/golden/FOLDER, cell by cell as text."""
    frames = {
        "clean": cleaned.frame.rename_axis("row").reset_index(),
        "quarantine": cleaned.quarantine.rename(columns={"source_line": "row"}).sort_values("row"),
        "findings": cleaned.findings.sort_values("finding", kind="stable"),
    }
    for name, frame in frames.items():
        expected = pd.read_csv(GOLDEN / folder / f"{name}.csv", sep=";", dtype="str", keep_default_na=False)
        rows = [tuple(map(_text, row)) for row in frame[list(expected.columns)].itertuples(index=False)]
        assert rows == list(expected.itertuples(index=False, name=None)), f"{folder}/{name}.csv"


def _text(value: object) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.isoformat(sep=" ") if value.tzinfo or value != value.normalize() else value.date().isoformat()
    return f"{value:.2f}" if isinstance(value, float) else str(value)
