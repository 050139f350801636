"""Which parsed rows are good, and why the others are not."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.sources.formats import RawTable
from rorikt_lib.tables import empty


def accept(table: str, raw: RawTable, parsed: pd.DataFrame, required: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split `parsed` (same index as raw.frame) into good rows and quarantine.

    A row is refused when a required field is empty, or when any field had a text that could not be read.
    """
    refused: dict[int, tuple[str, str]] = {}
    for name in parsed.columns.intersection(raw.frame.columns):
        written, read = raw.frame[name].notna(), parsed[name].notna()
        bad = ~read & written if name not in required else ~read
        for line, text in raw.frame.loc[bad, name].items() if bad.any() else ():
            reason = "missing_value" if pd.isna(text) else "unreadable_value"
            refused.setdefault(line, (reason, name if pd.isna(text) else f"{name}: '{text[:60]}'"))
    if not refused:
        return parsed, empty("quarantine")
    bad = parsed.index.isin(list(refused))
    rows = raw.frame[bad]
    reasons = pd.DataFrame([refused[line] for line in rows.index], index=rows.index, columns=[0, 1], dtype="str")
    return parsed[~bad], quarantine(table, raw.source_file, rows, reasons[0], reasons[1])


def quarantine(
    table: str, source_file: str, rows: pd.DataFrame, reason: pd.Series | str, detail: pd.Series | str = ""
) -> pd.DataFrame:
    """One row per refused raw row (index = line number), as the quarantine table has it."""
    if not len(rows):
        return empty("quarantine")
    return pd.DataFrame(
        {
            "table": table,
            "source_file": source_file,
            "source_line": rows.index,
            "reason": reason,
            "detail": detail,
            "raw": rows.fillna("").astype(str).agg(";".join, axis=1) if rows.shape[1] else "",
        }
    ).reset_index(drop=True)


def finding(table: str, source_file: str | None, name: str, count: int, detail: str | None = None) -> pd.DataFrame:
    """One row of the findings table, or none when the count is 0."""
    if not count:
        return empty("findings")
    return pd.DataFrame(
        {"table": [table], "source_file": [source_file], "finding": [name], "count": [count], "detail": [detail]}
    )
