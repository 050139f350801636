"""Sentences of chapter 1: operating and investment costs, and the adopted forecasts."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.ledger.costs import LINE, is_overspent
from rorikt_lib.present.numbers import day, million, month_name, percent, signed, thousands
from rorikt_lib.present.prose.words import count, listed, result
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import last_day, shift

TOLD_LINES = 3


def costs_in_short(costs: pd.DataFrame, kind: str, month: str) -> str:
    """Booked so far against the year's budget, and what the forecast, or a closed year, means."""
    total = costs.set_index(LINE[kind]).loc[SUM]
    name = {"operating": "driftskostnader", "investment": "investeringer"}[kind]
    booked = f"Ved utgangen av {month_name(month)} er det bokført {million(total.actual_nok)} i {name}"
    if pd.isna(total.budget_nok):
        return f"{booked}. Årsbudsjettet er ikke levert."
    booked = f"{booked}, mot et årsbudsjett på {million(total.budget_nok)}."
    share = f" ({percent(abs(total.variance_nok) / total.budget_nok)} av budsjettet)" if total.budget_nok else ""
    if pd.notna(total.forecast_nok):
        return f"{booked} Prognosen for året er {million(total.forecast_nok)}, {result(total.variance_nok)}{share}."
    if is_result(costs, month):
        return f"{booked} Det er {result(total.variance_nok)}{share}."
    left = "står igjen av" if total.variance_nok >= 0 else "er brukt ut over"
    return f"{booked} Det er ikke vedtatt prognose; {million(abs(total.variance_nok))}{share} {left} årsbudsjettet."


def is_result(costs: pd.DataFrame, month: str) -> bool:
    """Whether the variances tell how the year ends: with forecasts, or when the year has."""
    return bool(costs.forecast_nok.notna().any()) or month.endswith("-12")


def so_far_in_short(course: pd.DataFrame) -> str:
    """Booked so far against the phased budget of the same months."""
    now = course.dropna(subset="actual_nok").iloc[-1]
    less = now.budget_nok - now.actual_nok
    if million(less) == million(0):
        return f"Det bokførte følger det periodiserte budsjettet, som er {million(now.budget_nok)} til og med {month_name(now.month)}."
    return (
        f"Det er bokført {million(abs(less))} {'mindre' if less > 0 else 'mer'} enn det periodiserte budsjettet, "
        f"som er {million(now.budget_nok)} til og med {month_name(now.month)}."
    )


def largest_variances(costs: pd.DataFrame, kind: str, month: str) -> str | None:
    """The lines whose variance moves the total most; None when no line deviates, or the year's end is not known."""
    if not is_result(costs, month):
        return None
    lines = costs[costs[LINE[kind]] != SUM].dropna(subset="variance_nok")
    lines = lines[lines.variance_nok.map(thousands) != "0"]
    largest = lines.reindex(lines.variance_nok.abs().sort_values(ascending=False, kind="stable").index)[:TOLD_LINES]
    told = [f"{row[LINE[kind]]} ({_signed_thousands(row.variance_nok)})" for _, row in largest.iterrows()]
    return f"De største avvikene, i hele 1000 kroner, er {listed(told)}." if told else None


def _signed_thousands(nok: float) -> str:
    return signed(thousands(nok))


def overspent_projects(costs: pd.DataFrame) -> str | None:
    """The projects where more is booked than the year's forecast (or budget, without forecast); None when there are none."""
    over = costs[is_overspent(costs) & (costs.project != SUM)]
    limit = over.forecast_nok.fillna(over.budget_nok)
    told = [f"{r.project} ({thousands(r.actual_nok)} mot {thousands(limit[r.Index])})" for r in over.itertuples()]
    name = "prognosen" if over.forecast_nok.notna().all() else "prognose eller årsbudsjett"
    return f"Det er bokført mer enn {name}, i hele 1000 kroner, for {listed(told)}." if told else None


def bridge_in_short(bridge: pd.DataFrame, costs: pd.DataFrame, previous: str, is_first: bool = False) -> str | None:
    """How the sum of the adopted forecasts changed since the month before; None where there is none to change.

    is_first: nothing was adopted the month before.
    """
    if costs.forecast_nok.isna().all():
        return None
    if previous.endswith("-12"):
        return f"Prognosen for {shift(previous, 1)[:4]} har ingen tidligere måned å sammenlignes med."
    if is_first:
        return f"Det var ikke vedtatt prognose i {month_name(previous)} å sammenligne med."
    if bridge.empty:
        return f"Ingen vedtatt prognose er endret siden {month_name(previous)}."
    lines, change = count(len(bridge), "linje", "linjer"), bridge.change_nok.sum()
    if million(change) == million(0):
        return f"Vedtatt prognose er endret for {lines} siden {month_name(previous)}, samlet uendret."
    way = "opp" if change > 0 else "ned"
    return f"Vedtatt prognose er endret for {lines} siden {month_name(previous)}, samlet {way} {million(abs(change))}."


def costs_table(costs: pd.DataFrame) -> pd.DataFrame:
    """The cost table as the report shows it: without a forecast column where nothing is forecast, and marked."""
    shown = costs.drop(columns="forecast_nok") if costs.forecast_nok.isna().all() else costs
    over = is_overspent(costs) & (costs.iloc[:, 0] != SUM)
    if costs.columns[0] != LINE["investment"] or not over.any():
        return shown
    words = costs.forecast_nok.isna().map({True: "over årsbudsjettet", False: "over prognosen"})
    return shown.assign(mark=words.where(over, ""))


def costs_caption(kind: str, month: str) -> str:
    """Caption of the cost table."""
    name = {"operating": "Driftskostnader", "investment": "Investeringskostnader"}[kind]
    return f"{name} per {day(last_day(month))}. Tall i hele 1000."


def adopted_total(costs: pd.DataFrame) -> float:
    """The adopted forecasts together (NOK); missing where there are none."""
    return costs.set_index("expense_type").forecast_nok[SUM]


def variance_alt(costs: pd.DataFrame, kind: str) -> str:
    """Alt text of a bar chart of variances per line."""
    lines = costs[costs[LINE[kind]] != SUM]
    told = [f"{row[LINE[kind]]} {_signed_thousands(row.variance_nok)}" for _, row in lines.iterrows()]
    return f"Stolpediagram over avvik mot årsbudsjettet i hele 1000 kroner: {', '.join(told) or 'ingen linjer'}."


def investment_alt(costs: pd.DataFrame) -> str:
    """Alt text of the chart of the investment projects."""
    lines = costs[costs.project != SUM]
    told = [f"{r.project} {thousands(r.actual_nok)} av {thousands(r.budget_nok)}" for r in lines.itertuples()]
    return f"Stolpediagram over bokført mot budsjett per prosjekt i hele 1000 kroner: {', '.join(told) or 'ingen prosjekter'}."
