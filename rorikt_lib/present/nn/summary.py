"""The summary's own words; its other sentences are the chapters', so that the two cannot differ."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rorikt_lib.present.amounts import THOUSANDS
from rorikt_lib.present.language import member
from rorikt_lib.present.nn.grammar import called, capitalised, count, kroner, listed
from rorikt_lib.present.stated import figure
from rorikt_lib.terms.enums import Mark


def follow_up(
    gap_nok: float | None,
    to_order: float | None,
    overspent: Mapping[str, str] | None,
    breached: float | None,
    overspend: str | None = None,
) -> str:
    """What the month's figures ask the board to decide or follow up; None is what the report does not tell of.

    gap_nok: by how much the model's forecast exceeds the adopted one, where that is outside its interval. to_order:
    PCs. overspent: the projects that are → what they are over. breached: critical and high cases that breached their target. overspend:
    what is forecast over the year's budget, in words.
    """
    parts = [ask for ask in asks(gap_nok, to_order, overspent, breached, overspend) if ask]
    return f"Til oppfølging: {'; '.join(parts)}." if parts else "Tala gir ingen særskilde saker til oppfølging."


def asks(
    gap_nok: float | None,
    to_order: float | None,
    overspent: Mapping[str, str] | None,
    breached: float | None,
    overspend: str | None,
) -> list[str | None]:
    """What is asked for the sake of each, in the order of `follow_up`: the overspend first; None where nothing is."""
    return [
        overspend,
        _gap(gap_nok),
        f"bestilling av {'éin PC' if to_order == 1 else count(to_order, 'PC', 'PC-ar')}" if to_order else None,
        _overspent(overspent),
        f"{count(breached, 'alvorleg sak', 'alvorlege saker')} som braut fristen" if breached else None,
    ]


def asked(at: int, **found: object) -> str | None:
    """One of the `asks`, as a line of its own."""
    ask = asks(**found)[at]
    return capitalised(ask) if ask else None


def _gap(gap_nok: float | None) -> str | None:
    if pd.isna(gap_nok) or not THOUSANDS.shows(gap_nok):
        return None
    return f"vedteken prognose, som er {kroner(abs(figure(gap_nok)))} {'lågare' if gap_nok > 0 else 'høgare'} enn den til modellen"


def _overspent(projects: Mapping[str, str] | None) -> str | None:
    if not projects:
        return None
    what = "årsbudsjettet" if {*projects.values()} == {Mark.OVER_BUDGET} else "prognose eller årsbudsjett"
    return f"investeringar over {what}: {listed(list(map(called, projects)))}"


def bullets(points: Sequence[Sequence[str | None]]) -> str:
    """The points as a Markdown list, each of its sentences that are there; without any, a point is left out."""
    parts = [" ".join(filter(None, sentences)) for sentences in points]
    return "\n".join(f"- {point}" for point in parts if point)


def lacking(sources: Sequence[str]) -> str | None:
    """What the report cannot tell of, for want of exports; None where that is nothing."""
    if not sources:
        return None
    return f"Det er ikkje levert data om {listed([member('lacking', source) for source in sources])}, så det er ikkje med i rapporten."
