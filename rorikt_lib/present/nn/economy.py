"""Sentences about operating and investment costs, and the adopted forecasts."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.ledger.costs import is_result
from rorikt_lib.present.amounts import THOUSANDS, Scale, scale_of, told_apart
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import (
    bars,
    called,
    count,
    interval,
    interval_share,
    kroner,
    listed,
    million,
    result,
    share_of,
)
from rorikt_lib.present.numbers import day, month_name, quoted, signed, thousands
from rorikt_lib.present.stated import figure, number, total
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, last_day, shift

LINES_NAMED = 3
NOT_ADOPTED = "Det er ikkje vedteke nokon prognose"


def costs_summary(costs: pd.DataFrame, kind: str, month: str) -> str:
    """Booked so far against the year's budget, and what the forecast, or a closed year, means."""
    row, scale = costs.set_index("line").loc[SUM], scale_of_costs(costs)
    name = {Kind.OPERATING: "driftskostnader", Kind.INVESTMENT: "investeringar"}[kind]
    what = f"bokført {scale.amount(row.actual_nok)} i" if scale.shows(row.actual_nok) else "ikkje bokført"
    booked = f"Ved utgangen av {month_name(month)} er det {what} {name}"
    if pd.isna(row.budget_nok):
        return f"{booked}. Årsbudsjettet er ikkje levert."
    if not scale.shows(row.budget_nok):
        return f"{booked}. Det er ikkje budsjettert med noko. {_forecast(row, scale)}."
    return (
        f"{booked}, mot eit årsbudsjett på {scale.amount(row.budget_nok)}. {_end(row, scale, is_result(costs, month))}."
    )


def _forecast(row: pd.Series, scale: Scale) -> str:
    return f"Prognosen for året er {scale.amount(row.forecast_nok)}" if pd.notna(row.forecast_nok) else NOT_ADOPTED


def _end(row: pd.Series, scale: Scale, is_known: bool) -> str:
    """What the year comes to against its budget, or what is left of that where nobody has forecast it."""
    outcome, share = result(row.variance_nok, scale), share_of(row.variance_nok, row.budget_nok, "budsjettet")
    if pd.notna(row.forecast_nok):
        return f"{_forecast(row, scale)}, {f'{outcome}{share}' if outcome else 'som budsjettert'}"
    if is_known:
        return f"Det er {outcome}{share}" if outcome else "Året gjekk i balanse"
    # Of a budget of more income than costs, nothing is left or used.
    if row.budget_nok < 0 or row.actual_nok < 0:
        return NOT_ADOPTED
    left = "står att av" if row.variance_nok > 0 else "er brukt ut over"
    amount = f"{scale.amount(abs(figure(row.variance_nok)))}{share} {left} årsbudsjettet"
    return f"{NOT_ADOPTED}; {amount if outcome else 'heile årsbudsjettet er brukt'}"


def scale_of_costs(costs: pd.DataFrame) -> Scale:
    """How the sums of a cost table are written, so that budget, forecast and variance are seen to belong together."""
    row = costs.set_index("line").loc[SUM]
    end = row.actual_nok if pd.isna(row.forecast_nok) else row.forecast_nok
    amounts = [row.actual_nok, row.budget_nok, row.forecast_nok, row.variance_nok]
    return scale_of(amounts, ([end, row.variance_nok], row.budget_nok))


def so_far(course: pd.DataFrame) -> str | None:
    """Booked so far against the phased budget of the same months; None without a budget, and of a whole year."""
    now = course.dropna(subset="actual_nok").iloc[-1]
    less = now.behind_nok
    if pd.isna(less) or is_year_end(now.month):
        return None
    until, scale = f"til og med {month_name(now.month)}", scale_of([now.actual_nok, now.budget_nok])
    if not scale.shows(less):
        return f"Det bokførte følgjer det periodiserte budsjettet, som er {scale.amount(now.budget_nok)} {until}."
    scale = scale_of([now.actual_nok, now.budget_nok, less], ([now.actual_nok, less], now.budget_nok))
    apart = f"{scale.amount(abs(figure(less)))} {'mindre' if less > 0 else 'meir'}"
    return (
        f"{until.capitalize()} er det bokført {scale.amount(now.actual_nok)} i driftskostnader, {apart} enn det periodiserte budsjettet "
        f"for dei same månadene, som er {scale.amount(now.budget_nok)}."
    )


def largest_variances(costs: pd.DataFrame, month: str) -> str | None:
    """The lines whose variance moves the total most; None when no line deviates, or the year's end is not known."""
    if not is_result(costs, month):
        return None
    lines = costs[costs.line != SUM].dropna(subset="variance_nok")
    # Half a thousand is the least that the table shows.
    lines = lines[lines.variance_nok.abs() >= 500]
    largest = lines.reindex(lines.variance_nok.abs().sort_values(ascending=False, kind="stable").index)[:LINES_NAMED]
    if largest.empty:
        return None
    scale = scale_of(largest.variance_nok)
    parts = [f"{called(row.line)} ({signed(scale.amount(row.variance_nok))})" for row in largest.itertuples()]
    several = (
        "Det største avviket frå årsbudsjettet er" if len(parts) == 1 else "Dei største avvika frå årsbudsjettet er"
    )
    return f"{several} {listed(parts)}. Pluss er betre enn budsjettert."


def overspent_projects(costs: pd.DataFrame) -> str | None:
    """The projects where more is booked than the year's forecast (or budget, without forecast); None when there are none."""
    over = costs[costs.mark.notna()]
    limit = over.forecast_nok.fillna(over.budget_nok)
    parts = []
    for row in over.itertuples():
        scale = told_apart(row.actual_nok, limit[row.Index])
        parts.append(f"{called(row.line)} ({scale.number(row.actual_nok)} mot {scale.amount(limit[row.Index])})")
    known = over.forecast_nok.notna()
    name = "prognosen" if known.all() else "prognose eller årsbudsjett" if known.any() else "årsbudsjettet"
    return f"Det er bokført meir enn {name} for {listed(parts)}." if parts else None


