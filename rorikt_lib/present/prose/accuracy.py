"""Sentences of the forecast page: how near the forecasts came, how the model is made, and how it would have done."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.ledger.forecast.backtest import CHOSEN
from rorikt_lib.present.numbers import integer, month_name, percent
from rorikt_lib.present.prose.words import count, listed
from rorikt_lib.terms.fields import SUM, member

METHOD = """\
Modellen har fire måter å regne på. *Nivå, utvikling og sesong* er medianen av fem beregninger; en måned helt utenom \
det vanlige fordeles over året. *Nivået det siste året* er medianen av tre beregninger, uten slike måneder. *Fjorårets \
måneder* er de samme månedene i fjor, justert for vekst. *Ventede fakturaer* er det leverandørenes faste rytme tilsier, \
og fjoråret for det som ikke har noen rytme.

Valget bygger bare på tidligere år: Den av de to første som har bommet minst i samme måned, gjelder for alle linjer, \
og en linje får en annen når den ville bommet under halvparten så mye. Uten et tidligere år å prøve på brukes \
fjorårets måneder for alle.

Intervallet på 80 % viser hvor året ender i fire av fem tilfeller, hvis modellen bommer som i tidligere år. For summen \
er linjenes feil regnet som uavhengige av hverandre."""
NOT_TRIED = "Modellen er ikke prøvd på tidligere år: Det trengs to hele år før rapportåret."
NO_ACCURACY = (
    "Ingen år er avsluttet med prognoser i prognoseloggen. Loggen tar vare på prognosene fra hver månedsrapport; "
    "når et år er avsluttet, viser tabellen her hvor nær de kom."
)
NO_COVERAGE = (
    "Før det prøvde året var det bare ett år, så alle linjer ble regnet etter fjorårets måneder; hvordan valget mellom "
    "måtene treffer, og hvor ofte intervallet holder, kan måles når det er tre hele år før rapportåret."
)


def accuracy_in_short(accuracy: pd.DataFrame) -> str:
    """What the table of accuracy tells, and where the forecasts were furthest off; what is missing without one."""
    if accuracy.empty:
        return NO_ACCURACY
    worst = accuracy.loc[accuracy.wape.idxmax()]
    name = {"model": "modellen", "adopted": "vedtatt prognose"}[worst.source]
    return (
        "Tabellen viser hvor langt prognosene lå fra regnskapet i år som er avsluttet. Lengst unna var "
        f"{name} for {worst.line} med {count(worst.months_left, 'måned', 'måneder')} igjen: {percent(worst.wape)}."
    )


def accuracy_table(accuracy: pd.DataFrame) -> pd.DataFrame:
    """One row per line and months left: how many years, and the errors as adopted and as modelled, of those known."""
    keys = ["line", "months_left", "years"]
    parts = [
        rows.set_index(keys)[["wape", "bias"]].add_prefix(f"{source}_")
        for source, rows in accuracy.groupby("source", sort=True)
    ]
    return pd.concat(parts, axis=1).reset_index().rename(columns={"line": "expense_type"}) if parts else pd.DataFrame()


def tried_in_short(methods: pd.DataFrame, lines: pd.DataFrame, years: list[int]) -> str:
    """How the model did in earlier years beside the simplest methods, line by line and in total."""
    if methods.empty:
        return NOT_TRIED
    known, own = _errors(methods, CHOSEN)
    simple = {"run_rate": "Like mye hver måned som hittil", "last_year_remainder": "resten av året som i fjor"}
    others = [f"{name} ga {listed(_errors(methods, method)[1])}" for method, name in simple.items()]
    total = lines[lines.expense_type == SUM].wape.map(percent)
    return (
        f"Modellen er prøvd på {listed(list(map(str, years)))}, hver gang med det som var kjent da. Med {listed(known)} "
        f"måneder kjent var feilen, målt linje for linje, {listed(own)}. {'; '.join(others)}. For summen av linjene var "
        f"modellens feil {listed(list(total))}. {_coverage(methods)}"
    )


def _errors(methods: pd.DataFrame, method: str) -> tuple[list[str], list[str]]:
    rows = methods[methods.method == method]
    return list(rows.known_months.map(integer)), list(rows.wape.map(percent))


def _coverage(methods: pd.DataFrame) -> str:
    share = methods[methods.method == CHOSEN].coverage.mean()
    return NO_COVERAGE if pd.isna(share) else f"Intervallet holdt i {percent(share)} av tilfellene."


def methods_table(methods: pd.DataFrame) -> pd.DataFrame:
    """The methods beside each other; without coverage where it cannot be measured."""
    columns = ["method", "known_months", "wape", "bias", *(["coverage"] if methods.coverage.notna().any() else [])]
    return methods[columns]


def tried_table(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per line and number of known months: the model's errors, beside those of the simplest methods."""
    chosen = lines[lines.method == CHOSEN].set_index(["expense_type", "known_months"])[["wape", "bias"]]
    others = [
        rows.set_index(["expense_type", "known_months"]).wape.rename(method)
        for method, rows in lines[lines.method != CHOSEN].groupby("method", sort=False)
    ]
    return pd.concat([chosen, *others], axis=1).reset_index()


def left_out(rows: pd.DataFrame, lines: pd.DataFrame) -> str | None:
    """The lines that the model has not been tried on, and why; None where it has on all, or on none.

    rows: see measures.forecasts_by_month. lines: see measures.tried_lines.
    """
    untried = [line for line in dict.fromkeys(rows.line) if line not in set(lines.expense_type)]
    if lines.empty or not untried:
        return None
    return (
        f"Ikke prøvd: {listed(untried)}, uten posteringer i et av årene, eller utgift i ett år og inntekt i et annet."
    )


def readings_in_short(rows: pd.DataFrame) -> str | None:
    """How the model reckons each line in the last month; None where there is no model, and in December."""
    last = rows[rows.period == rows.period.max()].dropna(subset=["reading", "model_nok"])
    if last.empty or last.period.iloc[0].endswith("-12"):
        return None
    told = [
        f"{listed(list(of.line))} ({member('reading', name).lower()})"
        for name, of in last.groupby("reading", sort=False)
    ]
    return f"I {month_name(last.period.iloc[0])} er linjene beregnet slik: {'; '.join(told)}."
