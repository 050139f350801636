"""Exports that overlap: the same key in several files, or twice in one."""

import pandas as pd

from rorikt_lib.terms.each_another import are_surely_each_another
from rorikt_lib.terms.instants import newest_of, taken_at


def keep_latest(
    parts: list[pd.DataFrame], key: list[str], stamps: list[str], certain: list[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The latest state of each key, and the older ones (oldest first). Parts have a source_file; index = line.

    An extract carries no clock, so the file whose newest stamp is the latest is the later extract; stamps that few rows
    have long after the others do not count there (see instants.taken_at; certain: those that the system itself sets,
    by default all). That decides, then the newest stamp of the row itself, the file's name and the line. (Stamps of
    the row alone would keep a case resolved that was opened again.) The order of `parts` does not matter.
    """
    parts = sorted((p for p in parts if len(p)), key=lambda p: (p["source_file"].iloc[0], p.index[0]))
    if not parts:
        return pd.DataFrame(), pd.DataFrame()
    rows = pd.concat(parts, ignore_index=True)
    if len(key) == 1 and are_surely_each_another(rows[key[0]]):
        return rows, rows.head(0)
    again = rows.duplicated(key, keep=False)
    if not again.any():
        return rows, rows.head(0)
    taken = {file: taken_at(part, certain or stamps) for file, part in rows[stamps].groupby(rows["source_file"])}
    several = rows[again]
    order = several[["source_file"]].rename(columns={"source_file": "file"})
    order = order.assign(extract=order["file"].map(taken), own=newest_of(several[stamps]))
    ordered = rows.loc[order.sort_values(["extract", "own", "file"], kind="stable").index, key]
    older = ordered.index[ordered.duplicated(keep="last")]
    return rows.drop(older), rows.loc[older]


def changed(kept: pd.DataFrame, older: pd.DataFrame, key: list[str], values: list[str]) -> int:
    """How many of the older rows say something else than the row kept for their key."""
    if older.empty:
        return 0
    pairs = older.merge(kept, on=key, how="left", suffixes=("_old", ""), validate="many_to_one")
    same = [(pairs[f"{v}_old"] == pairs[v]) | (pairs[f"{v}_old"].isna() & pairs[v].isna()) for v in values]
    return int((~pd.concat(same, axis=1).fillna(False).all(axis=1)).sum())
