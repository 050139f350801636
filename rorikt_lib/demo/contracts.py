"""Made-up suppliers and how they invoice: contracts.csv and payroll → one row per invoice, not yet calibrated."""

from pathlib import Path

import numpy as np
import pandas as pd

from rorikt_lib.demo.data import MADE_UP
from rorikt_lib.terms.enums import Rhythm

PRICE_LEVEL = {2022: 0.90, 2023: 0.955, 2024: 1.0}
REGULAR = {Rhythm.MONTHLY: range(1, 13), Rhythm.QUARTERLY: [1, 4, 7, 10], "closing": [13]}
# Year → its periods; 13 has the closing entries. December 2024 is drawn apart: what came before it stays what it was.
TO_NOVEMBER = {2022: range(1, 14), 2023: range(1, 14), 2024: range(1, 12)}
DECEMBER = {2024: range(12, 14)}
COLUMNS = [
    "line", "account", "account_name", "supplier_id", "supplier", "text", "cost_centre", "function", "parts",
    "year", "month", "weight",
]  # fmt: skip


def invoices(random: np.random.Generator, periods: dict[int, range]) -> pd.DataFrame:
    """One row per invoice, credit note and closing entry of the operating contracts; weight: NOK before calibration."""
    contracts = pd.read_csv(Path(__file__).with_name("contracts.csv"), sep=";", dtype=str)
    rows = [
        {**contract._asdict(), "year": year, "month": month, "weight": weight}
        for contract in contracts.itertuples(index=False)
        for year in periods
        for month, weight in _year_of(contract, year, random)
        if month in periods[year]
    ]
    return pd.DataFrame(rows)[COLUMNS].astype({"parts": int}).pipe(_with_credit_notes, random)


def _year_of(contract, year: int, random: np.random.Generator) -> list[tuple[int, float]]:
    """(month, NOK) of one contract's invoices in a year, within the time the contract ran."""
    rhythm, _, detail = contract.rhythm.partition(" ")
    amount = float(contract.nok_2024) * PRICE_LEVEL[year]
    if rhythm == "few":
        months = np.sort(random.integers(1, 13, int(detail)))
        noise = random.lognormal(0, 0.45, months.size)
    else:
        regular = REGULAR | {Rhythm.YEARLY: [int(detail or 0)]}
        months = np.array(regular[rhythm])
        noise = random.normal(1, 0.0 if rhythm == Rhythm.QUARTERLY else 0.03, months.size)
    weights = amount / months.size * noise
    runs = [f"{year}-{min(m, 12):02d}" for m in months]
    return [
        (int(m), float(w))
        for m, w, run in zip(months, weights, runs, strict=True)
        if contract.since <= run <= contract.until
    ]


def _with_credit_notes(rows: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Some invoices are partly credited in the month after, within the year."""
    credited = rows[(random.random(len(rows)) < 0.03) & (rows.month < 12) & (rows.weight.between(2_000, 200_000))]
    credited = credited[~((credited.year == 2024) & credited.month.isin([9, 11]))]
    notes = credited.assign(
        month=credited.month + 1, weight=-0.25 * credited.weight, parts=1, text="Kreditnota: " + credited.text
    )
    return pd.concat([rows, notes], ignore_index=True)


def payroll(random: np.random.Generator, periods: dict[int, range]) -> pd.DataFrame:
    """One row per pay component, cost centre and month; weight: NOK before calibration. Wages rise in May."""
    rows = [
        {
            "line": "Lønn", "account": account, "account_name": name, "supplier_id": None, "supplier": None,
            "text": text, "cost_centre": centre, "function": "120", "parts": 1, "year": year, "month": month,
            "weight": nok * positions * PRICE_LEVEL[year] * (1.03 if month >= 5 else 1.0) * random.normal(1, 0.02),
        }
        for year, months_of_year in periods.items()
        for month in months_of_year
        for centre, positions in MADE_UP["positions"].items()
        for account, name, text, nok, months in MADE_UP["pay"]
        if month in (months or range(1, 13))
    ]  # fmt: skip
    return pd.DataFrame(rows)[COLUMNS]
