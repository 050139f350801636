"""Sentences about a year's cases, and how fast they were resolved."""

import pandas as pd

from rorikt_lib.present.nb.grammar import bars, capitalised, count, growth_share
from rorikt_lib.present.numbers import integer, percent, percent_as_set
from rorikt_lib.present.stated import total
from rorikt_lib.terms.enums import Quarter
from rorikt_lib.terms.fields import SUM

QUARTERS = {
    Quarter.Q1: "første kvartal",
    Quarter.Q2: "andre kvartal",
    Quarter.Q3: "tredje kvartal",
    Quarter.Q4: "fjerde kvartal",
}


def requests_summary(requests: pd.DataFrame, years: pd.DataFrame, year: int) -> str | None:
    """How many cases came, were resolved and were left, against the year before; and from when the cases are known."""
    quarters = requests[requests.quarter != SUM]
    if quarters.empty:
        return None
    summed, last = requests.iloc[-1], quarters.iloc[-1]
    known = years.set_index("year").created
    before = known.get(year - 1)
    way = "" if before is None else f", {_against(summed.created, before)} i {year - 1}"
    when = f"I {year}" if len(quarters) == len(QUARTERS) else f"Fra og med {QUARTERS[quarters.quarter.iloc[0]]} {year}"
    return (
        f"{when} kom det inn {count(summed.created, 'sak', 'saker')}{way}. "
        f"{capitalised(count(summed.resolved, 'sak', 'saker'))} ble løst, og ved utgangen av året var det "
        f"{count(last.open, 'åpen sak', 'åpne saker')}."
    )


def _against(now: float, before: float) -> str:
    if now == before:
        return "like mange som"
    more = "flere" if now > before else "færre"
    return f"{more} enn de {integer(before)}{growth_share(now, before)}"


def sla_summary(years: pd.DataFrame, quarters: pd.DataFrame, year: int) -> str | None:
    """How many of the year's incidents were resolved in time, and the best and the worst quarter."""
    known = quarters.dropna(subset="share_within")
    if known.empty:
        return None
    own, target = years[years.year == year], known.share_within_target.iloc[0]
    told = [_of_year(own.iloc[0], year)] if len(own) else [_of_quarters(known)]
    told += [f"Målet er {percent_as_set(target)}."] if pd.notna(target) else []
    if len(own):
        told += _ends(known)
    return " ".join(told)


def _ends(known: pd.DataFrame) -> list[str]:
    """The best and the worst quarter, after the year as a whole; nothing where all are equal."""
    best, worst = _best_and_worst(known)
    if best.share_within == worst.share_within:
        return []
    return [
        f"Best var {QUARTERS[best.quarter]} med {percent(best.share_within)}, svakest "
        f"{QUARTERS[worst.quarter]} med {percent(worst.share_within)}."
    ]


def _of_quarters(known: pd.DataFrame) -> str:
    """The best and the worst of the quarters of a year of which not all are known; the one, where all are equal."""
    best, worst = _best_and_worst(known)
    if best.share_within == worst.share_within:
        return f"I {QUARTERS[best.quarter]} ble {percent(best.share_within)} av feilmeldingene løst innen fristen."
    return f"Andelen feilmeldinger løst innen fristen var høyest i {QUARTERS[best.quarter]} med {percent(best.share_within)} og lavest i {QUARTERS[worst.quarter]} med {percent(worst.share_within)}."


def _best_and_worst(known: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return known.loc[known.share_within.idxmax()], known.loc[known.share_within.idxmin()]


def _of_year(row: pd.Series, year: int) -> str:
    resolved = total([row.within, row.breached])
    if resolved in (row.within, row.breached):
        kept = "innen fristen" if row.within else "etter fristen"
        return (
            f"Den ene feilmeldingen løst i {year} ble løst {kept}."
            if resolved == 1
            else f"Alle {integer(resolved)} feilmeldinger løst i {year} ble løst {kept}."
        )
    return (
        f"Av {count(resolved, 'feilmelding', 'feilmeldinger')} løst i {year} ble {integer(row.within)} løst innen fristen "
        f"({percent(row.share_within)})."
    )


def sla_alt(quarters: pd.DataFrame) -> str:
    """Alt text of the chart of the quarters' shares."""
    parts = [f"{QUARTERS[row.quarter]} {percent(row.share_within)}" for row in quarters.itertuples()]
    target = quarters.share_within_target.iloc[0] if len(quarters) else float("nan")
    aim = f" Målet er {percent_as_set(target)}." if pd.notna(target) else ""
    return bars("andel feilmeldinger løst innen fristen", parts, "ingen kvartaler") + aim
