"""Sentences of chapter 2.1.4: cases, backlog, SLA and resolution time."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.fields import member
from rorikt_lib.period import shift
from rorikt_lib.present.numbers import MONTHS, day, decimal, integer, moment, month_name, percent
from rorikt_lib.present.prose.words import changes, count, listed
from rorikt_lib.present.tables import cell
from rorikt_lib.tickets.volume import month_end

TYPES = {"incident": "feilmeldinger", "request": "tjenesteforespørsler", "total": "saker"}
OPEN = {
    "incident": ("åpen feilmelding", "åpne feilmeldinger"),
    "request": ("åpen tjenesteforespørsel", "åpne tjenesteforespørsler"),
    "total": ("åpen sak", "åpne saker"),
}
TOLD_CATEGORIES = 4


def cut_off_note(cut_off: pd.Timestamp, month: str) -> str | None:
    """That the month's cases were counted before it ended; None for a whole month."""
    if cut_off >= month_end(month):
        return None
    return f"Sakene er talt opp per {moment(cut_off)}; det som skjedde senere i måneden, er ikke med."


def created_in_short(created: pd.DataFrame, month: str) -> str:
    """Cases created in the month against the month before and the same month last year; alerts apart."""
    months = created.set_index("month")
    now = months.loc[month]
    earlier = {_month(m, month): months.created.get(m, float("nan")) for m in (shift(month, -1), shift(month, -12))}
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
        _month(m, last.month): flow.set_index("month").open.get(m, float("nan"))
        for m in (shift(last.month, -1), first.month)
    }
    if len(flow) < 2:
        earlier = {}
    return (
        f"Antall åpne {TYPES[kind]} var {integer(last.open)} per {day(last.date)}{changes(last.open, earlier)}. "
        f"I {month_name(last.month)} kom det inn {integer(last.created)}, og {integer(last.resolved)} ble løst: {_inflow(last)}."
    )


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


def serious_table(serious: pd.DataFrame) -> pd.DataFrame:
    """Critical and high cases as the report tabulates them, with the verdict in words."""
    verdict = serious.within.map(outcome, na_action=None)
    because = (": " + serious.cause.astype("str")).where(serious.cause.notna(), "")
    verdict = verdict.astype("str") + because.astype("str")
    rows = serious.assign(outcome=verdict)[
        ["date", "municipality", "priority", "summary", "hours", "target_hours", "outcome"]
    ]
    return rows.drop(columns="summary") if rows.summary.isna().all() else rows


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


def sla_in_short(trend: pd.DataFrame, month: str) -> str:
    """Cases solved in time in the month, against the month before. trend: month, within, breached, share_within."""
    months = trend.set_index("month")
    now, before = months.loc[month], months.reindex([shift(month, -1)]).iloc[0]
    solved = now.within + now.breached
    if not solved:
        return f"Ingen feilmeldinger ble løst i {month_name(month)}."
    known = pd.notna(before.share_within)
    compared = f", mot {percent(before.share_within)} i {_month(shift(month, -1), month)}" if known else ""
    return (
        f"Av {count(solved, 'feilmelding', 'feilmeldinger')} løst i {month_name(month)} ble {integer(now.within)} løst innen fristen "
        f"({percent(now.share_within)}{compared}); {integer(now.breached)} brøt fristen."
    )


def serious_in_short(serious: pd.DataFrame) -> str:
    """How many critical and high cases the month had and how many of them breached."""
    if serious.empty:
        return "Måneden hadde ingen saker med kritisk eller høy prioritet."
    critical, high = ((serious.priority == p).sum() for p in ("critical", "high"))
    return (
        f"Måneden hadde {count(critical, 'sak', 'saker')} med kritisk og {count(high, 'sak', 'saker')} med høy prioritet; "
        f"{integer(breaches(serious)) if breaches(serious) else 'ingen'} av dem brøt fristen."
    )


def breaches(serious: pd.DataFrame) -> int:
    """Critical and high cases that breached their target; an open case has no verdict yet."""
    return int((serious.within.astype("boolean") == False).fillna(False).sum())  # noqa: E712


def outcome(within: object) -> str:
    """The verdict on one case as the table of critical and high cases writes it."""
    return "Åpen" if pd.isna(within) else "Innenfor frist" if within else "Brudd"


def resolution_in_short(times: pd.DataFrame, month: str) -> str | None:
    """Mean against median and target of the month's most frequent priority, and the old cases' part of the mean."""
    rows = times[(times.month == month) & (times.cases > 0)]
    if rows.empty:
        return None
    row = rows.loc[rows.cases.idxmax()]
    unit = member("unit", row.unit)
    old = (
        f" {percent(row.old_case_share)} av gjennomsnittet skyldes saker som var over 30 dager gamle."
        if row.old_case_share > 0
        else ""
    )
    return (
        f"Saker med prioritet {member('priority', row.priority).lower()} tok i gjennomsnitt {decimal(row['mean'], 1)} {unit} og i median "
        f"{decimal(row['median'], 1)} {unit}, mot et mål på {cell('target', row.target)} {unit}.{old}"
    )


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


def sla_alt(sla: pd.DataFrame) -> str:
    """Alt text of the chart of the share solved in time; sla: month, share_within."""
    rows = sla.dropna(subset="share_within")
    if rows.empty:
        return "Linjediagram uten verdier over andel feilmeldinger løst innen fristen."
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Linjediagram over andel feilmeldinger løst innen fristen, fra {percent(first.share_within)} i {month_name(first.month)} "
        f"til {percent(last.share_within)} i {month_name(last.month)}; lavest {percent(rows.share_within.min())}."
    )


def resolution_alt(times: pd.DataFrame, priority: str) -> str:
    """Alt text of the chart of mean and median resolution time of one priority; times: month, unit, mean, median."""
    rows = times.dropna(subset="mean")
    if rows.empty:
        return "Linjediagram uten verdier over løsningstid."
    last = rows.iloc[-1]
    unit = member("unit", last.unit)
    return (
        f"Linjediagram over løsningstid for prioritet {member('priority', priority).lower()}. I {month_name(last.month)}: gjennomsnitt "
        f"{decimal(last['mean'], 1)} {unit}, median {decimal(last['median'], 1)} {unit}; høyeste gjennomsnitt {decimal(rows['mean'].max(), 1)} {unit}."
    )


def _month(month: str, seen_from: str) -> str:
    """`august`, or `september 2023` where the year is another."""
    return MONTHS[int(month[5:]) - 1] if month[:4] == seen_from[:4] else month_name(month)
