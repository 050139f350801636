"""Sentences about a municipality's frame for the budget, and the cuts that keep within it."""

import pandas as pd

from rorikt_lib.present.numbers import integer, percent
from rorikt_lib.present.stated import figure


def cuts_summary(cuts: pd.DataFrame) -> str | None:
    """What the cuts add up to, and by how much the paper's own sum is another; None where there are none."""
    if cuts.empty:
        return None
    total = cuts.iloc[-1]
    summed = f"Tiltakene summerer til {integer(abs(figure(total.amount_nok)))} kroner."
    if not total.difference_nok or pd.isna(total.difference_nok):
        return summed
    return f"{summed} Saken oppgir {integer(abs(figure(total.printed_nok)))}, en forskjell på {integer(abs(figure(total.difference_nok)))}."


def frame_summary(frame: pd.DataFrame) -> str | None:
    """What a municipality's frame gives in all, what must be cut, and whether the cuts do it; None without a frame."""
    if frame.empty:
        return None
    row = frame.iloc[0]
    need = "Det er rom for hele budsjettet."
    if row.needed_nok < 0:
        need = f"Budsjettet må da ned {integer(-figure(row.needed_nok))} kroner. {_enough(row.left_nok)}"
    return f"Rammen fra {row.municipality}, {integer(row.frame_nok)} kroner, delt på andelen {percent(row.cost_share, 2)} gir et samlet budsjett på {integer(row.total_nok)} kroner. {need}"


def _enough(left_nok: float) -> str:
    if not left_nok:
        return "Tiltakene dekker kuttet."
    if left_nok < 0:
        return f"Det mangler tiltak for {integer(-figure(left_nok))} kroner."
    return f"Tiltakene er {integer(left_nok)} kroner mer enn nødvendig."
