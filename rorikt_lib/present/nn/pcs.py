"""Sentences about PCs: those to replace now, and those that do not count."""

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.facts import GROUPS
from rorikt_lib.present.nn.grammar import capitalised, count, listed
from rorikt_lib.present.numbers import day, integer, month_name
from rorikt_lib.present.stated import change, number, total
from rorikt_lib.terms.fields import SUM

# The part of a user group that must be missing for a sentence: a few PCs are away in any month.
FALLEN = 0.05


def need_summary(need: pd.DataFrame, stock: pd.DataFrame) -> str:
    """How many PCs are due, covered (and when that was counted) and to be ordered, and where most of them."""
    if need.empty:
        return "Månaden har ikkje noko uttrekk av PC-ar med kjent innkjøpsdato, så behovet er ikkje kjent."
    sums, places = need.iloc[-1], need[(need.municipality != SUM) & (need.to_order_municipality > 0)]
    most_first = places.sort_values("to_order_municipality", ascending=False, kind="stable")
    parts = [f"{plain(row.municipality)} ({integer(row.to_order_municipality)})" for row in most_first.itertuples()]
    order = f"{capital_count(sums.to_order)} må bestillast: {listed(parts)}." if parts else "Ingen PC-ar må bestillast."
    due = total([sums.expired, sums.expiring])
    return f"{capital_count(due)} er {'utgått' if due == 1 else 'utgåtte'} eller går ut i år. {_stock_summary(need, stock, due)} {order}"


def _stock_summary(need: pd.DataFrame, stock: pd.DataFrame, due: float) -> str:
    """What is in stock and on order, as counted when, and how many of those due it reaches.

    What was never counted is said to be unknown, not none.
    """
    if stock.empty or pd.isna(need.iloc[-1].in_stock):
        return "Lager og bestillingar er ikkje kjent; behovet er rekna som om det ikkje finst noko."
    sums, known = need.iloc[-1], set(zip(stock.municipality, stock.user_group, strict=True))
    owners = need[need.municipality != SUM]
    uncounted = number({*zip(owners.municipality, owners.user_group, strict=True)} - known)
    oldest = stock.date.min()
    counted = f"{'tald' if oldest == stock.date.max() else 'eldste teljing'} {day(oldest)}"
    some = count(uncounted, "kommune og brukargruppe", "kommunar og brukargrupper")
    there = total([sums.in_stock, sums.on_order])
    unknown = f"; lager og bestillingar er ikkje kjent for {some}, og er rekna der som ingen" if uncounted else ""
    covered = change(due, sums.to_order)
    reached = f"{integer(covered) if covered else 'ingen'} av {integer(due)} er {'dekt' if covered == 1 else 'dekte'}"
    apart = f"Lager i éin kommune eller brukargruppe dekkjer ikkje behovet i ein annan: {reached}."
    reach = "Dei dekkjer behovet i kvar kommune og brukargruppe." if covered == due else apart
    ordered = "bestilt" if there == 1 else "bestilte"
    return f"{integer(there) if there else 'Ingen'} står på lager eller er {ordered} ({counted}){unknown}." + (
        f" {reach}" if due else ""
    )


def unseen_groups(groups: pd.DataFrame, month: str, within_days: int | None) -> str | None:
    """Of which user groups fewer PCs count because they were not seen, or are not in the extract; None where none are.

    A group is named when it would have at least a twentieth more, had all those counted that were seen shortly before.
    """
    missing = [GROUPS[group] for group in groups.user_group[groups.in_extract == 0]]
    fewer = groups[(groups.seen_before > 0) & (groups.seen_before >= FALLEN * (groups.pcs + groups.seen_before))]
    parts = [
        f"{count(r.seen_before, 'PC', 'PC-ar')} for {GROUPS[r.user_group]}, der {integer(r.pcs)} tel"
        for r in fewer.itertuples()
    ]
    when = f"i {month_name(month)}" if within_days is None else _last_days(within_days)
    sentences = [
        f"Uttrekket har ingen PC-ar for {listed(missing)}, så behovet for dei er ikkje med." if missing else None,
        f"**Færre PC-ar tel fordi dei ikkje er sette {when}:** {listed(parts)}. Dei er i uttrekket og blei sett før det; "
        "behovet ville ha vore større med dei."
        if parts
        else None,
    ]
    return " ".join(filter(None, sentences)) or None


def _last_days(days: int) -> str:
    return f"dei siste {count(days, 'døgnet', 'døgna')} før uttrekket"


def left_out(counted: pd.DataFrame, within_days: int | None) -> str | None:
    """PCs in use whose age is not known, and PCs of the extract that do not count; None without an extract."""
    if counted.empty:
        return None
    row = counted.iloc[0]
    when = "i månaden" if within_days is None else _last_days(within_days)
    parts = [
        f"{count(row.unknown_age, 'PC', 'PC-ar')} i bruk har ukjent alder og er utanfor både behovet og planen"
        if row.unknown_age
        else None,
        f"{count(row.not_counted, 'PC', 'PC-ar')} i uttrekket er ikkje sette {when} og tel ikkje"
        if row.not_counted
        else None,
    ]
    known = [part for part in parts if part]
    return (
        f"{capitalised(', og '.join(known))}."
        if known
        else f"Alle PC-ar i uttrekket er sette {when} og har kjent alder."
    )


def rollover_caption(extract: pd.DataFrame) -> str:
    """Caption of the rollover table, with the date of the device export."""
    when = f" per {day(extract.extracted_on.max())}" if len(extract) else ""
    return f"Rullering av PC-ar{when}. Talet på PC-ar."


def classes_caption(price_year: int) -> str:
    """Caption of the table of model classes."""
    return f"PC-ar i bruk etter modellklasse. Pris for éin PC i {price_year}-kroner, utan meirverdiavgift."


def owner(municipality: str, group: str) -> str:
    """`elevar i Nordvik`."""
    place = plain(member("municipality", municipality))
    return f"{GROUPS.get(group, 'utan oppgitt brukargruppe')} i {place}"


def capital_count(pcs: float) -> str:
    """`483 PC-ar`, `1 PC`, `Ingen PC-ar`."""
    return capitalised(count(pcs, "PC", "PC-ar"))
