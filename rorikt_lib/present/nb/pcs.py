"""Sentences about PCs: those to replace now, and those that do not count."""

import pandas as pd

from rorikt_lib.present.nb.grammar import capitalised, count, listed
from rorikt_lib.present.numbers import day, integer
from rorikt_lib.present.stated import number, total
from rorikt_lib.terms.fields import SUM


def need_summary(need: pd.DataFrame, stock: pd.DataFrame) -> str:
    """How many PCs are due, covered (and when that was counted) and to be ordered, and where most of them."""
    if need.empty:
        return "Måneden har ikke noe uttrekk av PC-er med kjent innkjøpsdato, så behovet er ikke kjent."
    sums, places = need.iloc[-1], need[(need.municipality != SUM) & (need.to_order_municipality > 0)]
    most_first = places.sort_values("to_order_municipality", ascending=False, kind="stable")
    parts = [f"{row.municipality} ({integer(row.to_order_municipality)})" for row in most_first.itertuples()]
    order = f"{capital_count(sums.to_order)} må bestilles: {listed(parts)}." if parts else "Ingen PC-er må bestilles."
    due = capital_count(total([sums.expired, sums.expiring]))
    return f"{due} er utgått eller utgår i år. {_stock_summary(need, stock)} {order}"


def _stock_summary(need: pd.DataFrame, stock: pd.DataFrame) -> str:
    """What is in stock and on order, as counted when; what was never counted is said to be unknown, not none."""
    if stock.empty or pd.isna(need.iloc[-1].in_stock):
        return "Lager og bestillinger er ikke kjent; behovet er regnet som om det ikke finnes noe."
    sums, known = need.iloc[-1], set(zip(stock.municipality, stock.user_group, strict=True))
    owners = need[need.municipality != SUM]
    uncounted = number({*zip(owners.municipality, owners.user_group, strict=True)} - known)
    oldest = stock.date.min()
    counted = f"{'talt' if oldest == stock.date.max() else 'eldste telling'} {day(oldest)}"
    some = count(uncounted, "kommune og brukergruppe", "kommuner og brukergrupper")
    return (
        f"{integer(total([sums.in_stock, sums.on_order]))} står på lager eller er bestilt ({counted})"
        f"{f'; lager og bestillinger er ikke kjent for {some}, og regnes der som {integer(0)}' if uncounted else ''}. "
        "Lager i én kommune eller brukergruppe dekker ikke behovet i en annen."
    )


def left_out(counted: pd.DataFrame) -> str | None:
    """PCs in use whose age is not known, and PCs of the extract that do not count; None without an extract."""
    if counted.empty:
        return None
    row = counted.iloc[0]
    return (
        f"{capital_count(row.unknown_age)} i bruk har ukjent alder og er utenfor både behovet og planen, og "
        f"{count(row.not_counted, 'PC', 'PC-er')} i uttrekket er ikke sett i måneden og telles ikke."
    )


def rollover_caption(extract: pd.DataFrame) -> str:
    """Caption of the rollover table, with the date of the device export."""
    when = f" per {day(extract.extracted_on.max())}" if len(extract) else ""
    return f"Rullering av PC-er{when}. Antall PC-er."


def classes_caption(price_year: int) -> str:
    """Caption of the table of model classes."""
    return f"PC-er i bruk etter modellklasse. Pris for én PC i {price_year}-kroner, uten merverdiavgift."


def capital_count(pcs: float) -> str:
    """`483 PC-er`, `1 PC`, `Ingen PC-er`."""
    return capitalised(count(pcs, "PC", "PC-er"))
