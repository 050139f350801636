"""Sentences about what has changed most since last month."""

import pandas as pd

from rorikt_lib.present.amounts import scale_of, told_apart
from rorikt_lib.present.nb.grammar import (
    called,
    change,
    higher,
    kroner,
    listed,
    month_seen_from,
    priority_name,
    result,
    same_days_of,
)
from rorikt_lib.present.nb.pcs import owner
from rorikt_lib.present.nb.service_desk import TYPES
from rorikt_lib.present.numbers import integer, percent
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.enums import ForecastSource, Kind
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

TO_DECIDE = "Til beslutning: "
MOST_NAMED = 3
_OF_YEAR = {Kind.OPERATING: "året", Kind.INVESTMENT: "årets investeringer"}


def forecast(changes: pd.DataFrame, kind: str, month: str) -> str | None:
    """That the forecast of the year has changed much, or crossed the budget, what is to be decided, and which lines.

    changes: see report.news.compared. None where it has done neither, nor any line changed much.
    """
    if changes.empty:
        return None
    row = changes.set_index("line").loc[SUM]
    lines = changes[(changes.line != SUM) & changes.is_large]
    is_told = row.is_large or row.crossed
    if pd.isna(row.previous_month):
        return _first(row, kind) if is_told else None
    if is_told:
        said = [_moved(row, kind, month), _decision(row, kind, month)]
        said += [f"Mest endret er {_named(lines)}."] if len(lines) else []
        return " ".join(filter(None, said))
    if lines.empty:
        return None
    before, scale = month_seen_from(row.previous_month, month), scale_of([row.change_nok, row.forecast_nok])
    if not scale.shows(row.change_nok):
        return f"{_subject(row, kind)} er samlet lite endret siden {before}, men mye for {_named(lines)}."
    way = higher(row.change_nok, row.previous_nok, row.forecast_nok)
    size = scale.amount(abs(figure(row.change_nok)))
    return f"{_subject(row, kind)} er samlet {size} {way} enn i {before}. Mest endret er {_named(lines)}."


def overspend(changes: pd.DataFrame, month: str) -> str | None:
    """By how much the year is forecast over its budget, as what is to be followed up; None where it is not.

    changes: see report.news.compared, of operations.
    """
    row = changes.set_index("line").loc[SUM] if len(changes) else None
    if row is None or not row.is_over:
        return None
    amount = f"merforbruk på {kroner(abs(figure(row.variance_nok)))}"
    if is_year_end(month):
        return f"årets {amount}"
    by_model = " etter modellen" if row.source == ForecastSource.MODEL else ""
    return f"et ventet {amount} for året{by_model}"


def _subject(row: pd.Series, kind: str) -> str:
    return f"{'Modellens prognose' if row.source == ForecastSource.MODEL else 'Prognosen'} for {_OF_YEAR[kind]}"


def _first(row: pd.Series, kind: str) -> str:
    (now,) = _outcomes(row.variance_nok)
    return " ".join(filter(None, [f"{_subject(row, kind)} viser {now}.", _to_decide(row, kind)]))


def _moved(row: pd.Series, kind: str, month: str) -> str:
    before = month_seen_from(row.previous_month, month)
    if pd.isna(row.variance_nok):
        scale = told_apart(row.previous_nok, row.forecast_nok)
        then, now = scale.amount(row.previous_nok), scale.amount(row.forecast_nok)
    else:
        then, now = _outcomes(row.previous_variance_nok, row.variance_nok)
    if is_year_end(month):
        return f"{_subject(row, kind)} var {then} i {before}, men resultatet ble {now}."
    return f"{_subject(row, kind)} er endret fra {then} i {before} til {now}."


def _outcomes(*variances_nok: float) -> list[str]:
    """What each variance means, all in one scale; `balanse` where it would be written as nothing."""
    scale = told_apart(variances_nok[0], variances_nok[-1])
    return [result(nok, scale) or "balanse" for nok in variances_nok]


