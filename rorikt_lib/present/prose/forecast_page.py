"""Sentences of the forecast page: how the forecasts moved through the year, in total and line by line."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import million, millions, month_name, thousands
from rorikt_lib.present.prose.words import count, listed, result
from rorikt_lib.terms.fields import SUM

MODELLED = ["model_nok", "low_nok", "high_nok"]


def through_the_year(totals: pd.DataFrame) -> str:
    """How the adopted forecast and the model's went from the first month to the last, and which was higher when."""
    told = [
        _course(totals, "adopted_nok", "Vedtatt prognose"),
        _course(foreseen(totals), "model_nok", "Modellens prognose"),
    ]
    if not told[0]:
        told[0] = f"Det er ikke vedtatt prognose i {totals.month.iloc[-1][:4]}."
    if not told[1]:
        told[1] = "Modellen har ingen prognose: Den trenger et helt tidligere år."
    return " ".join(filter(None, [*told, _above_or_below(foreseen(totals))]))


def foreseen(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without December's, when the year is over and the model is what is booked."""
    return rows[~rows.month.str.endswith("-12")]


def _course(totals: pd.DataFrame, column: str, name: str) -> str | None:
    known = totals.dropna(subset=column)
    if known.empty:
        return None
    first, last = known.iloc[0], known.iloc[-1]
    before, now, month = million(first[column]), million(last[column]), month_name(last.month)
    if len(known) == 1:
        return f"{name} var {now} i {month}."
    if before == now:
        return f"{name} var {now} i {_month(first.month)} som i {month}."
    return f"{name} har gått fra {millions(first[column])} i {_month(first.month)} til {now} i {month}."


def _above_or_below(totals: pd.DataFrame) -> str | None:
    both = totals.dropna(subset=["adopted_nok", "model_nok"])
    if both.empty:
        return None
    gap = both.model_nok - both.adopted_nok
    above, below = (list(both.month[side].map(_month)) for side in (gap > 0, gap < 0))
    if len(both) > 1 and len(both) in (len(above), len(below)):
        return f"Modellen har ligget {'over' if above else 'under'} den vedtatte hele tiden."
    if above and below:
        return f"Modellen lå over den vedtatte i {listed(above)}, og under i {listed(below)}."
    months, way = (above, "over") if above else (below, "under")
    return f"Modellen lå {way} den vedtatte i {listed(months)}." if months else "Modellen og den vedtatte var like."


def budget_and_result(totals: pd.DataFrame) -> str | None:
    """The level of the budget, and what the year came to once it is over; None without either."""
    last = totals.iloc[-1]
    is_over, has_budget = last.month.endswith("-12"), pd.notna(last.budget_nok)
    if is_over:
        beside = f", {result(last.budget_nok - last.booked_nok)} mot årsbudsjettet" if has_budget else ""
        return f"Året endte på {million(last.booked_nok)}{beside}."
    return f"Årsbudsjettet er {million(last.budget_nok)}." if has_budget else None


def hindsight(totals: pd.DataFrame) -> str | None:
    """Which months' model forecasts were worked out afterwards; None where none was."""
    months = list(foreseen(totals)[lambda d: d.in_hindsight & d.model_nok.notna()].month)
    if not months:
        return None
    return (
        f"Modellens prognose for {listed([*map(_month, months[:-1]), month_name(months[-1])])} er regnet ut i ettertid, "
        "av det som var bokført til og med måneden. Den har åpent punkt i figuren og er merket i tabellen."
    )


def months_table(totals: pd.DataFrame) -> pd.DataFrame:
    """The totals as the page shows them: without columns that nothing is known of; hindsight has a mark."""
    marks = totals.in_hindsight.map({True: "modell i ettertid", False: ""})
    is_over = totals.month.str.endswith("-12")
    shown = (
        totals[["month", "booked_nok", "adopted_nok"]].join(totals[MODELLED].mask(is_over)).dropna(axis=1, how="all")
    )
    return shown.assign(mark=marks.mask(is_over, "")) if (totals.in_hindsight & ~is_over).any() else shown


def months_alt(totals: pd.DataFrame) -> str:
    """Alt text of the chart of the months' forecasts."""
    told = [
        f"{_month(row.month)}: vedtatt {millions(row.adopted_nok)}, modell {millions(row.model_nok)}"
        for row in foreseen(totals).itertuples()
    ]
    months = f", i millioner kroner per måned. {'; '.join(told)}." if told else "."
    return f"Linjediagram over prognosene for hele året{months} {budget_and_result(totals) or ''}".strip()


def lines_in_short(rows: pd.DataFrame) -> list[str | None]:
    """Which line's forecast moved most through the year, as adopted and as modelled; None where none did."""
    return [_moved_most(rows, "adopted_nok", "Vedtatt prognose"), _moved_most(rows, "model_nok", "Modellens prognose")]


def _moved_most(rows: pd.DataFrame, column: str, name: str) -> str | None:
    known = foreseen(rows.rename(columns={"period": "month"})).dropna(subset=column)
    ends = known.groupby("line", sort=False)[column].agg(["first", "last"])
    moved = (ends["last"] - ends["first"]).abs()
    if moved.map(thousands).isin(["0"]).all():
        return None
    line = moved.idxmax()
    first, last = map(thousands, ends.loc[line])
    return f"{name} er endret mest for {line}, fra {first} til {last} tusen kroner."


def by_line(rows: pd.DataFrame, totals: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row per line (and SUM) and month that the forecast `column` is known of; the model's is not in December."""
    lines = rows.rename(columns={"period": "month", "line": "expense_type"})
    both = pd.concat([lines, totals.assign(expense_type=SUM)], ignore_index=True)
    shown = foreseen(both) if column in MODELLED else both
    return shown[["expense_type", "month", column]].dropna(subset=column)


def lines_alt(rows: pd.DataFrame) -> str:
    """Alt text of the chart of the lines' forecasts."""
    last = rows[rows.period == rows.period.max()]
    told = [f"{r.line} {thousands(r.adopted_nok)} mot {thousands(r.model_nok)}" for r in last.itertuples()]
    return (
        "Små linjediagrammer over vedtatt prognose og modellens per linje. "
        f"Vedtatt mot modell i {month_name(rows.period.max())}, i hele 1000 kroner: {', '.join(told)}."
    )


def changes_table(changes: pd.DataFrame) -> pd.DataFrame:
    """The changes of adopted forecasts, newest month first."""
    columns = ["month", "expense_type", "previous_nok", "forecast_nok", "change_nok", "reason"]
    return changes[columns].sort_values("month", ascending=False, kind="stable")


def changes_in_short(changes: pd.DataFrame) -> str:
    """How many changes the managers made, and in which months."""
    if changes.empty:
        return "Ingen vedtatt prognose er endret gjennom året."
    months = [_month(month) for month in sorted(changes.month.unique())]
    return f"Lederne har endret {count(len(changes), 'linje', 'linjer')} i {listed(months)}, med begrunnelsene under."


def _month(month: str) -> str:
    return month_name(month).split()[0]
