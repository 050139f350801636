"""Sentences and tables of the budget page: the walk, measures, years ahead, investments, settlement, step prices."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.config.budget_file import StepPrices
from rorikt_lib.present import tables
from rorikt_lib.present.numbers import integer, kroner, million, ore, percent, signed, thousands
from rorikt_lib.present.prose.words import listed
from rorikt_lib.terms.fields import SUM

EFFECTS = (
    "Endringen er delt i to: «Av kostnad» er det endringen i kostnad ville gitt med fjorårets nøkler, «av nøkler» er "
    "resten. Det som skyldes nøkler, går opp i null for kommunene samlet."
)
NO_BUDGET = "Det er ikke lagt inn noe budsjett med trinn fra året før."


def walk_in_short(walk: pd.DataFrame) -> str:
    """From last year's budget to this one's, and the steps that moved it most."""
    if walk.empty:
        return NO_BUDGET
    first, last, steps = walk.iloc[0], walk.iloc[-1], walk.iloc[1:-1]
    ranked = steps.reindex(steps.amount_nok.abs().astype(float).sort_values(ascending=False, kind="stable").index)
    told = [f"{tables.plain(row.step)} ({signed(thousands(row.amount_nok))})" for row in ranked.head(3).itertuples()]
    change = last.amount_nok - first.amount_nok
    way = "opp" if change > 0 else "ned"
    return (
        f"{last.step} er {integer(last.amount_nok)} kroner, {way} {million(abs(change))} "
        f"({percent(abs(float(change / first.amount_nok)))}) fra {first.step.lower()}. "
        f"Mest betyr, i hele 1000 kroner, {listed(told)}."
    )


def walk_table(walk: pd.DataFrame) -> pd.DataFrame:
    """step, amount_nok."""
    return walk[["step", "amount_nok"]]


def walk_alt(walk: pd.DataFrame) -> str:
    """Alt text of the chart of the walk."""
    if walk.empty:
        return "Fossefallsdiagram uten verdier."
    first, last = walk.iloc[0], walk.iloc[-1]
    steps = [f"{row.step} {signed(thousands(row.amount_nok))}" for row in walk.iloc[1:-1].itertuples()]
    return (
        f"Fossefallsdiagram i hele 1000 kroner fra {first.step.lower()}, {thousands(first.amount_nok)}, til "
        f"{last.step.lower()}, {thousands(last.amount_nok)}: {', '.join(steps)}."
    )


def parts_of_steps(parts: pd.DataFrame) -> list[str]:
    """For each step that is made up of adjustments, whether they are its amount, and a table of them."""
    made = []
    for number, (step, rows) in enumerate(parts.groupby("step", sort=False), start=1):
        total = rows.iloc[-1]
        caption = f"Hva «{tables.plain(step)}» er satt sammen av. Kroner."
        shown = rows[["adjustment", "amount_nok"]]
        made += [
            _step_told(tables.plain(step), total),
            tables.table(shown, f"trinn-{number}", caption, total=True, nok=integer),
        ]
    return made


def _step_told(step: str, total: pd.Series) -> str:
    if not total.difference_nok:
        return f"«{step}» er {integer(total.amount_nok)} kroner, satt sammen slik:"
    return (
        f"«{step}» er oppgitt til {integer(total.printed_nok)} kroner, men justeringene summerer til "
        f"{integer(total.amount_nok)}: en forskjell på {integer(abs(total.difference_nok))}."
    )


def changes_in_short(table: pd.DataFrame, year: int | None) -> str:
    """Who gets most more to pay, and whose keys moved in its favour. table: see measures.against_last_year."""
    if table.empty:
        return "Året før har ikke andeler å sammenligne med."
    places = table[table.municipality != SUM]
    change, moved = places.change_nok.astype(float), places.key_effect_nok.astype(float)
    most, gains, pays = (places.loc[i] for i in (change.idxmax(), moved.idxmin(), moved.idxmax()))
    told = f"Fra {year - 1} til {year} øker beløpet mest for {most.municipality}, {kroner(most.change_nok)}."
    if gains.key_effect_nok == pays.key_effect_nok:
        return f"{told} Nøklene er de samme."
    return (
        f"{told} Nye nøkler alene gjør at {pays.municipality} betaler {kroner(pays.key_effect_nok)} mer "
        f"og {gains.municipality} {kroner(-gains.key_effect_nok)} mindre."
    )


def changes_alt(table: pd.DataFrame) -> str:
    """Alt text of the chart of changes per municipality."""
    told = [
        f"{r.municipality} {signed(thousands(r.change_nok))}, av det {signed(thousands(r.cost_effect_nok))} av kostnad "
        f"og {signed(thousands(r.key_effect_nok))} av nøkler"
        for r in table[table.municipality != SUM].itertuples()
    ]
    return f"Stolpediagram over endringen fra året før i hele 1000 kroner: {'; '.join(told) or 'ingen kommuner'}."


def measures_in_short(measures: pd.DataFrame) -> str | None:
    """What the measures add up to, and by how much the paper's own sum is another; None where there are none."""
    if measures.empty:
        return None
    total = measures.iloc[-1]
    told = f"Tiltakene summerer til {integer(abs(total.amount_nok))} kroner."
    if not total.difference_nok or pd.isna(total.difference_nok):
        return told
    return (
        f"{told} Saken oppgir {integer(abs(total.printed_nok))}, en forskjell på {integer(abs(total.difference_nok))}."
    )


