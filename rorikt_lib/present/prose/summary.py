"""The summary's own words; its other sentences are the chapters', so that the two cannot differ."""

from __future__ import annotations

import pandas as pd

from rorikt_lib.present.numbers import million
from rorikt_lib.present.prose.economy import overspent_projects
from rorikt_lib.present.prose.service_level import breaches
from rorikt_lib.present.prose.words import count


def decisions(gap_nok: float, rollover: pd.DataFrame, investments: pd.DataFrame, serious: pd.DataFrame) -> str:
    """What the month's figures ask the board to decide or follow up.

    gap_nok: by how much the model's forecast exceeds the adopted one; see prose.forecast.model_gap.
    """
    to_order, breached = rollover.to_order.sum(), breaches(serious)
    asks = [
        _gap(gap_nok),
        f"bestilling av {count(to_order, 'PC', 'PC-er')}" if to_order else None,
        "investeringer som har passert prognose eller årsbudsjett" if overspent_projects(investments) else None,
        f"{count(breached, 'alvorlig sak', 'alvorlige saker')} som brøt fristen" if breached else None,
    ]
    told = [ask for ask in asks if ask]
    return f"Til oppfølging: {'; '.join(told)}." if told else "Tallene gir ingen særskilte saker til oppfølging."


def _gap(gap_nok: float) -> str | None:
    if pd.isna(gap_nok) or million(gap_nok) == million(0):
        return None
    return f"vedtatt prognose, som er {million(abs(gap_nok))} {'lavere' if gap_nok > 0 else 'høyere'} enn modellens"


def bullets(*points: str | list[str | None] | None) -> str:
    """The points as a Markdown list; a point may be a list of sentences. None is left out."""
    told = [" ".join(filter(None, point)) if isinstance(point, list) else point for point in points]
    return "\n".join(f"- {point}" for point in told if point)
