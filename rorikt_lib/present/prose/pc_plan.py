"""Sentences of chapter 2.1.1: the replacement plan, in PCs and kroner, and how a peak could be spread."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.settings import Devices, Levelling
from rorikt_lib.present.numbers import integer, kroner, percent
from rorikt_lib.present.prose.words import count
from rorikt_lib.terms.fields import SUM, member

PLAN_CAPTION = "PC-er som må kjøpes per år, etter lager og bestillinger."
COST_CAPTION = "Hva kjøpene koster per år, uten merverdiavgift. Tall i hele 1000."
YEARS_CAPTION = (
    "Utskiftingsplanen per år for alle kommunene: det som må kjøpes, og et forslag som jevner ut. Kostnad i hele 1000."
)
SUGGESTED_CAPTION = "Forslag som jevner ut toppen: PC-er som kjøpes per år."


def plan_in_short(plan: pd.DataFrame) -> str:
    """What must be bought in all years shown and what it costs, the year with most, and what is bought twice."""
    years = plan.groupby("year")[["to_buy", "cost_nok"]].sum()
    if not years.to_buy.sum():
        return "Ingen PC-er har kjent utskiftingsår i perioden."
    most = years.loc[years.to_buy.idxmax()]
    again = plan.replace_again.sum()
    twice = f" Blant dem som skal skiftes, er {count(again, 'PC', 'PC-er')} selv kjøpt i perioden." if again else ""
    return (
        f"Fra {years.index[0]} til {years.index[-1]} må {count(years.to_buy.sum(), 'PC', 'PC-er')} kjøpes for "
        f"{kroner(years.cost_nok.sum())} uten merverdiavgift, flest i {years.to_buy.idxmax()} ({integer(most.to_buy)}, "
        f"{kroner(most.cost_nok)}).{twice}"
    )


def chart_caption(plan: pd.DataFrame) -> str:
    """Caption of the chart of PCs to buy per year."""
    mark = " Streken er forslaget, som jevner ut." if _is_spread(plan) else ""
    return f"PC-er som må kjøpes per år, fra og med rapportåret, og hva de koster.{mark}"


def basis(settings: Devices) -> str:
    """What the plan reckons with."""
    return (
        f"Prisene er i {settings.price_year}-kroner per modellklasse, med {percent(settings.price_growth)} prisvekst i året. En PC "
        "skiftes i året levetiden er ute; det som alt er utgått, står i det første året. Lager og bestillinger dekker de eldste først."
    )


def levelling_in_short(plan: pd.DataFrame, peak: int | None, levelling: Levelling) -> str | None:
    """Which year peaks, and what the suggestion makes of it."""
    years = plan.groupby("year")[["to_buy", "cost_nok", "suggested", "suggested_nok"]].sum()
    ahead = years.iloc[1:]
    if not ahead.to_buy.sum():
        return None
    if peak is None:
        return (
            f"Ingen av årene {ahead.index[0]}–{ahead.index[-1]} ligger mer enn {percent(levelling.peak_share, 0)} over "
            "gjennomsnittet, så det foreslås ikke å flytte kjøp mellom årene."
        )
    above = percent(ahead.to_buy[peak] / ahead.to_buy.mean() - 1, 0)
    by = "ett" if levelling.within_years == 1 else integer(levelling.within_years)
    told = (
        f"**{peak} er en topp:** {count(ahead.to_buy[peak], 'PC', 'PC-er')}, {above} over gjennomsnittet for årene "
        f"{ahead.index[0]}–{ahead.index[-1]}."
    )
    if not _is_spread(plan):
        return f"{told} Den blir ikke lavere av at hver kommune flytter kjøp inntil {by} år, så det foreslås ikke."
    return (
        f"{told} Flyttes kjøp inntil {by} år fram eller tilbake, blir det "
        f"høyst {integer(ahead.suggested.max())} i ett år, og {peak} koster {kroner(ahead.suggested_nok[peak])} i stedet for "
        f"{kroner(ahead.cost_nok[peak])}. Kjøpene i rapportåret er ikke flyttet."
    )


def by_owner(plan: pd.DataFrame, column: str) -> pd.DataFrame:
    """One measure of the plan by municipality, user group and year, with a sum over all owners last."""
    rows = plan[["municipality", "user_group", "year", column]]
    total = rows.groupby("year", as_index=False)[column].sum().assign(municipality=SUM, user_group=None)
    return pd.concat([rows, total])[rows.columns] if len(rows) else rows


def by_year(plan: pd.DataFrame) -> pd.DataFrame:
    """The plan of all owners together, a row per year; the suggestion only where it differs."""
    sums = ["replace", "replace_again", "to_buy", "cost_nok", "suggested", "suggested_nok"]
    shown = sums if _is_spread(plan) else sums[:4]
    return plan.groupby("year", as_index=False)[shown].sum()


def plan_alt(plan: pd.DataFrame) -> str:
    """Alt text of the chart of PCs to buy per year."""
    if plan.empty:
        return "Stolpediagram uten verdier over PC-er som må kjøpes per år."
    years = plan.groupby(["year", "user_group"], sort=False).to_buy.sum().unstack()
    sums = plan.groupby("year")[["cost_nok", "suggested"]].sum()
    groups = [f"{member('user_group', group).lower()} " + years[group].map(integer) for group in years]
    told = groups[0].str.cat([*groups[1:], sums.cost_nok.map(kroner)], sep=", ")
    if (plan.suggested != plan.to_buy).any():
        told = told.str.cat("jevnet ut " + sums.suggested.map(integer), sep=", ")
    return (
        f"Stolpediagram over PC-er som må kjøpes per år. {'. '.join(f'{year}: {each}' for year, each in told.items())}."
    )


def _is_spread(plan: pd.DataFrame) -> bool:
    return bool((plan.suggested != plan.to_buy).any())
