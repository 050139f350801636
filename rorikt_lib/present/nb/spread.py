"""Sentences about how cases spread: resolution times about their deadlines, and new cases over the week."""

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.nb.grammar import count, part_of, priority_name
from rorikt_lib.present.numbers import integer, month_name, percent
from rorikt_lib.present.stated import share, total
from rorikt_lib.terms.enums import Weekday
from rorikt_lib.tickets.spread import HOURS, TIME_BANDS, TIMELY_BANDS

_AT_WEEKENDS = [Weekday.SATURDAY, Weekday.SUNDAY]


def spread_summary(spread: pd.DataFrame, month: str) -> str | None:
    """Of the month's most frequent priority: how many were fast, and how many far too late; None without cases.

    spread: see tickets.spread.time_against_target.
    """
    of_priorities = spread.groupby("priority", sort=False).cases.sum()
    if not of_priorities.any():
        return None
    priority = of_priorities.idxmax()
    cases = spread[spread.priority == priority].set_index("time_band").cases
    if cases.isna().any():
        return None
    until = spread.until.dropna() if "until" in spread else []
    when = part_of(month, until.iloc[0]) if len(until) else month_name(month)
    solved, fast, late = total(cases), cases[TIME_BANDS[0]], cases[TIME_BANDS[-1]]
    of_all = f" ({percent(share(fast, solved))})" if fast else ""
    return (
        f"Av {count(solved, 'feilmelding', 'feilmeldinger')} med prioritet {priority_name(priority)} løst i "
        f"{when} brukte {integer(fast) if fast else 'ingen'} inntil en firedel av fristen{of_all}; "
        f"{integer(late) if late else 'ingen'} brukte mer enn det dobbelte av den."
    )


def spread_alt(spread: pd.DataFrame) -> str:
    """Alt text of the chart of resolution times against their deadlines."""
    told = []
    for priority, rows in spread.groupby("priority", sort=False):
        cases = rows.set_index("time_band").cases
        if cases.notna().all() and cases.any():
            timely = total(cases[TIMELY_BANDS])
            counts = f"{integer(total(cases))} og {integer(timely) if timely else 'ingen'}"
            told.append(f"{member('priority', priority).lower()} {counts}")
    within = f" Løst, og av dem innen fristen: {'; '.join(told)}." if told else ""
    return f"Søylediagram for hver prioritet over hvor mye av fristen feilmeldingene brukte.{within}"


def arrivals_summary(arrivals: pd.DataFrame) -> str | None:
    """When most cases come, and how many come at weekends or at night; see tickets.spread.arrivals."""
    if arrivals.created.isna().all():
        return None
    top = arrivals.loc[arrivals.created.idxmax()]
    most = f"{_span(arrivals)} kom det flest nye saker {_when(top)}, {integer(top.created)} i alt."
    if arrivals.created.isna().any():
        return most
    aside = arrivals.weekday.isin(_AT_WEEKENDS) | arrivals.hour.isin([HOURS[0], HOURS[-1]])
    outside, every = total(arrivals.created[aside]), total(arrivals.created)
    first, last = (_lower(member("hour", hour)) for hour in (HOURS[0], HOURS[-1]))
    return (
        f"{most} Av {count(every, 'sak', 'saker')} kom {integer(outside)} ({percent(share(outside, every))}) i helgene, "
        f"{first} eller {last}."
    )


def arrivals_caption(arrivals: pd.DataFrame) -> str:
    """Caption of the chart of new cases over the week."""
    return f"Nye saker etter ukedag og klokkeslett, {_months(arrivals)}. Mørkere er flere saker."


def arrivals_alt(arrivals: pd.DataFrame) -> str:
    """Alt text of the chart of new cases over the week."""
    known = arrivals.dropna(subset="created")
    if known.empty:
        return "Rutenett over nye saker etter ukedag og klokkeslett."
    top = known.loc[known.created.idxmax()]
    return f"Rutenett over nye saker etter ukedag og klokkeslett. Flest kom {_when(top)}: {integer(top.created)} saker."


def _when(row: pd.Series) -> str:
    return f"{member('weekday', row.weekday)}er {_lower(member('hour', row.hour))}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _span(arrivals: pd.DataFrame) -> str:
    first, last = arrivals["first"].iloc[0], arrivals["last"].iloc[0]
    return f"I {month_name(last)}" if first == last else f"Fra {month_name(first)} til {month_name(last)}"


def _months(arrivals: pd.DataFrame) -> str:
    first, last = arrivals["first"].iloc[0], arrivals["last"].iloc[0]
    return month_name(last) if first == last else f"{month_name(first)} til {month_name(last)}"
