"""Sentences about who pays what of the budget, and what a variance means for each municipality."""

import pandas as pd

from rorikt_lib.present.amounts import scale_of
from rorikt_lib.present.nb.grammar import count, listed, result
from rorikt_lib.present.numbers import integer, month_name, percent, signed
from rorikt_lib.present.stated import change, figure, number
from rorikt_lib.present.stated import share as share_of
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end


def summary(amounts: pd.DataFrame, year: int | None) -> str | None:
    """The year's budget and each municipality's part of it; None without keys and budget. amounts: of that year."""
    if amounts.empty:
        return None
    places = amounts.set_index("municipality").amount_nok
    whole = places[SUM]
    ranked = sorted(places.drop(SUM).items(), key=lambda pair: -pair[1])
    parts = [f"{plain(place)} {integer(amount)} ({percent(share_of(amount, whole), 2)})" for place, amount in ranked]
    return f"Budsjettet for {year} er {integer(whole)} kroner. Kommunene betaler: {listed(parts)}."


def models_summary(models: pd.DataFrame) -> str | None:
    """Who would pay more, and who less, under the other model; None where there is no other to compare with."""
    places = models[models.municipality != SUM]
    amounts = {
        name: rows.set_index("municipality").amount_nok for name, rows in places.groupby("sharing_model", sort=False)
    }
    if len(amounts) < 2:
        return None
    (_, now), (other, would_be) = list(amounts.items())[:2]
    changes = sorted(((place, change(would_be[place], now[place])) for place in now.index), key=lambda pair: -pair[1])
    if not any(amount for _, amount in changes):
        return f"Med modellen «{plain(other)}» ville beløpene vært de samme."
    parts = [f"{plain(place)} {signed(integer(amount))}" for place, amount in changes]
    return f"Med modellen «{plain(other)}» ville beløpene vært annerledes, i kroner: {listed(parts)}."


def some_only(items: pd.DataFrame) -> str | None:
    """Which items are charged to some municipalities only; None where there are none."""
    places = items.municipality.nunique()
    charged = items[items.key > 0].groupby("row", sort=False).municipality.agg(list)
    parts = [f"«{plain(item)}» ({listed([*map(plain, own)])})" for item, own in charged.items() if len(own) < places]
    if not parts:
        return None
    return f"{count(number(parts), 'post', 'poster')} gjelder bare noen av kommunene: {listed(parts)}."


def categories_summary(amounts: pd.DataFrame) -> str | None:
    """What part of the budget each category is; None without several."""
    sums = amounts[amounts["item"].isna() & (amounts.municipality == SUM)].set_index("category").amount_nok
    categories, whole = sums[sums.index.notna()], sums[sums.index.isna()]
    parts = [f"«{plain(name)}» {percent(share_of(amount, whole.iloc[0]))}" for name, amount in categories.items()]
    return f"Kategorienes andel av budsjettet: {listed(parts)}." if parts else None


def sum_name(category: str) -> str:
    """How the row of a category's sum is called."""
    return f"Sum {category}"


def deviation_summary(deviation: pd.DataFrame, month: str) -> str | None:
    """What the operating variance is for the municipalities; None where it is not known, and once the year is settled."""
    if deviation.empty or is_year_end(month):
        return None
    total, places = deviation.iloc[-1], deviation.iloc[:-1]
    most, year = places.loc[places.variance_nok.abs().astype(float).idxmax()], month[:4]
    scale = scale_of([total.variance_nok, most.variance_nok])
    outcome, part = result(total.variance_nok, scale), scale.amount(abs(figure(most.variance_nok)))
    if not outcome:
        return f"Driften går i balanse i {year}, så ingen kommune får igjen eller må dekke noe."
    name = f"Prognosen fra {month_name(month).split()[0]} gir"
    way = (
        f"får {plain(most.municipality)} mest igjen"
        if total.variance_nok > 0
        else f"må {plain(most.municipality)} dekke mest"
    )
    return f"{name} {outcome}. Fordelt etter kommunenes andeler i {year} {way}: {part} ({percent(most.cost_share, 2)})."
