"""Sentences about scenarios."""

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.amounts import scale_of
from rorikt_lib.present.nb.grammar import kroner
from rorikt_lib.present.numbers import quoted, signed, thousands
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.fields import SUM


def heading(rows: pd.DataFrame) -> str:
    """A scenario's title, as a heading."""
    return f"## {_title(rows)}"


def caption(rows: pd.DataFrame) -> str:
    """Caption of a scenario's table."""
    return f"{_title(rows)}; andelene er av rammen."


def described(rows: pd.DataFrame) -> str:
    """What a scenario supposes, and for whom it means most."""
    first, total, places = rows.iloc[0], rows.iloc[-1], rows[rows.municipality != SUM]
    parts = [quoted(tables.plain(first.description))] if first.description else []
    if first.dropped:
        parts.append(f"Poster som faller bort: {tables.plain(first.dropped)}.")
    invoiced = total.get("invoiced_nok", 0)
    if invoiced:
        parts.append(f"{kroner(invoiced)} faktureres utenom rammen.")
    change = places.change_nok.astype(float)
    if not change.any():
        way = "; det er bare veien pengene går, som endres" if invoiced else ""
        return " ".join([*parts, f"Ingen kommune betaler mer eller mindre i alt{way}."])
    scale = scale_of([change.max(), change.min()])
    ways = {"øker": places[change > 0], "går ned": places[change < 0]}
    for way, rows_of in ways.items():
        if len(rows_of):
            most = rows_of.loc[rows_of.change_nok.astype(float).abs().idxmax()]
            parts.append(
                f"Beløpet {way} mest for {tables.plain(most.municipality)}: {scale.amount(abs(figure(most.change_nok)))}."
            )
    return " ".join(parts)


def alt(table: pd.DataFrame) -> str:
    """Alt text of the chart of all scenarios."""
    parts = []
    for _, rows in table.groupby("scenario", sort=False):
        places = rows[rows.municipality != SUM]
        changes = [f"{r.municipality} {signed(thousands(r.change_nok))}" for r in places.itertuples()]
        parts.append(f"{quoted(rows.title.iloc[0])}: {', '.join(changes)}")
    return f"Stolpediagrammer over endring per kommune i hele 1000 kroner. {'. '.join(parts)}."


def _title(rows: pd.DataFrame) -> str:
    return quoted(tables.plain(rows.title.iloc[0]))
