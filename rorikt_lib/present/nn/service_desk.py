"""Sentences about the service desk's cases: those that came, were resolved and are open."""

import pandas as pd

from rorikt_lib.present.language import label, member
from rorikt_lib.present.nn.grammar import (
    bars,
    called,
    changes,
    count,
    listed,
    month_seen_from,
    not_compared,
    part_of,
    same_days_of,
)
from rorikt_lib.present.numbers import day, decimal, integer, moment, month_name, percent
from rorikt_lib.present.stated import figure, share, total
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.enums import UNKNOWN, TicketType
from rorikt_lib.terms.period import shift
from rorikt_lib.tickets.volume import OLD_DAYS, TOTAL, month_end

TYPES = {TicketType.INCIDENT: "feilmeldingar", TicketType.REQUEST: "tenesteførespurnader", TOTAL: "saker"}
# One, several, the one.
OPEN = {
    TicketType.INCIDENT: ("open feilmelding", "opne feilmeldingar", "opne feilmeldinga"),
    TicketType.REQUEST: ("open tenesteførespurnad", "opne tenesteførespurnader", "opne tenesteførespurnaden"),
    TOTAL: ("open sak", "opne saker", "opne saka"),
}
NAMED_CATEGORIES = 4


def hidden_note(below: int) -> str:
    """That counts are hidden, after a table's caption."""
    return f"Tal over null og under {integer(below)} er utelatne, og dei tala dei elles kunne reknast ut frå."


def cut_off_note(cut_off: pd.Timestamp, month: str, same_days: pd.DataFrame) -> str | None:
    """That the month's cases were counted before it ended, and what it is compared with; None for a whole month.

    same_days: month and until, of the months compared; see tickets.same_days.points.
    """
    if cut_off >= month_end(month):
        return None
    counted = f"Sakene er talde opp per {moment(cut_off)}; det som skjedde seinare i månaden, er ikkje med."
    earlier = same_days[same_days.month != month]
    known = earlier.dropna(subset="until").iloc[::-1]
    if known.empty:
        return f"{counted}{not_compared(earlier.month[::-1], month)}"
    names = listed([f"{month_seen_from(r.month, month)} til {moment(r.until)}" for r in known.itertuples()])
    left_out = not_compared(earlier.month[earlier.until.isna()], month)
    return f"{counted} Månaden er derfor samanlikna med dei same yrkedagane i månadene før: {names}.{left_out}"


def silence_note(newest: pd.Timestamp, cut_off: pd.Timestamp, is_silent: bool) -> str | None:
    """That nothing has happened to any case for so long before the cut-off that exports seem to be missing."""
    if not is_silent:
        return None
    return f"**Merk:** Det siste som skjedde i sakseksportane, var {moment(newest)}. Dei rekk truleg ikkje til {moment(cut_off)}, så tal for slutten av månaden kan mangle."


def created_summary(created: pd.DataFrame, same_days: pd.DataFrame, month: str) -> str:
    """Cases created in the month against the month before and the same month last year; alerts apart.

    same_days: month, until, created of the months compared where the month is a part, else no rows.
    """
    now, is_part = created.set_index("month").loc[month], len(same_days) > 0
    months = (same_days if is_part else created).set_index("month")
    earlier = {
        same_days_of(m, month, is_part): months.created.get(m, float("nan"))
        for m in (shift(month, -1), shift(month, -12))
    }
    when = part_of(month, months.until[month]) if is_part else month_name(month)
    cases = f"Det kom inn {count(now.created, 'sak', 'saker')} i {when}{changes(now.created, earlier)}."
    if is_part:
        cases += not_compared(same_days.month[same_days.until.isna()], month)
    if pd.isna(now.alerts):
        return cases
    return f"{cases} I tillegg kom {count(now.alerts, 'varsel', 'varsel')} frå tryggleiksovervakinga."


def largest_categories(by_category: pd.DataFrame, month: str) -> str | None:
    """The categories with most cases of the month."""
    rows = by_category[(by_category.month == month) & (by_category.created > 0)]
    rows = rows.sort_values("created", ascending=False, kind="stable")[:NAMED_CATEGORIES]
    named = [f"{_category(row.category)} ({integer(row.created)})" for row in rows.itertuples()]
    return f"Flest saker gjaldt {listed(named)}." if named else None


