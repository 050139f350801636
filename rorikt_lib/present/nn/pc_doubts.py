"""Sentences about PCs that somebody must look into."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.nn.pcs import capital_count
from rorikt_lib.present.numbers import integer


def summary(doubtful: pd.DataFrame, not_seen_days: int) -> str:
    """How many PCs somebody must look into, and what each count means; not known without an extract."""
    if doubtful.empty:
        return "Månaden har ikkje noko uttrekk av PC-ar, så det er ikkje kjent kva for PC-ar som må avklarast."
    pcs = doubtful.doubtful.iloc[0]
    if not pcs:
        return "Ingen PC-ar i uttrekket og innkjøpsregisteret må avklarast."
    return text("doubtful_pcs").format(pcs=capital_count(pcs), days=integer(not_seen_days))
