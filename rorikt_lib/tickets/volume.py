"""How many cases: created by category and municipality (2.1.4.1–2), and 13 months of flow and backlog (2.1.4.3–5)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from rorikt_lib.period import first_day, shift
from rorikt_lib.settings import Municipality
from rorikt_lib.tables import TICKET_TYPES, TIME_ZONE
from rorikt_lib.tickets.cases import month_of, people
from rorikt_lib.tickets.clock import MINUTES_PER_CALENDAR_DAY, calendar_minutes

AGE_BANDS_DAYS = [0, 7, 30, 90, 365]
UNKNOWN = "unknown"


def created_by_month(cases: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    """One row per month: people's cases created, and alerts from security monitoring apart."""
    month = month_of(cases.created_at)
    count = pd.crosstab(month, cases.is_alert).reindex(index=months, columns=[False, True], fill_value=0)
    return pd.DataFrame({"month": months, "created": count[False].to_numpy(), "alerts": count[True].to_numpy()})


def created_by(cases: pd.DataFrame, column: str, months: list[str]) -> pd.DataFrame:
    """One row per value of `column` (most in the last month first) and month: people's cases created.

    A case without a value counts as `unknown`, so that the counts add up to all cases.
    """
    rows = people(cases[["created_at", "is_alert", column]])
    count = pd.crosstab(rows[column].fillna(UNKNOWN), month_of(rows.created_at)).reindex(columns=months, fill_value=0)
    count = count[count.sum(axis=1) > 0]
    count = count.sort_values(months[::-1], ascending=False, kind="stable").rename_axis(index=column, columns="month")
    return count.stack().rename("created").reset_index()


def created_per_municipality(cases: pd.DataFrame, month: str, municipalities: list[Municipality]) -> pd.DataFrame:
    """One row per municipality of the settings (others: unknown): created, share of all, per 100 users."""
    names = [m.name for m in municipalities]
    rows = people(cases[["created_at", "is_alert", "municipality"]])
    rows = rows[month_of(rows.created_at) == month]
    place = rows.municipality.where(rows.municipality.isin(names), UNKNOWN)
    created = place.value_counts().reindex([*names, *([UNKNOWN] if (place == UNKNOWN).any() else [])], fill_value=0)
    users = pd.Series({m.name: m.users for m in municipalities}).reindex(created.index)
    table = pd.DataFrame({"created": created, "share": created / created.sum(), "per_100_users": 100 * created / users})
    return table.rename_axis("municipality").reset_index()


def flow(cases: pd.DataFrame, months: list[str], cut_off: pd.Timestamp) -> pd.DataFrame:
    """One row per month and type: created, resolved, open at its end, and that instant's date.

    The last month ends at the cut-off. Open: created by then, and not resolved by then.
    """
    rows = people(cases[["created_at", "resolved_at", "is_alert", "type"]])
    created, resolved = (pd.crosstab(month_of(rows[at]), rows.type) for at in ("created_at", "resolved_at"))
    ends = [min(month_end(month), cut_off) for month in months]
    still_open = {kind: _open_at(ends, rows[rows.type == kind]) for kind in TICKET_TYPES}
    parts = []
    for i, (month, end) in enumerate(zip(months, ends, strict=True)):
        parts += [
            {
                "month": month, "type": kind, "date": end.date(),
                "created": _count(created, month, kind), "resolved": _count(resolved, month, kind),
                "open": int(still_open[kind][i]),
            }
            for kind in TICKET_TYPES
        ]  # fmt: skip
    return pd.DataFrame(parts)


def open_by_age(cases: pd.DataFrame, cut_off: pd.Timestamp) -> pd.DataFrame:
    """One row per age band (calendar days since created) and type: cases open at the cut-off."""
    rows = people(cases[["created_at", "resolved_at", "is_alert", "type"]])
    rows = rows[~(rows.resolved_at <= cut_off)]
    days = calendar_minutes(rows.created_at, pd.Series(cut_off, index=rows.index)) / MINUTES_PER_CALENDAR_DAY
    labels = [
        *(f"{a}-{b}" for a, b in pairwise(AGE_BANDS_DAYS)),
        f"{AGE_BANDS_DAYS[-1]}-",
    ]
    band = pd.cut(days, [*AGE_BANDS_DAYS, float("inf")], labels=labels, include_lowest=True)
    count = pd.crosstab(band, rows.type).reindex(index=labels, columns=TICKET_TYPES, fill_value=0)
    return count.rename_axis(index="age_days", columns="type").stack().rename("open").reset_index()


def month_end(month: str) -> pd.Timestamp:
    """The last microsecond of a month, local time."""
    return pd.Timestamp(first_day(shift(month, 1))).tz_localize(TIME_ZONE) - pd.Timedelta(microseconds=1)


def _open_at(ends: list[pd.Timestamp], rows: pd.DataFrame) -> np.ndarray:
    """How many of the cases are open at each instant: those created by then less those that are over by then."""
    over = rows.resolved_at.where(rows.resolved_at >= rows.created_at, rows.created_at).mask(rows.resolved_at.isna())
    created, gone = (np.sort(times.dropna().to_numpy("datetime64[us]")) for times in (rows.created_at, over))
    instants = pd.DatetimeIndex(ends).tz_convert("UTC").tz_localize(None).to_numpy("datetime64[us]")
    return np.searchsorted(created, instants, "right") - np.searchsorted(gone, instants, "right")


def _count(table: pd.DataFrame, month: str, kind: str) -> int:
    return int(table.get(kind, pd.Series(dtype=int)).get(month, 0))