def reasons(costs: pd.DataFrame, given: Mapping[str, str]) -> str | None:
    """What the lines that somebody gave a reason for came to against the budget, and the reason, largest first.

    given: line → reason, Markdown-safe where it is shown. None where there are none.
    """
    lines = costs[costs.line.isin([*given])]
    ranked = lines.reindex(lines.variance_nok.abs().sort_values(ascending=False, kind="stable").index)
    scale = scale_of(ranked.variance_nok)
    return "\n".join(f"-   {_reason(row, scale, given[row.line])}" for row in ranked.itertuples()) or None


def _reason(row: tuple, scale: Scale, given: str) -> str:
    way = "betre" if row.variance_nok > 0 else "dårlegare"
    apart = f"{scale.amount(abs(figure(row.variance_nok)))} {way} enn budsjettert"
    known = pd.notna(row.variance_nok) and scale.shows(row.variance_nok)
    return f"**{plain(row.line)}**{f', {apart}' if known else ''}: {quoted(plain(given))}"


def changes_summary(bridge: pd.DataFrame, costs: pd.DataFrame, previous: str, is_first: bool = False) -> str | None:
    """How the sum of the adopted forecasts changed since the month before; None where there is none to change.

    is_first: nothing was adopted the month before.
    """
    if costs.forecast_nok.isna().all():
        return None
    if is_year_end(previous):
        return f"Prognosen for {shift(previous, 1)[:4]} har ingen tidlegare månad å bli samanlikna med."
    if is_first:
        return f"Det var ikkje vedteke nokon prognose i {month_name(previous)} å samanlikne med."
    if bridge.empty:
        return f"Ingen vedteken prognose er endra sidan {month_name(previous)}."
    lines, change = count(number(bridge.line), "linje", "linjer"), total(bridge.change_nok)
    way = f"{kroner(abs(change))} {'høgare' if change > 0 else 'lågare'}" if THOUSANDS.shows(change) else "uendra"
    return f"Vedteken prognose er endra for {lines} sidan {month_name(previous)}. Samla er han {way}."


def costs_caption(kind: str, month: str) -> str:
    """Caption of the cost table."""
    name = {Kind.OPERATING: "Driftskostnader", Kind.INVESTMENT: "Investeringskostnader"}[kind]
    return f"{name} per {day(last_day(month))}."


def investments_caption(costs: pd.DataFrame) -> str:
    """Caption of the chart of the investment projects: what it is drawn with."""
    shown = "Bokført, prognose og budsjett" if costs.forecast_nok.notna().any() else "Bokført og budsjett"
    return f"{shown} per prosjekt. Millionar kroner."


def variance_alt(costs: pd.DataFrame) -> str:
    """Alt text of a bar chart of variances per line."""
    parts = [f"{r.line} {signed(thousands(r.variance_nok))}" for r in costs[costs.line != SUM].itertuples()]
    return bars("avvik mot årsbudsjettet i heile 1000 kroner", parts, "ingen linjer")


def investment_alt(costs: pd.DataFrame) -> str:
    """Alt text of the chart of the investment projects."""
    projects = costs[costs.line != SUM].itertuples()
    if pd.isna(costs.set_index("line").budget_nok[SUM]):
        parts = [f"{r.line} {thousands(r.actual_nok)}" for r in projects]
        return bars("bokført per prosjekt i heile 1000 kroner", parts, "ingen prosjekt")
    parts = [f"{r.line} {thousands(r.actual_nok)} mot {thousands(r.budget_nok)}" for r in projects]
    return bars("bokført mot budsjett per prosjekt i heile 1000 kroner", parts, "ingen prosjekt")


def course_caption(course: pd.DataFrame) -> str:
    """Caption of the chart of the year's course; says what the band is, where there is one."""
    beside = {"periodisert budsjett": course.budget_nok, "prognose": course.model_nok}
    booked = "Driftskostnader hittil i år" if course.actual_nok.isna().any() else "Driftskostnader gjennom året"
    what = listed([booked, *(name for name, nok in beside.items() if nok.notna().any())])
    shown = f"{what}, i millionar kroner."
    band = f" Det lyse feltet er {interval_share()}-intervallet til modellen, sett etter kor mykje modellen bomma i tidlegare år."
    return shown + (band if course.low_nok.notna().any() else "")


def course_alt(course: pd.DataFrame, costs: pd.DataFrame) -> str:
    """Alt text of the chart of the year's course."""
    booked, end = course.dropna(subset="actual_nok").iloc[-1], course.iloc[-1]
    adopted = costs.set_index("line").forecast_nok[SUM]
    forecast = "" if pd.isna(adopted) else f" Vedteken prognose for heile året er {million(adopted)}."
    model = "" if pd.isna(end.model_nok) else f" Modellen gir {million(end.model_nok)}{interval(end)}."
    budget = f", periodisert budsjett på same tid: {million(booked.budget_nok)}" if pd.notna(booked.budget_nok) else ""
    # A twentieth of a million is the least that is told as one.
    actual = million(booked.actual_nok) if abs(booked.actual_nok) >= 50_000 else "mindre enn 0,1 millionar kroner"
    return (
        f"Linjediagram over akkumulerte driftskostnader. Bokført ved utgangen av {month_name(booked.month)}: "
        f"{actual}{budget}.{forecast}{model}"
    )
