"""Stock of PCs, and use of portal and chatbot: of what several exports count, the later one's number holds."""

import pandas as pd

from rorikt_lib.sources.combine.overlap import changed, keep_latest
from rorikt_lib.sources.reading.accept import finding
from rorikt_lib.terms.reasons import Finding
from rorikt_lib.terms.schemas import empty


def combine_stock(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per municipality, user group and date, and what was found. Parts: frames of device_stock.clean."""
    return _latest("device_stock", parts, ["date", "municipality", "user_group"])


def combine_usage(parts: list[pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per date, span and channel, and what was found. Parts: frames of usage.clean."""
    return _latest("usage", parts, ["date", "span", "channel"])


def _latest(table: str, parts: list[pd.DataFrame], key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of overlapping exports the later counts (see keep_latest); rows of the others that say otherwise are counted."""
    kept, older = keep_latest(parts, key, ["date"])
    if kept.empty:
        return empty(table), empty("findings")
    counts = [name for name in empty(table).columns if name not in key]
    return kept, finding(table, None, Finding.OVERLAPPING_ROWS_DIFFER, changed(kept, older, key, counts))
