"""Sentences about the forecasts: how near they came, how the model is made, and how it would have done."""

import pandas as pd

from rorikt_lib.present.language import member, text
from rorikt_lib.present.nn.grammar import called, count, listed, with_rules
from rorikt_lib.present.numbers import integer, month_name, percent
from rorikt_lib.present.stated import mean
from rorikt_lib.terms.enums import ForecastSource, Method
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end


def method() -> str:
    """How the model reckons."""
    return with_rules(text("method"))


def summary(accuracy: pd.DataFrame) -> str:
    """What the table of accuracy shows, and where the forecasts were furthest off; what is missing without one."""
    if accuracy.empty:
        return text("no_accuracy")
    worst = accuracy.loc[accuracy.wape.idxmax()]
    name = {ForecastSource.MODEL: "modellen", ForecastSource.ADOPTED: "vedteken prognose"}[worst.source]
    return (
        "Tabellen viser kor langt prognosane lå frå rekneskapen i år som er avslutta. Lengst unna var "
        f"{name} for {called(worst.line)} med {count(worst.months_left, 'månad', 'månader')} igjen: {percent(worst.wape)}."
    )


def tried_summary(methods: pd.DataFrame, lines: pd.DataFrame, years: list[int]) -> str:
    """How the model did in earlier years beside the simplest methods, line by line and in total."""
    if methods.empty:
        return text("not_tried")
    known, own = _errors(methods, Method.CHOSEN)
    simple = {
        Method.RUN_RATE: "like mykje kvar månad som hittil",
        Method.LAST_YEAR_REMAINDER: "resten av året som i fjor",
    }
    others = [f"«{name}» gav {listed(_errors(methods, method)[1])}" for method, name in simple.items()]
    total = lines[lines.line == SUM].wape.map(percent)
    each = [f"{error} med {months}" for error, months in zip(own, known, strict=True)]
    return (
        f"Modellen er prøvd på {listed(list(map(str, years)))}, kvar gong med det som var kjent då. Feilen, målt linje for "
        f"linje, var {listed([f'{each[0]} månader kjende', *each[1:]])}. Til samanlikning: {'; '.join(others)}. For summen "
        f"av linjene var feilen til modellen {listed(list(total))}. {_coverage(methods)}"
    )


def _errors(methods: pd.DataFrame, method: str) -> tuple[list[str], list[str]]:
    rows = methods[methods.method == method]
    return list(rows.known_months.map(integer)), list(rows.wape.map(percent))


def _coverage(methods: pd.DataFrame) -> str:
    share = mean(methods[methods.method == Method.CHOSEN].coverage)
    return text("no_coverage") if pd.isna(share) else f"Intervallet heldt i {percent(share)} av tilfella."


def left_out(rows: pd.DataFrame, lines: pd.DataFrame) -> str | None:
    """The lines that the model has not been tried on, and why; None where it has on all, or on none.

    rows: see report.forecast.forecasts_by_month. lines: see report.accuracy.TRIED.
    """
    untried = [line for line in dict.fromkeys(rows.line) if line not in set(lines.line)]
    if lines.empty or not untried:
        return None
    return (
        f"Ikkje prøvd: {listed([*map(called, untried)])}, som er utan posteringar i eit av åra, eller er utgift i eitt år "
        "og inntekt i eit anna."
    )


def readings(rows: pd.DataFrame, month: str) -> str | None:
    """What counts for most in the model's forecast of each line in the month; None where there is no model, and in December."""
    known = rows.dropna(subset=["reading", "model_nok"])
    if known.empty or is_year_end(month):
        return None
    parts = [
        f"{listed([*map(called, of.line)])} ({member('reading', name).lower()})"
        for name, of in known.groupby("reading", sort=False)
    ]
    return f"I {month_name(month)} tel dette mest: {'; '.join(parts)}."
