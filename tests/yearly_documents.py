"""Small yearly documents: charges, a budget's walk, changes from last year, scenarios, a frame and step prices."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from rorikt_lib.config.scenario_file import Scenario
from rorikt_lib.sharing.allocate import allocate
from rorikt_lib.sharing.budget import against_last_year, frame_check, walk
from rorikt_lib.sharing.model import Charge
from rorikt_lib.sharing.plan import years_ahead
from rorikt_lib.sharing.scenario import compare, work_out
from rorikt_lib.terms.fields import SUM

KEYS = {"Molde": 3, "Rauma": 1}
CHARGES = [
    Charge("Drift", "PC-er", Fraction(8_000_000), KEYS),
    Charge("Lisens", "Bookup", Fraction(1_000_000), {"Molde": 0, "Rauma": 1}),
]
SHARES = {"Molde": Fraction(2, 3), "Rauma": Fraction(1, 3)}
ALLOCATED = allocate(CHARGES)
STEPS = {"Ny avtale": 900_000, "Kutt": -400_000, "Små ting": 30_000}
WALKS = {
    "up": walk(9_000_000, STEPS, "Budsjett 2024", "Budsjett 2025"),
    "down": walk(9_000_000, {"Kutt": -1_000_000}, "Budsjett 2024", "Budsjett 2025"),
    "long": walk(89_477_000, {f"Et trinn med langt navn nummer {n}": 10**n for n in range(1, 8)}, "Budsjett 2024", "Budsjett 2025"),
    "level": walk(100, {"Ingenting": 0}, "Budsjett 2024", "Budsjett 2025"),
}  # fmt: skip
CHANGED = {
    "both": against_last_year([Charge("A", "a", Fraction(8_000_000), {"Molde": 1, "Rauma": 1})], CHARGES[:1] * 1),
    "cost": against_last_year([Charge("", "", Fraction(4_000_000), KEYS)], [Charge("", "", Fraction(8_000_000), KEYS)]),
}
GIVEN = {
    "leaves": Scenario(title="Rauma går ut", year=2025, description="Rauma slutter.", leaves=["Rauma"]),
    "same": Scenario(title="Som før", year=2025, financing={"alternative": "paid_by_each", "category": "Lisens"}),
    "joins": Scenario(title="Ny kommune", year=2025, joins=[{"municipality": "Averøy", "like": "Molde"}]),
}
FRAME = {"municipality": "Molde", "frame_nok": 6e6, "cost_share": 0.75}
FRAMES = {
    "short": frame_check(8_000_000, 9_000_000, {"a": -600_000}).assign(**FRAME),
    "enough": frame_check(8_000_000, 9_000_000, {"a": -1_000_000}).assign(**FRAME),
    "more": frame_check(8_000_000, 9_000_000, {"a": -1_200_000}).assign(**FRAME),
    "room": frame_check(9_500_000, 9_000_000, {}).assign(**FRAME),
}
PRICES = {350: 100, 400: 120}


def worked_out(names=tuple(GIVEN)) -> pd.DataFrame:
    """As report.scenarios.compared."""
    parts = []
    for name in names:
        outcome = work_out(CHARGES, GIVEN[name])
        told = {"scenario": name, "title": GIVEN[name].title, "description": GIVEN[name].description}
        parts.append(compare(CHARGES, outcome).assign(**told, dropped="; ".join(outcome.dropped)))
    return pd.concat(parts, ignore_index=True)


def deviation(total: float) -> pd.DataFrame:
    """As report.sharing.deviation."""
    rows = [("Molde", 0.75, total * 0.75), ("Rauma", 0.25, total * 0.25), (SUM, 1.0, total)]
    return pd.DataFrame(rows, columns=["municipality", "cost_share", "variance_nok"])


def plan() -> pd.DataFrame:
    """As report.budget.years_ahead."""
    table = years_ahead(SHARES, 2025, 9_000_000, {2026: 4.8})
    return table.assign(growth=table.year.map({2026: 0.048}))


def yearly(year: int = 2025) -> pd.DataFrame:
    """The year of report.sharing.YEARLY_AMOUNTS."""
    amounts = {"Molde": 6_000_000, "Rauma": 3_000_000, SUM: 9_000_000}
    return pd.DataFrame({"year": year, "municipality": [*amounts], "amount_nok": [*amounts.values()]})
