"""Sentences about the PCs that a year replaced."""

import pandas as pd

from rorikt_lib.present.nb.grammar import capitalised, count
from rorikt_lib.present.numbers import day


def replaced_caption(replaced: pd.DataFrame) -> str:
    """Caption of the table of PCs replaced: the days of the first and the last extract."""
    if replaced.empty:
        return "PC-er skiftet i året."
    first, last = (day(replaced[name].iloc[0]) for name in ("first_on", "last_on"))
    return f"PC-er skiftet, borte og nye fra uttrekket {first} til uttrekket {last}."


def replaced_summary(replaced: pd.DataFrame) -> str | None:
    """How many PCs were replaced, gone and new in the year's extracts; None where there is nothing to compare."""
    if replaced.empty:
        return None
    row = replaced.iloc[-1]
    first, last = (day(row[name]) for name in ("first_on", "last_on"))
    lost = f" {capitalised(count(row.gone, 'PC', 'PC-er'))} forsvant før levetiden var ute." if row.gone else ""
    return (
        f"Fra {first} til {last} ble {count(row.replaced, 'PC', 'PC-er')} skiftet, og "
        f"{count(row.added, 'ny', 'nye')} kom til.{lost}"
    )
