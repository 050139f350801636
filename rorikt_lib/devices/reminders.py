"""Expired PCs that are still in use: whom to remind. By serial number; never a user's or a PC's name."""

import pandas as pd

from rorikt_lib.terms.period import year_of

_COLUMNS = ["municipality", "user_group", "serial_no", "model", "purchased_on", "replace_on", "last_seen_on"]


def reminders(pcs: pd.DataFrame, month: str) -> pd.DataFrame:
    """One row per PC in use whose lifetime ended before the report's year; the oldest of each owner first.

    pcs: see rollover.rollover. As many as the rollover's expired.
    """
    expired = pcs[(pcs.replace_year < year_of(month)).fillna(False) & pcs.municipality.notna()]
    return expired[_COLUMNS].sort_values(["municipality", "user_group", "replace_on", "serial_no"], ignore_index=True)
