"""Sentences about a municipality's frame for the budget, and the cuts that keep within it."""

import math

import pandas as pd

from rorikt_lib.present.markdown import plain
from rorikt_lib.present.numbers import integer, percent
from rorikt_lib.present.stated import figure


def cuts_summary(cuts: pd.DataFrame) -> str | None:
    """What the cuts add up to, and by how much the paper's own sum is another; None where there are none."""
    if cuts.empty:
        return None
    total = cuts.iloc[-1]
    summed = f"Tiltakene er til sammen {integer(abs(figure(total.amount_nok)))} kroner."
    if not total.difference_nok or pd.isna(total.difference_nok):
        return summed
    printed, apart = (integer(abs(figure(nok))) for nok in (total.printed_nok, total.difference_nok))
    return f"{summed} Saken oppgir {printed} kroner, en forskjell på {apart} kroner."


def frame_summary(frame: pd.DataFrame) -> str | None:
    """What a municipality's frame gives in all, what must be cut, and whether the cuts do it; None without a frame."""
    if frame.empty:
        return None
    row = frame.iloc[0]
    need = "Det er rom for hele budsjettet."
    if row.needed_nok < 0:
        need = (
            f"Budsjettet, {integer(row.budget_nok)} kroner, må da ned {integer(-figure(row.needed_nok))} kroner. "
            f"{_enough(row.left_nok)}"
        )
    return (
        f"Rammen fra {plain(row.municipality)}, {integer(row.frame_nok)} kroner, delt på {_share(row)} gir et samlet budsjett på "
        f"{integer(row.total_nok)} kroner. {need}"
    )


def _share(row: pd.Series) -> str:
    """The share that the frame is divided by; where the paper gives another than the costs are shared by, with that."""
    own, given = row.get("own_share"), row.cost_share
    if pd.isna(own) or percent(own, 2) == percent(given, 2):
        return f"andelen {percent(given, 2)}"
    decimals = next((n for n in range(4) if math.isclose(round(100 * given, n), 100 * given)), 4)
    is_rounded = math.isclose(round(100 * own, decimals), 100 * given)
    why = "avrundet i saken fra" if is_rounded else "etter saken; i fordelingen er den"
    return f"andelen {percent(given, decimals)} ({why} {percent(own, 2)})"


def _enough(left_nok: float) -> str:
    if not left_nok:
        return "Tiltakene dekker kuttet."
    if left_nok < 0:
        return f"Det mangler tiltak for {integer(-figure(left_nok))} kroner."
    return f"Tiltakene er {integer(left_nok)} kroner mer enn nødvendig."
