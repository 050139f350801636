"""Sentences about the year's end: the model beside the adopted forecast."""

import pandas as pd

from rorikt_lib.present.amounts import Scale, scale_of
from rorikt_lib.present.language import member
from rorikt_lib.present.nn.grammar import called, capitalised, higher, interval, interval_share, kroner, listed
from rorikt_lib.present.numbers import month_name
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.fields import SUM
from rorikt_lib.terms.period import is_year_end, shift

LEAST_SHORT_NOK = 500


def model_against_adopted(compared: pd.DataFrame, gap_nok: float) -> str | None:
    """The model's total, and where it and the adopted forecast differ by more than the set limit; None without rows."""
    if compared.empty:
        return None
    row = compared.set_index("line").loc[SUM]
    total = f"Modellen gir {kroner(row.model_nok)} for året{interval(row)}."
    both = compared.dropna(subset="adopted_nok")
    if both.empty:
        return total
    apart = both[(both.line != SUM) & (both.difference_nok.abs() > gap_nok)]
    scale = scale_of([gap_nok, *apart.difference_nok])
    parts = [
        f"{called(r.line)} ({scale.amount(abs(figure(r.difference_nok)))} {higher(r.difference_nok, r.adopted_nok, r.model_nok)})"
        for r in apart.itertuples()
    ]
    if parts:
        return f"{total} Han avvik meir enn {scale.amount(gap_nok)} frå vedteken prognose for {listed(parts)}."
    return f"{total} Ingen linje avvik meir enn {scale.amount(gap_nok)} frå vedteken prognose."


def built_on(model: pd.DataFrame, years: list[int], month: str) -> str | None:
    """What the model builds on, and what it was tried on; None in December.

    years: see report.forecast.tried_years.
    """
    if is_year_end(month):
        return None
    if model.model_nok.isna().all():
        return "Det er ikkje rekna ut nokon modellprognose: han krev eit heilt tidlegare år med posteringar."
    lines = model[(model.line != SUM) & model.reading.notna()]
    if not years:
        return "Modellen byggjer på eitt tidlegare år og kan ikkje prøvast enno; intervallet blir ikkje vist."
    leading = [
        f"{member('reading', reading).lower()} for {listed([*map(called, rows.line)])}"
        for reading, rows in lines.groupby("reading", sort=False)
    ]
    tried = f"Modellen er prøvd på {listed([str(y) for y in years])} og vegen etter kva som trefte då."
    few = "Med eitt prøvd år er det ikkje kjent kor mykje linjene bommar saman; intervallet for summen er difor breitt."
    return " ".join([tried, f"Mest tel {'; '.join(leading)}.", *([few] if len(years) == 1 else [])])


def too_low(rows: pd.DataFrame, month: str) -> str | None:
    """The lines whose adopted forecast is below what is booked and expected invoices together; None in December.

    rows: see report.forecast.LATEST. Lines of cost only: more income than is in sight may still come. Largest first;
    a line that is short by less than half a thousand kroner is left out.
    """
    if is_year_end(month):
        return None
    is_cost = rows.booked_nok + rows.committed_nok > 0
    short = rows[is_cost].sort_values("short_nok", ascending=False)
    return " ".join(_short(row) for row in short[short.short_nok >= LEAST_SHORT_NOK].itertuples()) or None


def _short(row: tuple) -> str:
    booked, waited, short, adopted = row.booked_nok, row.committed_nok, row.short_nok, row.adopted_nok
    scale = scale_of([booked, waited, short, adopted], ([booked, waited, -short], adopted))
    and_waited = f", og det er venta fakturaar for {scale.amount(waited)}" if scale.shows(waited) else ""
    level = f"er {scale.amount(adopted)}" if scale.shows(adopted) else "er at det ikkje blir brukt noko"
    return (
        f"Vedteken prognose for {called(row.line)} {level}. Det er alt bokført {scale.amount(booked)}{and_waited}: "
        f"prognosen er {scale.amount(short)} for låg."
    )


def compared_caption(table: pd.DataFrame) -> str:
    """Caption of `compared`."""
    limits = f" med nedre og øvre grense for {interval_share()}-intervallet til modellen"
    return f"Vedteken prognose og modell{limits if table.low_nok.notna().any() else ''}."


def model_bridge_summary(bridge: pd.DataFrame, by_month: pd.DataFrame, previous: str) -> str | None:
    """How the model's total changed since the month before, and why; None where there is nothing to compare.

    bridge: see report.forecast.MODEL_BRIDGE. by_month: see report.forecast.forecasts_by_month.
    """
    if bridge.empty or is_year_end(shift(previous, 1)):
        return None
    total = bridge.set_index("line").loc[SUM]
    change, before = figure(total.change_nok), month_name(previous)
    scale = _scale_of_parts(total)
    course = f"Prognosen til modellen er {'lite endra' if change else 'uendra'} sidan {before}."
    if scale.shows(change):
        course = f"Prognosen til modellen er {scale.amount(abs(change))} {higher(change)} enn i {before}."
    is_late = by_month.in_hindsight[by_month.period == previous].astype(bool).any()
    late = f"Modellen for {before} er rekna ut i ettertid." if is_late else None
    return " ".join(filter(None, [course, _why(total, scale), late]))


_PARTS = ["booked_apart_nok", "commitments_nok", "outlook_nok"]


def _scale_of_parts(total: pd.Series) -> Scale:
    """How the change and its parts are written: those that are, add up to it."""
    parts = list(total[_PARTS])
    shown = [nok for nok in parts if scale_of([*parts, total.change_nok]).shows(nok)]
    return scale_of([total.change_nok, *shown], (shown, total.change_nok))


def _why(total: pd.Series, scale: Scale) -> str | None:
    """The parts of the change that are shown."""
    booked, invoices, rest = map(figure, total[_PARTS])
    parts = {
        f"det er bokført {scale.amount(abs(booked))} {'meir' if booked > 0 else 'mindre'} enn venta": booked,
        f"{'nye' if invoices > 0 else 'bortfalne'} fakturaar utgjer {scale.amount(abs(invoices))}": invoices,
        f"utsikta for resten av året er {scale.amount(abs(rest))} {higher(rest)}": rest,
    }
    shown = [part for part, nok in parts.items() if scale.shows(nok)]
    return f"{capitalised('; '.join(shown))}." if shown else None


def outside_interval(compared: pd.DataFrame, gap_nok: float) -> str | None:
    """That the adopted total is not within the model's interval; None without a gap (see year_end.model_gap)."""
    if pd.isna(gap_nok):
        return None
    row = compared.set_index("line").loc[SUM]
    return f"Modellen tilseier {kroner(row.model_nok)}{interval(row)}, som er {higher(gap_nok)} enn vedteken prognose."
