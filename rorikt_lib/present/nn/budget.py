"""Sentences about the budget: the walk from last year's, who pays more, and years ahead."""

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.amounts import scale_of, told_apart
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import called, growth_share, listed
from rorikt_lib.present.numbers import integer, percent, signed, thousands
from rorikt_lib.present.stated import change, figure
from rorikt_lib.terms.fields import SUM

MOST_STEPS = 3


def budget_name(year: int) -> str:
    """What a year's budget is called where the walk begins and ends."""
    return f"Budsjett {year}"


def walk_summary(walk: pd.DataFrame) -> str | None:
    """From last year's budget to this one's, and the steps that moved it most; None without steps."""
    if walk.empty:
        return None
    first, last, steps = walk.iloc[0], walk.iloc[-1], walk.iloc[1:-1]
    ranked = steps.reindex(steps.amount_nok.abs().astype(float).sort_values(ascending=False, kind="stable").index)
    before, now, named = first.amount_nok, last.amount_nok, ranked.head(MOST_STEPS)
    moved = change(now, before)
    scale = scale_of([before, now, moved, *named.amount_nok], ([before, moved], now))
    parts = [f"{called(row.step)} ({signed(scale.amount(row.amount_nok))})" for row in named.itertuples()]
    way = "like mykje som"
    if scale.shows(moved):
        way = f"{scale.amount(abs(moved))}{growth_share(now, before)} {'meir' if moved > 0 else 'mindre'} enn"
    most = f" Mest betyr {listed(parts)}." if parts else ""
    was = f"{first.step[:1].lower()}{first.step[1:]}"
    return f"{last.step} er {scale.amount(now)}, {way} {was}, som var {scale.amount(before)}.{most}"


def walk_alt(walk: pd.DataFrame) -> str:
    """Alt text of the chart of the walk."""
    first, last = walk.iloc[0], walk.iloc[-1]
    steps = [f"{row.step} {signed(thousands(row.amount_nok))}" for row in walk.iloc[1:-1].itertuples()]
    return f"Fossefallsdiagram i heile 1000 kroner frå {first.step.lower()}, {thousands(first.amount_nok)}, til {last.step.lower()}, {thousands(last.amount_nok)}: {', '.join(steps)}."


def parts_caption(parts: pd.DataFrame) -> str:
    """Caption of the table of what a step is made up of."""
    return f"Kva «{_step(parts)}» er sett saman av."


def step_summary(parts: pd.DataFrame) -> str:
    """What a step comes to, and whether the adjustments that it is made up of do."""
    step, total = _step(parts), parts.iloc[-1]
    if not total.difference_nok:
        return f"«{step}» er {integer(total.amount_nok)} kroner, sett saman slik:"
    return (
        f"«{step}» er oppgitt til {integer(total.printed_nok)} kroner, men justeringane er til saman "
        f"{integer(total.amount_nok)} kroner: ein skilnad på {integer(abs(figure(total.difference_nok)))} kroner."
    )


def _step(parts: pd.DataFrame) -> str:
    return tables.plain(parts.step.iloc[0])


def changes_summary(table: pd.DataFrame, year: int | None) -> str:
    """Who gets most more to pay, and whose keys moved in its favour."""
    if table.empty:
        return "Året før har ikkje delar å samanlikne med."
    places = table[table.municipality != SUM]
    changes, moved = places.change_nok.astype(float), places.key_effect_nok.astype(float)
    most, gains, pays = (places.loc[i] for i in (changes.abs().idxmax(), moved.idxmin(), moved.idxmax()))
    scale = scale_of([most.change_nok, gains.key_effect_nok, pays.key_effect_nok])
    change = f"Frå {year - 1} til {year} er beløpet det same for alle kommunane."
    if most.change_nok:
        way = "aukar" if most.change_nok > 0 else "går ned"
        change = f"Frå {year - 1} til {year} {way} beløpet mest for {plain(most.municipality)}: {scale.amount(abs(figure(most.change_nok)))}."
    if gains.key_effect_nok == pays.key_effect_nok:
        return f"{change} Fordelinga mellom kommunane er den same."
    more, less = scale.amount(pays.key_effect_nok), scale.amount(-figure(gains.key_effect_nok))
    return f"{change} Nye nøklar alene gjer at {plain(pays.municipality)} betaler {more} meir og {plain(gains.municipality)} {less} mindre."


def changes_alt(table: pd.DataFrame) -> str:
    """Alt text of the chart of changes per municipality."""
    parts = [
        f"{r.municipality} {signed(thousands(r.change_nok))}, av det {signed(thousands(r.cost_effect_nok))} av kostnad "
        f"og {signed(thousands(r.key_effect_nok))} av nøklar"
        for r in table[table.municipality != SUM].itertuples()
    ]
    return f"Stolpediagram over endringa frå året før i heile 1000 kroner: {'; '.join(parts)}."


def plan_summary(plan: pd.DataFrame) -> str | None:
    """How the budget grows at constant shares; None where nothing says so of the years ahead."""
    if plan.empty:
        return None
    total = plan[plan.municipality == SUM]
    grown = [f"{percent(r.growth)} i {r.year}" for r in total.dropna(subset="growth").itertuples()]
    first, last = total.iloc[0], total.iloc[-1]
    scale = told_apart(first.amount_nok, last.amount_nok)
    return (
        f"Med uendra delar og ein vekst på {listed(grown)} går budsjettet frå {scale.number(first.amount_nok)} i "
        f"{first.year} til {scale.amount(last.amount_nok)} i {last.year}."
    )
