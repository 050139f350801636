"""Sentences of chapter 2.1.1: PCs to replace, years ahead, Windows."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.devices.windows import windows_total
from rorikt_lib.fields import SUM, member
from rorikt_lib.present.numbers import day, integer, percent
from rorikt_lib.present.prose.words import count, listed


def need_in_short(table: pd.DataFrame) -> str:
    """How many PCs are due, covered and to be ordered, and where most of them."""
    if table.empty:
        return "Måneden har ikke noe uttrekk av PC-er, så behovet er ikke kjent."
    due, covered = table.expired.sum() + table.expiring.sum(), table.in_stock.sum() + table.on_order.sum()
    places = table.groupby("municipality", sort=False).to_order.sum()
    told = [
        f"{place} ({integer(n)})" for place, n in places.sort_values(ascending=False, kind="stable").items() if n > 0
    ]
    need = (
        f"{capital_count(table.to_order.sum())} må bestilles: {listed(told)}." if told else "Ingen PC-er må bestilles."
    )
    return (
        f"{capital_count(due)} er utgått eller utgår i år; {integer(covered)} står på lager eller er bestilt. {need} "
        "Lager i én kommune eller brukergruppe dekker ikke behovet i en annen."
    )


def rollover_table(table: pd.DataFrame) -> pd.DataFrame:
    """The rollover as the report tabulates it: to order per municipality on its first row, and a sum row."""
    if table.empty:
        return table
    place = table.groupby("municipality", sort=False).to_order.transform("sum").astype("Int64")
    rows = table.assign(to_order_municipality=place.mask(table.duplicated("municipality")))
    counts = rows.columns.drop(["municipality", "user_group"])
    total = rows[counts].sum().to_frame().T.assign(municipality=SUM)
    return pd.concat([rows, total], ignore_index=True)


def extract_caption(extract: pd.DataFrame) -> str:
    """Caption of the rollover table, with the date of the device export."""
    when = f" per {day(extract.extracted_on.max())}" if len(extract) else ""
    return f"Rullering av PC-er{when}. Antall PC-er."


def capital_count(number: float) -> str:
    """`483 PC-er`, `1 PC`, `Ingen PC-er`."""
    return count(number, "PC", "PC-er").replace("ingen", "Ingen")


def plan_in_short(plan: pd.DataFrame) -> str:
    """The year with most PCs to replace, and the sum of all years shown."""
    years = plan.groupby("year")["replace"].sum()
    if not years.sum():
        return "Ingen PC-er har kjent utskiftingsår i perioden."
    return (
        f"Fra {years.index[0]} til {years.index[-1]} skal {count(years.sum(), 'PC', 'PC-er')} skiftes, "
        f"flest i {years.idxmax()} ({integer(years.max())})."
    )


def plan_alt(plan: pd.DataFrame) -> str:
    """Alt text of the chart of PCs to replace per year."""
    if plan.empty:
        return "Stolpediagram uten verdier over PC-er som skal skiftes per år."
    years = plan.groupby(["year", "user_group"], sort=False)["replace"].sum().unstack()
    groups = [f"{member('user_group', group).lower()} " + years[group].map(integer) for group in years]
    told = groups[0].str.cat(groups[1:], sep=", ")
    told = [f"{year}: {counts}" for year, counts in told.items()]
    return f"Stolpediagram over PC-er som skal skiftes per år. {'. '.join(told)}."


def windows_in_short(windows: pd.DataFrame) -> str:
    """How many PCs run an older Windows, and where the share on Windows 11 is lowest."""
    rows = windows.dropna(subset="share_windows_11").sort_values("share_windows_11", kind="stable")
    if rows.empty:
        return "Windows-versjonene er ikke kjent for måneden."
    total = windows_total(windows).iloc[0]
    return (
        f"{percent(total.share_windows_11)} av PC-ene har Windows 11; {count(total.older_windows, 'PC', 'PC-er')} har en eldre versjon. "
        f"Andelen er lavest i {rows.iloc[0].municipality} ({percent(rows.iloc[0].share_windows_11)})."
    )


def windows_alt(windows: pd.DataFrame) -> str:
    """Alt text of the chart of the share on Windows 11."""
    told = [f"{r.municipality} {percent(r.share_windows_11)}" for r in windows.itertuples()]
    return f"Stolpediagram over andel PC-er med Windows 11: {', '.join(told) or 'ingen uttrekk'}."