def frame_in_short(frame: pd.DataFrame) -> str:
    """What a municipality's frame gives in all, what must be cut, and whether the measures do it."""
    if frame.empty:
        return "Ingen ramme fra en kommune er lagt inn."
    row = frame.iloc[0]
    left = row.left_nok
    enough = (
        f"Det mangler tiltak for {integer(-left)} kroner."
        if left < 0
        else "Tiltakene dekker kuttet."
        if not left
        else f"Tiltakene er {integer(left)} kroner mer enn nødvendig."
    )
    return (
        f"Rammen fra {row.municipality}, {integer(row.frame_nok)} kroner, delt på andelen {percent(row.cost_share, 2)} "
        f"gir et samlet budsjett på {integer(row.total_nok)} kroner. "
        f"{'Budsjettet må da ned ' + integer(-row.needed_nok) + ' kroner. ' + enough if row.needed_nok < 0 else 'Det er rom for hele budsjettet.'}"
    )


def plan_in_short(plan: pd.DataFrame) -> str:
    """How the budget grows at constant shares."""
    if plan.empty:
        return "Det er ikke lagt inn vekst for årene fremover."
    total = plan[plan.municipality == SUM]
    grown = [f"{percent(r.growth)} i {r.year}" for r in total.dropna(subset="growth").itertuples()]
    first, last = total.iloc[0], total.iloc[-1]
    return (
        f"Med uendrede andeler og en vekst på {listed(grown)} går budsjettet fra {million(first.amount_nok)} i "
        f"{first.year} til {million(last.amount_nok)} i {last.year}."
    )


def investments_in_short(table: pd.DataFrame, year: int | None) -> str:
    """The year's frame, what is paid without VAT, and what last year's underspend takes off."""
    if table.empty:
        return "Det er ikke lagt inn noen investeringsramme."
    total = table.iloc[-1]
    told = (
        f"Investeringsrammen for {year} er {integer(total.frame_nok)} kroner med mva. Uten mva er det "
        f"{integer(total.on_account_nok)} som betales a konto."
    )
    if not total.underspend_nok:
        return told
    return (
        f"{told} Mindreforbruket fra {year - 1}, {integer(-total.underspend_nok)} uten mva, trekkes fra, så det skal "
        f"betales {integer(total.total_payment_nok)} kroner."
    )


def settlement_in_short(table: pd.DataFrame, year: int) -> str:
    """What the year came to, and to whom it goes, to the øre. table: see measures.operating_settlement."""
    if table.empty:
        return f"Det er ikke andeler, budsjett eller regnskap å gjøre opp {year} med."
    total, places = table.iloc[-1], table.iloc[:-1]
    name, way = ("merforbruk", "betale") if total.amount_nok < 0 else ("mindreforbruk", "få tilbake")
    moved = [f"{row.municipality} ({signed(ore(row.rounding_nok))})" for row in places.itertuples() if row.rounding_nok]
    exact = (
        f" Avrundet hver for seg ville beløpene ikke gått opp; forskjellen er lagt på {listed(moved)}." if moved else ""
    )
    return (
        f"Driftsregnskapet for {year} viser et {name} på {ore(abs(total.amount_nok))} kroner mot budsjettet. "
        f"Kommunene skal {way} sin andel.{exact}"
    )


def steps_in_short(growth: pd.DataFrame, service: StepPrices | None) -> str:
    """What the largest growth that is priced costs."""
    if growth.empty or service is None:
        return "Det er ikke lagt inn priser i trinn."
    name, unit = service.name, service.unit
    now, last = growth.iloc[0], growth.iloc[-1]
    return (
        f"{name} har pris i trinn etter antall {unit}. Med {integer(now['count'] - now.more_units)} {unit} i dag koster "
        f"{integer(last.more_units)} flere {kroner(last.more_nok)} mer i året."
    )
