"""Portal views and unique users, chatbot inquiries: per month and per day (2.1.2, 2.1.3)."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.period import first_day, last_day

MEASURES = {"portal": ["views", "unique_users", "unique_users_since_launch"], "chatbot": ["inquiries"]}


def by_month(usage: pd.DataFrame, channel: str, months: list[str]) -> pd.DataFrame:
    """One row per month: the channel's measures; missing where the month has no figure.

    Views and inquiries of a month without a monthly row are the sum of its days; unique users never are.
    """
    rows = usage[usage.channel == channel].assign(month=lambda d: d.date.dt.strftime("%Y-%m"))
    given = rows[rows.span == "month"].groupby("month")[MEASURES[channel]].last().reindex(months)
    summed = rows[rows.span == "day"].groupby("month")[MEASURES[channel]].sum(min_count=1).reindex(months)
    for name in {"views", "inquiries"} & set(MEASURES[channel]):
        given[name] = given[name].fillna(summed[name])
    return given.rename_axis("month").reset_index()


def by_day(usage: pd.DataFrame, channel: str, month: str) -> pd.DataFrame:
    """One row per day of the month: the channel's measures (missing where the day has none) and is_weekend."""
    rows = usage[(usage.channel == channel) & (usage.span == "day")].set_index("date")
    days = pd.date_range(first_day(month), last_day(month), unit="us", name="date")
    table = rows[[m for m in MEASURES[channel] if m != "unique_users_since_launch"]].reindex(days)
    return table.assign(is_weekend=days.day_of_week >= 5).reset_index()
