"""Sentences about what a year came to and how it is settled."""

import pandas as pd

from rorikt_lib.present.nb.grammar import listed
from rorikt_lib.present.numbers import ore, signed
from rorikt_lib.present.stated import figure


def summary(table: pd.DataFrame, year: int) -> str | None:
    """What the year came to, and to whom it goes, to the øre; None where shares, budget or ledger are not there."""
    if table.empty:
        return None
    total, places = table.iloc[-1], table.iloc[:-1]
    name, way = ("merforbruk", "betale") if total.amount_nok < 0 else ("mindreforbruk", "få tilbake")
    moved = [f"{row.municipality} ({signed(ore(row.rounding_nok))})" for row in places.itertuples() if row.rounding_nok]
    exact = (
        f" Avrundet hver for seg ville beløpene ikke gått opp; forskjellen er lagt på {listed(moved)}." if moved else ""
    )
    return f"Driftsregnskapet for {year} viser et {name} på {ore(abs(figure(total.amount_nok)))} kroner mot budsjettet. Kommunene skal {way} sin andel.{exact}"
