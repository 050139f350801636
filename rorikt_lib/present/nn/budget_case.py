"""Sentences of the budget case: what is proposed, what moves each municipality's amount, and what the projects are."""

import pandas as pd

from rorikt_lib.present.amounts import scale_of
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import listed
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
        frame = f", og investeringsramma til {integer(distribution.iloc[-1].frame_nok)} kroner med mva"
    return f"**Driftsbudsjettet for {year} blir sett til {integer(whole.amount_nok.iloc[0])} kroner{frame}.**"


def keys_summary(effects: pd.DataFrame) -> str | None:
    """Which keys move most between the municipalities; None where none moves anything."""
    keys = effects[effects.driver != SUM]
    if keys.empty:
        return None
    size = keys.assign(size=keys.effect_nok.astype(float).abs()).groupby("driver", sort=False)["size"].sum()
    parts = []
    for driver in size.nlargest(MOST_KEYS).index:
        own = keys[keys.driver == driver]
        effect = own.effect_nok.astype(float)
        more, less = own.loc[effect.idxmax()], own.loc[effect.idxmin()]
        scale = scale_of([more.effect_nok, less.effect_nok])
        parts.append(
            f"«{plain(driver)}» ({plain(more.municipality)} {signed(scale.amount(more.effect_nok))}, "
            f"{plain(less.municipality)} {signed(scale.amount(less.effect_nok))})"
        )
    return f"Nøklane som flyttar mest mellom kommunane, er {listed(parts)}."


def drivers_summary(changes: pd.DataFrame, effects: pd.DataFrame, year: int | None) -> str | None:
    """For each municipality what its amount changes by, and which keys mean most; None where nothing is compared with."""
    places = changes[changes.municipality != SUM]
    if places.empty:
        return None
    ranked = places.reindex(places.change_nok.astype(float).sort_values(ascending=False, kind="stable").index)
    return "\n".join(f"-   {_driven(row, effects, year)}" for row in ranked.itertuples())


def _driven(row: tuple, effects: pd.DataFrame, year: int) -> str:
    way = "meir" if row.change_nok > 0 else "mindre"
    moved = [row.change_nok, row.cost_effect_nok, row.key_effect_nok]
    scale = scale_of(moved, (moved[1:], moved[0]))
    place = f"**{plain(row.municipality)}**"
    if not scale.shows(row.change_nok):
        return f"{place} betaler det same som i {year - 1}."
    told = (
        f"{place} betaler {scale.amount(abs(figure(row.change_nok)))} {way} enn i {year - 1}: "
        f"{signed(scale.number(row.cost_effect_nok))} av kostnad og {signed(scale.number(row.key_effect_nok))} av nøklar."
    )
    own = effects[(effects.municipality == row.municipality) & (effects.driver != SUM)]
    most = own.reindex(own.effect_nok.astype(float).abs().sort_values(ascending=False, kind="stable").index)
    keys = [key for key in most.head(MOST_KEYS).itertuples() if key.effect_nok]
    if not keys:
        return told
    of_keys = scale_of([key.effect_nok for key in keys])
    parts = [f"«{plain(key.driver)}» ({signed(of_keys.amount(key.effect_nok))})" for key in keys]
    return f"{told} Av nøklane betyr {listed(parts)} mest."


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
        f"Med eit budsjett på {integer(total.revised_nok)} kroner og dei same delane betaler "
        f"kommunane {integer(-figure(total.change_nok))} "
        f"kroner mindre til saman. {plain(most.municipality)} får den største nedgangen, {integer(-figure(most.change_nok))} kroner."
    )
