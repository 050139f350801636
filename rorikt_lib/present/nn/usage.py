"""Sentences about the portal and the chatbot."""

import pandas as pd

from rorikt_lib.present.nn.grammar import (
    bars,
    capitalised,
    changes,
    count,
    month_seen_from,
    part_of,
    same_days_of,
)
from rorikt_lib.present.numbers import day_of_month, integer, month_alone, month_name
from rorikt_lib.present.stated import mean
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.period import shift


def portal_caption(portal: str) -> str:
    """Caption of the table of its months."""
    return f"{plain(portal)} per månad, med endring frå månaden før."


def portal_summary(months: pd.DataFrame, same_days: pd.DataFrame, month: str, portal: str) -> str:
    """Views and unique users of the month against the month before, and users since launch where known.

    same_days: month, until, views of the two where either is a part, else no rows.
    """
    now = months.set_index("month").loc[month]
    if pd.isna(now.views):
        return f"Det finst ingen tal for {plain(portal)} i {month_name(month)}."
    when, changed = _when(same_days, month), _changes(months, same_days, "views", month)
    views = _ended(f"{plain(portal)} hadde {count(now.views, 'vising', 'visingar')} i {when}{changed}")
    if pd.isna(now.unique_users):
        return f"{views} Talet på unike brukarar i månaden er ikkje oppgitt av kjelda, og er ikkje summert frå dagane."
    by_month = months if same_days.empty else months.tail(1)
    users = f"{capitalised(count(now.unique_users, 'unik brukar', 'unike brukarar'))} var innom{_changed(by_month, 'unique_users', month)}"
    unlike = "" if same_days.empty else ", som ikkje kan samanliknast over dei same yrkedagane"
    launch = now.unique_users_since_launch
    since = (
        f"; sidan lanseringa har {count(launch, 'unik brukar', 'unike brukarar')} vore innom"
        if pd.notna(launch)
        else ""
    )
    return f"{views} {users}{unlike}{since}."


def since_summary(since: pd.DataFrame) -> str | None:
    """All views from the first month that the exports have; None where that is not known."""
    if since.empty or pd.isna(since.views_since.iloc[0]):
        return None
    row = since.iloc[0]
    return f"Sidan {month_name(row.from_month)}, den første månaden i uttrekka, er det til saman {count(row.views_since, 'vising', 'visingar')}."


def chatbot_summary(months: pd.DataFrame, same_days: pd.DataFrame, month: str) -> str:
    """Inquiries of the month against the month before. same_days: see portal_summary, of inquiries."""
    now = months.set_index("month").inquiries[month]
    if pd.isna(now):
        return f"Det finst ingen tal for chatboten i {month_name(month)}."
    when, changed = _when(same_days, month), _changes(months, same_days, "inquiries", month)
    return _ended(f"Chatboten fekk {count(now, 'førespurnad', 'førespurnader')} i {when}{changed}")


def _ended(sentence: str) -> str:
    """With its full stop, which the number of a day at its end has already."""
    return f"{sentence.removesuffix('.')}."


def _when(same_days: pd.DataFrame, month: str) -> str:
    until = same_days.set_index("month").until.get(month, pd.NaT)
    return month_name(month) if pd.isna(until) else part_of(month, until)


def _changes(months: pd.DataFrame, same_days: pd.DataFrame, measure: str, month: str) -> str:
    """The change from the month before; that of the same working days where either month is a part, and if known."""
    if same_days.empty:
        return _changed(months, measure, month)
    previous = shift(month, -1)
    by = same_days.set_index("month")[measure].astype(float)
    now, before = by[month], by[previous]
    if pd.isna(now) or pd.isna(before):
        return f", utan samanlikning med {month_seen_from(previous, month)}, som ikkje er tald over dei same yrkedagane"
    return changes(now, {same_days_of(previous, month, True): before})


def _changed(months: pd.DataFrame, measure: str, month: str) -> str:
    by, previous = months.set_index("month")[measure], shift(month, -1)
    return changes(by[month], {month_alone(previous): by.get(previous, float("nan"))})


def days_alt(days: pd.DataFrame) -> str:
    """Alt text of the chart of portal views per day."""
    known = days.dropna(subset="views")
    what = f"over visingar per dag i {month_name(f'{days.date.iloc[0]:%Y-%m}')}"
    if known.empty:
        return f"Stolpediagram utan verdiar {what}."
    weekdays, weekend = (mean(known.views[known.is_weekend == which]) for which in (False, True))
    top = known.loc[known.views.idxmax()]
    return f"Stolpediagram {what}: i snitt {integer(weekdays)} på kvardagar og {integer(weekend)} i helgene, flest {integer(top.views)} {day_of_month(top.date)}."


def months_alt(months: pd.DataFrame, measure: str, what: str) -> str:
    """Alt text of the chart of a measure, called `what`, per month."""
    rows = months.dropna(subset=measure)
    parts = [f"{integer(n)} i {month_name(m)}" for m, n in zip(rows.month, rows[measure], strict=True)]
    return bars(f"{what} per månad", parts) if parts else f"Stolpediagram utan verdiar over {what} per månad."
