"""Sentences and tables of chapter 1 about the year's end: the model beside the adopted forecast."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import kroner, million, millions, month_name
from rorikt_lib.present.prose.economy import adopted_total
from rorikt_lib.present.prose.words import capitalised, listed
from rorikt_lib.terms.fields import SUM, member

LEAST_SHORT_NOK = 500


def course_caption(course: pd.DataFrame) -> str:
    """Caption of the chart of the year's course; says what the band is, where there is one."""
    what = ", periodisert budsjett og prognose" if course.model_nok.notna().any() else " og periodisert budsjett"
    shown = f"Driftskostnader hittil i år{what}, i millioner kroner."
    band = " Det lyse feltet er modellens 80\u00a0%-intervall, satt etter hvor mye modellen bommet i tidligere år."
    return shown + (band if course.low_nok.notna().any() else "")


def course_alt(course: pd.DataFrame, costs: pd.DataFrame) -> str:
    """Alt text of the chart of the year's course."""
    booked, end = course.dropna(subset="actual_nok").iloc[-1], course.iloc[-1]
    adopted = adopted_total(costs)
    forecast = "" if pd.isna(adopted) else f" Vedtatt prognose ved årets slutt er {million(adopted)}."
    model = "" if pd.isna(end.model_nok) else f" Modellen gir {million(end.model_nok)}{_interval(end)}."
    return (
        f"Linjediagram over akkumulerte driftskostnader. Bokført ved utgangen av {month_name(booked.month)}: "
        f"{million(booked.actual_nok)}, periodisert budsjett på samme tid: {million(booked.budget_nok)}.{forecast}{model}"
    )


def model_against_adopted(costs: pd.DataFrame, model: pd.DataFrame, gap_nok: float, month: str) -> str | None:
    """The model's total, and where it and the adopted forecast differ by more than the set limit; None in December."""
    if _is_silent(model, month):
        return None
    row = model.set_index("expense_type").loc[SUM]
    total = f"Modellen gir {million(row.model_nok)} for året{_interval(row)}."
    both = costs.merge(model, on="expense_type", validate="one_to_one").dropna(subset="forecast_nok")
    if both.empty:
        return total
    apart = both[(both.expense_type != SUM) & ((both.model_nok - both.forecast_nok).abs() > gap_nok)]
    told = [
        f"{r.expense_type} ({million(abs(r.model_nok - r.forecast_nok))} {_way(r.model_nok - r.forecast_nok)})"
        for r in apart.itertuples()
    ]
    if told:
        return f"{total} Den avviker mer enn {million(gap_nok)} fra vedtatt prognose for {listed(told)}."
    return f"{total} Ingen linje avviker mer enn {million(gap_nok)} fra vedtatt prognose."


def built_on(model: pd.DataFrame, years: list[int], month: str) -> str | None:
    """What the model builds on, and what it was tried on; None in December.

    years: see measures.tried_years.
    """
    if month.endswith("-12"):
        return None
    if model.model_nok.isna().all():
        return "Det er ikke beregnet noen modell: den krever et helt tidligere år med posteringer."
    lines = model[model.expense_type != SUM]
    if not years:
        return "Modellen bygger på ett tidligere år og kan ikke prøves ennå; intervallet vises ikke."
    used = [
        f"{_lower(member('reading', reading))} for {listed(list(rows.expense_type))}"
        for reading, rows in lines.groupby("reading", sort=False)
    ]
    return f"Modellen er prøvd på {listed([str(y) for y in years])} og valgt etter hva som traff da: {'; '.join(used)}."


def too_low(rows: pd.DataFrame, month: str) -> str | None:
    """The lines whose adopted forecast is below what is booked and expected invoices together; None in December.

    rows: see measures.forecast_rows. Lines of cost only: more income than is in sight may still come. Largest first;
    what is short by less than half a thousand kroner is not told.
    """
    if month.endswith("-12"):
        return None
    known = rows.booked_nok + rows.committed_nok
    short = rows.assign(short_nok=known - rows.adopted_nok)[known > 0].sort_values("short_nok", ascending=False)
    return " ".join(_short(row) for row in short[short.short_nok >= LEAST_SHORT_NOK].itertuples()) or None


def _short(row: tuple) -> str:
    waited = f" og ventes fakturaer for {kroner(row.committed_nok)}" if row.committed_nok else ""
    return (
        f"Vedtatt prognose for {row.line} er {kroner(row.adopted_nok)}, men det er bokført {kroner(row.booked_nok)}"
        f"{waited}: den er {kroner(row.short_nok)} for lav."
    )


