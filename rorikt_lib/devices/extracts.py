"""Which PCs a month's report knows, and which of them are in use."""

import numpy as np
import pandas as pd

from rorikt_lib.config.devices import DeviceSettings
from rorikt_lib.terms.enums import UserGroup
from rorikt_lib.terms.period import first_day


def extract_of(devices: pd.DataFrame, month: str, cut_off: pd.Timestamp) -> pd.DataFrame:
    """The PCs of the month's last extract by the cut-off, without their names; no rows when there is none."""
    in_month = devices.extracted_on.between(pd.Timestamp(first_day(month)), cut_off.tz_localize(None))
    newest = devices.extracted_on[in_month].max()
    return devices.drop(columns="name")[devices.extracted_on == newest]


def in_use(extract: pd.DataFrame, month: str, cut_off: pd.Timestamp, within_days: int | None = None) -> pd.DataFrame:
    """The PCs of an extract that were seen on the network lately, by the cut-off: see `counted_from`."""
    since = counted_from(extract, month, within_days)
    return extract[extract.last_seen_on.between(since, cut_off.tz_localize(None))]


def counted_from(extract: pd.DataFrame, month: str, within_days: int | None) -> pd.Timestamp:
    """The first day on which a PC that counts may have been seen last: within_days before the extract, else the month's
    first."""
    if within_days is None or extract.empty:
        return pd.Timestamp(first_day(month))
    return extract.extracted_on.max() - pd.Timedelta(days=within_days)


def in_use_alike(
    extract: pd.DataFrame, cut_off: pd.Timestamp, days: int, working_days: pd.DatetimeIndex
) -> pd.DataFrame:
    """The PCs of an extract that were seen in so many working days up to it: those that another month is counted over.

    working_days: those of the extract's month and the one before it, in order.
    """
    if extract.empty:
        return extract
    since = working_days[working_days <= extract.extracted_on.max()][-days:].min()
    return extract[extract.last_seen_on.between(since, cut_off.tz_localize(None))]


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


def counted_by_group(
    extract: pd.DataFrame, seen: pd.DataFrame, register: pd.DataFrame, month: str, settings: DeviceSettings
) -> pd.DataFrame:
    """One row per user group that the extract or the register has: PCs in_extract, in use (pcs), and seen_before.

    seen_before: not in use, but seen in the not_seen_days before the first day that counts: they counted then, and a
    count that falls by them falls because nobody saw them. in_extract is 0 for a group whose export is lacking.
    No rows without an extract.
    """
    since = counted_from(extract, month, settings.counted_if_seen_within_days)
    before = extract.last_seen_on.between(since - pd.Timedelta(days=settings.not_seen_days), since, inclusive="left")
    parts = {"in_extract": extract, "pcs": seen, "seen_before": extract[before]}
    counts = pd.DataFrame({name: part.user_group.value_counts() for name, part in parts.items()})
    known = {*register.user_group.dropna(), *counts.index}
    groups = pd.Index([group for group in UserGroup if group in known], name="user_group", dtype="str")
    return counts.reindex(groups).fillna(0).astype(int).reset_index().head(len(extract) and len(groups))


def in_both(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Which serial numbers of the first are in the second too, and the other way round.

    As Series.isin, which takes fifteen times as long on text.
    """
    codes, names = pd.factorize(pd.concat([first, second]))
    parts = codes[: len(first)], codes[len(first) :]
    counts = [np.bincount(part, minlength=len(names)) for part in parts]
    return counts[1][parts[0]] > 0, counts[0][parts[1]] > 0
