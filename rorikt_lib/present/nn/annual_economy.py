"""Sentences about what a year came to, how it was financed, and what was invested."""

import pandas as pd

from rorikt_lib.present.amounts import Scale, scale_of
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nn.grammar import called, listed, result
from rorikt_lib.present.numbers import integer, percent, percent_as_set
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.enums import Kind
from rorikt_lib.terms.fields import SUM

MOST_NAMED = 3


def result_caption(kind: str, year: int) -> str:
    """Caption of the year's result against its budget."""
    name = {Kind.OPERATING: "Driftsrekneskapen for", Kind.INVESTMENT: "Investeringane i"}[kind]
    return f"{name} {year} mot årsbudsjettet."


def years_caption(kind: str) -> str:
    """Caption of the results of several years side by side."""
    return {Kind.OPERATING: "Driftsrekneskapen år for år.", Kind.INVESTMENT: "Investeringane år for år."}[kind]


def result_summary(outcomes: pd.DataFrame, year: int) -> str | None:
    """What the year came to, against its budget and the frame that municipalities pay, and the year before."""
    known = outcomes.set_index("year")
    if year not in known.index:
        return None
    row = known.loc[year]
    scale = scale_of([row.variance_nok, row.frame_nok, row.actual_nok])
    if pd.isna(row.variance_nok):
        return f"Driftsrekneskapen for {year} enda på {scale.amount(row.actual_nok)}. Årsbudsjettet er ikkje levert."
    outcome = result(row.variance_nok, scale)
    if outcome is None:
        return f"Driftsrekneskapen for {year} gjekk i balanse med budsjettet.{_before(known, year, scale)}"
    return f"Driftsrekneskapen for {year} enda med {outcome}{_of_frame(row, scale)}.{_before(known, year, scale)}"


def _of_frame(row: pd.Series, scale: Scale) -> str:
    if pd.isna(row.variance_share):
        return ""
    return f", {percent(abs(figure(row.variance_share)))} av ramma på {scale.amount(row.frame_nok)}"


def _before(known: pd.DataFrame, year: int, scale: Scale) -> str:
    outcome = result(known.variance_nok[year - 1], scale) if year - 1 in known.index else None
    return f" Året før var det {outcome}." if outcome else ""


def unexplained(reasons: pd.DataFrame) -> str | None:
    """The lines that did not end as budgeted and that nobody explained; None where there are none."""
    lines = [called(line) for line in reasons.line[reasons.reason.isna()]]
    if not lines:
        return None
    if len(lines) == len(reasons):
        return "Det er ikkje gitt noka forklaring på avvika."
    if len(lines) > MOST_NAMED:
        return "Fleire av avvika er det ikkje gitt noka forklaring på."
    return f"Det er ikkje gitt noka forklaring på avviket for {listed(lines)}."


def financing_summary(financing: pd.DataFrame, parts: pd.DataFrame, year: int) -> str | None:
    """What the municipalities pay, and the parts of it that the year's model shares by one key each."""
    if financing.empty:
        return None
    paid = (
        f"Driftsbudsjettet for {year}, som kommunane betaler, var på {integer(financing.amount_nok.iloc[-1])} kroner."
    )
    if parts.empty:
        return paid
    shares = parts[parts.category != SUM].drop_duplicates("category")
    told = [f"{percent_as_set(row.category_share)} etter «{plain(row.category)}»" for row in shares.itertuples()]
    return f"{paid} Det er fordelt med {listed(told)}."


def invested_summary(invested: pd.DataFrame, carried_over: pd.DataFrame, year: int) -> str | None:
    """What was invested against the budget, and what of that was carried over from the year before."""
    if invested.empty:
        return None
    row = invested.iloc[-1]
    carried = [*carried_over.carried_over_nok]
    scale = scale_of([row.actual_nok, row.budget_nok, row.variance_nok, *carried])
    is_spent = scale.shows(row.actual_nok)
    spent = (
        f"I {year} blei det investert for {scale.amount(row.actual_nok)}"
        if is_spent
        else f"I {year} blei det ikkje investert noko"
    )
    if pd.isna(row.budget_nok):
        return f"{spent}. Investeringsbudsjettet er ikkje levert."
    if not scale.shows(row.budget_nok):
        return f"{spent}. Det var ikkje budsjettert med noko."
    over = f"; {scale.amount(abs(figure(row.variance_nok)))} {'er ikkje brukte' if row.variance_nok > 0 else 'meir enn budsjettert'}"
    left = over if is_spent and scale.shows(row.variance_nok) else ""
    of_before = f" Av budsjettet er {scale.amount(carried[0])} overført frå året før." if carried else ""
    return f"{spent}, mot eit budsjett på {scale.amount(row.budget_nok)}{left}.{of_before}"
