"""Sentences about the numbers that an earlier report published as others."""

from collections.abc import Mapping

import pandas as pd

from rorikt_lib.present.language import member
from rorikt_lib.present.nb.grammar import capitalised, count, listed
from rorikt_lib.present.numbers import integer, month_name, signed
from rorikt_lib.present.stated import number

OF_AN_AVERAGE = "andre saker eller andre tider"


def summary(rows: pd.DataFrame) -> str:
    """How many published numbers are others today, and how many of them only because the month was not over.

    rows: one per number; month, is_later (see tickets.restated.only_later).
    """
    if rows.empty:
        return "Ingen tall for tidligere måneder er endret siden de ble publisert."
    verb = "er endret siden det" if len(rows) == 1 else "er endret siden de"
    changed = f"{capitalised(count(number(rows.month), 'tall', 'tall'))} for tidligere måneder {verb} ble publisert."
    later = rows.month[rows.is_later]
    if later.empty:
        return changed
    return (
        f"{changed} For {integer(number(rows.is_later[rows.is_later]))} av dem er årsaken bare at {listed(list(map(month_name, later.unique())))} "
        "ikke var over da rapporten ble laget: saker som kom eller ble løst etter uttrekket, er nå med. "
        "De står ikke i tabellen."
    )


def causes(counts: Mapping[str, float]) -> str:
    """Why a count is another: cause → cases that came less cases that went. An average is no sum of cases."""
    if all(map(pd.isna, counts.values())):
        return OF_AN_AVERAGE
    return ", ".join(f"{signed(integer(n))} {member('causes', name)}" for name, n in counts.items() if n)