def _category(name: str) -> str:
    return "ikkje oppgitt kategori" if name == UNKNOWN else called(name)


def channels_summary(channels: pd.DataFrame) -> str | None:
    """Through which channel most cases came, and its share; None without cases."""
    rows = channels[channels.created > 0]
    if rows.empty:
        return None
    most = rows.loc[rows.created.idxmax()]
    name = f"kanalen «{plain(member('channel', most.channel))}»"
    if len(rows) == 1:
        return f"Alle sakene kom gjennom {name}."
    return f"Flest saker kom gjennom {name}: {integer(most.created)} ({percent(most.share)})."


def municipalities_summary(places: pd.DataFrame) -> str | None:
    """Which municipality has most and fewest cases per 100 users."""
    rows = places.dropna(subset="per_100_users").sort_values("per_100_users", kind="stable")
    # Who has fewest may be among those that are not told.
    if len(rows) < 2 or _hidden(places).any() or not rows.created.any():
        return None
    low, high = rows.iloc[0], rows.iloc[-1]
    return f"{plain(high.municipality)} melde flest saker i høve til talet på brukarar ({decimal(high.per_100_users, 1)} per 100), {plain(low.municipality)} færrest ({decimal(low.per_100_users, 1)})."


def unnamed_places(places: pd.DataFrame) -> str | None:
    """Which municipalities no case names, so that nobody knows how many are theirs; None where there are none."""
    is_unknown = places.created.isna() & ~_hidden(places) & (places.municipality != UNKNOWN)
    unknown = places.municipality[is_unknown]
    if unknown.empty:
        return None
    names = listed([plain(name) for name in unknown])
    return f"Ingen saker er førte på {names} under eit namn som er kjent, så talet der er ikkje kjent."


def _hidden(places: pd.DataFrame) -> pd.Series:
    """Which rows are hidden as small, see tickets.masking."""
    return places["hidden"] if "hidden" in places else pd.Series(False, index=places.index)


def backlog_summary(flow: pd.DataFrame, kind: str) -> str:
    """Open cases at the end against the month before and the first month shown, and whether more came than were resolved.

    flow: one row per month (month, date, created, resolved, open, net_inflow), oldest first; until where the last is
    a part, which is then compared with the last day of the others. kind: incident, request or total.
    """
    first, last = flow.iloc[0], flow.iloc[-1]
    is_part = "until" in flow and pd.notna(last.until)
    months = flow.set_index("month")
    earlier = {
        day(months.date[m]) if is_part else month_seen_from(m, last.month): months.open[m]
        for m in (shift(last.month, -1), first.month)
        if len(flow) > 1 and m in months.index
    }
    when = part_of(last.month, last.until) if is_part else month_name(last.month)
    return (
        f"Talet på opne {TYPES[kind]} var {integer(last.open)} per {day(last.date)}{changes(last.open, earlier)}. "
        f"I {when} {_inflow(last.created, last.resolved, last.net_inflow, kind)}."
    )


def _inflow(created: float, resolved: float, net: float, kind: str) -> str:
    """`kom det inn 5, og 3 blei løyst, 2 færre enn det kom inn`."""
    if not created and not resolved:
        return f"kom det ikkje inn nokon {TYPES[kind]}, og ingen blei løyste"
    came = f"kom det inn {integer(created) if created else 'ingen'}"
    if net == 0:
        return f"{came}, og like mange blei løyste"
    if not resolved:
        return f"{came}, og ingen blei løyste"
    apart = "" if not created else f", {integer(abs(figure(net)))} {'færre' if net > 0 else 'fleire'} enn det kom inn"
    return f"{came}, og {integer(resolved)} blei løyste{apart}"


def flow_alt(flow: pd.DataFrame, kind: str) -> str:
    """Alt text of a chart of the months' flow."""
    first, last = flow.iloc[0], flow.iloc[-1]
    return (
        f"Diagram over nye, løyste og opne {TYPES[kind]} per månad frå {month_name(first.month)} til {month_name(last.month)}. "
        f"Opne ved utgangen: {integer(first.open)} den første månaden, {integer(last.open)} den siste, høgast {integer(flow.open.max())}."
    )


