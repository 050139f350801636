"""Sentences of chapter 2.1.1: PCs to replace now, what changed since last month, and PCs to look into."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import MONTHS, day, integer, percent
from rorikt_lib.present.prose.words import changes, count, listed
from rorikt_lib.terms.fields import SUM, member
from rorikt_lib.terms.period import shift

MOST_NAMED = 3
DOUBTS_CAPTION = "PC-er som må avklares, etter grunn. Kommune etter innkjøpsregisteret."


def need_in_short(table: pd.DataFrame, stock: pd.DataFrame) -> str:
    """How many PCs are due, covered (and when that was counted) and to be ordered, and where most of them."""
    if table.empty:
        return "Måneden har ikke noe uttrekk av PC-er, så behovet er ikke kjent."
    due = table.expired.sum() + table.expiring.sum()
    places = table.groupby("municipality", sort=False).to_order.sum()
    told = [
        f"{place} ({integer(n)})" for place, n in places.sort_values(ascending=False, kind="stable").items() if n > 0
    ]
    need = (
        f"{capital_count(table.to_order.sum())} må bestilles: {listed(told)}." if told else "Ingen PC-er må bestilles."
    )
    return f"{capital_count(due)} er utgått eller utgår i år. {_stock_in_short(table, stock)} {need}"


def _stock_in_short(table: pd.DataFrame, stock: pd.DataFrame) -> str:
    """What is in stock and on order, as counted when; what was never counted is said to be unknown, not none."""
    if stock.empty:
        return "Lager og bestillinger er ikke kjent; behovet er regnet som om det ikke finnes noe."
    oldest, uncounted = stock.date.min(), len(table) - len(stock)
    counted = f"{'talt' if oldest == stock.date.max() else 'eldste telling'} {day(oldest)}"
    some = count(uncounted, "kommune og brukergruppe", "kommuner og brukergrupper")
    return (
        f"{integer(table.in_stock.sum() + table.on_order.sum())} står på lager eller er bestilt ({counted})"
        f"{f'; lager og bestillinger er ikke kjent for {some}, og regnes der som 0' if uncounted else ''}. "
        "Lager i én kommune eller brukergruppe dekker ikke behovet i en annen."
    )


def left_out(extract: pd.DataFrame, in_use: pd.DataFrame) -> str | None:
    """PCs in use whose age is not known, and PCs of the extract that do not count; None without an extract."""
    if extract.empty:
        return None
    undated, unseen = in_use.replace_year.isna().sum(), len(extract) - len(in_use)
    return (
        f"{capital_count(undated)} i bruk har ukjent alder og er utenfor både behovet og planen, og "
        f"{count(unseen, 'PC', 'PC-er')} i uttrekket er ikke sett i måneden og telles ikke."
    )


def rollover_table(table: pd.DataFrame) -> pd.DataFrame:
    """The rollover as the report tabulates it: to order per municipality on its first row, and a sum row."""
    if table.empty:
        return table
    place = table.groupby("municipality", sort=False).to_order.transform("sum").astype("Int64")
    return with_sum(table.assign(to_order_municipality=place.mask(table.duplicated("municipality"))))


def with_sum(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a last row that adds up its counts; names and shares have no sum."""
    counts = table.select_dtypes("integer").columns
    total = table[counts].sum().to_frame().T.assign(municipality=SUM)
    return pd.concat([table, total], ignore_index=True)


def extract_caption(extract: pd.DataFrame) -> str:
    """Caption of the rollover table, with the date of the device export."""
    when = f" per {day(extract.extracted_on.max())}" if len(extract) else ""
    return f"Rullering av PC-er{when}. Antall PC-er."


def classes_caption(price_year: int) -> str:
    """Caption of the table of model classes."""
    return f"PC-er i bruk etter modellklasse. Pris for én PC i {price_year}-kroner, uten merverdiavgift."


def capital_count(number: float) -> str:
    """`483 PC-er`, `1 PC`, `Ingen PC-er`."""
    return count(number, "PC", "PC-er").replace("ingen", "Ingen")


