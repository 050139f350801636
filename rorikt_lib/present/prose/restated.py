"""Sentences and table of the numbers that an earlier report published as others (Om tallene)."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import integer, month_name, signed
from rorikt_lib.present.prose.words import capitalised, count, listed
from rorikt_lib.terms.fields import MEMBERS
from rorikt_lib.tickets.causes import CAUSES

SHOWN = ["month", "figure", "member", "published", "now", "report", "causes"]
LATER = "after_cut_off"
OF_AN_AVERAGE = "andre saker eller andre tider"


def restated_in_short(rows: pd.DataFrame) -> str:
    """How many published numbers are others today, and how many of them only because the month was not over."""
    if rows.empty:
        return "Ingen tall for tidligere måneder er endret siden de ble publisert."
    later = int(_only_later(rows).sum())
    numbers = count(len(rows), "tall", "tall")
    verb = "er endret siden det" if len(rows) == 1 else "er endret siden de"
    sentence = f"{capitalised(numbers)} for tidligere måneder {verb} ble publisert."
    if later:
        months = listed([month_name(month) for month in rows.month[_only_later(rows)].unique()])
        sentence += (
            f" For {integer(later)} av dem er årsaken bare at {months} ikke var over da rapporten ble laget: "
            "saker som kom eller ble løst etter uttrekket, er nå med. De står ikke i tabellen."
        )
    return sentence


def restated_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows to show: all but those that only the rest of the month accounts for, with their causes in words."""
    told = rows[~_only_later(rows)]
    return told.assign(causes=[_causes(row) for row in told[CAUSES].to_dict("records")])[SHOWN]


def _only_later(rows: pd.DataFrame) -> pd.Series:
    """Counts that only what came after the cut-off changed, and the averages of months where that goes for all counts."""
    counted = rows[CAUSES[0]].notna()
    other = counted & rows[CAUSES].drop(columns=LATER).fillna(0).ne(0).any(axis=1)
    later = counted & ~other
    return later | (~counted & rows.month.isin(rows.month[later]) & ~rows.month.isin(rows.month[other]))


def _causes(counts: dict[str, int]) -> str:
    """The causes of a count. An average is no sum of cases: cases that came or went, or times that are others now."""
    if pd.isna(counts[LATER]):
        return OF_AN_AVERAGE
    return ", ".join(f"{signed(integer(n))} {MEMBERS['causes'][name]}" for name, n in counts.items() if n)
