"""Sentences and tables of the page on cost sharing, and of what a forecast means for each municipality."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import integer, kroner, month_name, percent, signed
from rorikt_lib.present.prose.words import count, listed, result
from rorikt_lib.present.tables import plain
from rorikt_lib.terms.fields import SUM

NOTHING = "Det er ikke lagt inn fordelingsnøkler og budsjett."
ROUNDING = (
    "Kostnaden for en post fordeles etter nøkkelen: kommunens nøkkel delt på summen av nøklene. Beløpene er hele kroner. "
    "Hvert beløp er det nøyaktige beløpet rundet ned eller opp, slik at både linjer og kolonner går opp; krona går "
    "først til den som har størst rest."
)
COLUMNS = ["item", "municipality", "amount_nok"]


def in_short(table: pd.DataFrame, year: int | None) -> str:
    """The year's budget and each municipality's part of it. table: see measures.allocation."""
    if table.empty:
        return NOTHING
    places = table.groupby("municipality", sort=False).amount_nok.sum()
    whole = places.sum()
    ranked = sorted(places.items(), key=lambda pair: -pair[1])
    told = [f"{place} {integer(amount)} ({percent(float(amount / whole), 2)})" for place, amount in ranked]
    return f"Budsjettet for {year} er {integer(whole)} kroner. Kommunene betaler: {listed(told)}."


def models_in_short(table: pd.DataFrame) -> str | None:
    """Who would pay more, and who less, under the other model; None where there is no other to compare with."""
    names = list(dict.fromkeys(table.sharing_model))
    if len(names) < 2:
        return None
    wide = table.pivot(index="municipality", columns="sharing_model", values="amount_nok")
    change = (wide[names[1]] - wide[names[0]]).sort_values(ascending=False)
    told = [f"{place} {signed(integer(amount))}" for place, amount in change.items()]
    return f"Med modellen «{names[1]}» ville beløpene vært annerledes, i kroner: {listed(told)}."


def some_only(table: pd.DataFrame) -> str | None:
    """Which items are charged to some municipalities only; None where there are none."""
    places = table.municipality.nunique()
    charged = table[table.key > 0].groupby("item", sort=False).municipality.agg(list)
    told = [f"{plain(item)} ({listed(own)})" for item, own in charged.items() if len(own) < places]
    if not told:
        return None
    return f"{count(len(told), 'post', 'poster')} gjelder bare noen av kommunene: {listed(told)}."


def keys_table(table: pd.DataFrame) -> pd.DataFrame:
    """item, municipality, key: what each item is shared by."""
    return _named(table)[["item", "municipality", "key"]]


def amounts_table(table: pd.DataFrame) -> pd.DataFrame:
    """item, municipality, amount_nok: each item, category (of several) and all, with their sums as municipality SUM."""
    if table.empty:
        return table[COLUMNS]
    rows, parts = _named(table), []
    categories = list(dict.fromkeys(rows.category))
    for category in categories:
        own = rows[rows.category == category]
        parts.append(own.assign(amount_nok=own.amount_nok.where(own.key > 0))[COLUMNS])
        if len(categories) > 1:
            parts.append(_summed(own, ["municipality"]).assign(item=sum_name(category)))
    parts.append(_summed(rows, ["municipality"]).assign(item=SUM))
    both = pd.concat(parts, ignore_index=True)[COLUMNS]
    sums = _summed(both.dropna(subset="amount_nok"), ["item"]).assign(municipality=SUM)
    return pd.concat([both, sums[COLUMNS]], ignore_index=True)


def categories_in_short(table: pd.DataFrame) -> str | None:
    """What part of the budget each category is; None without several."""
    sums = table.groupby("category", sort=False).amount_nok.sum()
    told = [f"«{plain(category)}» {percent(float(amount / sums.sum()))}" for category, amount in sums.items()]
    return f"Kategoriene er så stor del av budsjettet: {listed(told)}." if len(told) > 1 else None


def category_shares(table: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """category, municipality, cost_share: of each category, and of all as SUM. No rows where there is one category.

    table: see measures.allocation_by_category; totals: amounts per municipality of all (measures.yearly_shares).
    """
    own = table.rename(columns={"share": "cost_share"})
    rows = pd.concat([own, totals.assign(category=SUM)], ignore_index=True)
    return rows[["category", "municipality", "cost_share"]].head(len(rows) if own.category.nunique() > 1 else 0)


def strong_rows(table: pd.DataFrame) -> list[str]:
    """The rows of amounts_table that are sums."""
    return [*map(sum_name, dict.fromkeys(table.category)), SUM]


def sum_name(category: str) -> str:
    """How the row of a category's sum is called."""
    return f"Sum {category}"


def with_sums(frame: pd.DataFrame) -> pd.DataFrame:
    """A tidy frame (label, municipality, amount) with each label's sum as municipality SUM."""
    name, _, measure = frame.columns
    sums = frame.groupby(name, sort=False, as_index=False)[measure].sum().assign(municipality=SUM)
    return pd.concat([frame, sums[frame.columns]], ignore_index=True)


def deviation_in_short(table: pd.DataFrame, month: str) -> str | None:
    """What the operating variance is for the municipalities; None where it is not known.

    table: see measures.deviation_by_municipality.
    """
    if table.empty:
        return None
    total, places = table.iloc[-1], table.iloc[:-1]
    most = places.loc[places.variance_nok.abs().idxmax()]
    year, way = month[:4], "får igjen" if total.variance_nok > 0 else "må dekke"
    if not total.variance_nok:
        return f"Driften går i balanse i {year}, så ingen kommune får igjen eller må dekke noe."
    name = f"resultatet for {year}" if month.endswith("-12") else f"prognosen fra {month_name(month).split()[0]}"
    return (
        f"Fordelt etter kommunenes andeler i {year} er {name}, {result(total.variance_nok)}, mest for {most.municipality}, "
        f"som {way} {kroner(abs(most.variance_nok))} ({percent(most.cost_share, 2)})."
    )


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """With the category after the name of an item that stands in more than one."""
    twice = table.groupby("item").category.transform("nunique") > 1
    return table.assign(item=table["item"].mask(twice, table["item"] + " (" + table.category + ")"))


def _summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return rows.groupby(by, sort=False, as_index=False).amount_nok.sum()
