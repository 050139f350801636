"""Portal views and unique users, chatbot inquiries: per month and per day."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from rorikt_lib.terms.enums import Channel, Span
from rorikt_lib.terms.period import first_day, last_day

MEASURES = {Channel.PORTAL: ["views", "unique_users", "unique_users_since_launch"], Channel.CHATBOT: ["inquiries"]}
COUNTS = [name for names in MEASURES.values() for name in names]
# What may be summed from days to months, and from months.
SUMMED = ["views", "inquiries"]
# So many working days in a row say that there is a figure for each.
FEWEST_DAYS = 5
# What is of one month alone, and so changes from month to month.
CHANGING = ["views", "unique_users", "inquiries"]


def by_month(usage: pd.DataFrame, channel: str, months: list[str]) -> pd.DataFrame:
    """One row per month: the channel's measures; missing where the month has no figure.

    Views and inquiries of a month without a monthly row are the sum of its days; unique users never are.
    """
    rows = usage[usage.channel == channel].assign(month=lambda d: d.date.dt.strftime("%Y-%m"))
    given = rows[rows.span == Span.MONTH].groupby("month")[MEASURES[channel]].last().reindex(months)
    summed = rows[rows.span == Span.DAY].groupby("month")[MEASURES[channel]].sum(min_count=1).reindex(months)
    for name in set(SUMMED) & set(MEASURES[channel]):
        given[name] = given[name].fillna(summed[name])
    return given.rename_axis("month").reset_index()


def known(months: pd.DataFrame) -> pd.DataFrame:
    """The months that have any figure."""
    return months.dropna(how="all", subset=[name for name in months if name in COUNTS])


def reaches(
    usage: pd.DataFrame, channel: str, working_days: Mapping[str, pd.DatetimeIndex], cut_off: pd.Timestamp | None = None
) -> pd.Series:
    """Month → the last day that it is counted to, where working days of it come later; missing of a whole month.

    working_days: the months and their days. cut_off: when the last month's export was taken, where somebody said it;
    else a month is whole unless its days stop: see `_stops`.
    """
    measure = next(name for name in MEASURES[channel] if name in SUMMED)
    rows = usage[(usage.channel == channel) & usage[measure].notna()]
    month = rows.date.dt.strftime("%Y-%m")
    last = pd.Series({m: _stops(rows[month == m], measure, days) for m, days in working_days.items()})
    if cut_off is not None:
        stated, day = last.index[-1], cut_off.tz_localize(None).normalize()
        is_whole = day >= working_days[stated][-1]
        last[stated] = last[stated] if is_whole or last[stated] < day else day
    return last.astype("datetime64[us]")


def _stops(rows: pd.DataFrame, measure: str, working_days: pd.DatetimeIndex) -> pd.Timestamp:
    """The last of a month's days that has a figure, where that is given for every working day so far and no later.

    Missing where fewer than a week's are, or some have none before it: then days are given only when there was use. So
    too where the month's own figure is more than its days': it is of the whole month.
    """
    by_day, own = rows[rows.span == Span.DAY], rows[rows.span == Span.MONTH][measure]
    last = by_day.date.max()
    begun = working_days[working_days <= last] if pd.notna(last) else working_days[:0]
    is_every_day = len(begun) >= FEWEST_DAYS and begun.isin(by_day.date).all()
    has_more = len(own) and own.iloc[-1] > by_day[measure].sum()
    return last if is_every_day and len(begun) < len(working_days) and not has_more else pd.NaT


def same_days(
    usage: pd.DataFrame, channel: str, working_days: Mapping[str, pd.DatetimeIndex], until: pd.Series
) -> pd.DataFrame:
    """One row per month, of two: its measure that may be summed, over as many working days as both are counted to.

    Missing where a month has no days. working_days: of the two; until: see `reaches`.
    """
    begun = [
        (days <= until[month]).sum() if pd.notna(until[month]) else len(days) for month, days in working_days.items()
    ]
    measure = next(name for name in MEASURES[channel] if name in SUMMED)
    rows = usage[(usage.channel == channel) & (usage.span == Span.DAY)]
    sums = []
    for month, days in working_days.items():
        last = days[min(begun) - 1] if min(begun) else pd.NaT
        sums.append(rows[measure][rows.date.between(pd.Timestamp(first_day(month)), last)].sum(min_count=1))
    return pd.DataFrame({"month": [*working_days], measure: pd.array(sums, dtype="Int64")})


def with_changes(table: pd.DataFrame) -> pd.DataFrame:
    """The months with MEASURE_change after each measure of a month alone: since the month before; missing if unknown.

    table: see `by_month`, of months in a row.
    """
    columns = []
    for name in table.columns:
        columns.append(table[name])
        if name in CHANGING:
            columns.append(table[name].diff().rename(f"{name}_change"))
    return pd.concat(columns, axis=1)


def with_changes_alike(
    usage: pd.DataFrame,
    channel: str,
    table: pd.DataFrame,
    working_days: Mapping[str, pd.DatetimeIndex],
    until: pd.Series,
) -> pd.DataFrame:
    """`with_changes`, and until: a change from or to a part of a month is that of the same working days.

    Unique users of such months are not compared: they are no sum of days.
    """
    changed = with_changes(table).set_index("month")
    for before, month in pairwise(changed.index):
        if until[[before, month]].notna().any():
            changed.loc[month, [name for name in changed if name.endswith("_change")]] = np.nan
            both = same_days(usage, channel, {m: working_days[m] for m in (before, month)}, until)
            measure = both.columns[-1]
            changed.loc[month, f"{measure}_change"] = both[measure].astype(float).diff().iloc[-1]
    return changed.assign(until=until).reset_index() if until.notna().any() else changed.reset_index()


def since_first(usage: pd.DataFrame, channel: str, month: str) -> pd.DataFrame:
    """One row: from_month, the first month that has views or inquiries, and their sum from then to the month.

    The sum is missing where a month between has none: then it is not known. No rows where nothing is known by then.
    Unique users are never summed.
    """
    measure = next(name for name in MEASURES[channel] if name in SUMMED)
    counted = usage[(usage.channel == channel) & usage[measure].notna()].date.min()
    if pd.isna(counted) or f"{counted:%Y-%m}" > month:
        return pd.DataFrame(columns=["from_month", f"{measure}_since"])
    first = f"{counted:%Y-%m}"
    months = pd.period_range(first, month, freq="M").strftime("%Y-%m").tolist()
    total = by_month(usage, channel, months)[measure].sum(skipna=False)
    return pd.DataFrame({"from_month": [first], f"{measure}_since": pd.array([total], dtype="Int64")})


def by_day(usage: pd.DataFrame, channel: str, month: str) -> pd.DataFrame:
    """One row per day of the month: the channel's measures (missing where the day has none) and is_weekend."""
    rows = usage[(usage.channel == channel) & (usage.span == Span.DAY)].set_index("date")
    days = pd.date_range(first_day(month), last_day(month), unit="us", name="date")
    table = rows[[m for m in MEASURES[channel] if m != "unique_users_since_launch"]].reindex(days)
    return table.assign(is_weekend=days.day_of_week >= 5).reset_index()
