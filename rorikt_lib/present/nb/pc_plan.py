"""Sentences about PCs: the replacement plan, in PCs and kroner, and how a peak could be spread."""

import pandas as pd

from rorikt_lib.config.devices import DeviceSettings, Levelling
from rorikt_lib.present.amounts import scale_of, told_apart
from rorikt_lib.present.language import member, text
from rorikt_lib.present.nb.grammar import count, kroner
from rorikt_lib.present.numbers import integer, percent
from rorikt_lib.present.stated import figure, total


def plan_summary(years: pd.DataFrame) -> str:
    """What must be bought in all years shown and what it costs, the year with most, and what is bought twice."""
    if years.empty:
        return "Måneden har ikke noe uttrekk av PC-er med kjent innkjøpsdato, så det er ikke kjent hva som må kjøpes."
    pcs, again, cost = total(years.to_buy), total(years.replace_again), total(years.cost_nok)
    period = f"Fra {years.year.min()} til {years.year.max()}"
    if not pcs:
        return f"{period} må ingen PC-er kjøpes."
    most = years.loc[years.to_buy.idxmax()]
    scale = scale_of([cost, most.cost_nok])
    peak = (
        f" Flest er det i {most.year:.0f}: {integer(most.to_buy)}, for {scale.amount(most.cost_nok)}."
        if most.to_buy < pcs
        else ""
    )
    twice = f" Av dem som skal skiftes i perioden, blir {integer(again)} også kjøpt i den." if again else ""
    return f"{period} må {count(pcs, 'PC', 'PC-er')} kjøpes, for {scale.amount(cost)} uten merverdiavgift.{peak}{twice}"


def chart_caption(years: pd.DataFrame) -> str:
    """Caption of the chart of PCs to buy per year."""
    mark = " Streken er forslaget, som jevner ut." if _is_spread(years) else ""
    return f"PC-er som må kjøpes per år, fra og med rapportåret, og hva de koster.{mark}"


def basis(settings: DeviceSettings, years: pd.DataFrame) -> str | None:
    """What the plan counts on; None where there is no plan."""
    if years.empty:
        return None
    growth = settings.price_growth
    grown = (
        f"med {percent(abs(figure(growth)))} {'prisvekst' if growth > 0 else 'prisnedgang'} i året"
        if growth
        else "uten prisvekst"
    )
    per = "modellklasse" if settings.model_classes else "brukergruppe"
    return text("plan_basis").format(year=settings.price_year, per=per, growth=grown)


def levelling_summary(years: pd.DataFrame, peak: int | None, levelling: Levelling) -> str | None:
    """Which year peaks, and what the suggestion makes of it."""
    ahead = years.iloc[1:].set_index("year")
    if not ahead.to_buy.sum():
        return None
    between = f"{ahead.index[0]}–{ahead.index[-1]}"
    if peak is None:
        return f"Ingen av årene {between} ligger mer enn {percent(levelling.peak_share, 0)} over gjennomsnittet, så det foreslås ikke å flytte kjøp mellom årene."
    top = ahead.loc[peak]
    by = "ett" if levelling.within_years == 1 else integer(levelling.within_years)
    named = f"**{peak} er en topp:** {count(top.to_buy, 'PC', 'PC-er')}, {percent(top.above_mean_share, 0)} over gjennomsnittet for årene {between}."
    if not _is_spread(years):
        return f"{named} Den blir ikke lavere av at hver kommune flytter kjøp inntil {by} år, så det foreslås ikke."
    scale = told_apart(top.suggested_nok, top.cost_nok)
    return (
        f"{named} Flyttes kjøp inntil {by} år fram eller tilbake, blir det "
        f"høyst {integer(ahead.suggested.max())} i ett år, og {peak} koster {scale.number(top.suggested_nok)} i stedet for "
        f"{scale.amount(top.cost_nok)}. Kjøpene i rapportåret er ikke flyttet."
    )


def plan_alt(groups: pd.DataFrame, years: pd.DataFrame) -> str:
    """Alt text of the chart of PCs to buy per year."""
    years_named = []
    for year in years.itertuples():
        rows = groups[groups.year == year.year]
        parts = [f"{member('user_group', row.user_group).lower()} {integer(row.to_buy)}" for row in rows.itertuples()]
        parts += [kroner(year.cost_nok), *([f"jevnet ut {integer(year.suggested)}"] if _is_spread(years) else [])]
        is_any = year.to_buy or year.suggested
        years_named.append(f"{year.year}: {', '.join(parts) if is_any else 'ingen'}")
    return f"Stolpediagram over PC-er som må kjøpes per år. {'. '.join(years_named)}."


def _is_spread(years: pd.DataFrame) -> bool:
    return bool((years.suggested != years.to_buy).any())
