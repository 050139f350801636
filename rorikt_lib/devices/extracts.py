"""Which PCs a month's report knows, and which of them are in use."""

import numpy as np
import pandas as pd

from rorikt_lib.terms.period import first_day


def extract_of(devices: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of the month's last extract by the cut-off, without their names; no rows when there is none."""
    in_month = devices.extracted_on.between(pd.Timestamp(first_day(month)), cut_off.tz_localize(None))
    newest = devices.extracted_on[in_month].max()
    return devices.drop(columns="name")[devices.extracted_on == newest]


def in_use(extract: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of an extract that were seen on the network in the month, by the cut-off."""
    return extract[extract.last_seen_on.between(pd.Timestamp(first_day(month)), cut_off.tz_localize(None))]


def counted(extract: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """One row: PCs in_extract, in use (pcs), not_counted, and in use of unknown_age; no rows without an extract.

    seen: those in use, with what terms.with_terms adds.
    """
    row = {
        "in_extract": len(extract),
        "pcs": len(seen),
        "not_counted": len(extract) - len(seen),
        "unknown_age": int(seen.replace_year.isna().sum()),
    }
    return pd.DataFrame([row]).head(len(extract))


def in_both(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Which serial numbers of the first are in the second too, and the other way round.

    As Series.isin, which takes fifteen times as long on text.
    """
    codes, names = pd.factorize(pd.concat([first, second]))
    parts = codes[: len(first)], codes[len(first) :]
    counts = [np.bincount(part, minlength=len(names)) for part in parts]
    return counts[1][parts[0]] > 0, counts[0][parts[1]] > 0
