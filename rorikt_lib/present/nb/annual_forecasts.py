"""Sentences about how near a year's forecasts came."""

import pandas as pd

from rorikt_lib.present.amounts import Scale, scale_of
from rorikt_lib.present.numbers import month_alone
from rorikt_lib.present.stated import figure


def forecasts_summary(forecasts: pd.DataFrame, year: int) -> str:
    """How far the first and the last forecasts of the year were from what it came to."""
    if forecasts.empty:
        return f"Det ble ikke vedtatt eller publisert noen prognose for {year}."
    given = {"Vedtatt prognose": ("adopted_nok", "adopted_off_nok"), "Modellen": ("model_nok", "model_off_nok")}
    result_nok = forecasts.result_nok.iloc[0]
    amounts = [result_nok, *(nok for name, _ in given.values() for nok in forecasts[name].dropna())]
    told = [_course(who, forecasts.dropna(subset=name), *name, scale_of(amounts)) for who, name in given.items()]
    return " ".join(filter(None, [f"Regnskapet for {year} endte på {scale_of(amounts).amount(result_nok)}.", *told]))


def _course(who: str, known: pd.DataFrame, name: str, off: str, scale: Scale) -> str:
    if known.empty:
        return ""
    first, last = known.iloc[0], known.iloc[-1]
    told = f"{who} i {month_alone(first.month)} var {scale.amount(first[name])}, {_off(first[off], scale)}"
    return f"{told}." if len(known) == 1 else f"{told}; i {month_alone(last.month)} {_off(last[off], scale)}."


def _off(nok: float, scale: Scale) -> str:
    if not scale.shows(nok):
        return "som regnskapet"
    return f"{scale.amount(abs(figure(nok)))} {'høyere' if nok > 0 else 'lavere'} enn regnskapet"