def changes_in_short(moves: pd.DataFrame, month: str) -> str:
    """PCs replaced, new and gone since last month's extract, and where most are gone."""
    before = MONTHS[int(shift(month, -1)[5:]) - 1]
    if moves.empty:
        return f"Uten uttrekk for både {before} og denne måneden er det ikke kjent hvilke PC-er som er skiftet."
    replaced, gone, added = (moves[name].sum() for name in ("replaced", "gone", "added"))
    where = _most(moves, "gone")
    return (
        f"Siden uttrekket i {before} er {count(replaced, 'PC', 'PC-er')} med levetid ut i {month[:4]} eller før ute av uttrekket, og "
        f"{count(added, 'ny', 'nye')} er kommet til. {capital_count(gone)} er ute av uttrekket før levetiden var ute, eller uten kjent innkjøpsdato"
        f"{f', flest i {where}' if where else ''}."
    )


def _most(moves: pd.DataFrame, column: str) -> str:
    """`Molde (7)`: the municipality with most; empty where it is none, or not known which."""
    places = moves[moves.municipality != "unknown"].groupby("municipality", sort=False)[column].sum()
    return f"{places.idxmax()} ({integer(places.max())})" if len(places) and places.max() else ""


def coverage_in_short(coverage: pd.DataFrame, month: str) -> str | None:
    """How much of what is due stock and orders reach, where they do not, and where more lies than is needed."""
    due = coverage.due.sum()
    if coverage.empty or not due:
        return None
    missing, spare = coverage.to_order.sum(), (coverage.available - coverage.due).clip(lower=0)
    reached = (
        f"Lager og bestillinger dekker {integer(due - missing)} av {integer(due)} ({percent((due - missing) / due)})"
    )
    before = {MONTHS[int(shift(month, -1)[5:]) - 1]: coverage.to_order_before.sum(min_count=1)}
    need = f"{capital_count(missing)} må bestilles{changes(missing, before)}."
    told = [
        "Lager og bestillinger dekker alt som er utgått eller utgår i år." if not missing else f"{reached}.",
        need if missing or coverage.to_order_before.sum() else None,
        f"Mest udekket er {_owners(coverage, coverage.to_order)}." if missing else None,
        f"{capital_count(spare.sum())} på lager eller i bestilling er mer enn årets behov, mest hos {_owners(coverage, spare, 1)}."
        if spare.sum()
        else None,
    ]
    return " ".join(filter(None, told))


def _owners(coverage: pd.DataFrame, numbers: pd.Series, most: int = MOST_NAMED) -> str:
    """`Hustadvika, elev (223) og Molde, elev (184)`: those with most, at most so many."""
    largest = numbers[numbers > 0].sort_values(ascending=False, kind="stable").head(most)
    rows = coverage.loc[largest.index]
    return listed(
        [
            f"{place}, {member('user_group', group).lower()} ({integer(n)})"
            for place, group, n in zip(rows.municipality, rows.user_group, largest, strict=True)
        ]
    )


def changes_table(moves: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """What moved since last month and what is to be ordered, then and now, with a sum row; no rows without either."""
    owner = ["municipality", "user_group"]
    now = coverage[[*owner, "to_order_before", "to_order", "covered_share"]]
    table = moves.merge(now, on=owner, how="left", validate="one_to_one").astype({"to_order": "Int64"})
    if table.empty:
        return table
    due, missing = coverage.due.sum(), coverage.to_order.sum()
    total = with_sum(table)
    total.loc[total.index[-1], "covered_share"] = (due - missing) / due if due else float("nan")
    return total


def doubts_in_short(doubts: pd.DataFrame, extract: pd.DataFrame, not_seen_days: int) -> str:
    """How many PCs somebody must look into, and what each count means; not known without an extract."""
    if extract.empty:
        return "Måneden har ikke noe uttrekk av PC-er, så det er ikke kjent hvilke PC-er som må avklares."
    if doubts.empty:
        return "Ingen PC-er i uttrekket og innkjøpsregisteret må avklares."
    return (
        f"{capital_count(doubts.serial_no.nunique())} må avklares; en PC kan ha flere grunner. Ikke sett på lenge: mer enn "
        f"{integer(not_seen_days)} dager før uttrekket. Uten innkjøpsdato, eller med en dato etter uttrekket: alderen er ikke "
        "kjent, og anslås ikke. Modell uten klasse: regnes med brukergruppens levetid og pris. Ført på to kommuner: telles der den ble "
        "kjøpt sist; er datoene like eller ukjente, i én av dem. Aldri sett: står i innkjøpsregisteret, men ikke i noe uttrekk; nye PC-er på lager er blant dem. "
        "Serienumrene står i en egen liste, som ikke publiseres."
    )


def doubts_table(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts of PCs to look into, with a sum row."""
    return with_sum(counts) if len(counts) else counts
