"""Sentences of chapters 2.1.4.1–5: cases that came, were solved and are open."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import day, decimal, integer, moment, month_name, percent
from rorikt_lib.present.prose.words import changes, count, listed, month_seen_from
from rorikt_lib.terms.fields import member
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets.volume import month_end

TYPES = {"incident": "feilmeldinger", "request": "tjenesteforespørsler", "total": "saker"}
OPEN = {
    "incident": ("åpen feilmelding", "åpne feilmeldinger"),
    "request": ("åpen tjenesteforespørsel", "åpne tjenesteforespørsler"),
    "total": ("åpen sak", "åpne saker"),
}
TOLD_CATEGORIES = 4
# The longest that five municipalities leave a service desk alone: Maundy Thursday to Easter Monday.
LONGEST_SILENCE = pd.Timedelta(days=5)


def cut_off_note(cut_off: pd.Timestamp, month: str) -> str | None:
    """That the month's cases were counted before it ended; None for a whole month."""
    if cut_off >= month_end(month):
        return None
    return f"Sakene er talt opp per {moment(cut_off)}; det som skjedde senere i måneden, er ikke med."


def silence_note(newest: pd.Timestamp, cut_off: pd.Timestamp) -> str | None:
    """That nothing has happened to any case for so long before the cut-off that exports seem to be missing."""
    if pd.isna(newest) or cut_off - newest <= LONGEST_SILENCE:
        return None
    return (
        f"**Merk:** Det siste som skjedde i sakseksportene, var {moment(newest)}. De rekker trolig ikke til "
        f"{moment(cut_off)}, så tall for slutten av måneden kan mangle."
    )


def created_in_short(created: pd.DataFrame, month: str) -> str:
    """Cases created in the month against the month before and the same month last year; alerts apart."""
    months = created.set_index("month")
    now = months.loc[month]
    earlier = {
        month_seen_from(m, month): months.created.get(m, float("nan")) for m in (shift(month, -1), shift(month, -12))
    }
    return (
        f"Det kom inn {count(now.created, 'sak', 'saker')} i {month_name(month)}{changes(now.created, earlier)}. "
        f"I tillegg kom {count(now.alerts, 'varsel', 'varsler')} fra sikkerhetsovervåkningen."
    )


def largest_categories(by_category: pd.DataFrame, month: str) -> str | None:
    """The categories with most cases of the month."""
    rows = by_category[(by_category.month == month) & (by_category.created > 0)]
    rows = rows.sort_values("created", ascending=False, kind="stable")[:TOLD_CATEGORIES]
    told = [f"{member('category', r.category)} ({integer(r.created)})" for r in rows.itertuples()]
    return f"Flest saker gjaldt {listed(told)}." if told else None


def municipalities_in_short(places: pd.DataFrame) -> str | None:
    """Which municipality has most and fewest cases per 100 users."""
    rows = places.dropna(subset="per_100_users").sort_values("per_100_users", kind="stable")
    if len(rows) < 2 or not rows.created.sum():
        return None
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"{high.municipality} meldte flest saker i forhold til antall brukere ({decimal(high.per_100_users, 1)} per 100), "
        f"{low.municipality} færrest ({decimal(low.per_100_users, 1)})."
    )


def backlog_trend(flow: pd.DataFrame, kind: str) -> str:
    """Open cases at the end against the month before and the first month shown, and whether more came in than out.

    flow: one row per month (month, date, created, resolved, open), oldest first. kind: incident, request or total.
    """
    first, last = flow.iloc[0], flow.iloc[-1]
    earlier = {
        month_seen_from(m, last.month): flow.set_index("month").open.get(m, float("nan"))
        for m in (shift(last.month, -1), first.month)
    }
    if len(flow) < 2:
        earlier = {}
    told = (
        f"Antall åpne {TYPES[kind]} var {integer(last.open)} per {day(last.date)}{changes(last.open, earlier)}. "
        f"I {month_name(last.month)} kom det inn {integer(last.created)}, og {integer(last.resolved)} ble løst: {_inflow(last)}."
    )
    if len(flow) < 2:
        return told
    return f"{told} I de {integer(len(flow))} månedene samlet var det {_inflow(flow[['created', 'resolved']].sum())}."


