"""Sentences about what a year came to and how it is settled."""

import pandas as pd

from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import listed, result
from rorikt_lib.present.numbers import month_name, ore, signed
from rorikt_lib.present.stated import figure


def summary(table: pd.DataFrame, year: int, deviation: pd.DataFrame, month: str) -> str | None:
    """What the year came to, and to whom it goes, to the øre; None where shares, budget or ledger are not there.

    deviation: see report.sharing.deviation, of the month's year: another than the settled one until December.
    """
    if table.empty:
        return None
    total, places = table.iloc[-1], table.iloc[:-1]
    if not total.amount_nok:
        return f"Driftsrekneskapen for {year} går i balanse med budsjettet, så ingen kommune skal betale eller få tilbake noko."
    name, way = ("meirforbruk", "betale") if total.amount_nok < 0 else ("mindreforbruk", "få tilbake")
    moved = [
        f"{plain(row.municipality)} ({signed(ore(row.rounding_nok))} kroner)"
        for row in places.itertuples()
        if row.rounding_nok
    ]
    exact = (
        f" Avrunda kvar for seg ville beløpa ikkje ha gått opp; skilnaden er lagd på {listed(moved)}." if moved else ""
    )
    return (
        f"Driftsrekneskapen for {year} viser eit {name} på {ore(abs(figure(total.amount_nok)))} kroner mot budsjettet. "
        f"Kommunane skal {way} sin del.{_another_year(deviation, year, month)}{exact}"
    )


def _another_year(deviation: pd.DataFrame, year: int, month: str) -> str:
    """That the variance of the report's own year is another; empty where it is not known."""
    outcome = result(deviation.iloc[-1].variance_nok) if len(deviation) and month[:4] != str(year) else None
    return (
        f" Resultatet for {year} må ikkje forvekslast med {month[:4]}, der prognosen frå {month_name(month).split()[0]} gir {outcome}."
        if outcome
        else ""
    )


def invested_summary(table: pd.DataFrame) -> str | None:
    """What a year's investments came to against what was paid on account; None where there is no account to settle.

    table: see report.settlement.investment.
    """
    if table.empty:
        return None
    total = table.iloc[-1]
    spent, paid, rest = (ore(abs(figure(nok))) for nok in (total.spent_nok, total.paid_nok, total.amount_nok))
    told = f"Investeringane i {total.year} kom på {spent} kroner utan mva. Kommunane har betalt {paid} kroner a konto"
    if not total.amount_nok:
        return f"{told}, og ingen skal betale eller få tilbake noko."
    way = "har til gode" if total.amount_nok > 0 else "skal betale"
    return f"{told} og {way} {rest} kroner."
