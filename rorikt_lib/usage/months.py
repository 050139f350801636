"""Portal views and unique users, chatbot inquiries: per month and per day."""

import pandas as pd

from rorikt_lib.terms.enums import Channel, Span
from rorikt_lib.terms.period import first_day, last_day

MEASURES = {Channel.PORTAL: ["views", "unique_users", "unique_users_since_launch"], Channel.CHATBOT: ["inquiries"]}
COUNTS = [name for names in MEASURES.values() for name in names]
# What may be summed from days to months, and from months.
SUMMED = ["views", "inquiries"]
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
