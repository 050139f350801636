"""The summary's own words; its other sentences are the chapters', so that the two cannot differ."""

from collections.abc import Sequence

import pandas as pd

from rorikt_lib.present.nb.grammar import count, million
from rorikt_lib.present.stated import figure


def follow_up(gap_nok: float, to_order: float, is_overspent: bool, breached: float) -> str:
    """What the month's figures ask the board to decide or follow up.

    gap_nok: by how much the model's forecast exceeds the adopted one, where that is outside its interval. to_order:
    PCs. is_overspent: whether any project is. breached: critical and high cases that breached their target.
    """
    asks = [
        _gap(gap_nok),
        f"bestilling av {count(to_order, 'PC', 'PC-er')}" if to_order else None,
        "investeringer som har passert prognose eller årsbudsjett" if is_overspent else None,
        f"{count(breached, 'alvorlig sak', 'alvorlige saker')} som brøt fristen" if breached else None,
    ]
    parts = [ask for ask in asks if ask]
    return f"Til oppfølging: {'; '.join(parts)}." if parts else "Tallene gir ingen særskilte saker til oppfølging."


def _gap(gap_nok: float) -> str | None:
    if pd.isna(gap_nok) or million(gap_nok) == million(0):
        return None
    return f"vedtatt prognose, som er {million(abs(figure(gap_nok)))} {'lavere' if gap_nok > 0 else 'høyere'} enn modellens"


def bullets(points: Sequence[Sequence[str | None]]) -> str:
    """The points as a Markdown list, each of its sentences that are there; without any, a point is left out."""
    parts = [" ".join(filter(None, sentences)) for sentences in points]
    return "\n".join(f"- {point}" for point in parts if point)
