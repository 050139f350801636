"""Sentences about the portal and the chatbot."""

import pandas as pd

from rorikt_lib.present.nb.grammar import bars, capitalised, changes, count
from rorikt_lib.present.numbers import MONTHS, day_of_month, integer, month_name
from rorikt_lib.present.stated import mean
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.period import shift


def portal_caption(portal: str) -> str:
    """Caption of the table of its months."""
    return f"{plain(portal)} per måned, med endring fra måneden før."


def portal_summary(months: pd.DataFrame, month: str, portal: str) -> str:
    """Views and unique users of the month against the month before, and users since launch where known."""
    now = months.set_index("month").loc[month]
    if pd.isna(now.views):
        return f"Det finnes ingen tall for {plain(portal)} i {month_name(month)}."
    views = f"{plain(portal)} hadde {count(now.views, 'visning', 'visninger')} i {month_name(month)}{_changes(months, 'views', month)}."
    if pd.isna(now.unique_users):
        return f"{views} Antall unike brukere i måneden er ikke oppgitt av kilden, og summeres ikke fra dagene."
    users = f"{capitalised(count(now.unique_users, 'unik bruker', 'unike brukere'))} var innom{_changes(months, 'unique_users', month)}"
    launch = now.unique_users_since_launch
    since = f"; siden lanseringen {integer(launch)}" if pd.notna(launch) else ""
    return f"{views} {users}{since}."


def since_summary(since: pd.DataFrame) -> str | None:
    """All views from the first month that the exports have; None where that is not known."""
    if since.empty or pd.isna(since.views_since.iloc[0]):
        return None
    row = since.iloc[0]
    return f"Siden {month_name(row.from_month)}, den første måneden i uttrekkene, er det {count(row.views_since, 'visning', 'visninger')}."


def chatbot_summary(months: pd.DataFrame, month: str) -> str:
    """Inquiries of the month against the month before."""
    now = months.set_index("month").inquiries[month]
    if pd.isna(now):
        return f"Det finnes ingen tall for chatboten i {month_name(month)}."
    return f"Chatboten fikk {count(now, 'henvendelse', 'henvendelser')} i {month_name(month)}{_changes(months, 'inquiries', month)}."


def _changes(months: pd.DataFrame, measure: str, month: str) -> str:
    by, previous = months.set_index("month")[measure], shift(month, -1)
    return changes(by[month], {MONTHS[int(previous[5:]) - 1]: by.get(previous, float("nan"))})


def days_alt(days: pd.DataFrame) -> str:
    """Alt text of the chart of portal views per day."""
    known = days.dropna(subset="views")
    what = f"over visninger per dag i {month_name(f'{days.date.iloc[0]:%Y-%m}')}"
    if known.empty:
        return f"Stolpediagram uten verdier {what}."
    weekdays, weekend = (mean(known.views[known.is_weekend == which]) for which in (False, True))
    top = known.loc[known.views.idxmax()]
    return f"Stolpediagram {what}: i snitt {integer(weekdays)} på hverdager og {integer(weekend)} i helgene, flest {integer(top.views)} {day_of_month(top.date)}."


def months_alt(months: pd.DataFrame, measure: str, what: str) -> str:
    """Alt text of the chart of a measure, called `what`, per month."""
    rows = months.dropna(subset=measure)
    parts = [f"{integer(n)} i {month_name(m)}" for m, n in zip(rows.month, rows[measure], strict=True)]
    return bars(f"{what} per måned", parts) if parts else f"Stolpediagram uten verdier over {what} per måned."
