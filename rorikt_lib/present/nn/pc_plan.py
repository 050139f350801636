"""Sentences about PCs: the replacement plan, in PCs and kroner, and how a peak could be spread."""

import pandas as pd

from rorikt_lib.config.devices import DeviceSettings, Levelling
from rorikt_lib.present.amounts import scale_of, told_apart
from rorikt_lib.present.language import member, text
from rorikt_lib.present.nn.grammar import count, kroner
from rorikt_lib.present.numbers import integer, percent
from rorikt_lib.present.stated import figure, total


def plan_summary(years: pd.DataFrame) -> str:
    """What must be bought in all years shown and what it costs, the year with most, and what is bought twice."""
    if years.empty:
        return (
            "Månaden har ikkje noko uttrekk av PC-ar med kjent innkjøpsdato, så det er ikkje kjent kva som må kjøpast."
        )
    pcs, again, cost = total(years.to_buy), total(years.replace_again), total(years.cost_nok)
    period = f"Frå {years.year.min()} til {years.year.max()}"
    if not pcs:
        return f"{period} må ingen PC-ar kjøpast."
    most = years.loc[years.to_buy.idxmax()]
    scale = scale_of([cost, most.cost_nok])
    peak = (
        f" Flest er det i {most.year:.0f}: {integer(most.to_buy)}, for {scale.amount(most.cost_nok)}."
        if most.to_buy < pcs
        else ""
    )
    twice = f" Av dei som skal skiftast i perioden, blir {integer(again)} også kjøpte i han." if again else ""
    return (
        f"{period} må {count(pcs, 'PC', 'PC-ar')} kjøpast, for {scale.amount(cost)} utan meirverdiavgift.{peak}{twice}"
    )


def chart_caption(years: pd.DataFrame) -> str:
    """Caption of the chart of PCs to buy per year."""
    mark = " Streken er forslaget, som jamnar ut." if _is_spread(years) else ""
    return f"PC-ar som må kjøpast per år, frå og med rapportåret, og kva dei kostar.{mark}"


def basis(settings: DeviceSettings, years: pd.DataFrame) -> str | None:
    """What the plan counts on; None where there is no plan."""
    if years.empty:
        return None
    growth = settings.price_growth
    grown = (
        f"med {percent(abs(figure(growth)))} {'prisvekst' if growth > 0 else 'prisnedgang'} i året"
        if growth
        else "utan prisvekst"
    )
    per = "modellklasse" if settings.model_classes else "brukargruppe"
    return text("plan_basis").format(year=settings.price_year, per=per, growth=grown)


def levelling_summary(years: pd.DataFrame, peak: int | None, levelling: Levelling) -> str | None:
    """Which year peaks, and what the suggestion makes of it."""
    ahead = years.iloc[1:].set_index("year")
    if not ahead.to_buy.sum():
        return None
    between = f"{ahead.index[0]}–{ahead.index[-1]}"
    if peak is None:
        return f"Ingen av åra {between} ligg meir enn {percent(levelling.peak_share, 0)} over gjennomsnittet, så det er ikkje foreslått å flytte kjøp mellom åra."
    top = ahead.loc[peak]
    by = "eitt" if levelling.within_years == 1 else integer(levelling.within_years)
    named = f"**{peak} er ein topp:** {count(top.to_buy, 'PC', 'PC-ar')}, {percent(top.above_mean_share, 0)} over gjennomsnittet for åra {between}."
    if not _is_spread(years):
        return (
            f"{named} Han blir ikkje lågare av at kvar kommune flyttar kjøp inntil {by} år, så det er ikkje foreslått."
        )
    scale = told_apart(top.suggested_nok, top.cost_nok)
    return (
        f"{named} Blir kjøp flytta inntil {by} år fram eller tilbake, blir det "
        f"høgst {integer(ahead.suggested.max())} i eitt år, og {peak} kostar {scale.number(top.suggested_nok)} i staden for "
        f"{scale.amount(top.cost_nok)}. Kjøpa i rapportåret er ikkje flytta."
    )


def plan_alt(groups: pd.DataFrame, years: pd.DataFrame) -> str:
    """Alt text of the chart of PCs to buy per year."""
    years_named = []
    for year in years.itertuples():
        rows = groups[groups.year == year.year]
        parts = [f"{member('user_group', row.user_group).lower()} {integer(row.to_buy)}" for row in rows.itertuples()]
        parts += [kroner(year.cost_nok), *([f"jamna ut {integer(year.suggested)}"] if _is_spread(years) else [])]
        is_any = year.to_buy or year.suggested
        years_named.append(f"{year.year}: {', '.join(parts) if is_any else 'ingen'}")
    return f"Stolpediagram over PC-ar som må kjøpast per år. {'. '.join(years_named)}."


def _is_spread(years: pd.DataFrame) -> bool:
    return bool((years.suggested != years.to_buy).any())
