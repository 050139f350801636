"""Sentences about PCs that somebody must look into."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.nb.pcs import capital_count
from rorikt_lib.present.numbers import integer


def summary(doubtful: pd.DataFrame, not_seen_days: int) -> str:
    """How many PCs somebody must look into, and what each count means; not known without an extract."""
    if doubtful.empty:
        return "Måneden har ikke noe uttrekk av PC-er, så det er ikke kjent hvilke PC-er som må avklares."
    pcs = doubtful.doubtful.iloc[0]
    if not pcs:
        return "Ingen PC-er i uttrekket og innkjøpsregisteret må avklares."
    return text("doubtful_pcs").format(pcs=capital_count(pcs), days=integer(not_seen_days))