def _decision(row: pd.Series, kind: str, month: str, is_alone: bool = False) -> str | None:
    """What is to be decided, where the forecast has come over the budget, or further over it."""
    is_worse = row.crossed or row.change_nok > 0
    return _to_decide(row, kind, is_year_end(month), is_alone) if is_worse else None


def decision(changes: pd.DataFrame, kind: str, month: str) -> str | None:
    """What is to be decided, of what `forecast` tells, standing alone; None where that is nothing."""
    row = changes.set_index("line").loc[SUM] if len(changes) else None
    if row is None or not (row.is_large or row.crossed):
        return None
    if pd.isna(row.previous_month):
        return _to_decide(row, kind, is_alone=True)
    return _decision(row, kind, month, is_alone=True)


def _to_decide(row: pd.Series, kind: str, is_result: bool = False, is_alone: bool = False) -> str | None:
    if not row.is_over:
        return None
    amount = f" på {kroner(abs(figure(row.variance_nok)))}" if is_alone else ""
    of = "" if kind == Kind.OPERATING else " i investeringene"
    return f"{TO_DECIDE}hvordan merforbruket{amount}{of} skal dekkes{'' if is_result else ' eller unngås'}."


def _named(lines: pd.DataFrame) -> str:
    """`Lisens (2,2 millioner kroner høyere)`: those that changed most; of income, more is lower costs."""
    largest = lines.reindex(lines.change_nok.abs().sort_values(ascending=False, kind="stable").index)[:MOST_NAMED]
    scale, parts = scale_of(largest.change_nok), []
    for row in largest.itertuples():
        way = higher(row.change_nok, row.previous_nok, row.forecast_nok)
        parts.append(f"{called(row.line)} ({scale.amount(abs(figure(row.change_nok)))} {way})")
    return listed(parts)


def open_cases(rows: pd.DataFrame, month: str) -> str | None:
    """How many more or fewer cases of each type are open. rows: see report.news.open_cases; None without any."""
    before = month_seen_from(shift(month, -1), month)
    parts = [
        f"Antall åpne {TYPES[row.type]} har {_way(row.open, row.open_before)} fra {integer(row.open_before)} ved utgangen "
        f"av {before} til {integer(row.open)}, {change(row.open, row.open_before)}."
        for row in rows.itertuples()
    ]
    return " ".join(parts) or None


def sla(rows: pd.DataFrame, month: str) -> str | None:
    """How the share of a priority resolved in time has changed. rows: see report.news.sla; None without any."""
    parts = [
        f"Andelen feilmeldinger med {priority_name(row.priority)} prioritet løst innen fristen har {_way(row.share_within, row.share_within_before)} "
        f"fra {percent(row.share_within_before)} i {same_days_of(shift(month, -1), month, row.is_part)} "
        f"til {percent(row.share_within)}."
        for row in rows.itertuples()
    ]
    return " ".join(parts) or None


def pc_need(rows: pd.DataFrame, month: str) -> str | None:
    """How the number of PCs to be ordered has changed. rows: see report.news.pc_need; None without any."""
    if rows.empty:
        return None
    before = month_seen_from(shift(month, -1), month)
    if len(rows) == 1 and rows.municipality.iloc[0] == SUM:
        (row,) = rows.itertuples()
        way = _way(row.to_order, row.to_order_before)
        return f"Antall PC-er som må bestilles, har {way} fra {integer(row.to_order_before)} i {before} til {integer(row.to_order)}."
    largest = rows.reindex(
        (rows.to_order - rows.to_order_before).abs().sort_values(ascending=False, kind="stable").index
    )
    parts = [
        f"{owner(row.municipality, row.user_group)} (fra {integer(row.to_order_before)} til {integer(row.to_order)})"
        for row in largest[:MOST_NAMED].itertuples()
    ]
    return f"Antall PC-er som må bestilles, er mest endret siden {before} for {listed(parts)}."


def _way(now: float, before: float) -> str:
    return "økt" if now > before else "gått ned"