def compared(costs: pd.DataFrame, model: pd.DataFrame, rows: pd.DataFrame, month: str) -> pd.DataFrame:
    """One row per line and SUM: adopted forecast, the model's with its interval, the difference and the reason given.

    rows: see measures.forecast_rows. A column without any value is left out. No rows without a model, and none in
    December: the year has ended, and the model is what is booked.
    """
    reasons = rows[rows.kind == "operating"].set_index("line").reason
    table = costs[["expense_type", "forecast_nok"]].merge(model, on="expense_type", validate="one_to_one")
    table = table.rename(columns={"forecast_nok": "adopted_nok"}).drop(columns="reading")
    table["difference_nok"] = table.model_nok - table.adopted_nok
    table["reason"] = table.expense_type.map(reasons)
    return table.head(0) if _is_silent(model, month) else table.dropna(axis=1, how="all")


def compared_caption(table: pd.DataFrame) -> str:
    """Caption of `compared`."""
    interval = " med nedre og øvre grense for modellens 80\u00a0%-intervall" if "low_nok" in table else ""
    return f"Vedtatt prognose og modell{interval}. Tall i hele 1000."


def bridge_table(bridge: pd.DataFrame, month: str) -> pd.DataFrame:
    """measures.model_bridge as the report shows it; no rows in December."""
    return bridge.head(0 if month.endswith("-12") else len(bridge))


def model_bridge_in_short(bridge: pd.DataFrame, by_month: pd.DataFrame, previous: str) -> str | None:
    """How the model's total changed since the month before, and why; None where there is nothing to compare.

    bridge: see measures.model_bridge. by_month: see measures.forecasts_by_month.
    """
    if bridge.empty or previous.endswith("-11"):
        return None
    total = bridge.set_index("line").loc[SUM]
    change, before = total.model_nok - total.previous_nok, month_name(previous)
    told = f"Modellens prognose er uendret siden {before}."
    if millions(abs(change)) != millions(0):
        told = f"Modellens prognose er {million(abs(change))} {_way(change)} enn i {before}."
    is_late = by_month.in_hindsight[by_month.period == previous].astype(bool).any()
    late = f"Modellen for {before} er beregnet i ettertid." if is_late else None
    return " ".join(filter(None, [told, _why(total), late]))


def _why(total: pd.Series) -> str | None:
    """The parts of the change that the report's millions show."""
    booked, invoices, rest = total.booked_apart_nok, total.commitments_nok, total.outlook_nok
    parts = {
        f"det er bokført {million(abs(booked))} {'mer' if booked > 0 else 'mindre'} enn ventet": booked,
        f"{'nye' if invoices > 0 else 'bortfalte'} fakturaer utgjør {million(abs(invoices))}": invoices,
        f"utsikten for resten av året er {million(abs(rest))} {_way(rest)}": rest,
    }
    told = [part for part, nok in parts.items() if millions(abs(nok)) != millions(0)]
    return f"{capitalised('; '.join(told))}." if told else None


def outside_interval(costs: pd.DataFrame, model: pd.DataFrame, month: str) -> str | None:
    """That the adopted total is not within the model's interval; None where it is, and where either is missing."""
    gap = model_gap(costs, model, month)
    if pd.isna(gap):
        return None
    row = model.set_index("expense_type").loc[SUM]
    return f"Modellen tilsier {million(row.model_nok)}{_interval(row)}, som er {_way(gap)} enn vedtatt prognose."


def model_gap(costs: pd.DataFrame, model: pd.DataFrame, month: str) -> float:
    """NOK by which the model's total exceeds the adopted one; missing where its interval holds the adopted one.

    And without an adopted forecast or an interval, and in December.
    """
    adopted, row = adopted_total(costs), model.set_index("expense_type").loc[SUM]
    is_outside = adopted < row.low_nok or adopted > row.high_nok
    return row.model_nok - adopted if is_outside and not month.endswith("-12") else float("nan")


def _is_silent(model: pd.DataFrame, month: str) -> bool:
    return month.endswith("-12") or bool(model.model_nok.isna().all())


def _interval(row: pd.Series) -> str:
    known = pd.notna(row.low_nok) and pd.notna(row.high_nok)
    return f" (80\u00a0%-intervall: {millions(row.low_nok)} til {million(row.high_nok)})" if known else ""


def _way(nok: float) -> str:
    return "høyere" if nok > 0 else "lavere"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
