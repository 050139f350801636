"""Made-up invoices of the investment projects: one row per invoice, not yet calibrated."""

import numpy as np
import pandas as pd

from rorikt_lib.demo.contracts import COLUMNS
from rorikt_lib.demo.data import MADE_UP, PUBLISHED

INVOICE_NOK = 110_000


Booked = dict[tuple[str, int, int, int], float]


def booked_nok() -> Booked:
    """(project, year, first month, last month) → NOK to be booked up to November 2024."""
    spans = [
        (MADE_UP["projects_booked_2022"], 2022, 1, 12),
        (_actual(2023), 2023, 1, 13),
        (_actual(2024), 2024, 1, 9),
        (MADE_UP["projects_booked_october_november_2024"], 2024, 10, 11),
    ]
    booked = {(p, y, first, last): nok for amounts, y, first, last in spans for p, nok in amounts.items()}
    return {key: nok for key, nok in booked.items() if nok}


def december_nok() -> Booked:
    """The same of December 2024: what each project's total of the year leaves."""
    left = dict(MADE_UP["projects_2024"])
    for (project, year, *_), nok in booked_nok().items():
        if year == 2024:
            left[project] = round(left[project] - nok, 2)
    return {(project, 2024, 12, 13): nok for project, nok in left.items() if nok}


def _actual(year: int) -> dict[str, float]:
    return {project: actual for project, (actual, *_) in PUBLISHED[f"investments_{year}"].items()}


def invoices(random: np.random.Generator, booked: Booked) -> pd.DataFrame:
    """One row per invoice; line: the project's name; weight: relative size."""
    rows, suppliers = [], MADE_UP["project_suppliers"]
    for (project, year, first, last), nok in booked.items():
        count = int(np.clip(nok / INVOICE_NOK, 2, 24))
        months = np.sort(random.integers(first, last + 1, count))
        chosen = random.integers(0, len(suppliers), count)
        weights = random.lognormal(0, 0.5, count)
        rows += [
            (project, *suppliers[s], "1430", "120", 1, year, int(month), weight)
            for month, s, weight in zip(months, chosen, weights, strict=True)
        ]
    return pd.DataFrame(rows, columns=COLUMNS)
