"""Sentences about the year's forecasts: how they moved through the year, in total and line by line."""

import pandas as pd

from rorikt_lib.ledger.forecast_log import foreseen
from rorikt_lib.present.amounts import scale_of, told_apart
from rorikt_lib.present.nn.grammar import called, count, kroner, listed, result
from rorikt_lib.present.numbers import millions, month_name, thousands
from rorikt_lib.present.stated import change, number
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end

NAMES = {"adopted_nok": "Vedteken prognose", "model_nok": "Prognosen til modellen"}


def through_the_year(totals: pd.DataFrame) -> str:
    """How the adopted forecast and the model's went from the first month to the last, and which was higher when."""
    adopted = _course(totals, "adopted_nok") or f"Det er ikkje vedteke nokon prognose i {totals.month.iloc[-1][:4]}."
    model = _course(totals, "model_nok") or "Modellen har ingen prognose: Han treng eit heilt tidlegare år."
    return " ".join(filter(None, [adopted, model, _above_or_below(totals)]))


def _course(totals: pd.DataFrame, column: str) -> str | None:
    known, name = totals.dropna(subset=column), NAMES[column]
    if known.empty:
        return None
    first, last = known.iloc[0], known.iloc[-1]
    scale, month = scale_of([first[column], last[column]]), month_name(last.month)
    now = scale.amount(last[column])
    if len(known) == 1:
        return f"{name} var {now} i {month}."
    if scale.rounded(first[column]) == scale.rounded(last[column]):
        return f"{name} var {now} i både {_month(first.month)} og {month}."
    return f"{name} har gått frå {scale.number(first[column])} i {_month(first.month)} til {now} i {month}."


def _above_or_below(totals: pd.DataFrame) -> str | None:
    both = totals.dropna(subset=["adopted_nok", "model_nok"])
    if both.empty:
        return None
    gap = both.model_nok - both.adopted_nok
    above, below = (list(both.month[side].map(_month)) for side in (gap > 0, gap < 0))
    if len(both) > 1 and len(both) in (len(above), len(below)):
        return f"Prognosen til modellen har lege {'over' if above else 'under'} den vedtekne heile tida."
    if above and below:
        return f"Prognosen til modellen lå over den vedtekne i {listed(above)}, og under i {listed(below)}."
    months, way = (above, "over") if above else (below, "under")
    if not months:
        return "Prognosen til modellen og den vedtekne var like."
    return f"Prognosen til modellen lå {way} den vedtekne i {listed(months)}."


def budget_and_result(totals: pd.DataFrame) -> str | None:
    """The level of the budget, and what the year came to once it is over; None without either."""
    last = totals.iloc[-1]
    has_budget = pd.notna(last.budget_nok)
    if is_year_end(last.month):
        if not has_budget:
            return f"Året enda på {kroner(last.booked_nok)}."
        left = change(last.budget_nok, last.booked_nok)
        scale = scale_of([last.booked_nok, last.budget_nok, left], ([last.booked_nok, left], last.budget_nok))
        outcome = result(left, scale)
        beside = f"{outcome} mot årsbudsjettet på {scale.amount(last.budget_nok)}" if outcome else "som budsjettert"
        return f"Året enda på {scale.amount(last.booked_nok)}, {beside}."
    return f"Årsbudsjettet er {kroner(last.budget_nok)}." if has_budget else None


def hindsight(totals: pd.DataFrame) -> str | None:
    """Which months' model forecasts were worked out afterwards; None where none was."""
    months = list(totals.dropna(subset="model_nok")[lambda d: d.in_hindsight].month)
    if not months:
        return None
    return (
        f"Prognosen til modellen for {listed([*map(_month, months[:-1]), month_name(months[-1])])} er rekna ut i ettertid, "
        "av det som var bokført til og med månaden. Han har ope punkt i figuren og er merkt i tabellen."
    )


def months_alt(totals: pd.DataFrame) -> str:
    """Alt text of the chart of the months' forecasts."""
    named = {"vedteken": "adopted_nok", "modell": "model_nok"}
    parts = [
        f"{_month(row.month)}: {', '.join(f'{name} {millions(row[c])}' for name, c in named.items() if pd.notna(row[c]))}"
        for _, row in foreseen(totals).dropna(subset=[*named.values()], how="all").iterrows()
    ]
    months = f", i millionar kroner per månad. {'; '.join(parts)}." if parts else "."
    return f"Linjediagram over prognosane for heile året{months} {budget_and_result(totals) or ''}".strip()


def moved_most(rows: pd.DataFrame, column: str) -> str | None:
    """Which line's forecast moved most through the year, as adopted or as modelled (column); None where none did."""
    known = rows[rows.line != SUM].dropna(subset=column)
    ends = known.groupby("line", sort=False)[column].agg(["first", "last"])
    moved = (ends["last"] - ends["first"]).abs()
    if moved.map(thousands).isin(["0"]).all():
        return None
    line = moved.idxmax()
    first, last = ends.loc[line]
    scale = told_apart(first, last)
    return f"{NAMES[column]} er endra mest for {called(line)}, frå {scale.number(first)} til {scale.amount(last)}."


def lines_alt(rows: pd.DataFrame) -> str:
    """Alt text of the chart of the lines' forecasts."""
    last = rows[(rows.month == rows.month.max()) & (rows.line != SUM)]
    both = "Små linjediagram over vedteken prognose og prognosen til modellen per linje. Vedteken mot modell i"
    of = {
        "adopted_nok": "Små linjediagram over vedteken prognose per linje. Vedteken i",
        "model_nok": "Små linjediagram over prognosen til modellen per linje. Modellen i",
    }
    known = [column for column in of if last[column].notna().any()]
    parts = [f"{r.line} {' mot '.join(thousands(getattr(r, c)) for c in known)}" for r in last.itertuples()]
    what = of[known[0]] if len(known) == 1 else both
    return f"{what} {month_name(rows.month.max())}, i heile 1000 kroner: {', '.join(parts)}."


def changes_summary(changes: pd.DataFrame) -> str:
    """How many changes the managers made, and in which months."""
    if changes.empty:
        return "Ingen vedteken prognose er endra gjennom året."
    months = [_month(month) for month in sorted(changes.month.unique())]
    made = count(number(changes.line), "endring", "endringer")
    return f"Leiarane har gjort {made} i vedteken prognose i {listed(months)}. Grunngivingane står i tabellen."


def _month(month: str) -> str:
    return month_name(month).split()[0]