def _inflow(row) -> str:
    more = row.created - row.resolved
    if more == 0:
        return "like mange inn som ut"
    return f"{integer(abs(more))} {'flere inn enn ut' if more > 0 else 'flere ut enn inn'}"


def flow_table(flow: pd.DataFrame) -> pd.DataFrame:
    """The flow as the report tabulates it: without the date of the count."""
    return flow[["month", "created", "resolved", "open"]]


def month_caption(text: str, month: str) -> str:
    """`text` i september 2024."""
    return f"{text} i {month_name(month)}."


def flow_alt(flow: pd.DataFrame, kind: str) -> str:
    """Alt text of a 13-month chart."""
    first, last = flow.iloc[0], flow.iloc[-1]
    return (
        f"Diagram over nye, løste og åpne {TYPES[kind]} per måned fra {month_name(first.month)} til {month_name(last.month)}. "
        f"Åpne ved utgangen: {integer(first.open)} den første måneden, {integer(last.open)} den siste, høyest {integer(flow.open.max())}."
    )


def ageing_in_short(ages: pd.DataFrame, kind: str = "total") -> str:
    """How many of the open cases (of one type, or all) are older than 90 days."""
    one, many = OPEN[kind]
    rows = ages if kind == "total" else ages[ages.type == kind]
    total = rows.open.sum()
    if not total:
        return f"Ingen {many.removeprefix('åpne ')} er åpne."
    old = rows[rows.age_days.isin(["90-365", "365-"])].open.sum()
    return f"Av {count(total, one, many)} er {integer(old)} eldre enn 90 dager ({percent(old / total)})."


def ageing_alt(ages: pd.DataFrame) -> str:
    """Alt text of the chart of open cases by age."""
    bands = ages.groupby("age_days", sort=False).open.sum()
    told = [f"{member('age_days', band).lower()} {integer(n)}" for band, n in bands.items()]
    return f"Stolpediagram over åpne saker etter alder: {', '.join(told)}."


def categories_alt(by_category: pd.DataFrame, month: str) -> str:
    """Alt text of the chart of cases per category."""
    rows = by_category[by_category.month == month].sort_values("created", ascending=False, kind="stable")
    told = [f"{member('category', r.category)} {integer(r.created)}" for r in rows.itertuples()]
    return f"Stolpediagram over nye saker per kategori i {month_name(month)}: {', '.join(told) or 'ingen saker'}."


def municipalities_alt(places: pd.DataFrame) -> str:
    """Alt text of the chart of cases per municipality."""
    told = [
        f"{member('municipality', r.municipality)} {integer(r.created)} ({decimal(r.per_100_users, 1)} per 100 brukere)"
        for r in places.itertuples()
    ]
    return f"Stolpediagram over nye saker per kommune: {', '.join(told)}."


def open_places_in_short(places: pd.DataFrame) -> str | None:
    """Which municipality has most open cases, its share, and how many of them are old."""
    if places.empty:
        return None
    most, total = places.iloc[0], places.open.sum()
    old = f", og {integer(most.open_old)} av dem er eldre enn 90 dager" if most.open_old else ""
    return (
        f"Flest åpne saker har {member('municipality', most.municipality)}: {integer(most.open)} av {integer(total)} "
        f"({percent(most.open / total)}){old}."
    )


def imputed_in_short(imputed: pd.DataFrame, month: str) -> str | None:
    """How many of the month's solved cases have no time of solution of their own; None where all have."""
    now = imputed.set_index("month").loc[month]
    if not now.imputed:
        return None
    return (
        f"For {integer(now.imputed)} av {count(now.resolved, 'løst sak', 'løste saker')} i {month_name(month)} mangler "
        f"løst-tidspunktet; de regnes som løst da de ble lukket."
    )
