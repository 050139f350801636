"""Sentences about the PCs that a year replaced."""

import pandas as pd

from rorikt_lib.present.nn.grammar import capitalised, count
from rorikt_lib.present.numbers import day


def replaced_caption(replaced: pd.DataFrame) -> str:
    """Caption of the table of PCs replaced: the days of the first and the last extract."""
    if replaced.empty:
        return "PC-ar skifta i året."
    first, last = (day(replaced[name].iloc[0]) for name in ("first_on", "last_on"))
    return f"PC-ar skifta, borte og nye frå uttrekket {first} til uttrekket {last}."


def replaced_summary(replaced: pd.DataFrame) -> str | None:
    """How many PCs were replaced, gone and new in the year's extracts; None where there is nothing to compare."""
    if replaced.empty:
        return None
    row = replaced.iloc[-1]
    first, last = (day(row[name]) for name in ("first_on", "last_on"))
    lost = f" {capitalised(count(row.gone, 'PC', 'PC-ar'))} forsvann før levetida var ute." if row.gone else ""
    return (
        f"Frå {first} til {last} blei {count(row.replaced, 'PC', 'PC-ar')} skifta, og "
        f"{count(row.added, 'ny', 'nye')} kom til.{lost}"
    )