def ageing_summary(old: pd.DataFrame, kind: str = TOTAL) -> str:
    """How many of the open cases (of one type, or all) are older than 90 days. old: see tickets.volume.old_cases."""
    one, many, the_one = OPEN[kind]
    row = old[old.type.fillna(TOTAL) == kind].iloc[0]
    older = f"eldre enn {integer(OLD_DAYS)} dagar"
    if not row.open:
        return f"Ingen {TYPES[kind]} er opne."
    if not row.open_old:
        return f"Ingen {many} er {older}."
    if row.open == 1:
        return f"Den eine {the_one} er {older}."
    if row.open_old == row.open:
        return f"Alle {integer(row.open)} {many} er {older}."
    return f"Av {count(row.open, one, many)} er {integer(row.open_old)} {older} ({percent(row.old_share)})."


def ageing_alt(ages: pd.DataFrame) -> str:
    """Alt text of the chart of open cases by age."""
    bands = ages.groupby("age_days", sort=False, observed=True).open
    named = [f"{member('age_days', band).lower()} {integer(total(counts))}" for band, counts in bands]
    return bars("opne saker etter alder", named)


def created_by_caption(created: pd.DataFrame) -> str:
    """Caption of the chart of cases per category (or channel): what a part of a month stands beside."""
    title = f"Nye saker per {label(_divided_by(created)).lower()}."
    return f"{title} Dei andre månadene er talde over dei same yrkedagane." if "until" in created else title


def _divided_by(created: pd.DataFrame) -> str:
    (column,) = created.columns.drop(["month", "created", "until"], errors="ignore")
    return column


def created_by_alt(created: pd.DataFrame) -> str:
    """Alt text of the chart of cases per category (or channel), in the last month."""
    month, column = created.month.max(), _divided_by(created)
    rows = created[created.month == month].sort_values("created", ascending=False, kind="stable")
    named = [f"{member(column, name)} {integer(n)}" for name, n in zip(rows[column], rows.created, strict=True)]
    return bars(f"nye saker per {label(column).lower()} i {month_name(month)}", named)


def municipalities_alt(places: pd.DataFrame) -> str:
    """Alt text of the chart of cases per municipality."""
    named = [
        f"{member('municipality', r.municipality)} {integer(r.created)} ({decimal(r.per_100_users, 1)} per 100 brukarar)"
        for r in places.itertuples()
    ]
    return bars("nye saker per kommune", named)


def open_places_summary(places: pd.DataFrame) -> str | None:
    """Which municipality has most open cases, its share, and how many of them are old."""
    if places.empty or places.open.isna().any() or not places.open.any():
        return None
    most, everywhere, older = places.iloc[0], total(places.open), f"eldre enn {integer(OLD_DAYS)} dagar"
    is_unknown, name = most.municipality == UNKNOWN, plain(member("municipality", most.municipality))
    old = f", og {integer(most.open_old)} av dei er {older}" if most.open_old else ""
    if most.open == everywhere:
        return f"Alle dei opne sakene er {'utan oppgitt kommune' if is_unknown else f'frå {name}'}."
    whose = "er utan oppgitt kommune" if is_unknown else f"har {name}"
    return f"Flest opne saker {whose}: {integer(most.open)} av {integer(everywhere)} ({percent(share(most.open, everywhere))}){old}."


def imputed_summary(imputed: pd.DataFrame, month: str) -> str | None:
    """How many of the month's resolved cases have no resolved time of their own; None where all have."""
    now = imputed.set_index("month").loc[month]
    if not now.imputed:
        return None
    counted = "ho blir rekna som løyst då ho" if now.imputed == 1 else "dei blir rekna som løyste då dei"
    return (
        f"For {integer(now.imputed)} av {count(now.resolved, 'løyst sak', 'løyste saker')} i {month_name(month)} manglar "
        f"løysingstidspunktet; {counted} blei lukka."
    )
