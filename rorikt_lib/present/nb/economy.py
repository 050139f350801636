"""Sentences about operating and investment costs, and the adopted forecasts."""

import pandas as pd

from rorikt_lib.ledger.costs import is_result
from rorikt_lib.present.nb.grammar import bars, count, interval, interval_share, listed, million, result
from rorikt_lib.present.numbers import day, month_name, percent, signed, thousands
from rorikt_lib.present.stated import figure, number, total
from rorikt_lib.present.stated import share as share_of
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, last_day, shift

LINES_NAMED = 3


def costs_summary(costs: pd.DataFrame, kind: str, month: str) -> str:
    """Booked so far against the year's budget, and what the forecast, or a closed year, means."""
    row = costs.set_index("line").loc[SUM]
    name = {Kind.OPERATING: "driftskostnader", Kind.INVESTMENT: "investeringer"}[kind]
    booked = f"Ved utgangen av {month_name(month)} er det bokført {million(row.actual_nok)} i {name}"
    if pd.isna(row.budget_nok):
        return f"{booked}. Årsbudsjettet er ikke levert."
    booked = f"{booked}, mot et årsbudsjett på {million(row.budget_nok)}."
    # Of a budget of nothing, or of more income than costs, there is no share that means anything.
    has_share = row.budget_nok > 0
    share = f" ({percent(abs(share_of(row.variance_nok, row.budget_nok)))} av budsjettet)" if has_share else ""
    if pd.notna(row.forecast_nok):
        return f"{booked} Prognosen for året er {million(row.forecast_nok)}, {result(row.variance_nok)}{share}."
    if is_result(costs, month):
        return f"{booked} Det er {result(row.variance_nok)}{share}."
    if not has_share or row.actual_nok < 0:
        return f"{booked} Det er ikke vedtatt prognose."
    left = "står igjen av" if row.variance_nok >= 0 else "er brukt ut over"
    return (
        f"{booked} Det er ikke vedtatt prognose; {million(abs(figure(row.variance_nok)))}{share} {left} årsbudsjettet."
    )


def so_far(course: pd.DataFrame) -> str | None:
    """Booked so far against the phased budget of the same months; None without a budget."""
    now = course.dropna(subset="actual_nok").iloc[-1]
    less = now.behind_nok
    if pd.isna(less):
        return None
    if million(less) == million(0):
        return f"Det bokførte følger det periodiserte budsjettet, som er {million(now.budget_nok)} til og med {month_name(now.month)}."
    return f"Det er bokført {million(abs(figure(less)))} {'mindre' if less > 0 else 'mer'} enn det periodiserte budsjettet, som er {million(now.budget_nok)} til og med {month_name(now.month)}."


def largest_variances(costs: pd.DataFrame, month: str) -> str | None:
    """The lines whose variance moves the total most; None when no line deviates, or the year's end is not known."""
    if not is_result(costs, month):
        return None
    lines = costs[costs.line != SUM].dropna(subset="variance_nok")
    lines = lines[lines.variance_nok.map(thousands) != "0"]
    largest = lines.reindex(lines.variance_nok.abs().sort_values(ascending=False, kind="stable").index)[:LINES_NAMED]
    parts = [f"{row.line} ({signed(thousands(row.variance_nok))})" for _, row in largest.iterrows()]
    return f"De største avvikene, i hele 1000 kroner, er {listed(parts)}." if parts else None


def overspent_projects(costs: pd.DataFrame) -> str | None:
    """The projects where more is booked than the year's forecast (or budget, without forecast); None when there are none."""
    over = costs[costs.mark.notna()]
    limit = over.forecast_nok.fillna(over.budget_nok)
    parts = [f"{r.line} ({thousands(r.actual_nok)} mot {thousands(limit[r.Index])})" for r in over.itertuples()]
    name = "prognosen" if over.forecast_nok.notna().all() else "prognose eller årsbudsjett"
    return f"Det er bokført mer enn {name}, i hele 1000 kroner, for {listed(parts)}." if parts else None


