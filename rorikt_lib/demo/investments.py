"""Made-up invoices of the investment projects: one row per invoice, not yet calibrated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rorikt_lib.demo.contracts import COLUMNS
from rorikt_lib.demo.targets import INVESTMENTS_2023, INVESTMENTS_2024

# NOK booked per project where nothing is published.
BOOKED_2022 = {
    "Videreutvikling P360 og M365": 240_000,
    "Helseplattformen": 3_150_000,
    "Digitalisering teknisk sektor": 610_000,
    "App-utvikling": 720_000,
    "Grunnmur del 3": 1_340_000,
    "Klientsikkerhet": 880_000,
    "Uforutsette tiltak infrastruktur": 95_000,
}
BOOKED_OCTOBER_NOVEMBER_2024 = {
    "Innbyggerportal": 160_000,
    "Digitalisering teknisk sektor": 88_000,
    "App-utvikling": 395_000,
    "Uforutsette kommuneprosjekter": 94_000,
    "Grunnmur del 3": 730_000,
    "Uforutsette tiltak infrastruktur": 61_000,
}
SUPPLIERS = [
    ("2700", "Konsulenttjenester", "40302", "Høgsnø Arkitektur AS", "Prosjektbistand"),
    ("2700", "Konsulenttjenester", "40303", "Nordlyng Migrering AS", "Innføring"),
    ("2700", "Konsulenttjenester", "40601", "Byggbit Utvikling AS", "Utvikling"),
    ("2000", "Kjøp av driftsmidler", "40602", "Murstein Infrastruktur AS", "Maskinvare"),
    ("1950", "Programvarelisenser", "40603", "Oppstartsvik Lisens AS", "Lisens i prosjekt"),
]
INVOICE_NOK = 110_000


def booked_nok() -> dict[tuple[str, int, int, int], float]:
    """(project, year, first month, last month) → NOK to be booked."""
    spans = [
        (BOOKED_2022, 2022, 1, 12),
        ({p: actual for p, (actual, _) in INVESTMENTS_2023.items()}, 2023, 1, 13),
        ({p: actual for p, (actual, _, _) in INVESTMENTS_2024.items()}, 2024, 1, 9),
        (BOOKED_OCTOBER_NOVEMBER_2024, 2024, 10, 11),
    ]
    return {
        (project, year, first, last): nok
        for amounts, year, first, last in spans
        for project, nok in amounts.items()
        if nok
    }


def invoices(random: np.random.Generator) -> pd.DataFrame:
    """One row per invoice; line: the project's name; weight: relative size."""
    rows = []
    for (project, year, first, last), nok in booked_nok().items():
        count = int(np.clip(nok / INVOICE_NOK, 2, 24))
        months = np.sort(random.integers(first, last + 1, count))
        chosen = random.integers(0, len(SUPPLIERS), count)
        weights = random.lognormal(0, 0.5, count)
        rows += [
            (project, *SUPPLIERS[s], "1430", "120", 1, year, int(month), weight)
            for month, s, weight in zip(months, chosen, weights, strict=True)
        ]
    return pd.DataFrame(rows, columns=COLUMNS)
