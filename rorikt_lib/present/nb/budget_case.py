"""Sentences of the budget case: what is proposed, what moves each municipality's amount, and what the projects are."""

import pandas as pd

from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nb.grammar import listed
from rorikt_lib.present.numbers import integer, quoted, signed
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.fields import SUM

MOST_KEYS = 2


def proposal(amounts: pd.DataFrame, distribution: pd.DataFrame, year: int | None) -> str | None:
    """What the board is asked to adopt, in a sentence; None without a budget. amounts: of several years."""
    whole = amounts[(amounts.year == year) & (amounts.municipality == SUM)]
    if whole.empty:
        return None
    frame = ""
    if len(distribution):
        frame = f", og investeringsrammen til {integer(distribution.iloc[-1].frame_nok)} kroner med mva"
    return f"**Driftsbudsjettet for {year} settes til {integer(whole.amount_nok.iloc[0])} kroner{frame}.**"


def keys_summary(effects: pd.DataFrame) -> str | None:
    """Which keys move most between the municipalities; None where none moves anything."""
    keys = effects[effects.driver != SUM]
    size = keys.assign(size=keys.effect_nok.astype(float).abs()).groupby("driver", sort=False)["size"].sum()
    size = size[size > 0]
    if size.empty:
        return None
    parts = []
    for driver in size.nlargest(MOST_KEYS).index:
        own = keys[keys.driver == driver]
        effect = own.effect_nok.astype(float)
        more, less = own.loc[effect.idxmax()], own.loc[effect.idxmin()]
        ends = [f"{plain(one.municipality)} {signed(integer(one.effect_nok))}" for one in (more, less)]
        parts.append(f"«{plain(driver)}» ({', '.join(ends)})")
    which = "disse nøklene" if len(parts) > 1 else "denne nøkkelen"
    return f"I kroner flytter {which} mest mellom kommunene: {listed(parts)}."


def drivers_summary(changes: pd.DataFrame, effects: pd.DataFrame, year: int | None) -> str | None:
    """For each municipality what its amount changes by, and which keys mean most; None where nothing is compared with."""
    places = changes[changes.municipality != SUM]
    if places.empty:
        return None
    ranked = places.reindex(places.change_nok.astype(float).sort_values(ascending=False, kind="stable").index)
    return "\n".join(f"-   {_driven(row, effects, year)}" for row in ranked.itertuples())


def _driven(row: tuple, effects: pd.DataFrame, year: int) -> str:
    told, change = f"**{plain(row.municipality)}** betaler det samme som i {year - 1}", figure(row.change_nok)
    if change:
        way = "mer" if change > 0 else "mindre"
        told = f"**{plain(row.municipality)}** betaler {integer(abs(change))} kroner {way} enn i {year - 1}"
    cost, moved = (signed(integer(nok)) for nok in (row.cost_effect_nok, row.key_effect_nok))
    keys = _most(effects[(effects.municipality == row.municipality) & (effects.driver != SUM)])
    parts = [f"«{plain(key.driver)}» ({signed(integer(key.effect_nok))})" for key in keys]
    return (
        f"{told}: {cost} av kostnad og {moved} av nøkler.{f' Av nøklene betyr {listed(parts)} mest.' if parts else ''}"
    )


def _most(own: pd.DataFrame) -> list[tuple]:
    """The keys that move a municipality's amount most."""
    ranked = own.reindex(own.effect_nok.astype(float).abs().sort_values(ascending=False, kind="stable").index)
    return [key for key in ranked.head(MOST_KEYS).itertuples() if key.effect_nok]


def project_texts(projects: pd.DataFrame) -> str | None:
    """Each project's name and description, a paragraph each; None without projects."""
    rows = projects[projects.project != SUM].itertuples()
    texts = [f"**{quoted(plain(f'{r.number} {r.project}'))}.** {quoted(plain(r.description))}" for r in rows]
    return "\n\n".join(texts) or None


def revised_summary(revised: pd.DataFrame) -> str | None:
    """What the municipalities then pay together, and who gets most less; None where the budget keeps within the frame."""
    if revised.empty:
        return None
    total, places = revised.iloc[-1], revised.iloc[:-1]
    most = places.loc[places.change_nok.astype(float).idxmin()]
    return (
        f"Med et budsjett på {integer(total.revised_nok)} kroner og de samme andelene betaler "
        f"kommunene {integer(-figure(total.change_nok))} "
        f"kroner mindre til sammen. {plain(most.municipality)} får den største nedgangen, {integer(-figure(most.change_nok))} kroner."
    )
