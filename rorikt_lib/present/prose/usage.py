"""Sentences of chapters 2.1.2 and 2.1.3: portal and chatbot."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import MONTHS, integer, month_name
from rorikt_lib.present.prose.words import capitalised, changes, count
from rorikt_lib.terms.period import shift


def portal_in_short(months: pd.DataFrame, month: str) -> str:
    """Views and unique users of the month against the month before, and users since launch where known."""
    by, name = months.set_index("month"), MONTHS[int(shift(month, -1)[5:]) - 1]
    now, before = by.loc[month], by.reindex([shift(month, -1)]).iloc[0]
    if pd.isna(now.views):
        return f"Det finnes ingen tall for Kompetanseportalen i {month_name(month)}."
    views = f"Kompetanseportalen hadde {count(now.views, 'visning', 'visninger')} i {month_name(month)}{changes(now.views, {name: before.views})}."
    if pd.isna(now.unique_users):
        return f"{views} Antall unike brukere i måneden er ikke oppgitt av kilden, og summeres ikke fra dagene."
    users = f"{capitalised(count(now.unique_users, 'unik bruker', 'unike brukere'))} var innom{changes(now.unique_users, {name: before.unique_users})}"
    since = (
        f"; siden lanseringen {integer(now.unique_users_since_launch)}"
        if pd.notna(now.unique_users_since_launch)
        else ""
    )
    return f"{views} {users}{since}."


def since_in_short(since: pd.DataFrame) -> str | None:
    """All views or inquiries from the first month that the exports have; None where that is not known."""
    if since.empty or pd.isna(since.iloc[0, 1]):
        return None
    one, many = ("visning", "visninger") if "views_since" in since else ("henvendelse", "henvendelser")
    return f"Siden {month_name(since.from_month[0])}, den første måneden i uttrekkene, er det {count(since.iloc[0, 1], one, many)}."


def known_months(months: pd.DataFrame) -> pd.DataFrame:
    """The months that have any figure."""
    return months.dropna(how="all", subset=months.columns.drop("month"))


def chatbot_in_short(months: pd.DataFrame, month: str) -> str:
    """Inquiries of the month against the month before."""
    by, previous = months.set_index("month"), shift(month, -1)
    now = by.inquiries[month]
    if pd.isna(now):
        return f"Det finnes ingen tall for chatboten i {month_name(month)}."
    earlier = {MONTHS[int(previous[5:]) - 1]: by.inquiries.get(previous, float("nan"))}
    return f"Chatboten fikk {count(now, 'henvendelse', 'henvendelser')} i {month_name(month)}{changes(now, earlier)}."


def days_alt(days: pd.DataFrame, month: str) -> str:
    """Alt text of the chart of portal views per day."""
    if days.views.isna().all():
        return f"Stolpediagram uten verdier over visninger per dag i {month_name(month)}."
    weekdays, weekend = (days[days.is_weekend == w].views.mean() for w in (False, True))
    top = days.loc[days.views.idxmax()]
    return (
        f"Stolpediagram over visninger per dag i {month_name(month)}: i snitt {integer(weekdays)} på hverdager og {integer(weekend)} "
        f"i helgene, flest {integer(top.views)} den {top.date.day}."
    )


def months_alt(months: pd.DataFrame, measure: str, what: str) -> str:
    """Alt text of a chart of one measure per month; what: its name in the plural."""
    rows = months.dropna(subset=measure)
    told = [f"{integer(n)} i {month_name(m)}" for m, n in zip(rows.month, rows[measure], strict=True)]
    return (
        f"Stolpediagram over {what} per måned: {', '.join(told)}."
        if told
        else f"Stolpediagram uten verdier over {what} per måned."
    )
