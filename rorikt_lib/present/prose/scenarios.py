"""Sentences and tables of the scenario page."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present import tables
from rorikt_lib.present.numbers import integer, kroner, signed, thousands
from rorikt_lib.terms.fields import SUM

HOW = (
    "Et scenario endrer nøkler, kostnader, medlemmer eller hvordan lisensene betales, og alt annet er som i budsjettet. "
    "Beløpene er regnet ut av de samme postene og nøklene, og sammenlignes med budsjettet kommune for kommune."
)
NONE = "Det er ikke lagt inn scenarioer, eller budsjettet har ikke nøkler å regne med."
COLUMNS = [
    "municipality",
    "base_nok",
    "frame_nok",
    "invoiced_nok",
    "scenario_nok",
    "change_nok",
    "share_before",
    "share_now",
]


def overview(table: pd.DataFrame) -> pd.DataFrame:
    """title, municipality, change_nok: each scenario's change per municipality and in all. See measures.scenarios."""
    return table[["title", "municipality", "change_nok"]]


def each(table: pd.DataFrame) -> list[str]:
    """Heading, sentences and table of every scenario, as Markdown."""
    parts = []
    for name, rows in table.groupby("scenario", sort=False):
        shown = rows[COLUMNS] if rows.invoiced_nok.any() else rows[COLUMNS].drop(columns=["frame_nok", "invoiced_nok"])
        caption = f"{tables.plain(rows.title.iloc[0])}. Kroner; andelene er av rammen."
        drawn = tables.table(shown, f"scenario-{name}", caption, total=True, nok=integer)
        parts += [f"## {tables.plain(rows.title.iloc[0])}", " ".join(_told(rows)), drawn]
    return parts


def _told(rows: pd.DataFrame) -> list[str]:
    first, total, places = rows.iloc[0], rows.iloc[-1], rows[rows.municipality != SUM]
    told = [tables.plain(first.description)] if first.description else []
    if first.dropped:
        told.append(f"Poster som faller bort: {tables.plain(first.dropped)}.")
    if total.invoiced_nok:
        told.append(f"{kroner(total.invoiced_nok)} faktureres utenom rammen.")
    change = places.change_nok.astype(float)
    if not change.any():
        way = "; det er bare veien pengene går, som endres" if total.invoiced_nok else ""
        return [*told, f"Ingen kommune betaler mer eller mindre i alt{way}."]
    ways = {"øker": places[change > 0], "går ned": places[change < 0]}
    for way, rows_of in ways.items():
        if len(rows_of):
            most = rows_of.loc[rows_of.change_nok.astype(float).abs().idxmax()]
            told.append(f"Beløpet {way} mest for {most.municipality}, {kroner(abs(most.change_nok))}.")
    return told


def alt(table: pd.DataFrame) -> str:
    """Alt text of the chart of all scenarios."""
    told = []
    for _, rows in table.groupby("scenario", sort=False):
        places = rows[rows.municipality != SUM]
        changes = [f"{r.municipality} {signed(thousands(r.change_nok))}" for r in places.itertuples()]
        told.append(f"{rows.title.iloc[0]}: {', '.join(changes)}")
    return f"Stolpediagrammer over endring per kommune i hele 1000 kroner. {'. '.join(told)}."