def changes_summary(bridge: pd.DataFrame, costs: pd.DataFrame, previous: str, is_first: bool = False) -> str | None:
    """How the sum of the adopted forecasts changed since the month before; None where there is none to change.

    is_first: nothing was adopted the month before.
    """
    if costs.forecast_nok.isna().all():
        return None
    if is_year_end(previous):
        return f"Prognosen for {shift(previous, 1)[:4]} har ingen tidligere måned å sammenlignes med."
    if is_first:
        return f"Det var ikke vedtatt prognose i {month_name(previous)} å sammenligne med."
    if bridge.empty:
        return f"Ingen vedtatt prognose er endret siden {month_name(previous)}."
    lines, change = count(number(bridge.line), "linje", "linjer"), total(bridge.change_nok)
    if million(change) == million(0):
        return f"Vedtatt prognose er endret for {lines} siden {month_name(previous)}, samlet uendret."
    way = "opp" if change > 0 else "ned"
    return f"Vedtatt prognose er endret for {lines} siden {month_name(previous)}, samlet {way} {million(abs(change))}."


def costs_caption(kind: str, month: str) -> str:
    """Caption of the cost table."""
    name = {Kind.OPERATING: "Driftskostnader", Kind.INVESTMENT: "Investeringskostnader"}[kind]
    return f"{name} per {day(last_day(month))}."


def variance_alt(costs: pd.DataFrame) -> str:
    """Alt text of a bar chart of variances per line."""
    parts = [f"{r.line} {signed(thousands(r.variance_nok))}" for r in costs[costs.line != SUM].itertuples()]
    return bars("avvik mot årsbudsjettet i hele 1000 kroner", parts, "ingen linjer")


def investment_alt(costs: pd.DataFrame) -> str:
    """Alt text of the chart of the investment projects."""
    projects = costs[costs.line != SUM].itertuples()
    if pd.isna(costs.set_index("line").budget_nok[SUM]):
        parts = [f"{r.line} {thousands(r.actual_nok)}" for r in projects]
        return bars("bokført per prosjekt i hele 1000 kroner", parts, "ingen prosjekter")
    parts = [f"{r.line} {thousands(r.actual_nok)} av {thousands(r.budget_nok)}" for r in projects]
    return bars("bokført mot budsjett per prosjekt i hele 1000 kroner", parts, "ingen prosjekter")


def course_caption(course: pd.DataFrame) -> str:
    """Caption of the chart of the year's course; says what the band is, where there is one."""
    beside = {"periodisert budsjett": course.budget_nok, "prognose": course.model_nok}
    what = listed(["Driftskostnader hittil i år", *(name for name, nok in beside.items() if nok.notna().any())])
    shown = f"{what}, i millioner kroner."
    band = f" Det lyse feltet er modellens {interval_share()}-intervall, satt etter hvor mye modellen bommet i tidligere år."
    return shown + (band if course.low_nok.notna().any() else "")


def course_alt(course: pd.DataFrame, costs: pd.DataFrame) -> str:
    """Alt text of the chart of the year's course."""
    booked, end = course.dropna(subset="actual_nok").iloc[-1], course.iloc[-1]
    adopted = costs.set_index("line").forecast_nok[SUM]
    forecast = "" if pd.isna(adopted) else f" Vedtatt prognose ved årets slutt er {million(adopted)}."
    model = "" if pd.isna(end.model_nok) else f" Modellen gir {million(end.model_nok)}{interval(end)}."
    budget = f", periodisert budsjett på samme tid: {million(booked.budget_nok)}" if pd.notna(booked.budget_nok) else ""
    return (
        f"Linjediagram over akkumulerte driftskostnader. Bokført ved utgangen av {month_name(booked.month)}: "
        f"{million(booked.actual_nok)}{budget}.{forecast}{model}"
    )
