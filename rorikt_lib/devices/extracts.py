"""Which PCs a month's report knows, and which of them are in use."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rorikt_lib.period import first_day


def extract_of(devices: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of the month's last extract by the cut-off; no rows when the month has no extract."""
    in_month = devices[devices.extracted_on.between(pd.Timestamp(first_day(month)), cut_off.tz_localize(None))]
    return in_month[in_month.extracted_on == in_month.extracted_on.max()]


def in_use(extract: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of an extract that were seen on the network in the month, by the cut-off."""
    return extract[extract.last_seen_on.between(pd.Timestamp(first_day(month)), cut_off.tz_localize(None))]


def is_among(serials: pd.Series, others: pd.Series) -> np.ndarray:
    """Which of the serial numbers are among others; as Series.isin, which takes fifteen times as long on text."""
    codes, names = pd.factorize(pd.concat([others, serials]))
    found = np.zeros(len(names), dtype=bool)
    found[codes[: len(others)]] = True
    return found[codes[len(others) :]]
