"""Sentences about a price that goes in steps."""

import pandas as pd

from rorikt_lib.present.language import text
from rorikt_lib.present.markdown import plain
from rorikt_lib.present.nb.grammar import called
from rorikt_lib.present.numbers import integer


def summary(growth: pd.DataFrame, name: str, unit: str, now: int) -> str:
    """What the largest growth that is priced costs. name, unit: of the service; now: how many units there are."""
    if growth.empty:
        return text("no_step_prices")
    last = growth.iloc[-1]
    return (
        f"Prisen for {called(name)} går i trinn etter antall {plain(unit)}. Det er {integer(now)} {plain(unit)} i dag; "
        f"{integer(last.more_units)} til koster {integer(last.more_nok)} kroner mer i året."
    )
